use crate::args;
use crate::indicator::{Indicator, Missing, constructor};
use crate::memory::memory;
use crate::ring::Ring;
use crate::tradingview::averages::exp::exp;

/// TradingView's Arnaud Legoux moving average: a Gaussian bell of weights that add up to 1, its middle at `offset` of
/// the way from the oldest bar of the window to the newest, its width the period divided by `sigma`.
///
/// A window that holds an na has no average.
#[derive(Clone, Debug)]
pub struct Alma {
    weights: Box<[f64]>,
    window: Ring,
}

constructor!(Alma(period: usize, sigma: f64, offset: f64));
memory!(Alma { window });

impl Indicator<1, 1> for Alma {
    const NAME: &'static str = "alma";
    const MISSING: Missing = Missing::Na;

    fn build(args: &[f64]) -> Self {
        let (period, sigma, offset) = (args::bars(args, 0), args[1], args[2]);
        let middle = offset * (period as f64 - 1.0);
        let width = period as f64 / sigma;
        let bell = |age: usize| {
            let distance = age as f64 - middle;
            exp(-(distance * distance) / (2.0 * (width * width)))
        };
        let sum = (0..period).map(bell).fold(0.0, |sum, weight| sum + weight);
        Self { weights: (0..period).map(|age| bell(age) / sum).collect(), window: Ring::new(period) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.window.push(value);
        if !self.window.is_full() {
            return [f64::NAN];
        }
        [self.window.iter().zip(&self.weights).fold(0.0, |sum, (value, weight)| sum + value * weight)]
    }
}
