use super::extremes::Extremes;
use super::stoch::is_none;
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;

/// TA-Lib's Williams %R: how far the close stands below the highest high of the last n bars, in percent of the range
/// from their lowest low, from −100 (at the low) to 0 (at the high).
///
/// −100 · (highest − close) / (highest − lowest), the division first, cut to −100 … 0 for a close outside of its bar; a
/// range below 10⁻¹⁴ of its two ends added counts as none and gives 0.
#[derive(Clone, Debug)]
pub struct Willr {
    extremes: Extremes,
}

constructor!(Willr(period: usize));
memory!(Willr { extremes });

#[inline(always)]
fn below_highest(close: f64, lowest: f64, highest: f64) -> f64 {
    let range = highest - lowest;
    let percent = (highest - close) / range * -100.0;
    let percent = if percent > 0.0 { 0.0 } else { percent };
    let percent = if percent < -100.0 { -100.0 } else { percent };
    if is_none(range, lowest, highest) { 0.0 } else { percent }
}

impl Indicator<3, 1> for Willr {
    const NAME: &'static str = "willr";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        Self { extremes: Extremes::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        let extremes = self.extremes.step(high, low);
        [extremes.map_or(f64::NAN, |(highest, lowest)| below_highest(close, lowest, highest))]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], [out]: [&mut [f64]; 1]) {
        let start = self.extremes.n_missing().min(out.len());
        step_each(self, inputs.map(|column| &column[..start]), [&mut out[..start]]);
        let [high, low, close] = inputs.map(|column| &column[start..]);
        let out = &mut out[start..];
        self.extremes.run(
            high,
            low,
            #[inline(always)]
            |before, highest, lowest| {
                let bars = out[before..].iter_mut().zip(&close[before..]);
                for ((value, &close), (&highest, &lowest)) in bars.zip(highest.iter().zip(lowest)) {
                    *value = below_highest(close, lowest, highest);
                }
            },
        );
    }
}
