use crate::args;
use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::lanes::lockstep::{self, lane};
use crate::memory::memory;
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's moving average with Wilder's weights: starts with the mean of the first n values, then moves by 1/n of the
/// distance to each, in one fused multiply-add.
#[derive(Clone, Debug)]
pub struct Rma {
    smoothing: Smoothing,
}

constructor!(Rma(period: usize));
memory!(Rma { smoothing });
lane!(Rma, smoothing: Smoothing, 2, 1);

impl Indicator<1, 1> for Rma {
    const NAME: &'static str = "rma";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { smoothing: Smoothing::wilder(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        [self.smoothing.step(value)]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }

    fn run_lanes(states: &mut [Self], inputs: &[[&[f64]; 1]], outputs: &mut [[&mut [f64]; 1]]) {
        lockstep::run(states, inputs, outputs);
    }
}
