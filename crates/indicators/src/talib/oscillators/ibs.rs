use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;

/// TA-Lib's internal bar strength: (close − low) / (high − low) of each bar, 0 to 1; ½ for a bar without a range.
#[derive(Clone, Debug)]
pub struct Ibs {}

constructor!(Ibs());
memory!(Ibs {});

impl Indicator<3, 1> for Ibs {
    const NAME: &'static str = "ibs";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(_: &[f64]) -> Self {
        Self {}
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        let range = high - low;
        [if range <= 0.0 { 0.5 } else { (close - low) / range }]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 3], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
