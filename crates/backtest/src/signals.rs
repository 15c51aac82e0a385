use std::ops::Range;

use broker::Direction;

use crate::eval::{BLOCK, Evaluation};
use crate::kernel::Setting;
use crate::plan::Side;

/// Bars whose signals are known at once.
pub(crate) const TILE: usize = 1024;
const WORDS: usize = TILE / BLOCK;

/// The conditions of some bars: entries and exits of both sides, a bit for each bar.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signals {
    start: usize,
    long_entry: [u64; WORDS],
    short_entry: [u64; WORDS],
    long_exit: [u64; WORDS],
    short_exit: [u64; WORDS],
}

impl Signals {
    /// Those of the bars `tile`, no more than [`TILE`].
    pub(crate) fn evaluate(&mut self, setting: Setting<'_>, evaluation: &mut Evaluation, tile: &Range<usize>) {
        let Setting { plan, .. } = setting;
        self.start = tile.start;
        for word in 0..WORDS {
            let base = tile.start + word * BLOCK;
            let n_bars = tile.end.saturating_sub(base);
            if n_bars > 0 {
                evaluation.block(setting, base);
            }
            let valid = if n_bars < BLOCK { (1 << n_bars) - 1 } else { u64::MAX };
            let entry = |side: Option<Side>| side.map_or(0, |side| evaluation.word(side.entry) & valid);
            let exit =
                |side: Option<Side>| side.and_then(|side| side.exit).map_or(0, |exit| evaluation.word(exit) & valid);
            let (long, short) = (entry(plan.long), entry(plan.short));
            // Where the conditions of both sides hold, neither enters.
            (self.long_entry[word], self.short_entry[word]) = (long & !short, short & !long);
            (self.long_exit[word], self.short_exit[word]) = (exit(plan.long), exit(plan.short));
        }
    }

    /// The first bar from `bar` on with a signal that causes an order while the position is `open`; a bar behind the tile
    /// if there is none.
    pub(crate) fn next(&self, open: Option<Direction>, bar: usize) -> usize {
        let place = bar - self.start;
        let mut word = place / BLOCK;
        let mut awaited = self.awaited(open, word) >> (place % BLOCK) << (place % BLOCK);
        while awaited == 0 {
            word += 1;
            if word == WORDS {
                return usize::MAX - 1;
            }
            awaited = self.awaited(open, word);
        }
        self.start + word * BLOCK + awaited.trailing_zeros() as usize
    }

    fn awaited(&self, open: Option<Direction>, word: usize) -> u64 {
        match open {
            None => self.long_entry[word] | self.short_entry[word],
            Some(Direction::Long) => self.short_entry[word] | self.long_exit[word],
            Some(Direction::Short) => self.long_entry[word] | self.short_exit[word],
        }
    }

    /// The side to enter at the close of `bar`.
    pub(crate) fn entry(&self, bar: usize) -> Option<Direction> {
        if self.holds(&self.long_entry, bar) {
            Some(Direction::Long)
        } else if self.holds(&self.short_entry, bar) {
            Some(Direction::Short)
        } else {
            None
        }
    }

    /// Whether a position of that side is to be closed after `bar`.
    pub(crate) fn exits(&self, direction: Direction, bar: usize) -> bool {
        match direction {
            Direction::Long => self.holds(&self.long_exit, bar),
            Direction::Short => self.holds(&self.short_exit, bar),
        }
    }

    /// The first bar of the block that has `bar`, and its place there.
    pub(crate) fn place(&self, bar: usize) -> [usize; 2] {
        let place = bar - self.start;
        [bar - place % BLOCK, place % BLOCK]
    }

    fn holds(&self, words: &[u64; WORDS], bar: usize) -> bool {
        let place = bar - self.start;
        words[place / BLOCK] >> (place % BLOCK) & 1 == 1
    }
}
