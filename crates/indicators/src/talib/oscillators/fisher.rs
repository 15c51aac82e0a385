use super::extremes::Extremes;
use super::running::{PIECE, pieces};
use super::stoch::is_none;
use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;

/// TA-Lib's Fisher transform of the median price: where (high + low)/2 stands in its range of the last n bars, from −1
/// to 1, smoothed, and stretched by ½ · ln((1 + x)/(1 − x)) so that extremes stand out.
///
/// x is 0.67 of its previous value and 0.66 of the position less ½, beyond ±0.99 set to ±0.999; the transform adds half
/// of its previous value, each in one fused multiply-add. Both begin at 0. The trigger is the transform of the bar
/// before. A range below 10⁻¹⁴ of its two ends added counts as none and gives the position ½.
#[derive(Clone, Debug)]
pub struct Fisher {
    extremes: Extremes,
    smoothed: f64,
    transform: f64,
}

constructor!(Fisher(period: usize));
memory!(Fisher { extremes, smoothed, transform });

#[expect(clippy::disallowed_methods, reason = "TA-Lib takes the platform's logarithm, and its bits are the profile's")]
#[inline(always)]
fn logarithm(value: f64) -> f64 {
    value.ln()
}

#[inline(always)]
fn position(price: f64, lowest: f64, highest: f64) -> f64 {
    let range = highest - lowest;
    if is_none(range, lowest, highest) { 0.5 } else { (price - lowest) / range }
}

#[inline(always)]
fn smooth(smoothed: f64, position: f64) -> f64 {
    let smoothed = 0.67_f64.mul_add(smoothed, 0.33 * 2.0 * (position - 0.5));
    let smoothed = if smoothed > 0.99 { 0.999 } else { smoothed };
    if smoothed < -0.99 { -0.999 } else { smoothed }
}

impl Fisher {
    /// At most [`PIECE`] bars behind a full window.
    #[inline(always)]
    fn run_piece(&mut self, [high, low]: [&[f64]; 2], fisher: &mut [f64], trigger: &mut [f64]) {
        let mut prices = [0.0; PIECE];
        let prices = &mut prices[..high.len()];
        for ((price, &high), &low) in prices.iter_mut().zip(high).zip(low) {
            *price = 0.5 * (high + low);
        }
        self.extremes.run(
            prices,
            prices,
            #[inline(always)]
            |before, highest, lowest| {
                let bars = fisher[before..].iter_mut().zip(&prices[before..]);
                for ((value, &price), (&highest, &lowest)) in bars.zip(highest.iter().zip(lowest)) {
                    *value = position(price, lowest, highest);
                }
            },
        );
        let mut smoothed = self.smoothed;
        for value in &mut *fisher {
            smoothed = smooth(smoothed, *value);
            *value = smoothed;
        }
        self.smoothed = smoothed;
        for value in &mut *fisher {
            *value = (1.0 + *value) / (1.0 - *value);
        }
        for value in &mut *fisher {
            *value = logarithm(*value);
        }
        let mut transform = self.transform;
        for (value, trigger) in fisher.iter_mut().zip(trigger) {
            *trigger = transform;
            transform = 0.5_f64.mul_add(*value, 0.5 * transform);
            *value = transform;
        }
        self.transform = transform;
    }
}

impl Indicator<2, 2> for Fisher {
    const NAME: &'static str = "fisher";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 512;

    fn build(args: &[f64]) -> Self {
        Self { extremes: Extremes::new(args::bars(args, 0)), smoothed: 0.0, transform: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 2] {
        [args::bars(args, 0) - 1; 2]
    }

    #[inline(always)]
    fn step(&mut self, [high, low]: [f64; 2]) -> [f64; 2] {
        let price = 0.5 * (high + low);
        let Some((highest, lowest)) = self.extremes.step(price, price) else { return [f64::NAN; 2] };
        self.smoothed = smooth(self.smoothed, position(price, lowest, highest));
        let trigger = self.transform;
        let logarithm = logarithm((1.0 + self.smoothed) / (1.0 - self.smoothed));
        self.transform = 0.5_f64.mul_add(logarithm, 0.5 * trigger);
        [self.transform, trigger]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 2], [fisher, trigger]: [&mut [f64]; 2]) {
        let n_bars = fisher.len();
        let start = self.extremes.n_missing().min(n_bars);
        step_each(self, inputs.map(|column| &column[..start]), [&mut fisher[..start], &mut trigger[..start]]);
        for bars in pieces(start, n_bars) {
            let inputs = inputs.map(|column| &column[bars.clone()]);
            self.run_piece(inputs, &mut fisher[bars.clone()], &mut trigger[bars]);
        }
    }
}
