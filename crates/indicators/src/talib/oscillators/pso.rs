use super::extremes::Extremes;
use super::running::PIECE;
use super::stoch::is_none;
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::talib::Ema;

/// TA-Lib's premier stochastic oscillator: the fast stochastic of `fast_k_period` bars, less 50 and divided by 10,
/// smoothed by two exponential averages, and squeezed into −1 … 1 by the hyperbolic tangent of its half.
///
/// A range below 10⁻¹⁴ of its two ends added counts as none and gives a stochastic of 50.
#[derive(Clone, Debug)]
pub struct Pso {
    extremes: Extremes,
    first: Ema,
    second: Ema,
}

constructor!(Pso(fast_k_period: usize, ema_period: usize));
memory!(Pso { extremes, first, second });

/// The stochastic around 0.
#[inline(always)]
fn position(close: f64, lowest: f64, highest: f64) -> f64 {
    let range = highest - lowest;
    let k = if is_none(range, lowest, highest) { 50.0 } else { (close - lowest) / range * 100.0 };
    0.1 * (k - 50.0)
}

/// The second of two averages in a row, NaN until it is there.
#[inline(always)]
pub(super) fn smooth(first: &mut Ema, second: &mut Ema, value: f64) -> f64 {
    let [value] = first.step([value]);
    if value.is_nan() { value } else { second.step([value])[0] }
}

impl Indicator<3, 1> for Pso {
    const NAME: &'static str = "pso";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        let ema = || Ema::build(&args[1..]);
        Self { extremes: Extremes::new(args::bars(args, 0)), first: ema(), second: ema() }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0) - 1 + 2 * Ema::lookback(&args[1..])[0]]
    }

    #[inline(always)]
    fn step(&mut self, [high, low, close]: [f64; 3]) -> [f64; 1] {
        let Some((highest, lowest)) = self.extremes.step(high, low) else { return [f64::NAN] };
        let smoothed = smooth(&mut self.first, &mut self.second, position(close, lowest, highest));
        [if smoothed.is_nan() { smoothed } else { (0.5 * smoothed).tanh() }]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], [out]: [&mut [f64]; 1]) {
        let start = self.extremes.n_missing().min(out.len());
        step_each(self, inputs.map(|column| &column[..start]), [&mut out[..start]]);
        let ([high, low, close], out) = (inputs.map(|column| &column[start..]), &mut out[start..]);
        // Copies that nothing else can see are kept in registers.
        let (mut first, mut second) = (self.first.clone(), self.second.clone());
        self.extremes.run(
            high,
            low,
            #[inline(always)]
            |before, highest, lowest| {
                let mut positions = [0.0; PIECE];
                let bars = positions.iter_mut().zip(&close[before..]);
                for ((value, &close), (&highest, &lowest)) in bars.zip(highest.iter().zip(lowest)) {
                    *value = position(close, lowest, highest);
                }
                let out = &mut out[before..before + highest.len()];
                for (value, &position) in out.iter_mut().zip(&positions) {
                    *value = 0.5 * smooth(&mut first, &mut second, position);
                }
                for value in out {
                    *value = if value.is_nan() { *value } else { value.tanh() };
                }
            },
        );
        (self.first, self.second) = (first, second);
    }
}
