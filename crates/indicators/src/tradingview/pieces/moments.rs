use crate::memory::memory;
use crate::tradingview::pieces::Sum;
use crate::tradingview::pieces::larger;

/// Mean and variance of the last n values that are not na, from the sliding sums of the values and of their squares.
#[derive(Clone, Debug)]
pub(crate) struct Moments {
    n: f64,
    sum: Sum,
    squares: Sum,
}

memory!(Moments { sum, squares });

impl Moments {
    pub(crate) fn new(period: usize) -> Self {
        Self { n: period as f64, sum: Sum::new(period), squares: Sum::new(period) }
    }

    /// Mean and variance of the population, the latter at least 0; both na while there are fewer than n values.
    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> (f64, f64) {
        let (sum, squares) = (self.sum.step(value), self.squares.step(value * value));
        let mean = sum / self.n;
        (mean, at_least_zero(squares / self.n - mean * mean, sum, squares))
    }

    /// The variance as estimated from a sample, at least 0; na while there are fewer than n values.
    #[inline(always)]
    pub(crate) fn step_sample(&mut self, value: f64) -> f64 {
        let (sum, squares) = (self.sum.step(value), self.squares.step(value * value));
        let mean = sum / self.n;
        at_least_zero(squares / (self.n - 1.0) - sum * mean / (self.n - 1.0), sum, squares)
    }
}

/// The variance; 0 for what is below it, and for the difference of infinities.
#[inline(always)]
fn at_least_zero(variance: f64, sum: f64, squares: f64) -> f64 {
    if sum.is_nan() || squares.is_nan() { f64::NAN } else { larger(0.0, variance) }
}
