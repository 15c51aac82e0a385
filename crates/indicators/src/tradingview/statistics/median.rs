use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Sorted;

/// TradingView's median of the last `period` values that are not na: the middle one, or the mean of the two in the
/// middle.
///
/// At an na it stays where it is.
#[derive(Clone, Debug)]
pub struct Median {
    window: Sorted,
}

constructor!(Median(period: usize));
memory!(Median { window });

impl Indicator<1, 1> for Median {
    const NAME: &'static str = "median";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { window: Sorted::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let Some(values) = self.window.step(value) else { return [f64::NAN] };
        let middle = values.len() / 2;
        [if values.len() % 2 == 1 { values[middle] } else { values[middle - 1].midpoint(values[middle]) }]
    }
}

/// TradingView's mode of the last `period` values that are not na: the one that occurs most often, of several the
/// smallest.
///
/// At an na it stays where it is.
#[derive(Clone, Debug)]
pub struct Mode {
    window: Sorted,
}

constructor!(Mode(period: usize));
memory!(Mode { window });

impl Indicator<1, 1> for Mode {
    const NAME: &'static str = "mode";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { window: Sorted::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let Some(values) = self.window.step(value) else { return [f64::NAN] };
        let equal = values.chunk_by(|a, b| a >= b);
        let most = equal.reduce(|most, group| if group.len() > most.len() { group } else { most });
        [most.map_or(f64::NAN, |group| group[0])]
    }
}
