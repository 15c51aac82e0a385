/// The last `capacity` values, oldest first; the oldest one makes room for the newest.
#[derive(Clone, Debug)]
pub(crate) struct Window {
    values: Box<[f64]>,
    /// Where the next value goes; in a full window the oldest value stands there.
    next: usize,
    len: usize,
}

impl Window {
    /// An empty window; `capacity` is at least 1.
    pub(crate) fn new(capacity: usize) -> Self {
        Self { values: vec![0.0; capacity].into(), next: 0, len: 0 }
    }

    /// Appends `value`, in place of the oldest one if the window is full.
    #[inline]
    pub(crate) fn push(&mut self, value: f64) {
        self.values[self.next] = value;
        self.next += 1;
        if self.next == self.values.len() {
            self.next = 0;
        }
        if self.len < self.values.len() {
            self.len += 1;
        }
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.len == 0
    }

    #[inline]
    pub(crate) fn is_full(&self) -> bool {
        self.len == self.values.len()
    }

    /// The oldest value of a full window.
    #[inline]
    pub(crate) fn oldest(&self) -> f64 {
        self.values[self.next]
    }

    /// The values of a full window, oldest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = f64> {
        let (newer, older) = self.values.split_at(self.next);
        older.iter().chain(newer).copied()
    }

    pub(crate) fn clear(&mut self) {
        self.next = 0;
        self.len = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_last_values_oldest_first() {
        let mut window = Window::new(3);
        for value in [1.0, 2.0, 3.0, 4.0] {
            window.push(value);
        }
        assert!(window.is_full());
        assert!(window.iter().eq([2.0, 3.0, 4.0]));
        assert_eq!(window.oldest().to_bits(), 2.0_f64.to_bits());
    }

    #[test]
    fn is_empty_after_a_clear() {
        let mut window = Window::new(2);
        window.push(1.0);
        window.push(2.0);
        window.clear();
        window.push(3.0);
        assert!(!window.is_full());
    }
}
