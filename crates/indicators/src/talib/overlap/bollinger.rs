use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::overlap::deviation::MeanDeviation;

/// TA-Lib's Bollinger bands around the simple moving average.
///
/// The upper and lower band lie `deviations` standard deviations (divided by n, not n − 1) of the same prices above and
/// below the middle band. A flat window gives three equal values. The variance comes from sums of deviations from a
/// level near the prices, so it is as exact at a price of 10⁹ as at 1.
#[derive(Clone, Debug)]
pub struct Bollinger {
    deviations: f64,
    window: MeanDeviation,
}

constructor!(Bollinger(period: usize, deviations: f64));
memory!(Bollinger { window });

impl Indicator<1, 3> for Bollinger {
    const NAME: &'static str = "bollinger";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self { deviations: args[1], window: MeanDeviation::new(args::bars(args, 0)) }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        [args::bars(args, 0) - 1; 3]
    }

    #[inline(always)]
    fn step(&mut self, [value]: [f64; 1]) -> [f64; 3] {
        let Some((middle, deviation)) = self.window.step(value) else { return [f64::NAN; 3] };
        let distance = deviation * self.deviations;
        [middle + distance, middle, middle - distance]
    }

    #[inline(always)]
    fn run_known(&mut self, [input]: [&[f64]; 1], [upper, middle, lower]: [&mut [f64]; 3]) {
        self.window.run(input, middle, upper);
        for ((upper, middle), lower) in upper.iter_mut().zip(middle).zip(lower) {
            let distance = *upper * self.deviations;
            (*upper, *lower) = (*middle + distance, *middle - distance);
        }
    }
}
