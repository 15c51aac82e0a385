use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::overlap::channel::Channel;

/// TA-Lib's midpoint: half of the highest and the lowest of the last `period` values.
#[derive(Clone, Debug)]
pub struct Midpoint {
    channel: Channel,
}

constructor!(Midpoint(period: usize));
memory!(Midpoint { channel });

impl Indicator<1, 1> for Midpoint {
    const NAME: &'static str = "midpoint";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { channel: Channel::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let (highest, lowest) = self.channel.step(value, value);
        [0.5 * (highest + lowest)]
    }

    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        self.channel.run(
            input,
            input,
            #[inline(always)]
            |bar, highest, lowest| {
                for ((out, highest), lowest) in out[bar..].iter_mut().zip(highest).zip(lowest) {
                    *out = 0.5 * (highest + lowest);
                }
            },
        );
    }
}
