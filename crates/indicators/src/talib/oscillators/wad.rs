use super::extremes::{larger, smaller};
use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;

/// TA-Lib's Williams accumulation/distribution: a running sum of the way from the true low to a risen close, or from
/// the true high down to a fallen one. The first bar and unchanged closes add nothing.
#[derive(Clone, Debug)]
pub struct Wad {
    has_previous: bool,
    previous_close: f64,
    sum: f64,
}

constructor!(Wad());
memory!(Wad { has_previous, previous_close, sum });

impl Indicator<3, 1> for Wad {
    const NAME: &'static str = "wad";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 128;

    fn build(_: &[f64]) -> Self {
        Self { has_previous: false, previous_close: 0.0, sum: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        let previous = if self.has_previous { self.previous_close } else { close };
        (self.has_previous, self.previous_close) = (true, close);
        // Without a branch on the direction, which could not be predicted.
        let fall = if close < previous { close - larger(previous, high) } else { 0.0 };
        self.sum += if close > previous { close - smaller(previous, low) } else { fall };
        [self.sum]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 3], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
