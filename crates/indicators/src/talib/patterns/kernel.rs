//! Loops over the bars that are computed together; the compiler makes vector instructions of them.
use super::engine::SignalValue;
use super::machine::{NEW, ROW};
use super::pattern::Pattern;
use super::signal::{Bars, Signal};
use crate::ring::Ring;

/// `N` values of a column, from `start` on.
#[inline(always)]
pub(super) fn part<const N: usize>(column: &[f64], start: usize) -> &[f64; N] {
    column[start..start + N].try_into().expect("a slice of N values")
}

/// For each new bar the value of a row `lag` bars before.
#[inline(always)]
pub(super) fn lagged<const N: usize>(rows: &[f64], row: usize, lag: usize) -> &[f64; N] {
    part(rows, row * ROW + NEW - lag)
}

/// The values of the first row of `rows` at the new bars.
#[inline(always)]
pub(super) fn new<const N: usize>(rows: &mut [f64]) -> &mut [f64; N] {
    (&mut rows[NEW..NEW + N]).try_into().expect("a slice of N values")
}

#[inline(always)]
pub(super) fn map<const N: usize>(a: &[f64; N], b: &[f64; N], out: &mut [f64; N], value: impl Fn(f64, f64) -> f64) {
    for ((out, &a), &b) in out.iter_mut().zip(a).zip(b) {
        *out = value(a, b);
    }
}

/// A bit for each bar: whether `a` is greater than `b`.
#[inline(always)]
pub(super) fn above<const N: usize>(a: &[f64; N], b: &[f64; N]) -> Bars {
    a.iter().zip(b).enumerate().fold(0, |bits, (bar, (a, b))| bits | (Bars::from(a > b) << bar))
}

/// The total before each of the `changes`; gives the total behind them.
#[inline(always)]
pub(super) fn accumulate<const N: usize>(mut total: f64, changes: &[f64; N], totals: &mut [f64]) -> f64 {
    for (before, change) in totals.iter_mut().zip(changes) {
        *before = total;
        total += change;
    }
    total
}

/// Pushes `values` and gives for each of them the value that leaves the ring.
#[inline(always)]
pub(super) fn exchange<const N: usize>(ring: &mut Ring, values: &[f64; N]) -> [f64; N] {
    if N == 1 {
        return values.map(|value| ring.push(value));
    }
    let mut leaving = [0.0; N];
    let (older, newer) = ring.as_slices();
    let from_ring = N.min(older.len());
    leaving[..from_ring].copy_from_slice(&older[..from_ring]);
    let both = N.min(ring.capacity());
    leaving[from_ring..both].copy_from_slice(&newer[..both - from_ring]);
    leaving[both..].copy_from_slice(&values[..N - both]);
    ring.extend(values);
    leaving
}

/// Writes what a pattern says on each new bar.
#[inline]
pub(super) fn write<T: SignalValue>(signal: Option<Signal>, pattern: Pattern, out: &mut [T]) {
    let Some(signal) = signal else { return out.fill(T::NOTHING) };
    out.fill(T::of(0));
    signal.each(pattern, out.len(), |bar, value| out[bar] = T::of(value));
}
