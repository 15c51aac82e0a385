use crate::memory::memory;

/// The running totals of a weighted average: the newest of n values counts n times, the oldest once.
///
/// After every 8 n values of full windows they are made anew from the window, so that rounding errors do not grow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weighted {
    n: f64,
    /// Sum of the weights.
    divisor: f64,
    renewal_bars: usize,
    /// Values since the totals were made anew.
    carried: usize,
    /// Sum of the window.
    total: f64,
    /// Weighted sum of the window; between two values with the weights that its values have at the second.
    by_place: f64,
}

memory!(Weighted { carried, total, by_place });

impl Weighted {
    pub(crate) fn new(period: usize) -> Self {
        let n = period as f64;
        Self { n, divisor: n * (n + 1.0) / 2.0, renewal_bars: 8 * period, carried: 0, total: 0.0, by_place: 0.0 }
    }

    /// Takes the value that is number `place` of a first window, and not its last.
    #[inline(always)]
    pub(crate) fn begin(&mut self, value: f64, place: usize) {
        self.total += value;
        self.by_place += value * place as f64;
    }

    /// Takes the newest value of a full `window` and gives the average; `leaving` is the value before the window, 0 if
    /// there is none.
    #[inline(always)]
    pub(crate) fn step<W: Iterator<Item = f64>>(
        &mut self,
        value: f64,
        leaving: f64,
        window: impl FnOnce() -> W,
    ) -> f64 {
        self.total += value;
        self.total -= leaving;
        self.by_place += value * self.n;
        self.carried += 1;
        if self.carried == self.renewal_bars {
            *self = self.renewed(window());
        }
        let average = self.by_place / self.divisor;
        self.by_place -= self.total;
        average
    }

    /// By value, so that the caller's totals stay in registers.
    #[cold]
    fn renewed(mut self, window: impl Iterator<Item = f64>) -> Self {
        (self.carried, self.total, self.by_place) = (0, 0.0, 0.0);
        let mut place = 0.0;
        for value in window {
            place += 1.0;
            self.total += value;
            self.by_place += value * place;
        }
        self
    }
}
