use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::tradingview::pieces::{Moments, Sum, TOLERANCE};

/// TradingView's coefficient of correlation, `ta.correlation`: the covariance, divided by the root of the product of
/// the variances.
///
/// A covariance of up to 10⁻¹⁰ counts as 0 and gives 0, also where a column does not move; otherwise a column that does
/// not move gives na. Each of the sums passes over its own na and stays where it is.
#[derive(Clone, Debug)]
pub struct Correl {
    n: f64,
    first: Moments,
    second: Moments,
    products: Sum,
}

constructor!(Correl(period: usize));
memory!(Correl { first, second, products });

impl Indicator<2, 1> for Correl {
    const NAME: &'static str = "correl";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        let moments = Moments::new(period);
        Self { n: args[0], first: moments.clone(), second: moments, products: Sum::new(period) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [first, second]: [f64; 2]) -> [f64; 1] {
        let (mean, variance) = self.first.step(first);
        let (other_mean, other_variance) = self.second.step(second);
        let covariance = self.products.step(first * second) / self.n - mean * other_mean;
        if covariance.abs() <= TOLERANCE {
            return [0.0];
        }
        let variances = variance * other_variance;
        [if variances == 0.0 { f64::NAN } else { covariance / variances.sqrt() }]
    }
}
