use super::extremes::{Extreme, High, Low};
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;

/// TA-Lib's highest of the last `period` values.
#[derive(Clone, Debug)]
pub struct Max {
    highest: Extreme<High>,
}

constructor!(Max(period: usize));
memory!(Max { highest });

impl Indicator<1, 1> for Max {
    const NAME: &'static str = "max";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 8192;

    fn build(args: &[f64]) -> Self {
        Self { highest: Extreme::new(args::bars(args, 0)) }
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

/// TA-Lib's lowest of the last `period` values.
#[derive(Clone, Debug)]
pub struct Min {
    lowest: Extreme<Low>,
}

constructor!(Min(period: usize));
memory!(Min { lowest });

impl Indicator<1, 1> for Min {
    const NAME: &'static str = "min";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 8192;

    fn build(args: &[f64]) -> Self {
        Self { lowest: Extreme::new(args::bars(args, 0)) }
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

/// TA-Lib's lowest and highest of the last `period` values.
#[derive(Clone, Debug)]
pub struct MinMax {
    lowest: Extreme<Low>,
    highest: Extreme<High>,
}

constructor!(MinMax(period: usize));
memory!(MinMax { lowest, highest });

impl Indicator<1, 2> for MinMax {
    const NAME: &'static str = "minmax";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 8192;

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        Self { lowest: Extreme::new(n), highest: Extreme::new(n) }
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
