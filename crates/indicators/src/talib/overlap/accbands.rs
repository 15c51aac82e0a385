use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::Sma;

/// TA-Lib's acceleration bands: simple averages of the close and of the high and the low, both moved outwards.
///
/// With r = 4 · (high − low)/(high + low) the upper band averages high · (1 + r), the lower one low · (1 − r). Where
/// high + low is 0, or rounding only, the high and the low themselves count.
#[derive(Clone, Debug)]
pub struct Accbands {
    upper: Sma,
    middle: Sma,
    lower: Sma,
}

constructor!(Accbands(period: usize));
memory!(Accbands { upper, middle, lower });

/// The high and the low of a bar, moved outwards.
#[inline(always)]
fn widened(high: f64, low: f64) -> (f64, f64) {
    let sum = high + low;
    let range = 4.0 * (high - low) / sum;
    // Computed in any case, so that it is compiled to vectors.
    let wide = (high * (1.0 + range), low * (1.0 - range));
    if sum.abs() <= 1e-14 * (high.abs() + low.abs()) { (high, low) } else { wide }
}

/// Bars that are widened at once: they stay in the first-level cache.
const CHUNK_BARS: usize = 512;

impl Indicator<3, 3> for Accbands {
    const NAME: &'static str = "accbands";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let average = Sma::build(args);
        Self { upper: average.clone(), middle: average.clone(), lower: average }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        [Sma::lookback(args)[0]; 3]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 3] {
        let (high, low) = widened(high, low);
        let ([upper], [middle], [lower]) = (self.upper.step([high]), self.middle.step([close]), self.lower.step([low]));
        [upper, middle, lower]
    }

    /// Some bars at a time are widened in vectors, then averaged.
    #[inline(always)]
    fn run_known(&mut self, [high, low, close]: [&[f64]; 3], [upper, middle, lower]: [&mut [f64]; 3]) {
        self.middle.run_block([close], [middle]);
        let (mut highs, mut lows) = ([0.0; CHUNK_BARS], [0.0; CHUNK_BARS]);
        for start in (0..high.len()).step_by(CHUNK_BARS) {
            let end = high.len().min(start + CHUNK_BARS);
            let (highs, lows) = (&mut highs[..end - start], &mut lows[..end - start]);
            let bars = high[start..end].iter().zip(&low[start..end]);
            for ((wide_high, wide_low), (&high, &low)) in highs.iter_mut().zip(&mut *lows).zip(bars) {
                (*wide_high, *wide_low) = widened(high, low);
            }
            self.upper.run_block([highs], [&mut upper[start..end]]);
            self.lower.run_block([lows], [&mut lower[start..end]]);
        }
    }
}
