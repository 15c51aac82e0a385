use std::ops::Range;

use crate::ring::Ring;

/// What an indicator remembers from bar to bar, as a list of words.
///
/// A state names its changing fields once, in [`Memory::visit`]; from that list come checkpoints (for peeking and for
/// corrected bars), snapshots (to be stored and restored) and the reset. Two rules make it work, and tests hold every
/// indicator to them: the memory of a new state is zero throughout, and a bar pushes at most one value to each ring.
pub trait Memory {
    /// Shows each changing field to `visitor`, always in the same order.
    fn visit(&mut self, visitor: &mut impl Visitor);
}

/// Reads or writes the words of a [`Memory`].
pub trait Visitor {
    /// One word: a count.
    fn word(&mut self, word: &mut u64);
    /// A number.
    #[inline(always)]
    fn number(&mut self, number: &mut f64) {
        let mut bits = number.to_bits();
        self.word(&mut bits);
        *number = f64::from_bits(bits);
    }
    /// A ring of the last values.
    fn ring(&mut self, ring: &mut Ring);
    /// Numbers of which the next bar changes at most those `changing`; which they are follows from what was shown before.
    fn numbers(&mut self, numbers: &mut [f64], changing: Range<usize>);
}

/// Implements [`Memory`] for a state by the names of its changing fields.
macro_rules! memory {
    ($state:ty { $($field:ident),* $(,)? }) => {
        impl $crate::Memory for $state {
            #[inline(always)]
            fn visit(&mut self, visitor: &mut impl $crate::Visitor) {
                $( $crate::Memory::visit(&mut self.$field, visitor); )*
                let _ = visitor;
            }
        }
    };
}
pub(crate) use memory;

impl Memory for f64 {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        visitor.number(self);
    }
}

impl Memory for u64 {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        visitor.word(self);
    }
}

impl Memory for usize {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        let mut word = *self as u64;
        visitor.word(&mut word);
        *self = usize::try_from(word).unwrap_or(Self::MAX);
    }
}

impl Memory for bool {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        let mut word = u64::from(*self);
        visitor.word(&mut word);
        *self = word != 0;
    }
}

impl Memory for Ring {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        visitor.ring(self);
    }
}

impl<T: Memory, const N: usize> Memory for [T; N] {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        for part in self {
            part.visit(visitor);
        }
    }
}

impl<T: Memory> Memory for Box<[T]> {
    #[inline(always)]
    fn visit(&mut self, visitor: &mut impl Visitor) {
        for part in self {
            part.visit(visitor);
        }
    }
}

/// Forgets everything: afterwards `memory` is that of a new state. Inlined, because a state whose address were handed
/// on could not stay in registers.
#[inline(always)]
pub(crate) fn reset(memory: &mut impl Memory) {
    memory.visit(&mut Reset);
}

/// Appends all words.
pub(crate) fn read(memory: &mut impl Memory, words: &mut Vec<u64>) {
    memory.visit(&mut Read(words));
}

/// All words, for a snapshot.
pub(crate) fn words(memory: &mut impl Memory) -> Vec<u64> {
    let mut words = Vec::new();
    read(memory, &mut words);
    words
}

/// Puts back what [`read`] gave; false, with `memory` reset, if `words` are not of such a state.
pub(crate) fn restore(memory: &mut impl Memory, words: &[u64]) -> bool {
    let mut write = Write { words: words.iter(), fits: true };
    memory.visit(&mut write);
    let fits = write.fits && write.words.next().is_none();
    if !fits {
        reset(memory);
    }
    fits
}

/// The state of a memory before a bar, kept in a buffer that is used again and again.
#[derive(Debug)]
pub(crate) struct Checkpoint {
    /// With room for the most words that a bar may change.
    words: Vec<u64>,
}

impl Clone for Checkpoint {
    fn clone(&self) -> Self {
        let mut words = Vec::with_capacity(self.words.capacity());
        words.extend_from_slice(&self.words);
        Self { words }
    }
}

impl Checkpoint {
    /// A checkpoint of `memory`, with room for every later one.
    pub(crate) fn of(memory: &mut impl Memory) -> Self {
        let mut most = Most(0);
        memory.visit(&mut most);
        let mut checkpoint = Self { words: Vec::with_capacity(most.0) };
        checkpoint.save(memory);
        checkpoint
    }

    /// Keeps the state of `memory`; afterwards at most one bar may be taken before [`Checkpoint::roll_back`].
    #[inline(always)]
    pub(crate) fn save(&mut self, memory: &mut impl Memory) {
        self.words.clear();
        memory.visit(&mut Save(&mut self.words));
    }

    /// Puts `memory` back to where it was when it was saved.
    #[inline(always)]
    pub(crate) fn roll_back(&self, memory: &mut impl Memory) {
        memory.visit(&mut RollBack(self.words.iter()));
    }
}

struct Reset;

impl Visitor for Reset {
    #[inline(always)]
    fn word(&mut self, word: &mut u64) {
        *word = 0;
    }
    /// Not by its bits: a compiler that has seen an integer there keeps it in the integer registers, and moves it to and
    /// fro from bar to bar.
    #[inline(always)]
    fn number(&mut self, number: &mut f64) {
        *number = 0.0;
    }
    #[inline(always)]
    fn ring(&mut self, ring: &mut Ring) {
        ring.next = 0;
        ring.len = 0;
        ring.values.fill(0.0);
    }
    #[inline(always)]
    fn numbers(&mut self, numbers: &mut [f64], _changing: Range<usize>) {
        numbers.fill(0.0);
    }
}

struct Read<'a>(&'a mut Vec<u64>);

impl Visitor for Read<'_> {
    fn word(&mut self, word: &mut u64) {
        self.0.push(*word);
    }
    fn ring(&mut self, ring: &mut Ring) {
        self.0.extend([ring.next as u64, ring.len as u64]);
        self.0.extend(ring.values.iter().map(|value| value.to_bits()));
    }
    fn numbers(&mut self, numbers: &mut [f64], _changing: Range<usize>) {
        self.0.extend(numbers.iter().map(|number| number.to_bits()));
    }
}

struct Write<'a> {
    words: std::slice::Iter<'a, u64>,
    fits: bool,
}

impl Write<'_> {
    /// The next word as a number of at most `largest`.
    fn count(&mut self, largest: usize) -> usize {
        let count = self.words.next().and_then(|&word| usize::try_from(word).ok()).filter(|&count| count <= largest);
        self.fits &= count.is_some();
        count.unwrap_or(0)
    }
}

impl Visitor for Write<'_> {
    fn word(&mut self, word: &mut u64) {
        match self.words.next() {
            Some(&stored) => *word = stored,
            None => self.fits = false,
        }
    }
    fn ring(&mut self, ring: &mut Ring) {
        ring.next = self.count(ring.values.len() - 1);
        ring.len = self.count(ring.values.len());
        for value in &mut ring.values {
            value.visit(self);
        }
    }
    fn numbers(&mut self, numbers: &mut [f64], _changing: Range<usize>) {
        for number in numbers {
            number.visit(self);
        }
    }
}

/// The most words that [`Save`] may keep.
struct Most(usize);

impl Visitor for Most {
    fn word(&mut self, _word: &mut u64) {
        self.0 += 1;
    }
    fn ring(&mut self, _ring: &mut Ring) {
        self.0 += 3;
    }
    fn numbers(&mut self, numbers: &mut [f64], _changing: Range<usize>) {
        self.0 += numbers.len();
    }
}

struct Save<'a>(&'a mut Vec<u64>);

impl Visitor for Save<'_> {
    #[inline(always)]
    fn word(&mut self, word: &mut u64) {
        self.0.push(*word);
    }
    #[inline(always)]
    fn ring(&mut self, ring: &mut Ring) {
        self.0.extend([ring.next as u64, ring.len as u64, ring.values[ring.next].to_bits()]);
    }
    #[inline(always)]
    fn numbers(&mut self, numbers: &mut [f64], changing: Range<usize>) {
        self.0.extend(numbers[changing].iter().map(|number| number.to_bits()));
    }
}

struct RollBack<'a>(std::slice::Iter<'a, u64>);

impl RollBack<'_> {
    #[inline(always)]
    fn next(&mut self) -> u64 {
        *self.0.next().expect("a checkpoint has the words of the state it was saved from")
    }
}

impl Visitor for RollBack<'_> {
    #[inline(always)]
    fn word(&mut self, word: &mut u64) {
        *word = self.next();
    }
    #[inline(always)]
    fn ring(&mut self, ring: &mut Ring) {
        ring.next = usize::try_from(self.next()).expect("saved from an index");
        ring.len = usize::try_from(self.next()).expect("saved from a length");
        ring.values[ring.next] = f64::from_bits(self.next());
    }
    #[inline(always)]
    fn numbers(&mut self, numbers: &mut [f64], changing: Range<usize>) {
        for number in &mut numbers[changing] {
            *number = f64::from_bits(self.next());
        }
    }
}
