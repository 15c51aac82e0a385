use crate::indicator::{Indicator, constructor, run_block_in_registers};
use crate::memory::memory;
use crate::talib::cycle::filter::{TwoPole, two_pole_share};

/// TA-Lib's two-pole Butterworth filter of Ehlers: the price without waves shorter than `period`.
///
/// It begins as if the first price had stood for ever.
#[derive(Clone, Debug)]
pub struct SwakButter {
    gain: f64,
    filter: TwoPole,
    began: bool,
    /// The last price and the one before.
    last: f64,
    before: f64,
}

constructor!(SwakButter(period: usize));
memory!(SwakButter { filter, began, last, before });

impl Indicator<1, 1> for SwakButter {
    const NAME: &'static str = "swak_butter";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let share = two_pole_share(args[0]);
        let rest = 1.0 - share;
        Self {
            gain: share * share / 4.0,
            filter: TwoPole::new(2.0 * rest, -(rest * rest)),
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
            self.filter.start_at(price);
        }
        let sum = 2.0_f64.mul_add(self.last, price) + self.before;
        (self.last, self.before) = (price, self.last);
        [self.filter.step(self.gain * sum)]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        run_block_in_registers(self, inputs, outputs);
    }
}
