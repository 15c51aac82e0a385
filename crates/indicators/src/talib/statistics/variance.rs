use crate::memory::memory;
use crate::ring::Ring;

/// The population variance of the last n values in TA-Lib's arithmetic, never below 0.
///
/// From sums of the values' deviations from a level near them. The level starts as the first value. When the variance
/// falls below a part of the largest sum of squares held since, digits are lost; then, and every 32 windows, the level
/// moves to the mean of the window and the sums are taken anew. A flat window gives 0.
///
/// Source: T. F. Chan and others, Algorithms for computing the sample variance, The American Statistician 37 (1983).
#[derive(Clone, Debug)]
pub(crate) struct Variance {
    window: Ring,
    sums: Sums,
}

memory!(Variance { window, sums });

impl Variance {
    /// No values yet; `n` is at least 1.
    pub(crate) fn new(n: usize) -> Self {
        let sums = Sums {
            one_over_n: 1.0 / n as f64,
            renewal_values: 32 * n,
            since: 0,
            level: 0.0,
            sum: 0.0,
            squares: 0.0,
            peak: 0.0,
        };
        Self { window: Ring::new(n), sums }
    }

    /// Takes the next value; NaN before there are n.
    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> f64 {
        if self.window.len() == 0 {
            self.sums.level = value;
        }
        let was_full = self.window.is_full();
        let leaving = self.window.push(value);
        if was_full {
            self.sums.remove(leaving);
        }
        if self.window.is_full() {
            return self.sums.next(value, || self.window.iter());
        }
        self.sums.add(value);
        f64::NAN
    }

    /// [`Variance::step`] for each value of `input`. Once the window is full what leaves it is read in stretches.
    #[inline(always)]
    pub(crate) fn run(&mut self, input: &[f64], out: &mut [f64]) {
        let (first, rest) = input.split_at(input.len().min(self.window.free()));
        let (first_out, out) = out.split_at_mut(first.len());
        for (variance, &value) in first_out.iter_mut().zip(first) {
            *variance = self.step(value);
        }
        let mut sums = self.sums;
        let mut bars = out.iter_mut().zip(rest).enumerate();
        for leaving in self.window.leaving(rest) {
            for (&leaving, (place, (variance, &value))) in leaving.iter().zip(&mut bars) {
                sums.remove(leaving);
                *variance = sums.next(value, || self.window.iter_behind(&rest[..=place]));
            }
        }
        self.sums = sums;
        self.window.extend(rest);
    }
}

#[derive(Clone, Copy, Debug)]
struct Sums {
    one_over_n: f64,
    /// Values from one renewal of the level to the next, if nothing asks for an earlier one.
    renewal_values: usize,
    /// Values since the last renewal.
    since: usize,
    level: f64,
    /// Sum of value − level over the window.
    sum: f64,
    /// The same of the squares.
    squares: f64,
    /// The largest `squares` since the last renewal: rounding errors are in proportion to it.
    peak: f64,
}

memory!(Sums { since, level, sum, squares, peak });

impl Sums {
    /// A variance below this part of the peak has lost digits to rounding.
    const RENEW_BELOW: f64 = 1e-6;
    /// A variance below this part of the squares around a fresh level is rounding only.
    const ZERO_BELOW: f64 = 1e-12;

    #[inline(always)]
    fn add(&mut self, value: f64) {
        let deviation = value - self.level;
        self.sum += deviation;
        self.squares += deviation * deviation;
        self.peak = if self.squares > self.peak { self.squares } else { self.peak };
    }

    #[inline(always)]
    fn remove(&mut self, value: f64) {
        let deviation = value - self.level;
        self.sum -= deviation;
        self.squares -= deviation * deviation;
    }

    #[inline(always)]
    fn variance(&self) -> f64 {
        let mean = self.sum * self.one_over_n;
        self.squares * self.one_over_n - mean * mean
    }

    /// Takes the value that fills the window, and gives its variance.
    #[inline(always)]
    fn next<I: Iterator<Item = f64>>(&mut self, value: f64, window: impl Fn() -> I) -> f64 {
        self.add(value);
        let mut variance = self.variance();
        self.since += 1;
        if variance < Self::RENEW_BELOW * (self.peak * self.one_over_n) || self.since == self.renewal_values {
            (*self, variance) = self.renewed(value, window);
        }
        variance
    }

    /// The sums around the mean of the window, or around its newest value if the mean does not serve; and the variance.
    #[cold]
    #[inline(never)]
    fn renewed<I: Iterator<Item = f64>>(self, newest: f64, window: impl Fn() -> I) -> (Self, f64) {
        let mean = window().fold(0.0, |sum, value| sum + value) * self.one_over_n;
        let mut sums = self.around(mean, window());
        if sums.variance() < Self::RENEW_BELOW * (sums.squares * sums.one_over_n) {
            sums = self.around(newest, window());
        }
        let variance = sums.variance();
        let rounding = Self::ZERO_BELOW * (sums.squares * sums.one_over_n);
        (sums, if variance < rounding { 0.0 } else { variance })
    }

    fn around(self, level: f64, window: impl Iterator<Item = f64>) -> Self {
        let mut sums = Self { since: 0, level, sum: 0.0, squares: 0.0, peak: 0.0, ..self };
        for value in window {
            sums.add(value);
        }
        sums
    }
}
