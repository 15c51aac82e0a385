use crate::ring::Ring;

/// Bars that are worked on in one go where scratch space is needed, so that it stays in the first-level cache.
pub(crate) const PIECE: usize = 256;

/// The largest window that is unrolled into scratch space.
pub(crate) const LARGEST_WINDOW: usize = 128;

/// A full window of values and those that come behind it, in one piece.
pub(crate) type Unrolled = [f64; LARGEST_WINDOW + PIECE];

/// Cuts the bars from `start` to `end` into pieces.
#[inline(always)]
pub(crate) fn pieces(start: usize, end: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    (start..end).step_by(PIECE).map(move |first| first..end.min(first + PIECE))
}

/// Makes `window`, which is full and not larger than [`LARGEST_WINDOW`], that of the last of `unrolled`, where
/// [`unroll`] has put its values, and others have come behind them.
#[inline(always)]
pub(crate) fn roll_up(window: &mut Ring, unrolled: &[f64]) {
    window.values.copy_from_slice(&unrolled[unrolled.len() - window.capacity()..]);
    window.next = 0;
}

/// Writes the values of a full window, oldest first, to the beginning of `unrolled`.
#[inline(always)]
pub(crate) fn unroll(window: &Ring, unrolled: &mut [f64]) {
    let (first, second) = window.as_slices();
    unrolled[..first.len()].copy_from_slice(first);
    unrolled[first.len()..window.capacity()].copy_from_slice(second);
}

/// The sum of every `n` neighbours, each added up anew from the oldest on: `values` has `n` − 1 values more than `out`.
///
/// Many windows at once, a lane for each, which is compiled to vectors.
#[inline(always)]
pub(super) fn sums(values: &[f64], n: usize, out: &mut [f64]) {
    const LANES: usize = 16;
    let n_lanes = out.len() / LANES * LANES;
    let (lanes, rest) = out.split_at_mut(n_lanes);
    for (out, first) in lanes.chunks_exact_mut(LANES).zip((0..).step_by(LANES)) {
        let mut sums = [0.0; LANES];
        for values in values[first..first + n + LANES - 1].windows(LANES) {
            for (sum, &value) in sums.iter_mut().zip(values) {
                *sum += value;
            }
        }
        out.copy_from_slice(&sums);
    }
    for (out, values) in rest.iter_mut().zip(values[n_lanes..].windows(n)) {
        *out = values.iter().fold(0.0, |sum, &value| sum + value);
    }
}
