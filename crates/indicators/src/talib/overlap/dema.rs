use crate::args;
use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's double exponential moving average: twice the exponential average less the exponential average of it, which
/// takes out most of its lag. A period of 1 copies the values.
#[derive(Clone, Debug)]
pub struct Dema {
    copies: bool,
    first: Smoothing,
    second: Smoothing,
}

constructor!(Dema(period: usize));
memory!(Dema { first, second });

impl Indicator<1, 1> for Dema {
    const NAME: &'static str = "dema";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        let smoothing = Smoothing::exponential(n);
        Self { copies: n == 1, first: smoothing, second: smoothing }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [2 * (args::bars(args, 0) - 1)]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        if self.copies {
            return [value];
        }
        let first = self.first.step(value);
        if !self.first.is_seeded() {
            return [f64::NAN];
        }
        [2.0 * first - self.second.step(first)]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
