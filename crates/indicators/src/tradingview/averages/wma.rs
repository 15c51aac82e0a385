use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// TradingView's weighted moving average: weights 1 to `period` from the oldest bar of the window to the newest, added
/// in this order on every bar.
///
/// In the window an na counts as the value before it; at the na itself there is no average. The first one comes when
/// there are `period` values that are not na.
#[derive(Clone, Debug)]
pub struct Wma {
    weights: f64,
    window: Ring,
    /// How many values there were that are not na, up to the period.
    known: usize,
}

constructor!(Wma(period: usize));
memory!(Wma { window, known });

impl Wma {
    pub(crate) fn of(period: usize) -> Self {
        let n = period as f64;
        Self { weights: n * (n + 1.0) / 2.0, window: Ring::new(period), known: 0 }
    }

    /// The average with the next value.
    #[inline(always)]
    pub(crate) fn next(&mut self, value: f64) -> f64 {
        if value.is_nan() {
            self.window.push(if self.known == 0 { value } else { self.window.back(0) });
            return value;
        }
        self.window.push(value);
        self.known = self.window.capacity().min(self.known + 1);
        if self.known < self.window.capacity() {
            return f64::NAN;
        }
        let (older, newer) = self.window.as_slices();
        let start = (0.0, 0.0);
        let (total, _) = older.iter().chain(newer).fold(start, |(total, weight), value| {
            let weight = weight + 1.0;
            (total + value * weight, weight)
        });
        total / self.weights
    }
}

impl Indicator<1, 1> for Wma {
    const NAME: &'static str = "wma";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self::of(args::bars(args, 0))
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.next(value)]
    }
}
