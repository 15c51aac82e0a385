use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's moving average of Arnaud Legoux: the window weighed by a bell curve.
///
/// The curve's top stands at ⌊`offset` · (period − 1)⌋, counted from the oldest value, its width is period/`sigma`. The
/// weights are divided by their sum beforehand. A period of 1 copies the values.
#[derive(Clone, Debug)]
pub struct Alma {
    /// Oldest value first.
    weights: Box<[f64]>,
    window: Ring,
}

constructor!(Alma(period: usize, sigma: f64, offset: f64));
memory!(Alma { window });

impl Indicator<1, 1> for Alma {
    const NAME: &'static str = "alma";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        let (n, sigma, offset) = (args[0], args[1], args[2]);
        let top = (offset * (n - 1.0)).floor();
        let width = n / sigma;
        let double_square = 2.0 * width * width;
        let mut weights: Box<[f64]> = (0..period)
            .map(|place| {
                let distance = place as f64 - top;
                exp(-(distance * distance) / double_square)
            })
            .collect();
        let sum = weights.iter().fold(0.0, |sum, weight| sum + weight);
        for weight in &mut weights {
            *weight /= sum;
        }
        Self { weights, window: Ring::new(period) }
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
        if self.weights.len() == 1 {
            return [value];
        }
        let products = self.weights.iter().zip(self.window.iter()).map(|(weight, value)| weight * value);
        [products.fold(0.0, |sum, product| sum + product)]
    }

    /// Behind the first window some windows at a time, each in a lane of its own.
    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let n = self.weights.len();
        if n == 1 || input.len() < n + LANES {
            return step_each(self, [input], [out]);
        }
        step_each(self, [&input[..n - 1]], [&mut out[..n - 1]]);
        let mut rest = input;
        let mut chunks = out[n - 1..].chunks_exact_mut(LANES);
        for averages in &mut chunks {
            let mut sums = [0.0; LANES];
            for (weight, values) in self.weights.iter().zip(rest.windows(LANES)) {
                for (sum, value) in sums.iter_mut().zip(values) {
                    *sum += weight * value;
                }
            }
            averages.copy_from_slice(&sums);
            rest = &rest[LANES..];
        }
        let left = chunks.into_remainder();
        let done = input.len() - left.len();
        self.window.extend(&input[n - 1..done]);
        step_each(self, [&input[done..]], [left]);
    }
}

/// Windows that are weighed at once.
const LANES: usize = 16;

#[expect(clippy::disallowed_methods, reason = "TA-Lib takes the platform's function: equal bits on each platform")]
fn exp(value: f64) -> f64 {
    value.exp()
}
