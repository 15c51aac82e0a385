use super::sorted::Sorted;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;

/// TA-Lib's median of the last `period` values: the middle one by size, or the mean of the middle two.
#[derive(Clone, Debug)]
pub struct Median {
    window: Sorted,
}

constructor!(Median(period: usize));
memory!(Median { window });

impl Indicator<1, 1> for Median {
    const NAME: &'static str = "median";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { window: Sorted::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let Some(sorted) = self.window.push(value) else { return [f64::NAN] };
        let upper = sorted[sorted.len() / 2];
        [if sorted.len() % 2 == 1 { upper } else { (sorted[sorted.len() / 2 - 1] + upper) * 0.5 }]
    }
}

/// TA-Lib's percentile by the nearest rank: of the last `period` values by size the one at place
/// ⌈`percentile` · `period` / 100⌉, counted from 1; the smallest for 0. It is always one of the values.
#[derive(Clone, Debug)]
pub struct Percentile {
    /// Counted from 0.
    place: usize,
    window: Sorted,
}

constructor!(Percentile(period: usize, percentile: f64));
memory!(Percentile { window });

impl Indicator<1, 1> for Percentile {
    const NAME: &'static str = "percentile";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let rank = (args[1] * args[0] / 100.0).ceil().clamp(1.0, args[0]);
        Self { place: args::bars(&[rank], 0) - 1, window: Sorted::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.window.push(value).map_or(f64::NAN, |sorted| sorted[self.place])]
    }
}
