//! Memory for intermediate results.
use std::cell::Cell;

/// Bars whose intermediate results are kept at once, so that they stay in the first-level cache.
pub(crate) const BLOCK: usize = 256;

/// Some columns. Two sets belong to each thread and grow to what is needed, because to clear them for each block would
/// take as long as to compute it.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    columns: Vec<f64>,
}

/// Between columns: if the same bar of several columns lay a power of two apart, they would share places in the cache.
const GAP: usize = 40;

thread_local! {
    static SPARE: Cell<[Option<Buffers>; 2]> = const { Cell::new([None, None]) };
}

impl Buffers {
    /// Those of this thread, which are to be given back.
    pub(crate) fn take() -> Self {
        let [first, second] = SPARE.take();
        let (taken, left) = if first.is_some() { (first, second) } else { (second, None) };
        SPARE.set([left, None]);
        taken.unwrap_or_default()
    }

    pub(crate) fn give_back(self) {
        let [first, second] = SPARE.take();
        SPARE.set([Some(self), first.or(second)]);
    }

    /// Columns of `bars` numbers, whatever is in them.
    #[inline(always)]
    pub(crate) fn columns<const N: usize>(&mut self, bars: usize) -> [&mut [f64]; N] {
        let length = bars + GAP;
        if self.columns.len() < N * length {
            self.columns.resize(N * length, 0.0);
        }
        let mut columns = self.columns.chunks_exact_mut(length);
        std::array::from_fn(
            #[inline(always)]
            |_| &mut columns.next().expect("as many as were made")[..bars],
        )
    }
}
