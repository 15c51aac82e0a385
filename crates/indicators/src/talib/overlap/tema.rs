use crate::args;
use crate::indicator::{Indicator, constructor, copy_known, run_behind_window};
use crate::memory::memory;
use crate::missing::is_known;
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's triple exponential moving average: of an exponential average, the average of it and the average of that,
/// the third plus three times the difference of the first two. A period of 1 copies the values.
#[derive(Clone, Debug)]
pub struct Tema {
    copies: bool,
    /// Values until the last average has begun.
    seeds: usize,
    first: Smoothing,
    second: Smoothing,
    third: Smoothing,
}

constructor!(Tema(period: usize));
memory!(Tema { first, second, third });

impl Indicator<1, 1> for Tema {
    const NAME: &'static str = "tema";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        let n = args::bars(args, 0);
        let smoothing = Smoothing::exponential(n);
        Self {
            copies: n == 1,
            seeds: Self::lookback(args)[0] + 1,
            first: smoothing,
            second: smoothing,
            third: smoothing,
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [3 * (args::bars(args, 0) - 1)]
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
        let second = self.second.step(first);
        if !self.second.is_seeded() {
            return [f64::NAN];
        }
        [self.third.step(second) + (3.0 * first - 3.0 * second)]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 1], outputs: [&mut [f64]; 1]) {
        if self.copies {
            return copy_known(inputs, outputs);
        }
        let seeds = if self.third.is_seeded() { 0 } else { self.seeds };
        run_behind_window(
            self,
            seeds,
            inputs,
            outputs,
            #[inline(always)]
            |state, [input], [out]| {
                let (mut averages, mut known) = ([state.first, state.second, state.third], true);
                for (out, &value) in out.iter_mut().zip(&input[seeds..]) {
                    known &= is_known(value);
                    let [first, second, third] = &mut averages;
                    let once = first.follow(value);
                    let twice = second.follow(once);
                    *out = third.follow(twice) + (3.0 * once - 3.0 * twice);
                }
                if known {
                    [state.first, state.second, state.third] = averages;
                }
                known
            },
        );
    }
}
