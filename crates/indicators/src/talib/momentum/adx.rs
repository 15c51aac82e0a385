use super::batch::step_first;
use super::directional::{Movements, directional_index, indices};
use crate::args;
use crate::indicator::{Indicator, constructor};
use crate::memory::memory;

/// TA-Lib's average directional index, with the two directional indices it is made of.
///
/// A bar's upward movement +DM is the rise of the high if that is positive and more than the fall of the low, else 0;
/// −DM likewise downwards. +DM, −DM and the true range are each summed over the first n − 1 changes, then carried on as
/// S − S/n + newest. +DI = 100 · +DM / true range, −DI likewise, and DX = 100 · |−DI − +DI| / (−DI + +DI). ADX is the
/// mean of the first n DX, then previous − (previous − DX)/n.
///
/// The directional indices begin at bar n, ADX at bar 2n − 1 (from 0). No range at all gives directional indices of 0.
/// Where both are 0, DX has no value: it counts as 0 in the first mean, and later ADX keeps its previous value.
#[derive(Clone, Debug)]
pub struct Adx {
    n: f64,
    period: usize,
    one_over_n: f64,
    movements: Movements,
    /// DX in the first mean, up to the period.
    seen: usize,
    /// Sum of the DX until the first mean, then the average.
    average: f64,
}

constructor!(Adx(period: usize));
memory!(Adx { movements, seen, average });

impl Indicator<3, 3> for Adx {
    const NAME: &'static str = "adx";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = crate::directional::BLOCK_BARS;

    fn build(args: &[f64]) -> Self {
        let (n, period) = (args[0], args::bars(args, 0));
        Self { n, period, one_over_n: 1.0 / n, movements: Movements::new(period), seen: 0, average: 0.0 }
    }

    fn lookback(args: &[f64]) -> [usize; 3] {
        let period = args::bars(args, 0);
        [2 * period - 1, period, period]
    }

    #[inline(always)]
    fn step(&mut self, bar: [f64; 3]) -> [f64; 3] {
        let Some((plus_di, minus_di)) = self.movements.step(bar) else { return [f64::NAN; 3] };
        let dx = directional_index(plus_di, minus_di);
        if self.seen < self.period {
            return [self.mean(dx.unwrap_or(0.0)), plus_di, minus_di];
        }
        if let Some(dx) = dx {
            self.average = followed(self.average, self.one_over_n, dx);
        }
        [self.average, plus_di, minus_di]
    }

    #[inline(always)]
    fn run_known(&mut self, inputs: [&[f64]; 3], mut outputs: [&mut [f64]; 3]) {
        let n_first = inputs[0].len().min(self.missing().max(1));
        step_first(self, n_first, inputs, &mut outputs);
        let [averages, plus_dis, minus_dis] = outputs;
        let indicators = |start: usize, plus: &[f64], minus: &[f64]| {
            plus_dis[start..start + plus.len()].copy_from_slice(plus);
            minus_dis[start..start + minus.len()].copy_from_slice(minus);
        };
        self.run(inputs, n_first, averages, indicators, |average| average);
    }
}

impl Adx {
    /// Takes a DX that the first mean lacks, and gives the mean if it was the last.
    #[inline(always)]
    fn mean(&mut self, dx: f64) -> f64 {
        self.seen += 1;
        self.average += dx;
        if self.seen < self.period {
            return f64::NAN;
        }
        self.average /= self.n;
        self.average
    }

    /// At least as many bars as are missing before the first value.
    #[inline(always)]
    pub(super) fn missing(&self) -> usize {
        self.movements.missing() + self.period - self.seen
    }

    /// `value` of the average for each bar behind the first `n_first`, at least one, which it has taken already;
    /// `indicators` is as in [`indices`].
    #[inline(always)]
    pub(super) fn run(
        &mut self,
        inputs: [&[f64]; 3],
        n_first: usize,
        out: &mut [f64],
        indicators: impl FnMut(usize, &[f64], &[f64]),
        mut value: impl FnMut(f64) -> f64,
    ) {
        let (mut average, one_over_n) = (self.average, self.one_over_n);
        indices(&mut self.movements, inputs, n_first, out, indicators, |dx| {
            average = if dx.is_nan() { average } else { followed(average, one_over_n, dx) };
            value(average)
        });
        self.average = average;
    }
}

/// The average after the next DX.
#[inline(always)]
fn followed(average: f64, one_over_n: f64, dx: f64) -> f64 {
    average - (average - dx) * one_over_n
}
