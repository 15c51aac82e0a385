use crate::args;
use crate::indicator::{Indicator, constructor, copy_known, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's double exponential moving average: twice the exponential average less the exponential average of it, which
/// takes out most of its lag. A period of 1 copies the values.
#[derive(Clone, Debug)]
pub struct Dema {
    copies: bool,
    /// Values until the last average has begun.
    seeds: usize,
    first: Smoothing,
    second: Smoothing,
}

constructor!(Dema(period: usize));
memory!(Dema { first, second });

impl Indicator<1, 1> for Dema {
    const NAME: &'static str = "dema";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        let smoothing = Smoothing::exponential(n);
        Self { copies: n == 1, seeds: Self::lookback(args)[0] + 1, first: smoothing, second: smoothing }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [2 * (args::bars(args, 0) - 1)]
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
        [2.0 * first - self.second.step(first)]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        if self.copies {
            return copy_known(inputs, outputs);
        }
        let seeds = if self.second.is_seeded() { 0 } else { self.seeds };
        run_behind_window(
            self,
            seeds,
            inputs,
            outputs,
            #[inline(always)]
            |state, [input], [out]| {
                let (mut first, mut second, mut known) = (state.first, state.second, true);
                for (out, &value) in out.iter_mut().zip(&input[seeds..]) {
                    known &= is_known(value);
                    let once = first.follow(value);
                    *out = 2.0 * once - second.follow(once);
                }
                if known {
                    (state.first, state.second) = (first, second);
                }
                known
            },
        );
    }
}
