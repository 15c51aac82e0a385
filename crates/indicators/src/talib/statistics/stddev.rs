use super::variance::Variance;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;

/// TA-Lib's variance of the last `period` values: the mean of their squared distances from their mean.
///
/// Never below 0, and 0 for a flat window, however high the price. `deviations` is there because TA-Lib has it, and
/// changes nothing, as in TA-Lib.
#[derive(Clone, Debug)]
pub struct Var {
    variance: Variance,
}

constructor!(Var(period: usize, deviations: f64));
memory!(Var { variance });

impl Indicator<1, 1> for Var {
    const NAME: &'static str = "var";
    const BLOCK_BARS: usize = 256;

    fn build(args: &[f64]) -> Self {
        Self { variance: Variance::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.variance.step(value)]
    }

    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        self.variance.run(input, out);
    }
}

/// TA-Lib's standard deviation of the last `period` values, times `deviations`: the root of [`Var`].
#[derive(Clone, Debug)]
pub struct StdDev {
    deviations: f64,
    variance: Variance,
}

constructor!(StdDev(period: usize, deviations: f64));
memory!(StdDev { variance });

impl Indicator<1, 1> for StdDev {
    const NAME: &'static str = "stddev";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 256;

    fn build(args: &[f64]) -> Self {
        Self { deviations: args[1], variance: Variance::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.variance.step(value).sqrt() * self.deviations]
    }

    /// The variances first, then all roots at once.
    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        self.variance.run(input, out);
        for value in out {
            *value = value.sqrt() * self.deviations;
        }
    }
}
