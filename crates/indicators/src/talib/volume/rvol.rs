use crate::args;
use crate::indicator::{Indicator, constructor, step_each};
use crate::memory::memory;
use crate::ring::Ring;

/// TA-Lib's relative volume: a bar's volume over the mean volume of the `period` bars before it.
///
/// From one running total, cleared of its rounding errors when a whole window was 0. Behind such a window the value is
/// infinite, or NaN where the bar has no volume either.
#[derive(Clone, Debug)]
pub struct Rvol {
    n: f64,
    window: Ring,
    baseline: Baseline,
}

constructor!(Rvol(period: usize));
memory!(Rvol { window, baseline });

/// Sum of the window, which ends before the current bar.
#[derive(Clone, Copy, Debug)]
struct Baseline {
    period: usize,
    total: f64,
    /// Bars without volume up to now, at most a window of them.
    idle: usize,
}

memory!(Baseline { total, idle });

impl Baseline {
    #[inline(always)]
    fn slide(&mut self, entering: f64, leaving: f64) {
        self.total = self.total - leaving + entering;
        self.idle = if entering == 0.0 { self.idle + 1 } else { 0 };
        if self.idle >= self.period {
            (self.idle, self.total) = (self.period, 0.0);
        }
    }
}

impl Indicator<1, 1> for Rvol {
    const NAME: &'static str = "rvol";
    const DISPATCH: bool = true;
    const BLOCK_BARS: usize = 256;

    fn build(args: &[f64]) -> Self {
        let period = args::bars(args, 0);
        Self { n: args[0], window: Ring::new(period), baseline: Baseline { period, total: 0.0, idle: 0 } }
    }

    fn lookback(args: &[f64]) -> [usize; 1] {
        [args::bars(args, 0)]
    }

    #[inline(always)]
    fn step(&mut self, [volume]: [f64; 1]) -> [f64; 1] {
        let value = if self.window.is_full() { volume / (self.baseline.total / self.n) } else { f64::NAN };
        let leaving = self.window.push(volume);
        self.baseline.slide(volume, leaving);
        [value]
    }

    /// The totals first, then all quotients at once. Once the window is full what leaves it is read in stretches.
    #[inline(always)]
    fn run_known(&mut self, [volume]: [&[f64]; 1], [out]: [&mut [f64]; 1]) {
        let (first, volume) = volume.split_at(volume.len().min(self.window.free()));
        let (first_out, out) = out.split_at_mut(first.len());
        step_each(self, [first], [first_out]);
        let mut baseline = self.baseline;
        let mut bars = out.iter_mut().zip(volume);
        for leaving in self.window.leaving(volume) {
            for (&leaving, (total, &entering)) in leaving.iter().zip(&mut bars) {
                *total = baseline.total;
                baseline.slide(entering, leaving);
            }
        }
        for (value, &volume) in out.iter_mut().zip(volume) {
            *value = volume / (*value / self.n);
        }
        self.baseline = baseline;
        self.window.extend(volume);
    }
}
