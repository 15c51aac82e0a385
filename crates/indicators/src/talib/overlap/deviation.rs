use crate::memory::memory;
use crate::ring::Ring;
use crate::talib::overlap::spread::Spread;

/// The mean of the last n values, from a running total, and their standard deviation (divided by n).
#[derive(Clone, Debug)]
pub(crate) struct MeanDeviation {
    n: f64,
    window: Ring,
    /// Sum of the window without its oldest value, once the window is full.
    total: f64,
    spread: Spread,
}

memory!(MeanDeviation { window, total, spread });

impl MeanDeviation {
    pub(crate) fn new(period: usize) -> Self {
        Self { n: period as f64, window: Ring::new(period), total: 0.0, spread: Spread::new(period) }
    }

    /// Takes a value and gives the mean and the deviation; `None` until there are n values.
    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> Option<(f64, f64)> {
        let is_first = self.window.len() == 0;
        self.window.push(value);
        self.total += value;
        if !self.window.is_full() {
            if is_first {
                self.spread.begin(value);
            } else {
                self.spread.add(value);
            }
            return None;
        }
        let (window, oldest) = (&self.window, self.window.oldest());
        let mean = self.total / self.n;
        self.total -= oldest;
        Some((mean, self.spread.step(value, oldest, || window.iter()).sqrt()))
    }

    /// [`MeanDeviation::step`] for each value of `input`, NaN for `None`.
    #[inline(always)]
    pub(crate) fn run(&mut self, input: &[f64], means: &mut [f64], deviations: &mut [f64]) {
        let n = self.window.capacity();
        let first = n.min(input.len());
        for ((mean, deviation), &value) in means.iter_mut().zip(&mut *deviations).zip(&input[..first]) {
            (*mean, *deviation) = self.step(value).unwrap_or((f64::NAN, f64::NAN));
        }
        let (mut total, mut spread) = (self.total, self.spread);
        for start in (first..input.len()).step_by(CHUNK_BARS) {
            let end = input.len().min(start + CHUNK_BARS);
            let (means, deviations) = (&mut means[start..end], &mut deviations[start..end]);
            let windows = input[start + 1 - n..end].windows(n);
            for ((mean, variance), window) in means.iter_mut().zip(&mut *deviations).zip(windows) {
                let (oldest, newest) = (window[0], window[n - 1]);
                total += newest;
                *mean = total;
                total -= oldest;
                *variance = spread.step(newest, oldest, || window.iter().copied());
            }
            // Divisions and roots hang on nothing and are done in vectors.
            for (mean, deviation) in means.iter_mut().zip(deviations) {
                *mean /= self.n;
                *deviation = deviation.sqrt();
            }
        }
        (self.total, self.spread) = (total, spread);
        self.window.extend(&input[first..]);
    }
}

/// Bars whose sums are written before their divisions begin: they stay in the first-level cache.
const CHUNK_BARS: usize = 256;
