use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::overlap::channel::Channel;

/// TA-Lib's Donchian channel: the highest high and the lowest low of the last `period` bars, and the middle of both.
#[derive(Clone, Debug)]
pub struct Donchian {
    channel: Channel,
}

constructor!(Donchian(period: usize));
memory!(Donchian { channel });

impl Indicator<2, 3> for Donchian {
    const NAME: &'static str = "donchian";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { channel: Channel::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        [args::bars(args, 0) - 1; 3]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 3] {
        let (highest, lowest) = self.channel.step(high, low);
        [highest, 0.5 * (highest + lowest), lowest]
    }

    #[inline(always)]
    fn run_known(&mut self, [highs, lows]: [&[f64]; 2], [upper, middle, lower]: [&mut [f64]; 3]) {
        self.channel.run(
            highs,
            lows,
            #[inline(always)]
            |bar, highest, lowest| {
                upper[bar..bar + highest.len()].copy_from_slice(highest);
                lower[bar..bar + lowest.len()].copy_from_slice(lowest);
                for ((middle, highest), lowest) in middle[bar..].iter_mut().zip(highest).zip(lowest) {
                    *middle = 0.5 * (highest + lowest);
                }
            },
        );
    }
}
