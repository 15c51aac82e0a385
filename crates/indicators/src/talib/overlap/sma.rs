use crate::args;
use crate::indicator::{Indicator, constructor, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::ring::Ring;

/// TA-Lib's simple moving average: the mean of the last `period` values, from one running total.
///
/// The total's rounding errors stay below 10⁻¹² of the price over a million bars; a value far larger than the others
/// leaves an error of 10⁻¹⁶ of its own size behind.
#[derive(Clone, Debug)]
pub struct Sma {
    pub(crate) n: f64,
    pub(crate) window: Ring,
    /// Sum of the window without its oldest value, once the window is full.
    pub(crate) total: f64,
}

constructor!(Sma(period: usize));
memory!(Sma { window, total });

impl Indicator<1, 1> for Sma {
    const NAME: &'static str = "sma";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { n: args[0], window: Ring::new(args::bars(args, 0)), total: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        self.window.push(value);
        self.total += value;
        if !self.window.is_full() {
            return [f64::NAN];
        }
        let mean = self.total / self.n;
        self.total -= self.window.oldest();
        [mean]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        let n = self.window.capacity();
        run_behind_window(
            self,
            n,
            inputs,
            outputs,
            #[inline(always)]
            |state, [input], [out]| {
                let (mut total, mut known) = (state.total, true);
                for ((mean, &value), &oldest) in out.iter_mut().zip(&input[n..]).zip(&input[1..]) {
                    known &= is_known(value);
                    total += value;
                    *mean = total / state.n;
                    total -= oldest;
                }
                if known {
                    state.total = total;
                    state.window.extend(&input[n..]);
                }
                known
            },
        );
    }
}
