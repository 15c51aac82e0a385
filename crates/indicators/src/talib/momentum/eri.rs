use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
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
    fn run_known(&mut self, [highs, lows, closes]: [&[f64]; 3], [bulls, bears]: [&mut [f64]; 2]) {
        let mut average = self.average;
        let n_first = average.missing();
        let mut bars = bulls.iter_mut().zip(bears).zip(highs).zip(lows).zip(closes);
        for ((((bull, bear), &high), &low), &close) in bars.by_ref().take(n_first) {
            let average = average.step(close);
            (*bull, *bear) = (high - average, low - average);
        }
        for ((((bull, bear), &high), &low), &close) in bars {
            let average = average.follow(close);
            (*bull, *bear) = (high - average, low - average);
        }
        self.average = average;
    }
}
