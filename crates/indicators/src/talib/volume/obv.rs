use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::math::accumulate;

/// TA-Lib's on-balance volume: the volume of rising bars minus that of falling ones, since the first bar.
///
/// It starts with the first bar's volume; an unchanged price adds nothing.
#[derive(Clone, Debug)]
pub struct Obv {
    begun: bool,
    previous: f64,
    total: f64,
}

constructor!(Obv());
memory!(Obv { begun, previous, total });

/// What a bar adds; nothing is −0, which changes no number.
#[inline(always)]
fn signed(volume: f64, price: f64, previous: f64) -> f64 {
    let falling = if price < previous { -volume } else { -0.0 };
    if price > previous { volume } else { falling }
}

impl Indicator<2, 1> for Obv {
    const NAME: &'static str = "obv";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 256;

    fn build(_: &[f64]) -> Self {
        Self { begun: false, previous: 0.0, total: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [price, volume]: [f64; 2]) -> [f64; 1] {
        self.total = if self.begun { self.total + signed(volume, price, self.previous) } else { volume };
        (self.begun, self.previous) = (true, price);
        [self.total]
    }

    /// The signed volumes first, which do not wait for one another, then their sums.
    #[inline(always)]
    fn run_known(&mut self, [price, volume]: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        let (Some((&first, later)), Some((value, out))) = (price.split_first(), out.split_first_mut()) else { return };
        [*value] = self.step([first, volume[0]]);
        for (((signed_volume, &volume), &price), &previous) in out.iter_mut().zip(&volume[1..]).zip(later).zip(price) {
            *signed_volume = signed(volume, price, previous);
        }
        accumulate(&mut self.total, out);
        self.previous = price[price.len() - 1];
    }
}
