use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;
use crate::talib::cycle::filter::{cos, sin};

/// TA-Lib's high-pass filter of Ehlers: what is left of the price without waves longer than `period`.
///
/// It begins as if the first price had stood for ever, at 0.
#[derive(Clone, Debug)]
pub struct SwakHp {
    gain: f64,
    /// What is kept of the last output.
    kept: f64,
    began: bool,
    last: f64,
    output: f64,
}

constructor!(SwakHp(period: usize));
memory!(SwakHp { began, last, output });

impl Indicator<1, 1> for SwakHp {
    const NAME: &'static str = "swak_hp";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let half_angle = std::f64::consts::PI / args[0];
        let (sine, cosine) = (sin(half_angle), cos(half_angle));
        let share = 2.0 * sine * (cosine - sine) / (1.0 - 2.0 * sine * sine);
        Self { gain: 1.0 - share / 2.0, kept: 1.0 - share, began: false, last: 0.0, output: 0.0 }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        if !self.began {
            (self.began, self.last) = (true, price);
        }
        self.output = self.kept.mul_add(self.output, self.gain * (price - self.last));
        self.last = price;
        [self.output]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
