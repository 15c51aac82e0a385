use super::batch::step_first;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::{Memory, Visitor, memory};
use crate::ring::Ring;

/// TA-Lib's center of gravity of Ehlers: −Σ age · price / Σ price over the last n prices, where the newest has the age 1
/// and the oldest n. Where the prices add up to 0 it is −(n + 1)/2, as for equal prices.
///
/// Numerator and denominator are summed exactly and rounded once, so that a value depends on its window alone. Where the
/// prices of a window differ so widely that TA-Lib's exact sums do not hold them, both are plain sums from the oldest
/// price to the newest.
#[derive(Clone, Debug)]
pub struct Cg {
    prices: Ring,
    sums: Sums,
}

constructor!(Cg(period: usize));
memory!(Sums { is_exact, is_narrow, unit, total, weighted });
memory!(Cg { prices, sums });

impl Indicator<1, 1> for Cg {
    const NAME: &'static str = "cg";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self { prices: Ring::new(period), sums: Sums::new(period) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        self.prices.push(price);
        if !self.prices.is_full() {
            return [f64::NAN];
        }
        let value = self.sums.enter(price, self.prices.iter());
        self.sums.leave(self.prices.oldest());
        [value]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let n_first = prices.len().min(self.prices.capacity());
        step_first(self, n_first, [prices], &mut [&mut *out]);
        let mut sums = self.sums;
        for (value, window) in out[n_first..].iter_mut().zip(prices.windows(self.prices.capacity()).skip(1)) {
            *value = sums.enter(window[window.len() - 1], window.iter().copied());
            sums.leave(window[0]);
        }
        self.sums = sums;
        self.prices.extend(&prices[n_first..]);
    }
}

/// The sums as whole numbers of a unit that is a power of two.
#[derive(Clone, Copy, Debug)]
struct Sums {
    period: i64,
    /// A price must be below 2 to this power, in units; the weighted sum is then below 2¹⁰³.
    bits: i32,
    /// How many bits a price may be longer than a double's 53 for the plain sum to be below 2⁶³; negative for long
    /// windows.
    room: i32,
    /// The value of a window without a sum.
    flat: f64,
    /// Whether the window consists of whole numbers of units and the sums are those of the window.
    is_exact: bool,
    /// Whether moreover no price has more bits than there is room for, as in nearly all windows of nearly all markets.
    is_narrow: bool,
    unit: Unit,
    total: Whole,
    weighted: Whole,
}

impl Sums {
    fn new(period: usize) -> Self {
        let weights = period * (period + 1) / 2;
        // TA-Lib splits a price into digits to the base of these powers of two, of which the sums must not overflow.
        let highest = 53 - log2(weights.next_power_of_two() as u64);
        let lower = highest.min(26);
        Self {
            period: i64::try_from(period).expect("a period is at most 100,000"),
            bits: highest + 2 * lower - 2,
            room: 9 - log2(period.next_power_of_two() as u64),
            flat: -(period as f64 + 1.0) * 0.5,
            is_exact: false,
            is_narrow: false,
            unit: Unit::default(),
            total: Whole(0),
            weighted: Whole(0),
        }
    }

    /// Takes the newest price of a full `window` and gives the value.
    #[inline(always)]
    fn enter(&mut self, price: f64, window: impl Iterator<Item = f64> + Clone) -> f64 {
        if self.is_narrow
            && let Some(units) = self.unit.narrow_count(price, self.room)
        {
            let total = self.total.low() + units;
            self.total.0 = total.into();
            self.weighted.0 += i128::from(total);
            return self.ratio(self.weighted.rounded(), total as f64);
        }
        if self.is_exact
            && !self.is_narrow
            && let Some(units) = self.unit.count(price, self.bits)
        {
            self.add(units);
        } else {
            *self = self.renewed(window.clone());
            if !self.is_exact {
                return self.plain_ratio(window);
            }
        }
        self.ratio(self.weighted.rounded(), self.total.rounded())
    }

    #[inline(always)]
    fn add(&mut self, units: i128) {
        self.total.0 += units;
        self.weighted.0 += self.total.0;
    }

    /// Lets the oldest price go.
    #[inline(always)]
    fn leave(&mut self, oldest: f64) {
        if self.is_narrow {
            let units = self.unit.narrow_count(oldest, self.room).unwrap_or(0);
            self.total.0 = (self.total.low() - units).into();
            self.weighted.0 -= i128::from(self.period) * i128::from(units);
        } else if self.is_exact {
            let units = self.unit.count(oldest, self.bits).unwrap_or(0);
            self.total.0 -= units;
            self.weighted.0 -= i128::from(self.period) * units;
        }
    }

    /// The sums of a window in a unit that fits it, if there is one.
    #[cold]
    #[inline(never)]
    fn renewed(self, window: impl Iterator<Item = f64> + Clone) -> Self {
        let Some((unit, is_narrow)) = Unit::fitting(window.clone(), self.bits, self.room) else {
            return Self { is_exact: false, is_narrow: false, ..self };
        };
        let mut sums = Self { is_exact: true, is_narrow, unit, total: Whole(0), weighted: Whole(0), ..self };
        for price in window {
            sums.add(unit.count(price, self.bits).unwrap_or(0));
        }
        sums
    }

    /// The value by sums that are rounded at each price.
    #[cold]
    #[inline(never)]
    fn plain_ratio(self, window: impl Iterator<Item = f64>) -> f64 {
        let (mut total, mut weighted) = (0.0, 0.0);
        for price in window {
            total += price;
            weighted += total;
        }
        self.ratio(weighted, total)
    }

    #[inline(always)]
    fn ratio(&self, weighted: f64, total: f64) -> f64 {
        if total == 0.0 { self.flat } else { -weighted / total }
    }
}

/// A power of two, as its exponent.
#[derive(Clone, Copy, Debug, Default)]
struct Unit(i32);

/// TA-Lib's finest unit.
const FINEST: i32 = -1022;

impl Unit {
    /// A unit of which all prices are whole numbers below 2 to the power `bits`, and whether it leaves them so short that
    /// `room` is enough.
    fn fitting(prices: impl Iterator<Item = f64>, bits: i32, room: i32) -> Option<(Self, bool)> {
        let (mut largest, mut smallest, mut finest) = (i32::MIN, i32::MAX, i32::MAX);
        for (mantissa, exponent) in prices.map(parts).filter(|&(mantissa, _)| mantissa != 0) {
            largest = largest.max(exponent + log2(mantissa));
            smallest = smallest.min(exponent);
            finest = finest.min(exponent + mantissa.trailing_zeros().cast_signed());
        }
        if largest == i32::MIN {
            return Some((Self(0), false));
        }
        if largest - 52 - smallest <= room && smallest >= FINEST {
            return Some((Self(smallest), true));
        }
        // With room on both sides, so that it fits the next prices too.
        let lowest = (largest + 1 - bits).max(FINEST);
        (finest >= lowest).then_some((Self(lowest + (finest - lowest) / 2), false))
    }

    /// [`Unit::count`] of a price that is longer than 53 bits by `room` at most.
    #[inline(always)]
    fn narrow_count(self, price: f64, room: i32) -> Option<i64> {
        if price == 0.0 {
            return Some(0);
        }
        let (mantissa, exponent) = parts(price);
        let shift = exponent - self.0;
        let units = mantissa.cast_signed() << (shift & 63);
        (0..=room).contains(&shift).then_some(if price < 0.0 { -units } else { units })
    }

    /// How many units `price` is, if that is a whole number below 2 to the power `bits`.
    #[inline(always)]
    fn count(self, price: f64, bits: i32) -> Option<i128> {
        let (mantissa, exponent) = parts(price);
        let shift = exponent - self.0;
        let is_small = shift <= bits - 53;
        let units =
            if shift >= 0 { i128::from(mantissa) << (shift & 127) } else { i128::from(mantissa >> (-shift).min(63)) };
        let is_whole = shift >= 0 || mantissa.trailing_zeros().cast_signed() >= -shift;
        if mantissa == 0 {
            return Some(0);
        }
        (is_small && is_whole).then_some(if price < 0.0 { -units } else { units })
    }
}

/// `price` without its sign as mantissa · 2^exponent.
#[inline(always)]
fn parts(price: f64) -> (u64, i32) {
    const HIDDEN_BIT: u64 = 1 << 52;
    let bits = price.to_bits();
    let (fraction, exponent) = (bits & (HIDDEN_BIT - 1), (bits >> 52 & 0x7ff) as i32);
    if exponent == 0 { (fraction, -1074) } else { (fraction | HIDDEN_BIT, exponent - 1075) }
}

/// The whole part of the binary logarithm.
#[inline(always)]
fn log2(value: u64) -> i32 {
    value.ilog2().cast_signed()
}

impl Memory for Unit {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        let mut word = i64::from(self.0).cast_unsigned();
        visitor.word(&mut word);
        self.0 = i32::try_from(word.cast_signed()).unwrap_or(0);
    }
}

/// A whole number of units.
#[derive(Clone, Copy, Debug)]
struct Whole(i128);

impl Whole {
    /// The nearest double; the number is below 2¹⁰³.
    #[inline(always)]
    fn rounded(self) -> f64 {
        const LOW_BITS: u32 = 50;
        // Both parts are doubles exactly, so that only their sum is rounded.
        let high = Self(self.0 >> LOW_BITS).low() as f64;
        let low = (self.low() & ((1 << LOW_BITS) - 1)) as f64;
        high.mul_add((1_u64 << LOW_BITS) as f64, low)
    }

    /// The lowest 64 bits: the number itself if it is below 2⁶³.
    #[inline(always)]
    fn low(self) -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "the lowest bits are asked for")]
        let low = self.0 as i64;
        low
    }
}

impl Memory for Whole {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        let (mut high, mut low) = (Self(self.0 >> 64).low().cast_unsigned(), self.low().cast_unsigned());
        visitor.word(&mut high);
        visitor.word(&mut low);
        self.0 = (u128::from(high) << 64 | u128::from(low)).cast_signed();
    }
}
