use crate::indicator::{Indicator, constructor, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::talib::cycle::filter::{TwoPole, two_pole_share};

/// TA-Lib's two-pole high-pass filter of Ehlers: what is left of the price without waves much longer than `period`.
///
/// It begins as if the first price had stood for ever, at 0.
#[derive(Clone, Debug)]
pub struct Swak2php {
    gain: f64,
    filter: TwoPole,
    began: bool,
    /// The last price and the one before.
    last: f64,
    before: f64,
}

constructor!(Swak2php(period: usize));
memory!(Swak2php { filter, began, last, before });

impl Indicator<1, 1> for Swak2php {
    const NAME: &'static str = "swak_2php";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let share = two_pole_share(args[0]);
        let rest = 1.0 - share;
        Self {
            gain: (1.0 - share / 2.0) * (1.0 - share / 2.0),
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
        }
        let curvature = price - 2.0 * self.last + self.before;
        (self.last, self.before) = (price, self.last);
        [self.filter.step(self.gain * curvature)]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        let first = usize::from(!self.began);
        run_behind_window(
            self,
            first,
            inputs,
            outputs,
            #[inline(always)]
            |state, [prices], [out]| {
                let (mut filter, mut last, mut before, mut known) = (state.filter, state.last, state.before, true);
                for (out, &price) in out.iter_mut().zip(&prices[first..]) {
                    known &= is_known(price);
                    *out = filter.step(state.gain * (price - 2.0 * last + before));
                    (last, before) = (price, last);
                }
                if known {
                    (state.filter, state.last, state.before) = (filter, last, before);
                }
                known
            },
        );
    }
}
