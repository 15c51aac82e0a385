use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::math::accumulate;

/// TA-Lib's volume-weighted average price: the mean of (high + low + close) / 3 since the first bar, by volume.
///
/// 0 until there is volume. Where the sum of the volumes is not above 0 (negative volumes), the last value stays.
#[derive(Clone, Copy, Debug)]
pub struct Vwap {
    /// Sum of price times volume.
    turnover: f64,
    volume: f64,
    value: f64,
}

constructor!(Vwap());
memory!(Vwap { turnover, volume, value });

impl Indicator<4, 1> for Vwap {
    const NAME: &'static str = "vwap";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = BLOCK;

    fn build(_: &[f64]) -> Self {
        Self { turnover: 0.0, volume: 0.0, value: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close, volume]: [f64; 4]) -> [f64; 1] {
        self.turnover += (high + low + close) / 3.0 * volume;
        self.volume += volume;
        if self.volume > 0.0 {
            self.value = self.turnover / self.volume;
        }
        [self.value]
    }

    /// The turnovers first, which do not wait for one another, then the sums, then the quotients.
    #[inline(always)]
    fn run_known(&mut self, [high, low, close, volume]: [&[f64]; 4], [out]: [&mut [f64]; 1]) {
        let bars = high.chunks(BLOCK).zip(low.chunks(BLOCK)).zip(close.chunks(BLOCK)).zip(volume.chunks(BLOCK));
        for ((((high, low), close), volume), out) in bars.zip(out.chunks_mut(BLOCK)) {
            let mut volumes = [0.0; BLOCK];
            let volumes = &mut volumes[..volume.len()];
            volumes.copy_from_slice(volume);
            for ((((value, &high), &low), &close), &volume) in out.iter_mut().zip(high).zip(low).zip(close).zip(volume)
            {
                *value = (high + low + close) / 3.0 * volume;
            }
            accumulate(&mut self.turnover, out);
            accumulate(&mut self.volume, volumes);
            for (value, &volume) in out.iter_mut().zip(&*volumes) {
                *value = if volume > 0.0 { *value / volume } else { f64::NAN };
            }
            self.value = out.iter_mut().fold(self.value, |last, value| {
                *value = if value.is_nan() { last } else { *value };
                *value
            });
        }
    }
}

/// Bars whose sums are worked out before their quotients.
const BLOCK: usize = 256;
