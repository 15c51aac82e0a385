use super::extremes::Extremes;
use super::smoothing::Smoothing;
use super::stoch::{position, positions};
use crate::MovingAverage;
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::talib::Ma;

/// TA-Lib's fast stochastic: where the close stands between the lowest low and the highest high of the last
/// `fast_k_period` bars (K), and a moving average of it (D).
///
/// K is 100 · (close − lowest) / (highest − lowest), the division first; a range below 10⁻¹⁴ of its two ends added
/// counts as none and gives 0. K and D begin together.
#[derive(Clone, Debug)]
pub struct Stochf {
    lookback: usize,
    /// Bars until there is a value.
    seen: usize,
    extremes: Extremes,
    d: Ma,
}

constructor!(Stochf(fast_k_period: usize, fast_d_period: usize, fast_d_ma: MovingAverage));
memory!(Stochf { seen, extremes, d });

impl Indicator<3, 2> for Stochf {
    const NAME: &'static str = "stochf";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        Self {
            lookback: Self::lookback(args)[0],
            seen: 0,
            extremes: Extremes::new(args::bars(args, 0)),
            d: Ma::build(args::average(args, 2), args::bars(args, 1)),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0) - 1 + Ma::lookback(args::average(args, 2), args::bars(args, 1)); 2]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 2] {
        let Some((highest, lowest)) = self.extremes.step(high, low) else {
            self.seen += 1;
            return [f64::NAN; 2];
        };
        let k = position(close, lowest, highest);
        let d = self.d.smooth(k);
        if self.seen == self.lookback {
            return [k, d];
        }
        self.seen += 1;
        [f64::NAN; 2]
    }

    /// Behind the lookback the positions of many bars at once, then their averages.
    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], [k_out, d_out]: [&mut [f64]; 2]) {
        let start = (self.lookback - self.seen).max(self.extremes.n_missing()).min(k_out.len());
        step_each(self, inputs.map(|column| &column[..start]), [&mut k_out[..start], &mut d_out[..start]]);
        let (k_out, d_out) = (&mut k_out[start..], &mut d_out[start..]);
        positions(&mut self.extremes, inputs.map(|column| &column[start..]), k_out);
        self.d.smooth_all(k_out, d_out);
    }
}
