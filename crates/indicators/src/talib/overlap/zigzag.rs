use std::hint::cold_path;

use crate::args;
use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;

/// TA-Lib's zigzag, as far as it is known on each bar: the extreme of the leg that is being drawn, its direction (1 up,
/// −1 down) and the index of the extreme's bar, counted from the first bar of the history.
///
/// The first leg leads down from the first low. A leg turns when the high (low) lies `sensitivity` percent or more
/// above (below) its extreme, and not before `minimum_trend_length` bars behind the extreme.
#[derive(Clone, Debug)]
pub struct Zigzag {
    /// What the extreme of a falling leg is multiplied by to turn it.
    up: f64,
    /// The same for a rising leg.
    down: f64,
    least_bars: usize,
    /// Bars so far.
    seen: usize,
    is_rising: bool,
    extreme: f64,
    /// Bars since the extreme.
    age: usize,
}

constructor!(Zigzag(sensitivity: f64, minimum_trend_length: usize));
memory!(Zigzag { seen, is_rising, extreme, age });

impl Indicator<2, 3> for Zigzag {
    const NAME: &'static str = "zigzag";

    fn build(args: &[f64]) -> Self {
        let share = args[0] / 100.0;
        Self {
            up: 1.0 + share,
            down: 1.0 - share,
            least_bars: args::bars(args, 1),
            seen: 0,
            is_rising: false,
            extreme: 0.0,
            age: 0,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        [args::bars(args, 1); 3]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 3] {
        self.seen += 1;
        if self.seen == 1 {
            self.extreme = low;
            return [f64::NAN; 3];
        }
        self.age += 1;
        let may_turn = self.age >= self.least_bars;
        if self.is_rising {
            if low <= self.extreme * self.down && may_turn {
                cold_path();
                (self.is_rising, self.extreme, self.age) = (false, low, 0);
            } else if high >= self.extreme {
                (self.extreme, self.age) = (high, 0);
            }
        } else if high >= self.extreme * self.up && may_turn {
            cold_path();
            (self.is_rising, self.extreme, self.age) = (true, high, 0);
        } else if low <= self.extreme {
            (self.extreme, self.age) = (low, 0);
        }
        if self.seen <= self.least_bars {
            return [f64::NAN; 3];
        }
        [self.extreme, if self.is_rising { 1.0 } else { -1.0 }, (self.seen - 1 - self.age) as f64]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 2], outputs: [&mut [f64]; 3]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
