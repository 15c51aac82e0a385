use crate::args;
use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::lanes::lockstep::{self, lane};
use crate::memory::memory;
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's exponential moving average: starts with the mean of the first n values, then moves by 2/(n + 1) of the
/// distance to each, in one fused multiply-add. A period of 1 copies the values.
#[derive(Clone, Debug)]
pub struct Ema {
    smoothing: Smoothing,
}

constructor!(Ema(period: usize));
memory!(Ema { smoothing });
lane!(Ema, smoothing: Smoothing, 2, 1);

impl Indicator<1, 1> for Ema {
    const NAME: &'static str = "ema";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { smoothing: Smoothing::exponential(args::bars(args, 0)) }
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
