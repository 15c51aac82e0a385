use std::hint::cold_path;

use crate::args;
use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;

/// TA-Lib's dynamic average: from the first value on it moves by the distance to each value, divided by
/// `period` · (value/average)⁴. A step that is not a finite number is left out.
#[derive(Clone, Debug)]
pub struct Mcgd {
    period: f64,
    lookback: usize,
    seen: usize,
    average: f64,
}

constructor!(Mcgd(period: usize));
memory!(Mcgd { seen, average });

impl Indicator<1, 1> for Mcgd {
    const NAME: &'static str = "mcgd";

    fn build(args: &[f64]) -> Self {
        Self { period: args[0], lookback: args::bars(args, 0) - 1, seen: 0, average: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        if self.seen == 0 {
            self.average = value;
        } else {
            let ratio = value / self.average;
            let next = self.average + (value - self.average) / (self.period * (ratio * ratio * (ratio * ratio)));
            if next.is_finite() {
                self.average = next;
            } else {
                cold_path();
            }
        }
        if self.seen < self.lookback {
            self.seen += 1;
            return [f64::NAN];
        }
        [self.average]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
