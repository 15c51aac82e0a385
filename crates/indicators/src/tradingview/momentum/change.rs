use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// The value of n bars before, na among the first n bars.
#[derive(Clone, Debug)]
struct Before {
    window: Ring,
}

memory!(Before { window });

impl Before {
    /// Takes the next value and gives that of n bars before.
    #[inline(always)]
    fn replace(&mut self, value: f64) -> f64 {
        let known = self.window.is_full();
        let before = self.window.push(value);
        if known { before } else { f64::NAN }
    }
}

/// TradingView's momentum, which it also calls change: the value less that of `period` bars before; na if one of the
/// two is.
#[derive(Clone, Debug)]
pub struct Mom {
    before: Before,
}

constructor!(Mom(period: usize));
memory!(Mom { before });

impl Indicator<1, 1> for Mom {
    const NAME: &'static str = "mom";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { before: Before { window: Ring::new(args::bars(args, 0)) } }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [value - self.before.replace(value)]
    }
}

/// TradingView's rate of change in percent: 100 times the change over `period` bars, divided by the value before it; na
/// if one of the two values is.
#[derive(Clone, Debug)]
pub struct Roc {
    before: Before,
}

constructor!(Roc(period: usize));
memory!(Roc { before });

impl Indicator<1, 1> for Roc {
    const NAME: &'static str = "roc";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { before: Before { window: Ring::new(args::bars(args, 0)) } }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let before = self.before.replace(value);
        [100.0 * (value - before) / before]
    }
}
