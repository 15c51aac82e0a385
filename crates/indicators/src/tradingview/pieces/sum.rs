use crate::memory::memory;
use crate::ring::Ring;

/// Pine Script's sliding sum of the last n values that are not na (`math.sum`), on which its averages rest.
///
/// It carries a compensation c of the sum's rounding error. A full window takes a value x in two rounds: first what was
/// added n values ago is taken off, then x is added, each time corrected by the error of the round before; remembered is
/// what was added, x less the error. When x + |c| is rounded down, all of this is dropped and the sum is made anew from
/// the window, from the newest value to the oldest.
///
/// At an na it stands still and gives the sum it has.
#[derive(Clone, Debug)]
pub(crate) struct Sum {
    window: Ring,
    /// What was added for each value of the window.
    added: Ring,
    total: f64,
    compensation: f64,
}

memory!(Sum { window, added, total, compensation });

impl Sum {
    pub(crate) fn new(period: usize) -> Self {
        Self { window: Ring::new(period), added: Ring::new(period), total: 0.0, compensation: 0.0 }
    }

    /// The sum, na while there are fewer than n values.
    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> f64 {
        if !value.is_nan() {
            self.take(value);
        }
        if self.window.is_full() { self.total } else { f64::NAN }
    }

    /// How many more values it takes to give sums, at least 1.
    pub(crate) fn missing(&self) -> usize {
        self.window.free().max(1)
    }

    /// The last n values that are not na, the newest first.
    #[inline(always)]
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = f64> {
        self.window.iter().rev()
    }

    #[inline(always)]
    fn take(&mut self, value: f64) {
        let was_full = self.window.is_full();
        self.window.push(value);
        let added = if rounds_down(value, self.compensation) {
            self.renew(value);
            value
        } else {
            if was_full {
                self.add(-self.added.oldest() - self.compensation);
            }
            let added = value - self.compensation;
            self.add(added);
            added
        };
        self.added.push(added);
    }

    /// Adds `value`, which already makes up for the error of the addition before.
    #[inline(always)]
    fn add(&mut self, value: f64) {
        let total = self.total + value;
        self.compensation = (total - self.total) - value;
        self.total = total;
    }

    #[inline(always)]
    fn renew(&mut self, newest: f64) {
        let (older, newer) = self.window.as_slices();
        let (last, rest) = if newer.is_empty() { (older, newer) } else { (newer, older) };
        let last = &last[..last.len() - 1];
        let total = last.iter().rev().fold(newest, |total, value| total + value);
        self.total = rest.iter().rev().fold(total, |total, value| total + value);
        self.compensation = 0.0;
    }
}

/// Whether `value` + |`compensation`| lies above its double. The difference is taken without looking which of the two is
/// larger, so that it is not exact where the compensation is.
#[inline(always)]
fn rounds_down(value: f64, compensation: f64) -> bool {
    if compensation == 0.0 || value == 0.0 {
        return false;
    }
    let shift = compensation.abs();
    let sum = value + shift;
    sum != 0.0 && sum.is_finite() && shift - (sum - value) > 0.0
}
