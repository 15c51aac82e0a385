use crate::memory::memory;
use crate::ring::Ring;

/// The last n values, by age and by size; equal ones by age in both, which tells 0 from −0.
#[derive(Clone, Debug)]
pub(crate) struct Sorted {
    by_age: Ring,
    by_size: Box<[f64]>,
}

memory!(Sorted { by_age, by_size });

impl Sorted {
    /// No values yet; `n` is at least 1.
    pub(crate) fn new(n: usize) -> Self {
        Self { by_age: Ring::new(n), by_size: vec![0.0; n].into() }
    }

    /// Takes the next value, in place of the oldest if there are n, and gives all by size once there are.
    #[inline(always)]
    pub(crate) fn push(&mut self, value: f64) -> Option<&[f64]> {
        let len = self.by_age.len();
        let oldest = self.by_age.push(value);
        let held = &mut self.by_size[..];
        let free = if len == held.len() { count(held, |other| other < oldest) } else { len };
        let place = count(&held[..len], |other| other <= value);
        if place > free {
            held.copy_within(free + 1..place, free);
            held[place - 1] = value;
        } else {
            held.copy_within(place..free, place + 1);
            held[place] = value;
        }
        self.by_age.is_full().then_some(&*self.by_size)
    }
}

/// How many of `sorted` are before a place that `is_before` tells. Few are counted without a branch, many are halved.
#[inline(always)]
fn count(sorted: &[f64], is_before: impl Fn(f64) -> bool) -> usize {
    if sorted.len() > 256 {
        return sorted.partition_point(|&value| is_before(value));
    }
    sorted.iter().map(|&value| usize::from(is_before(value))).sum()
}
