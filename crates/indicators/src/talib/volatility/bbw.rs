use crate::MovingAverage;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::Bbands;

/// TA-Lib's width of the Bollinger bands ([`Bbands`]): the distance from the lower to the upper one in percent of the
/// middle one. A middle band of 0 gives 0.
#[derive(Clone, Debug)]
pub struct Bbw {
    bands: Bbands,
}

constructor!(Bbw(period: usize, deviations_up: f64, deviations_down: f64, ma_type: MovingAverage));
memory!(Bbw { bands });

#[inline(always)]
fn width(upper: f64, middle: f64, lower: f64) -> f64 {
    if middle == 0.0 { 0.0 } else { (upper - lower) / middle * 100.0 }
}

impl Indicator<1, 1> for Bbw {
    const NAME: &'static str = "bbw";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        Self { bands: Bbands::build(args) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [Bbands::lookback(args)[0]]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 1]) -> [f64; 1] {
        let [upper, middle, lower] = self.bands.step(bar);
        [width(upper, middle, lower)]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        const PIECE: usize = 512;
        let (mut middles, mut lowers) = ([0.0; PIECE], [0.0; PIECE]);
        for (prices, out) in prices.chunks(PIECE).zip(out.chunks_mut(PIECE)) {
            let (middles, lowers) = (&mut middles[..out.len()], &mut lowers[..out.len()]);
            self.bands.run_known([prices], [&mut *out, middles, lowers]);
            for (value, (&middle, &lower)) in out.iter_mut().zip(middles.iter().zip(&*lowers)) {
                *value = width(*value, middle, lower);
            }
        }
    }
}
