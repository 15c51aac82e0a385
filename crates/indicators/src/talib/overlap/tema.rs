use crate::args;
use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's triple exponential moving average: of an exponential average, the average of it and the average of that,
/// the third plus three times the difference of the first two. A period of 1 copies the values.
#[derive(Clone, Debug)]
pub struct Tema {
    copies: bool,
    first: Smoothing,
    second: Smoothing,
    third: Smoothing,
}

constructor!(Tema(period: usize));
memory!(Tema { first, second, third });

impl Indicator<1, 1> for Tema {
    const NAME: &'static str = "tema";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        let smoothing = Smoothing::exponential(n);
        Self { copies: n == 1, first: smoothing, second: smoothing, third: smoothing }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [3 * (args::bars(args, 0) - 1)]
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
        let second = self.second.step(first);
        if !self.second.is_seeded() {
            return [f64::NAN];
        }
        [self.third.step(second) + (3.0 * first - 3.0 * second)]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
