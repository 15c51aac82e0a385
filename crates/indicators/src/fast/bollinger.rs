use crate::args;
use crate::fast::spread::{Moments, Spread};
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;

/// Bollinger bands: the mean of the last n values and, above and below it, as many of their standard deviations
/// (population) as asked for.
#[derive(Clone, Debug)]
pub struct Bollinger {
    deviations: f64,
    spread: Spread,
}

constructor!(Bollinger(period: usize, deviations: f64));
memory!(Bollinger { spread });

impl Indicator<1, 3> for Bollinger {
    const NAME: &'static str = "bollinger";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 8192;

    fn build(args: &[f64]) -> Self {
        Self { deviations: args[1], spread: Spread::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        [args::bars(args, 0) - 1; 3]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 3] {
        self.spread.step(value).map_or([f64::NAN; 3], |moments| bands(self.deviations, moments))
    }

    #[inline(always)]
    fn run_known(&mut self, [values]: [&[f64]; 1], outputs: [&mut [f64]; 3]) {
        // What lies before the first whole window in the input.
        let first = (self.spread.n() - 1).min(values.len());
        let [upper, middle, lower] = outputs;
        let before = [&mut *upper, &mut *middle, &mut *lower].map(
            #[inline(always)]
            |column| &mut column[..first],
        );
        step_each(self, [&values[..first]], before);
        if first == values.len() {
            return;
        }
        let deviations = self.deviations;
        self.spread.run(
            values,
            first,
            [upper, middle, lower],
            #[inline(always)]
            |moments| bands(deviations, moments),
        );
    }
}

/// Upper band, mean, lower band.
#[inline(always)]
fn bands(deviations: f64, Moments { mean, variance }: Moments) -> [f64; 3] {
    let distance = deviations * variance.sqrt();
    [mean + distance, mean, mean - distance]
}

macro_rules! of_variance {
    ($(#[$doc:meta])* $state:ident, $name:literal, $value:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $state {
            deviations: f64,
            spread: Spread,
        }

        constructor!($state(period: usize, deviations: f64));
        memory!($state { spread });

        impl Indicator<1, 1> for $state {
            const NAME: &'static str = $name;
            const DISPATCH: bool = true;
            const BLOCK_BARS: usize = 8192;

            fn build(args: &[f64]) -> Self {
                Self { deviations: args[1], spread: Spread::new(args::bars(args, 0)) }
            }

            fn lookback(args: &[f64]) -> [usize; 1] {
                [args::bars(args, 0) - 1]
            }

            #[inline(always)]
            fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
                [self.spread.step(value).map_or(f64::NAN, |moments| $value(moments.variance, self.deviations))]
            }

            #[inline(always)]
            fn run_known(&mut self, [values]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
                let first = (self.spread.n() - 1).min(values.len());
                step_each(self, [&values[..first]], [&mut out[..first]]);
                if first == values.len() {
                    return;
                }
                let deviations = self.deviations;
                self.spread.run(
                    values,
                    first,
                    [out],
                    #[inline(always)]
                    |moments| [$value(moments.variance, deviations)],
                );
            }
        }
    };
}

of_variance! {
    /// Population variance of the last n values. The number of deviations changes nothing, as in TA-Lib.
    Var, "var", itself
}

of_variance! {
    /// Population standard deviation of the last n values, times a number.
    StdDev, "stddev", deviation
}

#[inline(always)]
fn itself(variance: f64, _deviations: f64) -> f64 {
    variance
}

#[inline(always)]
fn deviation(variance: f64, deviations: f64) -> f64 {
    deviations * variance.sqrt()
}
