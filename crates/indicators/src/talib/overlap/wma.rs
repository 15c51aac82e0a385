use crate::args;
use crate::indicator::{Indicator, constructor, copy_known, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::ring::Ring;
use crate::talib::overlap::weighted::Weighted;

/// TA-Lib's weighted moving average: the newest of n values counts n times, the one before n − 1 times, the oldest
/// once.
///
/// Two running totals, of the values and of the weighted values, are carried from bar to bar and made anew from the
/// window after every 8 n bars. A period of 1 copies the values.
#[derive(Clone, Debug)]
pub struct Wma {
    window: Ring,
    totals: Weighted,
}

constructor!(Wma(period: usize));
memory!(Wma { window, totals });

impl Indicator<1, 1> for Wma {
    const NAME: &'static str = "wma";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self { window: Ring::new(period), totals: Weighted::new(period) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 1] {
        let leaving = self.window.push(value);
        if !self.window.is_full() {
            self.totals.begin(value, self.window.len());
            return [f64::NAN];
        }
        if self.window.capacity() == 1 {
            return [value];
        }
        [self.totals.step(value, leaving, || self.window.iter())]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        let n = self.window.capacity();
        if n == 1 {
            return copy_known(inputs, outputs);
        }
        run_behind_window(
            self,
            n,
            inputs,
            outputs,
            #[inline(always)]
            |state, [input], [out]| {
                let (mut totals, mut known) = (state.totals, true);
                for (average, values) in out.iter_mut().zip(input.windows(n + 1)) {
                    known &= is_known(values[n]);
                    *average = totals.step(values[n], values[0], || values[1..].iter().copied());
                }
                if known {
                    state.totals = totals;
                    state.window.extend(&input[n..]);
                }
                known
            },
        );
    }
}
