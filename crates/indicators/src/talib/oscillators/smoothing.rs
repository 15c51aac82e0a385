use crate::indicator::{Indicator, run_computed};
use crate::simd;
use crate::talib::{Ma, Sma};

/// A moving average inside of an indicator.
pub(super) trait Smoothing {
    fn smooth(&mut self, value: f64) -> f64;
    /// [`Smoothing::smooth`] of each of `values`; `out` is as long.
    fn smooth_all(&mut self, values: &[f64], out: &mut [f64]);
}

impl Smoothing for Sma {
    #[inline(always)]
    fn smooth(&mut self, value: f64) -> f64 {
        self.step([value])[0]
    }

    #[inline(always)]
    fn smooth_all(&mut self, values: &[f64], out: &mut [f64]) {
        run_computed(self, values, out);
    }
}

/// Fifteen averages in one: they are compiled here, and not again wherever one of them is needed.
impl Smoothing for Ma {
    #[inline(never)]
    fn smooth(&mut self, value: f64) -> f64 {
        self.step(value)
    }

    #[inline(never)]
    fn smooth_all(&mut self, values: &[f64], out: &mut [f64]) {
        simd::dispatch(
            #[inline(always)]
            || run_computed(self, values, out),
        );
    }
}
