use crate::args;
use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;
use crate::talib::Ema;

/// TA-Lib's force index of Elder: an exponential average of the change of the close times the volume.
///
/// It begins one bar after the average would, for the change needs a bar before; a period of 1 averages nothing.
#[derive(Clone, Debug)]
pub struct Efi {
    average: Ema,
    previous: f64,
    begun: bool,
}

constructor!(Efi(period: usize));
memory!(Efi { average, previous, begun });

impl Indicator<2, 1> for Efi {
    const NAME: &'static str = "efi";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 256;

    fn build(args: &[f64]) -> Self {
        Self { average: Ema::build(args), previous: 0.0, begun: false }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [close, volume]: [f64; 2]) -> [f64; 1] {
        let force = (close - self.previous) * volume;
        self.previous = close;
        if !self.begun {
            self.begun = true;
            return [f64::NAN];
        }
        self.average.step([force])
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 2], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
