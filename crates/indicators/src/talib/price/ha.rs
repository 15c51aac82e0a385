use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;

/// TA-Lib's Heikin-Ashi candles: open, high, low and close.
///
/// The close is the mean of the bar's prices, added from open to close; the open the middle of the last candle, that of
/// the first bar of its own open and close; high and low reach as far as the bar and the candle do.
#[derive(Clone, Copy, Debug)]
pub struct HeikinAshi {
    begun: bool,
    open: f64,
    close: f64,
}

constructor!(HeikinAshi());
memory!(HeikinAshi { begun, open, close });

impl Indicator<4, 4> for HeikinAshi {
    const NAME: &'static str = "ha";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 256;

    fn build(_: &[f64]) -> Self {
        Self { begun: false, open: 0.0, close: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 4] {
        [0; 4]
    }

    #[inline(always)]
    fn step(&mut self, [open, high, low, close]: [f64; 4]) -> [f64; 4] {
        let of = if self.begun { [self.open, self.close] } else { [open, close] };
        self.begun = true;
        self.open = (of[0] + of[1]) * 0.5;
        self.close = (open + high + low + close) / 4.0;
        [
            self.open,
            larger(self.close, larger(self.open, high)),
            smaller(self.close, smaller(self.open, low)),
            self.close,
        ]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 4], outputs: [&mut [f64]; 4]) {
        run_block_in_registers(self, inputs, outputs);
    }
}

/// One instruction, which `f64::max` is not; of equal numbers (0 and −0) `b`, as in TA-Lib.
#[inline(always)]
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

#[inline(always)]
fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}
