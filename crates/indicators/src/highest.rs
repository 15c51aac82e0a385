/// The highest of the last `n` values.
///
/// The values are cut into blocks of `n`. A window ends inside the current block and begins inside the one before it,
/// so its highest value is the highest of the current block so far, or that of the end of the block before. Those
/// ends are worked out once a block: three comparisons a value, whatever the period and the order of the values.
///
/// Source: M. van Herk, A fast algorithm for local minimum and maximum filters, Pattern Recognition Letters 13
/// (1992).
#[derive(Clone, Debug)]
pub(crate) struct Highest {
    /// Up to `next` the values of the current block, from there on the highest from that place to the end of the last
    /// block.
    block: Box<[f64]>,
    next: usize,
    /// The highest of the current block so far.
    so_far: f64,
    /// Whether there was a block before the current one.
    has_last: bool,
}

impl Highest {
    /// No values yet; `n` is at least 1.
    pub(crate) fn new(n: usize) -> Self {
        Self { block: vec![0.0; n].into(), next: 0, so_far: f64::NEG_INFINITY, has_last: false }
    }

    /// Takes the next value, which is not NaN; `None` as long as there were fewer than `n`.
    #[inline]
    pub(crate) fn next(&mut self, value: f64) -> Option<f64> {
        self.block[self.next] = value;
        self.so_far = larger(value, self.so_far);
        self.next += 1;
        if self.next == self.block.len() {
            return Some(self.end_block());
        }
        if self.has_last { Some(larger(self.block[self.next], self.so_far)) } else { None }
    }

    /// Turns the full block into the highest values from each place to its end; gives the highest of all.
    fn end_block(&mut self) -> f64 {
        let mut highest = f64::NEG_INFINITY;
        for value in self.block.iter_mut().rev() {
            highest = larger(*value, highest);
            *value = highest;
        }
        self.next = 0;
        self.so_far = f64::NEG_INFINITY;
        self.has_last = true;
        highest
    }

    pub(crate) fn clear(&mut self) {
        self.next = 0;
        self.so_far = f64::NEG_INFINITY;
        self.has_last = false;
    }
}

/// The larger of two numbers that are not NaN: one instruction, which `f64::max` is not.
#[inline]
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_highest_of_every_window() {
        let values = [3.0, 1.0, 2.0, 5.0, 4.0, 4.5, 0.0, -1.0, -2.0, -3.0, 7.0];
        for n in 1..=values.len() {
            let mut highest = Highest::new(n);
            for (i, &value) in values.iter().enumerate() {
                let expected = (i + 1 >= n).then(|| values[i + 1 - n..=i].iter().copied().fold(f64::MIN, f64::max));
                assert_eq!(highest.next(value), expected, "window of {n} at {i}");
            }
        }
    }
}
