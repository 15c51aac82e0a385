//! A number of each of eight lanes.
use std::ops::{Add, Div, Mul, Sub};

use crate::lanes::four::Four;

/// One number of each lane: eight, because two vectors are under way while the next step of the first one waits.
#[derive(Clone, Copy)]
pub(crate) struct Wide<F>(pub(super) [F; 2]);

macro_rules! operator {
    ($operator:ident, $method:ident) => {
        impl<F: Four> $operator for Wide<F> {
            type Output = Self;

            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                let ([a, b], [c, d]) = (self.0, other.0);
                Self([a.$method(c), b.$method(d)])
            }
        }
    };
}

operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);
operator!(Div, div);

impl<F: Four> Wide<F> {
    #[inline(always)]
    pub(crate) fn of(token: F::Token, [a, b, c, d, e, f, g, h]: [f64; 8]) -> Self {
        Self([F::load(token, &[a, b, c, d]), F::load(token, &[e, f, g, h])])
    }

    #[inline(always)]
    pub(crate) fn splat(token: F::Token, value: f64) -> Self {
        Self::of(token, [value; 8])
    }

    #[inline(always)]
    pub(crate) fn values(self) -> [f64; 8] {
        let ([a, b, c, d], [e, f, g, h]) = (self.0[0].values(), self.0[1].values());
        [a, b, c, d, e, f, g, h]
    }

    /// `self · factor + term`, rounded once.
    #[inline(always)]
    pub(crate) fn mul_add(self, factor: Self, term: Self) -> Self {
        let ([a, b], [c, d], [e, f]) = (self.0, factor.0, term.0);
        Self([a.mul_add(c, e), b.mul_add(d, f)])
    }

    /// `then` where self > `limit`, otherwise `or`.
    #[inline(always)]
    pub(crate) fn if_above(self, limit: Self, then: Self, or: Self) -> Self {
        let ([a, b], [c, d], [e, f], [g, h]) = (self.0, limit.0, then.0, or.0);
        Self([a.if_above(c, e, g), b.if_above(d, f, h)])
    }

    #[inline(always)]
    pub(crate) fn abs(self) -> Self {
        let [a, b] = self.0;
        Self([a.abs(), b.abs()])
    }

    /// The bits that are set in either.
    #[inline(always)]
    pub(crate) fn or(self, other: Self) -> Self {
        let ([a, b], [c, d]) = (self.0, other.0);
        Self([a.or(c), b.or(d)])
    }

    /// The bits of |self| plus those of `other`, as whole numbers.
    #[inline(always)]
    pub(crate) fn magnitude_plus(self, other: Self) -> Self {
        let ([a, b], [c, d]) = (self.0, other.0);
        Self([a.magnitude_plus(c), b.magnitude_plus(d)])
    }

    /// Negative where 0 < |self| < `limit`.
    #[inline(always)]
    pub(crate) fn is_tiny(self, limit: Self) -> Self {
        let ([a, b], [c, d]) = (self.0, limit.0);
        Self([a.is_tiny(c), b.is_tiny(d)])
    }
}

/// Bars of a column as the vectors that they fill.
pub(super) type Rows<'a> = &'a [[f64; 4]];

/// Eight bars of eight lanes, from the columns' vectors from `at` on.
#[inline(always)]
pub(super) fn interleave<F: Four>(token: F::Token, columns: &[Rows<'_>; 8], at: usize, bars: &mut [Wide<F>; 8]) {
    for half in 0..2 {
        for part in 0..2 {
            let [a, b, c, d] = F::transpose([
                F::load(token, &columns[4 * half][at + part]),
                F::load(token, &columns[4 * half + 1][at + part]),
                F::load(token, &columns[4 * half + 2][at + part]),
                F::load(token, &columns[4 * half + 3][at + part]),
            ]);
            bars[4 * part].0[half] = a;
            bars[4 * part + 1].0[half] = b;
            bars[4 * part + 2].0[half] = c;
            bars[4 * part + 3].0[half] = d;
        }
    }
}

/// The way back.
#[inline(always)]
pub(super) fn deinterleave<F: Four>(bars: &[Wide<F>; 8], columns: &mut [&mut [[f64; 4]]; 8], at: usize) {
    for half in 0..2 {
        for part in 0..2 {
            let [a, b, c, d] = F::transpose([
                bars[4 * part].0[half],
                bars[4 * part + 1].0[half],
                bars[4 * part + 2].0[half],
                bars[4 * part + 3].0[half],
            ]);
            columns[4 * half][at + part] = a.values();
            columns[4 * half + 1][at + part] = b.values();
            columns[4 * half + 2][at + part] = c.values();
            columns[4 * half + 3][at + part] = d.values();
        }
    }
}
