use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's percent rank: how many of the `period` values before a bar's own are below it, in percent.
///
/// Equal values do not count as below. The share is taken first and then multiplied by 100.
#[derive(Clone, Debug)]
pub struct PercentRank {
    n: f64,
    window: Ring,
}

constructor!(PercentRank(period: usize));
memory!(PercentRank { window });

/// Bars that are counted side by side.
const LANES: usize = 16;

impl PercentRank {
    #[inline(always)]
    fn share(&self, below: u64) -> f64 {
        below as f64 / self.n * 100.0
    }
}

impl Indicator<1, 1> for PercentRank {
    const NAME: &'static str = "percentrank";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { n: args[0], window: Ring::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let was_full = self.window.is_full();
        let below = self.window.values.iter().map(|&other| u64::from(other < value)).sum();
        self.window.push(value);
        [if was_full { self.share(below) } else { f64::NAN }]
    }

    /// Neighbouring bars side by side.
    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let n = self.window.capacity();
        let lanes = input.len().saturating_sub(n) / LANES * LANES;
        if lanes == 0 {
            return step_each(self, [input], [out]);
        }
        step_each(self, [&input[..n]], [&mut out[..n]]);
        let end = n + lanes;
        for (out, start) in out[n..end].chunks_exact_mut(LANES).zip((0..).step_by(LANES)) {
            let current = &input[start + n..start + n + LANES];
            let mut below = [0_u64; LANES];
            for others in input[start..start + n + LANES - 1].windows(LANES) {
                for ((below, other), current) in below.iter_mut().zip(others).zip(current) {
                    *below += u64::from(other < current);
                }
            }
            for (value, below) in out.iter_mut().zip(below) {
                *value = self.share(below);
            }
        }
        self.window.extend(&input[n..end]);
        step_each(self, [&input[end..]], [&mut out[end..]]);
    }
}
