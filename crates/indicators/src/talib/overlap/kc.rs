use crate::args;
use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;
use crate::talib::overlap::smoothing::Smoothing;
use crate::talib::overlap::true_range::AverageRange;

/// TA-Lib's Keltner channels: the exponential average of the typical price (high + low + close)/3, and `multiplier`
/// average true ranges above and below it.
///
/// Both averages begin as late as their first values are needed, so that they start together.
#[derive(Clone, Debug)]
pub struct Kc {
    multiplier: f64,
    /// Bars that the middle leaves out.
    middle_skips: usize,
    /// Bars that the range leaves out.
    range_skips: usize,
    seen: usize,
    middle: Smoothing,
    range: AverageRange,
}

constructor!(Kc(period: usize, atr_period: usize, multiplier: f64));
memory!(Kc { seen, middle, range });

impl Indicator<3, 3> for Kc {
    const NAME: &'static str = "kc";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let (n, range_n) = (args::bars(args, 0), args::bars(args, 1));
        let [lookback, ..] = Self::lookback(args);
        Self {
            multiplier: args[2],
            middle_skips: lookback - (n - 1),
            range_skips: lookback - range_n,
            seen: 0,
            middle: Smoothing::exponential(n),
            range: AverageRange::new(range_n),
        }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        [(args::bars(args, 0) - 1).max(args::bars(args, 1)); 3]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 3] {
        let (mut middle, mut range) = (f64::NAN, f64::NAN);
        if self.seen >= self.middle_skips {
            middle = self.middle.step((high + low + close) / 3.0);
        }
        if self.seen >= self.range_skips {
            range = self.range.step(high, low, close);
        }
        if self.seen < self.middle_skips.max(self.range_skips) {
            self.seen += 1;
        }
        if range.is_nan() {
            return [f64::NAN; 3];
        }
        let distance = range * self.multiplier;
        [middle + distance, middle, middle - distance]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 3], outputs: [&mut [f64]; 3]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
