use super::Adx;
use super::batch::step_first;
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's average directional index rating: the mean of ADX now and n − 1 bars ago.
#[derive(Clone, Debug)]
pub struct Adxr {
    adx: Adx,
    /// The last n − 1 ADX; n is at least 2.
    past: Ring,
}

constructor!(Adxr(period: usize));
memory!(Adxr { adx, past });

impl Indicator<3, 1> for Adxr {
    const NAME: &'static str = "adxr";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = crate::directional::BLOCK_BARS;

    fn build(args: &[f64]) -> Self {
        Self { adx: Adx::build(args), past: Ring::new(args::bars(args, 0) - 1) }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [3 * args::bars(args, 0) - 2]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 1] {
        let [adx, ..] = self.adx.step(bar);
        [if adx.is_nan() { f64::NAN } else { rating(&mut self.past, adx) }]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], [out]: [&mut [f64]; 1]) {
        let n_first = out.len().min(self.adx.missing().max(1));
        step_first(self, n_first, inputs, &mut [&mut *out]);
        let past = &mut self.past;
        self.adx.run(inputs, n_first, out, |_, _, _| {}, |adx| rating(past, adx));
    }
}

/// The mean of the next ADX and the oldest of the past ones, if they are all there.
#[inline(always)]
fn rating(past: &mut Ring, adx: f64) -> f64 {
    let is_known = past.is_full();
    let before = past.push(adx);
    if is_known { 0.5 * (adx + before) } else { f64::NAN }
}
