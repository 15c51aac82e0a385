use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::Moments;

/// TradingView's variance: of the population (`biased`), or as estimated from a sample. Below 0 by rounding counts as 0.
///
/// At an na it stays where it is. A sample of one value has no variance.
#[derive(Clone, Debug)]
pub struct Variance {
    biased: bool,
    single: bool,
    moments: Moments,
}

constructor!(Variance(period: usize, biased: bool));
memory!(Variance { moments });

impl Variance {
    fn of(period: usize, biased: bool) -> Self {
        Self { biased, single: period == 1, moments: Moments::new(period) }
    }
}

impl Indicator<1, 1> for Variance {
    const NAME: &'static str = "variance";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self::of(args::bars(args, 0), args[1] != 0.0)
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [if self.biased {
            self.moments.step(value).1
        } else if self.single {
            f64::NAN
        } else {
            self.moments.step_sample(value)
        }]
    }
}

/// TradingView's standard deviation: the root of [`Variance`].
#[derive(Clone, Debug)]
pub struct Stdev {
    variance: Variance,
}

constructor!(Stdev(period: usize, biased: bool));
memory!(Stdev { variance });

impl Indicator<1, 1> for Stdev {
    const NAME: &'static str = "stdev";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { variance: Variance::build(args) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        Variance::lookback(args)
    }

    #[inline(always)]
    fn step(&mut self, value: [f64; 1]) -> [f64; 1] {
        self.variance.step(value).map(f64::sqrt)
    }
}

/// The [`Variance`] of the population under TA-Lib's name; `deviations` does nothing, as with TA-Lib.
#[derive(Clone, Debug)]
pub struct Var {
    variance: Variance,
}

constructor!(Var(period: usize, deviations: f64));
memory!(Var { variance });

impl Indicator<1, 1> for Var {
    const NAME: &'static str = "var";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { variance: Variance::of(args::bars(args, 0), true) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        Variance::lookback(args)
    }

    #[inline(always)]
    fn step(&mut self, value: [f64; 1]) -> [f64; 1] {
        self.variance.step(value)
    }
}

/// `deviations` times the standard deviation of the population.
#[derive(Clone, Debug)]
pub struct Stddev {
    deviations: f64,
    variance: Variance,
}

constructor!(Stddev(period: usize, deviations: f64));
memory!(Stddev { variance });

impl Indicator<1, 1> for Stddev {
    const NAME: &'static str = "stddev";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        Self { deviations: args[1], variance: Variance::of(args::bars(args, 0), true) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        Variance::lookback(args)
    }

    #[inline(always)]
    fn step(&mut self, value: [f64; 1]) -> [f64; 1] {
        self.variance.step(value).map(|variance| variance.sqrt() * self.deviations)
    }
}
