//! Numbers of twice the precision: the sum of two doubles, the second below half a unit in the last place of the first.
//!
//! Source: T. J. Dekker, A floating-point technique for extending the available precision, Numerische Mathematik 18
//! (1971).
use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, Neg, Sub};

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Double {
    pub(crate) high: f64,
    low: f64,
}

impl Double {
    pub(crate) const ZERO: Self = Self { high: 0.0, low: 0.0 };

    /// The sum of two numbers, the first of which is the larger.
    fn quick(high: f64, low: f64) -> Self {
        let sum = high + low;
        Self { high: sum, low: low - (sum - high) }
    }

    pub(crate) fn abs(self) -> Self {
        if self < Self::ZERO { -self } else { self }
    }

    /// The square root of a number that is not negative: the double's root and one step of Newton's method.
    pub(crate) fn sqrt(self) -> Self {
        if self.high == 0.0 {
            return Self::ZERO;
        }
        let root = Self::from(self.high.sqrt());
        root + (self - root * root) / (root + root)
    }

    pub(crate) fn max(self, other: Self) -> Self {
        if other > self { other } else { self }
    }

    /// How far `value` is from it.
    pub(crate) fn error_of(self, value: f64) -> f64 {
        (Self::from(value) - self).abs().high
    }
}

impl From<f64> for Double {
    fn from(value: f64) -> Self {
        Self { high: value, low: 0.0 }
    }
}

impl Neg for Double {
    type Output = Self;
    fn neg(self) -> Self {
        Self { high: -self.high, low: -self.low }
    }
}

impl Add for Double {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let sum = self.high + other.high;
        let part = sum - self.high;
        let error = (self.high - (sum - part)) + (other.high - part);
        let low = self.low + other.low;
        let low_part = low - self.low;
        let low_error = (self.low - (low - low_part)) + (other.low - low_part);
        let first = Self::quick(sum, error + low);
        Self::quick(first.high, first.low + low_error)
    }
}

impl Sub for Double {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Double {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let product = self.high * other.high;
        let error = self.high.mul_add(other.high, -product);
        Self::quick(product, error + (self.high * other.low + self.low * other.high))
    }
}

impl Div for Double {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let first = self.high / other.high;
        let rest = self - other * Self::from(first);
        let second = rest.high / other.high;
        let rest = rest - other * Self::from(second);
        Self::quick(first, second) + Self::from(rest.high / other.high)
    }
}

impl PartialOrd for Double {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match self.high.partial_cmp(&other.high) {
            Some(Ordering::Equal) => self.low.partial_cmp(&other.low),
            order => order,
        }
    }
}

#[test]
fn doubles_have_twice_the_digits() {
    let third = Double::from(1.0) / Double::from(3.0);
    assert!((third * Double::from(3.0) - Double::from(1.0)).abs().high < 1e-31);
    let root = Double::from(2.0).sqrt();
    assert!((root * root - Double::from(2.0)).abs().high < 1e-31);
    let small = Double::from(1e16) + Double::from(1e-10) - Double::from(1e16);
    assert!((small - Double::from(1e-10)).abs().high < 1e-15);
    assert!(Double::from(1.0) + Double::from(1e-25) > Double::from(1.0));
}
