use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::math::accumulate;

/// TA-Lib's price volume trend: the sum of the close's relative change times the volume, 0 at the first bar.
///
/// A bar after a close of 0 adds nothing.
#[derive(Clone, Debug)]
pub struct Pvt {
    begun: bool,
    previous: f64,
    total: f64,
}

constructor!(Pvt());
memory!(Pvt { begun, previous, total });

#[inline(always)]
fn part(close: f64, previous: f64, volume: f64) -> f64 {
    if previous == 0.0 { 0.0 } else { (close - previous) / previous * volume }
}

impl Indicator<2, 1> for Pvt {
    const NAME: &'static str = "pvt";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 256;

    fn build(_: &[f64]) -> Self {
        Self { begun: false, previous: 0.0, total: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [close, volume]: [f64; 2]) -> [f64; 1] {
        if self.begun {
            self.total += part(close, self.previous, volume);
        }
        (self.begun, self.previous) = (true, close);
        [self.total]
    }

    /// The parts first, which do not wait for one another, then their sums.
    #[inline(always)]
    fn run_known(&mut self, [close, volume]: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        let (Some((&first, later)), Some((value, out))) = (close.split_first(), out.split_first_mut()) else { return };
        [*value] = self.step([first, volume[0]]);
        for (((added, &volume), &price), &previous) in out.iter_mut().zip(&volume[1..]).zip(later).zip(close) {
            *added = part(price, previous, volume);
        }
        accumulate(&mut self.total, out);
        self.previous = close[close.len() - 1];
    }
}
