use crate::indicator::{Indicator, constructor, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::talib::cycle::filter::{TwoPole, two_pole_share};

/// TA-Lib's two-pole Gaussian filter of Ehlers: the price without waves shorter than `period`.
///
/// It begins as if the first price had stood for ever.
#[derive(Clone, Debug)]
pub struct SwakGauss {
    gain: f64,
    filter: TwoPole,
    began: bool,
}

constructor!(SwakGauss(period: usize));
memory!(SwakGauss { filter, began });

impl Indicator<1, 1> for SwakGauss {
    const NAME: &'static str = "swak_gauss";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let share = two_pole_share(args[0]);
        let rest = 1.0 - share;
        Self { gain: share * share, filter: TwoPole::new(2.0 * rest, -(rest * rest)), began: false }
    }

    fn lookback(_: &[f64]) -> [usize; 1] {
        [0]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        if !self.began {
            self.began = true;
            self.filter.start_at(price);
        }
        [self.filter.step(self.gain * price)]
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
                let (mut filter, mut known) = (state.filter, true);
                for (out, &price) in out.iter_mut().zip(&prices[first..]) {
                    known &= is_known(price);
                    *out = filter.step(state.gain * price);
                }
                if known {
                    state.filter = filter;
                }
                known
            },
        );
    }
}
