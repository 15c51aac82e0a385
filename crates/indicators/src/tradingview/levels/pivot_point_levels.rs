use crate::args::{self, Arg};
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::events::holds;

/// How pivot points are computed from the high, low and close of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PivotFormula {
    /// Five levels on each side, of floor traders.
    Traditional,
    /// Three, at 38.2, 61.8 and 100 percent of the range from the pivot.
    Fibonacci,
    /// Four, from the open of the running period in place of the close of the last one.
    Woodie,
    /// Four, at whole ranges from the pivot.
    Classic,
    /// One, by Tom R. De Mark.
    Dm,
    /// Five, from the close.
    Camarilla,
}

impl PivotFormula {
    /// All of them, in the order of the catalogue.
    pub const ALL: [Self; 6] =
        [Self::Traditional, Self::Fibonacci, Self::Woodie, Self::Classic, Self::Dm, Self::Camarilla];

    /// Pine Script's names of them, in the same order.
    pub const NAMES: [&'static str; 6] = ["Traditional", "Fibonacci", "Woodie", "Classic", "DM", "Camarilla"];
}

impl Arg for PivotFormula {
    fn number(self) -> f64 {
        f64::from(self as u8)
    }
}

/// Prices of a period; na where there were none.
#[derive(Clone, Copy, Debug)]
struct Period {
    open: f64,
    high: f64,
    low: f64,
    close: f64,
}

memory!(Period { open, high, low, close });

impl Period {
    const EMPTY: Self = Self { open: 0.0, high: 0.0, low: 0.0, close: 0.0 };

    fn add(&mut self, bar: Self) {
        self.high = if bar.high > self.high || self.high.is_nan() { bar.high } else { self.high };
        self.low = if bar.low < self.low || self.low.is_nan() { bar.low } else { self.low };
        self.open = if self.open.is_nan() { bar.open } else { self.open };
        self.close = bar.close;
    }
}

/// TradingView's pivot points, `ta.pivot_point_levels`: P, R1, S1 to R5, S5 from the prices between the last two bars
/// whose condition is not 0, the newer one excluded, or (`developing`) from those since the last one.
///
/// A level that the formula does not have is na, and all are before the second period. Developing levels begin on the
/// first bar; Woodie's cannot develop and are na.
#[derive(Clone, Debug)]
pub struct PivotPointLevels {
    formula: PivotFormula,
    developing: bool,
    begun: bool,
    completed: bool,
    running: Period,
    last: Period,
}

constructor!(PivotPointLevels(formula: PivotFormula, developing: bool));
memory!(PivotPointLevels { begun, completed, running, last });

impl Indicator<5, 11> for PivotPointLevels {
    const NAME: &'static str = "pivot_point_levels";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self {
            formula: PivotFormula::ALL[args::bars(args, 0)],
            developing: args[1] != 0.0,
            begun: false,
            completed: false,
            running: Period::EMPTY,
            last: Period::EMPTY,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 11] {
        [usize::from(args[1] == 0.0); 11]
    }

    #[inline(always)]
    fn step(&mut self, [open, high, low, close, condition]: [f64; 5]) -> [f64; 11] {
        let bar = Period { open, high, low, close };
        if holds(condition) || !self.begun {
            self.completed = self.begun;
            self.last = self.running;
            self.running = bar;
            self.begun = true;
        } else {
            self.running.add(bar);
        }
        match self.formula {
            PivotFormula::Woodie if self.developing => [f64::NAN; 11],
            _ if self.developing => levels(self.formula, self.running, self.running.open),
            _ if self.completed => levels(self.formula, self.last, self.running.open),
            _ => [f64::NAN; 11],
        }
    }
}

/// P, R1, S1, R2, S2 … of a period, `next_open` being the open of the one behind it.
fn levels(formula: PivotFormula, period: Period, next_open: f64) -> [f64; 11] {
    let Period { open, high, low, close } = period;
    let none = (f64::NAN, f64::NAN);
    let range = high - low;
    let typical = (high + low + close) / 3.0;
    let around = |middle: f64, distance: f64| (middle + distance, middle - distance);
    let mirror = |pivot: f64| (pivot * 2.0 - low, pivot * 2.0 - high);
    let (pivot, pairs) = match formula {
        PivotFormula::Traditional => {
            let far = |n: f64| (typical * n + (high - n * low), typical * n - (n * high - low));
            (typical, [mirror(typical), around(typical, range), far(2.0), far(3.0), far(4.0)])
        }
        PivotFormula::Fibonacci => {
            let at = |share: f64| around(typical, share * range);
            (typical, [at(0.382), at(0.618), around(typical, range), none, none])
        }
        PivotFormula::Woodie => {
            let pivot = (high + low + 2.0 * next_open) / 4.0;
            let third = (high + 2.0 * (pivot - low), low - 2.0 * (high - pivot));
            (pivot, [mirror(pivot), around(pivot, range), third, (third.0 + range, third.1 - range), none])
        }
        PivotFormula::Classic => {
            let at = |ranges: f64| around(typical, ranges * range);
            (typical, [mirror(typical), at(1.0), at(2.0), at(3.0), none])
        }
        PivotFormula::Dm => {
            let sum = if close > open {
                2.0 * high + low + close
            } else if close < open {
                2.0 * low + high + close
            } else {
                high + low + 2.0 * close
            };
            (sum / 4.0, [(sum / 2.0 - low, sum / 2.0 - high), none, none, none, none])
        }
        PivotFormula::Camarilla => {
            let at = |divisor: f64| around(close, 1.1 * range / divisor);
            let fifth = high / low * close;
            (typical, [at(12.0), at(6.0), at(4.0), at(2.0), (fifth, close - (fifth - close))])
        }
    };
    let [(r1, s1), (r2, s2), (r3, s3), (r4, s4), (r5, s5)] = pairs;
    [pivot, r1, s1, r2, s2, r3, s3, r4, s4, r5, s5]
}
