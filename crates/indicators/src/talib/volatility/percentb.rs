use crate::MovingAverage;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::Bbands;

/// TA-Lib's place of the price between the Bollinger bands ([`Bbands`]): 0 at the lower, 1 at the upper one. Bands
/// without a distance give ½.
#[derive(Clone, Debug)]
pub struct Percentb {
    bands: Bbands,
}

constructor!(Percentb(period: usize, deviations_up: f64, deviations_down: f64, ma_type: MovingAverage));
memory!(Percentb { bands });

#[inline(always)]
fn place(price: f64, upper: f64, lower: f64) -> f64 {
    let width = upper - lower;
    if width == 0.0 { 0.5 } else { (price - lower) / width }
}

impl Indicator<1, 1> for Percentb {
    const NAME: &'static str = "percentb";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        Self { bands: Bbands::build(args) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [Bbands::lookback(args)[0]]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        let [upper, _, lower] = self.bands.step([price]);
        [place(price, upper, lower)]
    }

    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        const PIECE: usize = 512;
        let (mut middles, mut lowers) = ([0.0; PIECE], [0.0; PIECE]);
        for (prices, out) in prices.chunks(PIECE).zip(out.chunks_mut(PIECE)) {
            let (middles, lowers) = (&mut middles[..out.len()], &mut lowers[..out.len()]);
            self.bands.run_known([prices], [&mut *out, middles, lowers]);
            for (value, (&price, &lower)) in out.iter_mut().zip(prices.iter().zip(&*lowers)) {
                *value = place(price, *value, lower);
            }
        }
    }
}
