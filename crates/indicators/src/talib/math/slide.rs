//! Where the best of each window of n values of a slice stands, by vector instructions.
//!
//! The best of windows of 4 values, from those of windows of 16, and so on; the windows of n are covered by four of the
//! widest that fit. Every pass is a loop without a branch over values that stand in the first-level cache.
use super::extremes::Side;
use crate::ring::Ring;

/// The longest window: the values of a pass and the windows that begin before them fit in the cache.
pub(crate) const LONGEST: usize = 256;

/// Values of a pass.
pub(crate) const CHUNK: usize = 1024;

/// The n − 1 newest values of a full ring of n and up to [`CHUNK`] values that follow them, in one slice.
#[inline(always)]
pub(crate) fn behind_window<'a>(window: &Ring, values: &[f64], scratch: &'a mut [f64]) -> &'a [f64] {
    let before = window.capacity() - 1;
    let (old, young) = window.as_slices();
    scratch[..old.len() - 1].copy_from_slice(&old[1..]);
    scratch[old.len() - 1..before].copy_from_slice(young);
    scratch[before..before + values.len()].copy_from_slice(values);
    &scratch[..before + values.len()]
}

/// Where windows of `width` begin that cover, with the one at 0, a window of `n` of at most four times the width.
#[inline(always)]
fn offsets(width: usize, n: usize) -> [usize; 3] {
    let last = n - width;
    [last.min(width), last.min(2 * width), last]
}

/// Writes where the best of each of the `out.len()` windows of `n` values of `input` stands, the newest of equal ones;
/// the first of `input` stands at `begin`. The scratch is at least as long as the input.
#[inline(always)]
pub(crate) fn extreme_indices<S: Side>(input: &[f64], begin: f64, n: usize, out: &mut [f64], scratch: [&mut [f64]; 4]) {
    let [a, b, c, d] = scratch;
    let (mut wide, mut wider) = ((a, b), (c, d));
    wide.0[..input.len()].copy_from_slice(input);
    for (index, place) in wide.1[..input.len()].iter_mut().zip(0_i32..) {
        *index = begin + f64::from(place);
    }
    let mut width = 1;
    while 4 * width < n {
        let len = input.len() - (4 * width - 1);
        let to = (&mut wider.0[..len], &mut wider.1[..len]);
        newest_best_of_four::<S>((&*wide.0, &*wide.1), [width, 2 * width, 3 * width], to);
        std::mem::swap(&mut wide, &mut wider);
        width *= 4;
    }
    let to = (&mut wider.0[..out.len()], out);
    newest_best_of_four::<S>((&*wide.0, &*wide.1), offsets(width, n), to);
}

/// Of values and where they stand; the offsets rise, so that the later of equal values is the newer.
#[inline(always)]
fn newest_best_of_four<S: Side>(from: (&[f64], &[f64]), offsets: [usize; 3], to: (&mut [f64], &mut [f64])) {
    let len = to.0.len();
    let part = |offset: usize| from.0[offset..offset + len].iter().zip(&from.1[offset..offset + len]);
    let [b, c, d] = offsets.map(part);
    let best = |(a, at_a): (f64, f64), (b, at_b): (f64, f64)| {
        if S::beats(a, b) { (a, at_a) } else { (b, at_b) }
    };
    for (((((value, index), a), b), c), d) in to.0.iter_mut().zip(to.1).zip(part(0)).zip(b).zip(c).zip(d) {
        let [a, b, c, d] = [a, b, c, d].map(|(&value, &index)| (value, index));
        (*value, *index) = best(best(a, b), best(c, d));
    }
}
