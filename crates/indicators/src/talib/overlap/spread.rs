use crate::memory::memory;

/// The population variance of a moving window, from running sums of the values' deviations from a level near them.
///
/// The level is renewed every 32 windows, and as soon as the variance has fallen below a millionth of the largest
/// square sum since the last renewal: rounding errors are in proportion to that.
///
/// Source of the formula: T. F. Chan and others, Algorithms for computing the sample variance, The
/// American Statistician 37 (1983). When the level is renewed is TA-Lib's rule.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread {
    one_over_n: f64,
    renewal_bars: usize,
    /// Bars since the renewal.
    carried: usize,
    level: f64,
    /// Sum of value − level over the window without its oldest value, once the window is full.
    sum: f64,
    /// The same of the squares.
    squares: f64,
    /// The largest `squares` since the renewal.
    peak: f64,
}

memory!(Spread { carried, level, sum, squares, peak });

/// A variance below this part of the peak has lost digits to rounding.
const RENEW_BELOW: f64 = 1e-6;
/// A variance below this part of the squares around a fresh level is rounding only.
const ZERO_BELOW: f64 = 1e-12;

impl Spread {
    pub(crate) fn new(period: usize) -> Self {
        Self {
            one_over_n: 1.0 / period as f64,
            renewal_bars: 32 * period,
            carried: 0,
            level: 0.0,
            sum: 0.0,
            squares: 0.0,
            peak: 0.0,
        }
    }

    /// Takes the first value of a history; it is the first level.
    #[inline(always)]
    pub(crate) fn begin(&mut self, value: f64) {
        self.level = value;
        self.add(value);
    }

    /// Takes a further value of a window that is not full with it.
    #[inline(always)]
    pub(crate) fn add(&mut self, value: f64) {
        let deviation = value - self.level;
        self.sum += deviation;
        self.squares += deviation * deviation;
        if self.squares > self.peak {
            self.peak = self.squares;
        }
    }

    /// Takes the `newest` value of a full `window` and gives the variance; afterwards `oldest` is out of the sums.
    #[inline(always)]
    pub(crate) fn step<W: Iterator<Item = f64> + Clone>(
        &mut self,
        newest: f64,
        oldest: f64,
        window: impl FnOnce() -> W,
    ) -> f64 {
        self.add(newest);
        let mut variance = self.variance();
        self.carried += 1;
        if variance < RENEW_BELOW * (self.peak * self.one_over_n) || self.carried == self.renewal_bars {
            (*self, variance) = self.renewed(newest, window());
        }
        let deviation = oldest - self.level;
        self.sum -= deviation;
        self.squares -= deviation * deviation;
        variance
    }

    #[inline(always)]
    fn variance(&self) -> f64 {
        let mean = self.sum * self.one_over_n;
        self.squares * self.one_over_n - mean * mean
    }

    /// With the level in the middle of the window, or at its newest value if the middle does not serve; and the
    /// variance. By value, so that the caller's sums stay in registers.
    #[cold]
    fn renewed(mut self, newest: f64, window: impl Iterator<Item = f64> + Clone) -> (Self, f64) {
        self.carried = 0;
        self.start_at(window.clone().fold(0.0, |sum, value| sum + value) * self.one_over_n, window.clone());
        if self.variance() < RENEW_BELOW * (self.squares * self.one_over_n) {
            self.start_at(newest, window);
        }
        self.peak = self.squares;
        let variance = self.variance();
        let is_rounding = variance < ZERO_BELOW * (self.squares * self.one_over_n);
        (self, if is_rounding { 0.0 } else { variance })
    }

    fn start_at(&mut self, level: f64, window: impl Iterator<Item = f64>) {
        (self.level, self.sum, self.squares) = (level, 0.0, 0.0);
        for value in window {
            self.add(value);
        }
    }
}
