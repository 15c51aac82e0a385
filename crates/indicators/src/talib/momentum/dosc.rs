use super::batch::step_first;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::talib::overlap::smoothing::Smoothing;
use crate::talib::{Rsi, Sma};

/// TA-Lib's derivative oscillator: the relative strength index, averaged exponentially twice, minus the simple average of
/// that.
#[derive(Clone, Debug)]
pub struct Dosc {
    strength: Rsi,
    first: Smoothing,
    second: Smoothing,
    signal: Sma,
    /// Bars without values.
    lookback: usize,
}

constructor!(Dosc(
    period: usize, first_smoothing_period: usize, second_smoothing_period: usize, signal: usize
));
memory!(Dosc { strength, first, second, signal });

impl Indicator<1, 1> for Dosc {
    const NAME: &'static str = "dosc";
    const DISPATCH: bool = true;

    fn build(args: &[f64]) -> Self {
        Self {
            strength: Rsi::build(&args[..1]),
            first: Smoothing::exponential(args::bars(args, 1)),
            second: Smoothing::exponential(args::bars(args, 2)),
            signal: Sma::build(&args[3..]),
            lookback: Self::lookback(args)[0],
        }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) + args::bars(args, 1) + args::bars(args, 2) + args::bars(args, 3) - 3]
    }

    #[inline(always)]
    fn step(&mut self, [price]: [f64; 1]) -> [f64; 1] {
        let [strength] = self.strength.step([price]);
        [self.oscillator(strength)]
    }

    /// Behind the first value all chains run side by side in registers.
    #[inline(always)]
    fn run_known(&mut self, [prices]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let n_first = prices.len().min(self.missing());
        step_first(self, n_first, [prices], &mut [&mut *out]);
        let (mut strength, mut first, mut second) = (self.strength.clone(), self.first, self.second);
        let Sma { n, window, total } = &mut self.signal;
        let (n, mut sum) = (*n, *total);
        for (value, &price) in out[n_first..].iter_mut().zip(&prices[n_first..]) {
            let smooth = second.follow(first.follow(strength.follow(price)));
            window.push(smooth);
            sum += smooth;
            *value = smooth - sum / n;
            sum -= window.oldest();
        }
        *total = sum;
        (self.strength, self.first, self.second) = (strength, first, second);
    }
}

impl Dosc {
    /// At least as many bars as are missing before the first value.
    #[inline(always)]
    fn missing(&self) -> usize {
        if self.signal.window.is_full() { 0 } else { self.lookback }
    }

    /// Takes the next relative strength index, NaN if there is none.
    #[inline(always)]
    fn oscillator(&mut self, strength: f64) -> f64 {
        if strength.is_nan() {
            return f64::NAN;
        }
        let first = self.first.step(strength);
        if self.first.missing() > 0 {
            return f64::NAN;
        }
        let second = self.second.step(first);
        if self.second.missing() > 0 {
            return f64::NAN;
        }
        let [signal] = self.signal.step([second]);
        second - signal
    }
}
