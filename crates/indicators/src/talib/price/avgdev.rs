use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's average deviation: the mean distance of the last `period` values from their mean.
///
/// Both sums are taken anew for each bar, from the newest value to the oldest.
#[derive(Clone, Debug)]
pub struct AvgDev {
    n: f64,
    window: Ring,
}

constructor!(AvgDev(period: usize));
memory!(AvgDev { window });

/// Bars that are summed side by side.
const LANES: usize = 16;

impl Indicator<1, 1> for AvgDev {
    const NAME: &'static str = "avgdev";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { n: args[0], window: Ring::new(args::bars(args, 0)) }
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
        let mean = self.window.iter().rev().fold(0.0, |sum, value| sum + value) / self.n;
        [self.window.iter().rev().fold(0.0, |sum, value| sum + (value - mean).abs()) / self.n]
    }

    /// Neighbouring bars side by side: each sum keeps its order, and none waits for another.
    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let n = self.window.capacity();
        let lanes = input.len().saturating_sub(n - 1) / LANES * LANES;
        if lanes == 0 {
            return step_each(self, [input], [out]);
        }
        step_each(self, [&input[..n - 1]], [&mut out[..n - 1]]);
        let end = n - 1 + lanes;
        for (out, start) in out[n - 1..end].chunks_exact_mut(LANES).zip((0..).step_by(LANES)) {
            let columns = || input[start..start + LANES + n - 1].windows(LANES).rev();
            let mut mean = [0.0; LANES];
            for values in columns() {
                for (sum, value) in mean.iter_mut().zip(values) {
                    *sum += value;
                }
            }
            for sum in &mut mean {
                *sum /= self.n;
            }
            let mut distance = [0.0; LANES];
            for values in columns() {
                for ((sum, value), mean) in distance.iter_mut().zip(values).zip(&mean) {
                    *sum += (value - mean).abs();
                }
            }
            for (value, sum) in out.iter_mut().zip(distance) {
                *value = sum / self.n;
            }
        }
        self.window.extend(&input[n - 1..end]);
        step_each(self, [&input[end..]], [&mut out[end..]]);
    }
}
