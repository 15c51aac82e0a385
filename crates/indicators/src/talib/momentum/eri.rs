use crate::args;
use crate::indicator::{Indicator, constructor, run_block_by};
use crate::memory::memory;
use crate::missing::is_known;
use crate::talib::overlap::smoothing::Smoothing;

/// TA-Lib's Elder ray: high (bull power) and low (bear power) minus the exponential average of the close.
#[derive(Clone, Debug)]
pub struct Eri {
    average: Smoothing,
}

constructor!(Eri(period: usize));
memory!(Eri { average });

impl Indicator<3, 2> for Eri {
    const NAME: &'static str = "eri";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { average: Smoothing::exponential(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0) - 1; 2]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 2] {
        let average = self.average.step(close);
        [high - average, low - average]
    }

    #[inline(always)]
    fn run_block(&mut self, inputs: [&[f64]; 3], outputs: [&mut [f64]; 2]) {
        run_block_by(
            self,
            inputs,
            outputs,
            #[inline(always)]
            |state, [highs, lows, closes], [bulls, bears]| {
                let (mut average, mut known) = (state.average, true);
                // To follow would lose the sign of a price of −0, which a copy keeps.
                let n_first = if average.copies() { closes.len() } else { average.missing() };
                let mut bars = bulls.iter_mut().zip(bears).zip(highs).zip(lows).zip(closes);
                for ((((bull, bear), &high), &low), &close) in bars.by_ref().take(n_first) {
                    known &= is_known(high) & is_known(low) & is_known(close);
                    let average = average.step(close);
                    (*bull, *bear) = (high - average, low - average);
                }
                for ((((bull, bear), &high), &low), &close) in bars {
                    known &= is_known(high) & is_known(low) & is_known(close);
                    let average = average.follow(close);
                    (*bull, *bear) = (high - average, low - average);
                }
                state.average = average;
                known
            },
        );
    }
}
