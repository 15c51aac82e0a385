use crate::memory::memory;
use crate::ring::Ring;

/// The last n values that are not na, and the same in ascending order.
#[derive(Clone, Debug)]
pub(crate) struct Sorted {
    window: Ring,
    values: Box<[f64]>,
}

memory!(Sorted { window, values });

impl Sorted {
    pub(crate) fn new(period: usize) -> Self {
        Self { window: Ring::new(period), values: vec![0.0; period].into() }
    }

    /// Takes the next value, and gives the last n in ascending order; `None` while there are fewer.
    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> Option<&[f64]> {
        if !value.is_nan() {
            self.take(value);
        }
        self.window.is_full().then_some(&self.values)
    }

    fn take(&mut self, value: f64) {
        let len = self.window.len();
        let was_full = self.window.is_full();
        let oldest = self.window.push(value);
        let place = self.values[..len].partition_point(|&other| other < value);
        if !was_full {
            self.values.copy_within(place..len, place + 1);
            self.values[place] = value;
            return;
        }
        let gap = self.values.partition_point(|&other| other < oldest);
        if gap < place {
            self.values.copy_within(gap + 1..place, gap);
            self.values[place - 1] = value;
        } else {
            self.values.copy_within(place..gap, place + 1);
            self.values[place] = value;
        }
    }
}
