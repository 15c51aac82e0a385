use super::running::{LARGEST_WINDOW, PIECE, roll_up, unroll};
use crate::fast::join::{self, Join};
use crate::memory::memory;
use crate::ring::Ring;
use crate::talib::overlap::extremes::Newest;

/// The highest value of one column and the lowest of another over the last `n` bars.
///
/// The bars are cut into blocks of `n`. A window ends inside the current block and begins inside the one before it, so
/// its highest value is the highest of the current block so far, or that of the end of the block before. Those ends are
/// worked out once a block: three comparisons a bar and column, whatever the period and the order of the values.
///
/// The ends are kept as rings although all of them change with the last bar of a block. This bar, and so a bar that
/// takes its place after a roll back, reads none of them.
///
/// Source: M. van Herk, A fast algorithm for local minimum and maximum filters, Pattern Recognition Letters 13 (1992).
#[derive(Clone, Debug)]
pub(crate) struct Extremes {
    highs: Ring,
    lows: Ring,
    /// For each place of the last block the highest value from there to its end.
    highest_to_end: Ring,
    lowest_to_end: Ring,
    /// Of the current block so far.
    highest: f64,
    lowest: f64,
    /// Space for [`Extremes::run`]; no memory.
    scratch: Box<[f64]>,
}

memory!(Extremes { highs, lows, highest_to_end, lowest_to_end, highest, lowest });

impl Extremes {
    pub(crate) fn new(n: usize) -> Self {
        let ring = || Ring::new(n);
        let n_unrolled = if n > LARGEST_WINDOW { 0 } else { n + PIECE };
        Self {
            highs: ring(),
            lows: ring(),
            highest_to_end: ring(),
            lowest_to_end: ring(),
            highest: 0.0,
            lowest: 0.0,
            scratch: vec![0.0; 2 * PIECE + n_unrolled].into(),
        }
    }

    /// Bars until the window is full.
    #[inline(always)]
    pub(crate) fn n_missing(&self) -> usize {
        self.highs.capacity() - self.highs.len()
    }

    /// Takes the next bar; the highest and lowest value of the window, `None` as long as it is not full.
    #[inline(always)]
    pub(crate) fn step(&mut self, high: f64, low: f64) -> Option<(f64, f64)> {
        let first = self.highs.next == 0;
        self.highs.push(high);
        self.lows.push(low);
        self.highest = if first { high } else { larger(high, self.highest) };
        self.lowest = if first { low } else { smaller(low, self.lowest) };
        if self.highs.next == 0 {
            self.end_block();
            return Some((self.highest, self.lowest));
        }
        let place = self.highs.next;
        let highest = larger(self.highest_to_end.values[place], self.highest);
        let lowest = smaller(self.lowest_to_end.values[place], self.lowest);
        self.highs.is_full().then_some((highest, lowest))
    }

    /// [`Extremes::step`] for each bar of the columns, with a full window before them. The highest and the lowest values
    /// are given to `each` in pieces of at most [`PIECE`], with the number of bars before the piece.
    #[inline(always)]
    pub(crate) fn run(&mut self, high: &[f64], low: &[f64], mut each: impl FnMut(usize, &[f64], &[f64])) {
        let mut scratch = std::mem::take(&mut self.scratch);
        let (highest, rest) = scratch.split_at_mut(PIECE);
        let (lowest, unrolled) = rest.split_at_mut(PIECE);
        let is_short = self.highs.capacity() <= LARGEST_WINDOW;
        let mut before = 0;
        for (high, low) in high.chunks(PIECE).zip(low.chunks(PIECE)) {
            let (highest, lowest) = (&mut highest[..high.len()], &mut lowest[..high.len()]);
            if is_short {
                every_window::<Newest<true>>(&mut self.highs, high, highest, unrolled);
                every_window::<Newest<false>>(&mut self.lows, low, lowest, unrolled);
            } else {
                self.fill(high, low, highest, lowest);
            }
            each(before, highest, lowest);
            before += high.len();
        }
        if is_short && before > 0 {
            self.end_block();
        }
        self.scratch = scratch;
    }

    /// A step for each bar, with a full window before them.
    #[inline(never)]
    fn fill(&mut self, high: &[f64], low: &[f64], highest: &mut [f64], lowest: &mut [f64]) {
        let extremes = highest.iter_mut().zip(lowest);
        for ((highest, lowest), (&high, &low)) in extremes.zip(high.iter().zip(low)) {
            if let Some(extremes) = self.step(high, low) {
                (*highest, *lowest) = extremes;
            }
        }
    }

    fn end_block(&mut self) {
        let (mut highest, mut lowest) = (f64::NEG_INFINITY, f64::INFINITY);
        let ends = self.highest_to_end.values.iter_mut().zip(&mut self.lowest_to_end.values);
        for ((high_end, low_end), (&high, &low)) in ends.zip(self.highs.values.iter().zip(&self.lows.values)).rev() {
            highest = larger(high, highest);
            lowest = smaller(low, lowest);
            (*high_end, *low_end) = (highest, lowest);
        }
    }
}

/// The larger of two numbers that are not NaN: one instruction, which `f64::max` is not.
#[inline(always)]
pub(crate) fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The smaller of two numbers that are not NaN.
#[inline(always)]
pub(crate) fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// The best of each window that ends at one of `values`, where `window` is the full window before them; afterwards
/// it is the last one, its oldest value first.
#[inline(always)]
fn every_window<J: Join>(window: &mut Ring, values: &[f64], out: &mut [f64], scratch: &mut [f64]) {
    let n = window.capacity();
    let all = &mut scratch[..n + values.len()];
    unroll(window, all);
    all[n..].copy_from_slice(values);
    roll_up(window, all);
    join::windows::<J>(n, &all[1..], 1.0, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    const HIGH: [f64; 11] = [3.0, 1.0, 2.0, 5.0, 4.0, 4.5, 0.0, -1.0, -2.0, -3.0, 7.0];
    const LOW: [f64; 11] = [2.0, 1.0, 1.5, 1.0, 4.0, -4.5, 0.0, -1.0, -2.0, -3.0, 6.0];

    fn expected(n: usize, bar: usize) -> Option<(f64, f64)> {
        let first = (bar + 1).checked_sub(n)?;
        let highest = HIGH[first..=bar].iter().copied().fold(f64::MIN, f64::max);
        Some((highest, LOW[first..=bar].iter().copied().fold(f64::MAX, f64::min)))
    }

    #[test]
    fn finds_the_extremes_of_every_window() {
        for n in 1..=HIGH.len() {
            let mut extremes = Extremes::new(n);
            for bar in 0..HIGH.len() {
                assert_eq!(extremes.step(HIGH[bar], LOW[bar]), expected(n, bar), "window of {n} at {bar}");
            }
        }
    }

    #[test]
    fn finds_the_same_for_many_bars_at_once() {
        let high: Vec<f64> = (0..3000).map(|bar| f64::from(bar * 7919 % 1009)).collect();
        let low: Vec<f64> = high.iter().map(|value| 3.0 - value).collect();
        for n in [1, 2, 3, 37, LARGEST_WINDOW, LARGEST_WINDOW + 1, 300] {
            let (mut one, mut many) = (Extremes::new(n), Extremes::new(n));
            for bar in 0..=n {
                one.step(high[bar], low[bar]);
                many.step(high[bar], low[bar]);
            }
            let mut start = n + 1;
            for n_bars in [0, 1, 2, 5, 100, 700, 1000, 3] {
                let mut found = Vec::new();
                let columns = [&high, &low].map(|column| &column[start..start + n_bars]);
                many.run(columns[0], columns[1], |before, highest, lowest| {
                    assert_eq!(before, found.len());
                    found.extend(highest.iter().copied().zip(lowest.iter().copied()));
                });
                for (&high, (&low, found)) in columns[0].iter().zip(columns[1].iter().zip(found)) {
                    assert_eq!(one.step(high, low), Some(found), "window of {n}");
                }
                start += n_bars;
            }
        }
    }
}
