/// The last `capacity` values, oldest first; the newest takes the place of the oldest.
#[derive(Clone, Debug)]
pub struct Ring {
    pub(crate) values: Box<[f64]>,
    /// Where the next value goes; in a full ring the oldest value stands there.
    pub(crate) next: usize,
    pub(crate) len: usize,
}

impl Ring {
    /// An empty ring; `capacity` is at least 1.
    pub(crate) fn new(capacity: usize) -> Self {
        assert!(capacity > 0, "a ring holds at least one value");
        Self { values: vec![0.0; capacity].into(), next: 0, len: 0 }
    }

    /// Appends `value` and gives the one whose place it took: the oldest of a full ring, 0 before.
    #[inline(always)]
    pub(crate) fn push(&mut self, value: f64) -> f64 {
        let slot = &mut self.values[self.next];
        let replaced = *slot;
        *slot = value;
        self.next += 1;
        if self.next == self.values.len() {
            self.next = 0;
        }
        if self.len < self.values.len() {
            self.len += 1;
        }
        replaced
    }

    /// How many values it holds.
    #[inline(always)]
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    #[inline(always)]
    pub(crate) fn capacity(&self) -> usize {
        self.values.len()
    }

    #[inline(always)]
    pub(crate) fn is_full(&self) -> bool {
        self.len == self.values.len()
    }

    /// How many values it lacks to be full.
    #[inline(always)]
    pub(crate) fn free(&self) -> usize {
        self.values.len() - self.len
    }

    /// The oldest value of a full ring: the one the next push replaces.
    #[inline(always)]
    pub(crate) fn oldest(&self) -> f64 {
        self.values[self.next]
    }

    /// The value pushed `age` pushes before the newest (0 is the newest); `age` is below [`Ring::len`].
    #[inline(always)]
    pub(crate) fn back(&self, age: usize) -> f64 {
        debug_assert!(age < self.len, "the ring holds {} values, not {}", self.len, age + 1);
        let place = self.next + self.values.len() - 1 - age;
        self.values[if place >= self.values.len() { place - self.values.len() } else { place }]
    }

    /// The values it holds, oldest first.
    #[inline(always)]
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = f64> + Clone {
        let (first, second) = self.as_slices();
        first.iter().chain(second).copied()
    }

    /// The values it holds in two pieces, oldest first.
    #[inline(always)]
    pub(crate) fn as_slices(&self) -> (&[f64], &[f64]) {
        if self.is_full() {
            (&self.values[self.next..], &self.values[..self.next])
        } else {
            (&self.values[..self.len], &[])
        }
    }

    /// As if all of `values` had been pushed, in time proportional to the capacity at most.
    pub(crate) fn extend(&mut self, values: &[f64]) {
        let capacity = self.capacity();
        let kept = &values[values.len().saturating_sub(capacity)..];
        let start = (self.next + values.len() - kept.len()) % capacity;
        let (before, behind) = kept.split_at(kept.len().min(capacity - start));
        self.values[start..start + before.len()].copy_from_slice(before);
        self.values[..behind.len()].copy_from_slice(behind);
        self.next = (start + kept.len()) % capacity;
        self.len = capacity.min(self.len + values.len());
    }

    /// The values that a full ring would lose, one for one, if `values` were pushed, in stretches.
    #[inline(always)]
    pub(crate) fn leaving<'a>(&'a self, values: &'a [f64]) -> [&'a [f64]; 3] {
        let (old, young) = self.as_slices();
        let old = &old[..old.len().min(values.len())];
        let young = &young[..young.len().min(values.len() - old.len())];
        [old, young, &values[..values.len() - old.len() - young.len()]]
    }

    /// What a full ring would hold, oldest first, if `values` were pushed.
    pub(crate) fn iter_behind(&self, values: &[f64]) -> impl Iterator<Item = f64> + Clone {
        let kept = &values[values.len().saturating_sub(self.capacity())..];
        self.iter().skip(kept.len()).chain(kept.iter().copied())
    }
}
