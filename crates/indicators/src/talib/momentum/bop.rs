use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;

/// TA-Lib's balance of power: (close − open) / (high − low) of each bar, 0 where the bar has no range.
#[derive(Clone, Debug)]
pub struct Bop {}

constructor!(Bop());
memory!(Bop {});

impl Indicator<4, 1> for Bop {
    const NAME: &'static str = "bop";
    const DISPATCH: bool = true;

    fn build(_: &[f64]) -> Self {
        Self {}
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [open, high, low, close]: [f64; 4]) -> [f64; 1] {
        let range = high - low;
        [if range <= 0.0 { 0.0 } else { (close - open) / range }]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 4], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
