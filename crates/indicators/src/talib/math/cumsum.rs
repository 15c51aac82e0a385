use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;

/// TA-Lib's cumulative sum: of all values since the first bar.
#[derive(Clone, Copy, Debug)]
pub struct CumSum {
    total: f64,
}

constructor!(CumSum());
memory!(CumSum { total });

/// Each of `values` becomes the sum of `total` and the values up to its own; `total` becomes the last of them.
#[inline(always)]
pub(crate) fn accumulate(total: &mut f64, values: &mut [f64]) {
    *total = values.iter_mut().fold(*total, |total, value| {
        *value += total;
        *value
    });
}

impl Indicator<1, 1> for CumSum {
    const NAME: &'static str = "cumsum";
    const BLOCK_BARS: usize = 256;

    fn build(_: &[f64]) -> Self {
        Self { total: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.total += value;
        [self.total]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
