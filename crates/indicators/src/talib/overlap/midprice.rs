use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::overlap::channel::Channel;

/// TA-Lib's midpoint of the range: half of the highest high and the lowest low of the last `period` bars.
#[derive(Clone, Debug)]
pub struct Midprice {
    channel: Channel,
}

constructor!(Midprice(period: usize));
memory!(Midprice { channel });

impl Indicator<2, 1> for Midprice {
    const NAME: &'static str = "midprice";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { channel: Channel::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 1] {
        let (highest, lowest) = self.channel.step(high, low);
        [0.5 * (highest + lowest)]
    }

    #[inline(always)]
    fn run_known(&mut self, [highs, lows]: [&[f64]; 2], [out]: [&mut [f64]; 1]) {
        self.channel.run(
            highs,
            lows,
            #[inline(always)]
            |bar, highest, lowest| {
                for ((out, highest), lowest) in out[bar..].iter_mut().zip(highest).zip(lowest) {
                    *out = 0.5 * (highest + lowest);
                }
            },
        );
    }
}
