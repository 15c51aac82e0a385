//! The highest and the lowest of the last n values, and where they stand.
//!
//! Values are cut into blocks of n, counted from the first value. A window ends inside the current block and begins
//! inside the one before, so that its best value is the best of the current block so far, or of the end of the block
//! before from some place on. Those ends are worked out once a block: three comparisons a value, whatever the order of
//! the values and however long the window. A whole history is computed by [`join`] and [`slide`] instead.
//!
//! Source: M. van Herk, A fast algorithm for local minimum and maximum filters, Pattern Recognition Letters 13 (1992).
use std::fmt::Debug;
use std::marker::PhantomData;

use super::slide;
use crate::buffers::Buffers;
use crate::fast::join::{self, Join};
use crate::memory::{Memory, Visitor};
use crate::ring::Ring;

/// Which values are looked for.
pub(crate) trait Side: Join {
    /// Whether `a` is beyond `b`, on this side of it.
    fn beats(a: f64, b: f64) -> bool;

    /// The value further out; of equal ones `b`.
    #[inline(always)]
    fn best(a: f64, b: f64) -> f64 {
        if Self::beats(a, b) { a } else { b }
    }
}

/// High values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct High;

impl Join for High {
    #[inline(always)]
    fn join(newer: f64, older: f64) -> f64 {
        Self::best(newer, older)
    }
}

impl Side for High {
    #[inline(always)]
    fn beats(a: f64, b: f64) -> bool {
        a > b
    }
}

/// Low values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Low;

impl Join for Low {
    #[inline(always)]
    fn join(newer: f64, older: f64) -> f64 {
        Self::best(newer, older)
    }
}

impl Side for Low {
    #[inline(always)]
    fn beats(a: f64, b: f64) -> bool {
        a < b
    }
}

/// The best of the last n values, NaN before there are n.
///
/// Of a zero and a negative zero it gives the one that TA-Lib gives: which one depends on their blocks.
#[derive(Clone, Debug)]
pub(crate) struct Extreme<S> {
    /// Up to its next place the current block, from there on the rest of the one before.
    block: Ring,
    /// For each place of the last full block the best from there to its end. Nothing is ever pushed: it is written
    /// anew at the end of each block and not read in that step, so that stepping back over it needs no copy.
    tails: Ring,
    /// The best of the current block.
    so_far: f64,
    side: PhantomData<S>,
}

impl<S> Memory for Extreme<S> {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        self.block.visit(visitor);
        self.tails.visit(visitor);
        self.so_far.visit(visitor);
    }
}

impl<S: Side> Extreme<S> {
    /// No values yet; `n` is at least 1.
    pub(crate) fn new(n: usize) -> Self {
        Self { block: Ring::new(n), tails: Ring::new(n), so_far: 0.0, side: PhantomData }
    }

    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> f64 {
        let place = self.block.next;
        self.so_far = if place == 0 { value } else { S::best(value, self.so_far) };
        self.block.push(value);
        if self.block.next == 0 {
            return self.end_block();
        }
        if self.block.is_full() { S::best(self.so_far, self.tails.values[place + 1]) } else { f64::NAN }
    }

    /// The best of the block that is full now.
    fn end_block(&mut self) -> f64 {
        self.fill_tails();
        self.tails.values[0]
    }

    /// Works out the tails of the last block, as far as it is still there.
    #[inline(always)]
    fn fill_tails(&mut self) {
        let last = &self.block.values[self.block.next..];
        let tails = &mut self.tails.values[self.block.next..];
        tails.iter_mut().zip(last).rev().fold(last[last.len() - 1], |best, (tail, &value)| {
            *tail = S::best(value, best);
            *tail
        });
    }

    /// [`Extreme::step`] for each value of `input`.
    #[inline(always)]
    pub(crate) fn run(&mut self, input: &[f64], out: &mut [f64]) {
        let n = self.block.capacity();
        let first = input.len().min(n - 1);
        if first == input.len() || input.iter().fold(false, |any, &value| any | is_negative_zero(value)) {
            return self.step_each(input, out);
        }
        self.step_each(&input[..first], &mut out[..first]);
        join::windows::<S>(n, input, 1.0, &mut out[first..]);
        self.block.extend(&input[first..]);
        self.look_up();
    }

    /// What the steps up to a full ring would have left behind.
    #[inline(always)]
    fn look_up(&mut self) {
        let current = &self.block.values[..self.block.next];
        self.so_far = current.iter().fold(self.block.values[0], |best, &value| S::best(value, best));
        self.fill_tails();
    }

    #[inline(always)]
    fn step_each(&mut self, input: &[f64], out: &mut [f64]) {
        for (best, &value) in out.iter_mut().zip(input) {
            *best = self.step(value);
        }
    }
}

/// Of −0 and 0 it is left to the order of the comparisons which one is the best.
#[inline(always)]
fn is_negative_zero(value: f64) -> bool {
    value.to_bits() == (-0.0_f64).to_bits()
}

/// Where the best of the last n values stands, counted from the first value of all; NaN before there are n.
///
/// Of equal values the newest.
#[derive(Clone, Debug)]
pub(crate) struct ExtremeIndex<S> {
    /// As in [`Extreme`].
    block: Ring,
    /// As in [`Extreme`], and where those values stand.
    tails: [Ring; 2],
    /// The best of the current block, and where it stands.
    so_far: [f64; 2],
    /// Values before the current block.
    begin: f64,
    side: PhantomData<S>,
}

impl<S> Memory for ExtremeIndex<S> {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        self.block.visit(visitor);
        self.tails.visit(visitor);
        self.so_far.visit(visitor);
        self.begin.visit(visitor);
    }
}

impl<S: Side> ExtremeIndex<S> {
    /// No values yet; `n` is at least 1.
    pub(crate) fn new(n: usize) -> Self {
        let ring = Ring::new(n);
        Self { block: ring.clone(), tails: [ring.clone(), ring], so_far: [0.0; 2], begin: 0.0, side: PhantomData }
    }

    #[inline(always)]
    pub(crate) fn step(&mut self, value: f64) -> f64 {
        let place = self.block.next;
        if place == 0 || !S::beats(self.so_far[0], value) {
            self.so_far = [value, self.begin + place as f64];
        }
        self.block.push(value);
        if self.block.next == 0 {
            return self.end_block();
        }
        if !self.block.is_full() {
            return f64::NAN;
        }
        let [tails, indices] = &self.tails;
        if S::beats(tails.values[place + 1], self.so_far[0]) { indices.values[place + 1] } else { self.so_far[1] }
    }

    /// Where the best of the block stands that is full now.
    fn end_block(&mut self) -> f64 {
        self.begin += self.block.capacity() as f64;
        self.fill_tails();
        self.tails[1].values[0]
    }

    /// Works out the tails of the last block, as far as it is still there.
    #[inline(always)]
    fn fill_tails(&mut self) {
        let [tails, indices] = &mut self.tails;
        let n = self.block.capacity();
        let last_begin = self.begin - n as f64;
        let (mut best, mut index) = (self.block.values[n - 1], self.begin - 1.0);
        for place in (self.block.next..n).rev() {
            let value = self.block.values[place];
            if S::beats(value, best) {
                (best, index) = (value, last_begin + place as f64);
            }
            (tails.values[place], indices.values[place]) = (best, index);
        }
    }

    /// [`ExtremeIndex::step`] for each value of `input`.
    #[inline(always)]
    pub(crate) fn run(&mut self, input: &[f64], out: &mut [f64]) {
        let n = self.block.capacity();
        let filling = if n > slide::LONGEST { input.len() } else { input.len().min(self.block.free()) };
        self.step_each(&input[..filling], &mut out[..filling]);
        let mut buffers = Buffers::take();
        for (input, out) in input[filling..].chunks(slide::CHUNK).zip(out[filling..].chunks_mut(slide::CHUNK)) {
            let [values, scratch @ ..] = buffers.columns::<5>(n - 1 + input.len());
            let values = slide::behind_window(&self.block, input, values);
            let begin = self.begin + self.block.next as f64 - (n - 1) as f64;
            slide::extreme_indices::<S>(values, begin, n, out, scratch);
            self.begin = begin + (values.len() - (self.block.next + input.len()) % n) as f64;
            self.block.extend(input);
            self.look_up();
        }
        buffers.give_back();
    }

    /// What the steps up to a full ring would have left behind.
    #[inline(always)]
    fn look_up(&mut self) {
        let current = &self.block.values[..self.block.next];
        self.so_far = [self.block.values[0], self.begin];
        for (place, &value) in current.iter().enumerate() {
            if !S::beats(self.so_far[0], value) {
                self.so_far = [value, self.begin + place as f64];
            }
        }
        self.fill_tails();
    }

    #[inline(always)]
    fn step_each(&mut self, input: &[f64], out: &mut [f64]) {
        for (index, &value) in out.iter_mut().zip(input) {
            *index = self.step(value);
        }
    }
}
