use std::f64::consts::PI;

use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;
use crate::talib::cycle::filter::{TwoPole, cos, sin};

/// TA-Lib's band-pass filter of Ehlers: the waves of about `period` bars in the price, from `delta` of the period below
/// to `delta` above it.
///
/// It begins as if the first price had stood for ever, at 0.
#[derive(Clone, Debug)]
pub struct SwakBp {
    gain: f64,
    filter: TwoPole,
    began: bool,
    /// The last price and the one before.
    last: f64,
    before: f64,
}

constructor!(SwakBp(period: usize, delta: f64));
memory!(SwakBp { filter, began, last, before });

impl Indicator<1, 1> for SwakBp {
    const NAME: &'static str = "swak_bp";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let beta = cos(2.0 * PI / args[0]);
        let width = 4.0 * PI * args[1] / args[0];
        let alpha = (1.0 - sin(width)) / cos(width);
        Self {
            gain: (1.0 - alpha) / 2.0,
            filter: TwoPole::new(beta * (1.0 + alpha), -alpha),
            began: false,
            last: 0.0,
            before: 0.0,
        }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        if !self.began {
            (self.began, self.last, self.before) = (true, price, price);
        }
        let change = price - self.before;
        (self.last, self.before) = (price, self.last);
        [self.filter.step(self.gain * change)]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
