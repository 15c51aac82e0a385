use crate::memory::memory;
use crate::ring::Ring;

/// The sums of TA-Lib's regression line through the last n values, against 0, 1, … n − 1 from the oldest to the newest.
///
/// Running totals. They are taken anew every 32 windows, and when the value that leaves weighs more than a hundred times
/// what is left, so that a spike leaves no rounding error behind.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    window: Ring,
    sums: Sums,
}

memory!(Lines { window, sums });

/// What of the line is asked for, from the sums of its window.
pub(crate) trait Reading {
    fn of(fit: &Fit, total: f64, weighted: f64) -> f64;
}

/// What the least squares of a window of n values need to know of n.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fit {
    pub(crate) n: f64,
    /// 0 + 1 + … + (n − 1).
    pub(crate) places: f64,
    /// The square of it, minus n times the sum of the squares.
    divisor: f64,
}

impl Fit {
    fn new(n: f64) -> Self {
        let places = n * (n - 1.0) * 0.5;
        let squares = n * (n - 1.0) * (2.0 * n - 1.0) / 6.0;
        Self { n, places, divisor: places * places - n * squares }
    }

    /// The line's rise from value to value.
    #[inline(always)]
    pub(crate) fn slope(&self, total: f64, weighted: f64) -> f64 {
        (self.n * weighted - self.places * total) / self.divisor
    }

    /// Where a line of this slope stands at the oldest value.
    #[inline(always)]
    pub(crate) fn start(&self, total: f64, slope: f64) -> f64 {
        (total - slope * self.places) / self.n
    }
}

/// Values whose totals are worked out before their readings.
const BLOCK: usize = 256;

impl Lines {
    /// No values yet; `n` is at least 2.
    pub(crate) fn new(n: usize) -> Self {
        let sums =
            Sums { fit: Fit::new(n as f64), renewal_values: 32 * n, since: 0, total: 0.0, weighted: 0.0, size: 0.0 };
        Self { window: Ring::new(n), sums }
    }

    /// Takes the next value; NaN before there are n.
    #[inline(always)]
    pub(crate) fn step<R: Reading>(&mut self, value: f64) -> f64 {
        let was_full = self.window.is_full();
        let leaving = self.window.push(value);
        if was_full {
            self.sums.slide(value, leaving, || self.window.iter());
        } else {
            self.sums.add(value, self.window.free() as f64);
            if !self.window.is_full() {
                return f64::NAN;
            }
        }
        R::of(&self.sums.fit, self.sums.total, self.sums.weighted)
    }

    /// [`Lines::step`] for each value of `input`. Once the window is full what leaves it is read in stretches, and the
    /// readings, which do not wait for one another, follow their totals.
    #[inline(always)]
    pub(crate) fn run<R: Reading>(&mut self, input: &[f64], out: &mut [f64]) {
        let (first, rest) = input.split_at(input.len().min(self.window.free()));
        let (first_out, out) = out.split_at_mut(first.len());
        for (value, &price) in first_out.iter_mut().zip(first) {
            *value = self.step::<R>(price);
        }
        for (input, out) in rest.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
            let mut totals = [0.0; BLOCK];
            let mut sums = self.sums;
            let mut bars = out.iter_mut().zip(&mut totals).zip(input).enumerate();
            for leaving in self.window.leaving(input) {
                for (&leaving, (place, ((weighted, total), &value))) in leaving.iter().zip(&mut bars) {
                    sums.slide(value, leaving, || self.window.iter_behind(&input[..=place]));
                    (*weighted, *total) = (sums.weighted, sums.total);
                }
            }
            for (value, &total) in out.iter_mut().zip(&totals) {
                *value = R::of(&sums.fit, total, *value);
            }
            self.sums = sums;
            self.window.extend(input);
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Sums {
    fit: Fit,
    /// Values from one renewal of the sums to the next, if nothing asks for an earlier one.
    renewal_values: usize,
    /// Values since the last renewal.
    since: usize,
    total: f64,
    /// Sum of the values, each times the number of newer ones.
    weighted: f64,
    /// Sum of the absolute values.
    size: f64,
}

memory!(Sums { since, total, weighted, size });

impl Sums {
    #[inline(always)]
    fn add(&mut self, value: f64, weight: f64) {
        self.total += value;
        self.weighted += weight * value;
        self.size += value.abs();
    }

    /// Moves the full window by a value.
    #[inline(always)]
    fn slide<I: Iterator<Item = f64>>(&mut self, value: f64, leaving: f64, window: impl FnOnce() -> I) {
        let leaving_weighted = self.fit.n * leaving;
        self.weighted = self.weighted + self.total - leaving_weighted;
        self.total = self.total - leaving + value;
        self.size = self.size - leaving.abs() + value.abs();
        self.since += 1;
        if self.since == self.renewal_values || leaving_weighted.abs() > 100.0 * self.size {
            *self = self.renewed(window());
        }
    }

    #[cold]
    #[inline(never)]
    fn renewed(self, window: impl Iterator<Item = f64>) -> Self {
        let mut sums = Self { since: 0, total: 0.0, weighted: 0.0, size: 0.0, ..self };
        let mut weight = self.fit.n;
        for value in window {
            weight -= 1.0;
            sums.add(value, weight);
        }
        sums
    }
}
