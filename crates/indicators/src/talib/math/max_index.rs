use super::extremes::{ExtremeIndex, High, Low};
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;

/// TA-Lib's index of the highest of the last `period` values, the newest of equal ones.
///
/// Bars are counted from 0 at the start of the history, which begins anew behind a missing value.
#[derive(Clone, Debug)]
pub struct MaxIndex {
    highest: ExtremeIndex<High>,
}

constructor!(MaxIndex(period: usize));
memory!(MaxIndex { highest });

impl Indicator<1, 1> for MaxIndex {
    const NAME: &'static str = "maxindex";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 1024;

    fn build(args: &[f64]) -> Self {
        Self { highest: ExtremeIndex::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.highest.step(value)]
    }

    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        self.highest.run(input, out);
    }
}

/// TA-Lib's index of the lowest of the last `period` values, the newest of equal ones.
///
/// Bars are counted from 0 at the start of the history, which begins anew behind a missing value.
#[derive(Clone, Debug)]
pub struct MinIndex {
    lowest: ExtremeIndex<Low>,
}

constructor!(MinIndex(period: usize));
memory!(MinIndex { lowest });

impl Indicator<1, 1> for MinIndex {
    const NAME: &'static str = "minindex";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 1024;

    fn build(args: &[f64]) -> Self {
        Self { lowest: ExtremeIndex::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.lowest.step(value)]
    }

    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        self.lowest.run(input, out);
    }
}

/// TA-Lib's indices of the lowest and of the highest of the last `period` values, the newest of equal ones.
///
/// Bars are counted from 0 at the start of the history, which begins anew behind a missing value.
#[derive(Clone, Debug)]
pub struct MinMaxIndex {
    lowest: ExtremeIndex<Low>,
    highest: ExtremeIndex<High>,
}

constructor!(MinMaxIndex(period: usize));
memory!(MinMaxIndex { lowest, highest });

impl Indicator<1, 2> for MinMaxIndex {
    const NAME: &'static str = "minmaxindex";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 1024;

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        Self { lowest: ExtremeIndex::new(n), highest: ExtremeIndex::new(n) }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0) - 1; 2]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 2] {
        [self.lowest.step(value), self.highest.step(value)]
    }

    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [lowest, highest]: [&mut [f64]; 2]) {
        self.lowest.run(input, lowest);
        self.highest.run(input, highest);
    }
}
