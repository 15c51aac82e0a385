use std::ops::Range;

use broker::Direction;

use crate::eval::{Columns, Evaluation};
use crate::kernel::Setting;
use crate::plan::Side;
use crate::words::{self, BLOCK, Words};

/// The conditions of a block of bars: entries and exits of both sides.
#[derive(Clone, Debug)]
pub(crate) struct Signals {
    start: usize,
    long_entry: Words,
    short_entry: Words,
    long_exit: Words,
    short_exit: Words,
}

impl Default for Signals {
    fn default() -> Self {
        let none = [0; _];
        Self { start: 0, long_entry: none, short_entry: none, long_exit: none, short_exit: none }
    }
}

impl Signals {
    /// Those of the bars `block`, no more than [`BLOCK`]; there are none behind them.
    pub(crate) fn evaluate(
        &mut self,
        setting: Setting<'_>,
        columns: &Columns,
        evaluation: &mut Evaluation,
        block: &Range<usize>,
    ) {
        evaluation.block(setting, columns, block.start);
        self.start = block.start;
        let valid = first_bits(block.len());
        let words = |condition: usize| words::join(evaluation.words(condition), &valid, |word, valid| word & valid);
        let entry = |side: Option<Side>| side.map_or([0; _], |side| words(side.entry));
        let exit = |side: Option<Side>| side.and_then(|side| side.exit).map_or([0; _], words);
        let (long, short) = (entry(setting.plan.long), entry(setting.plan.short));
        // Where the conditions of both sides hold, neither enters.
        self.long_entry = words::join(&long, &short, |one, other| one & !other);
        self.short_entry = words::join(&short, &long, |one, other| one & !other);
        (self.long_exit, self.short_exit) = (exit(setting.plan.long), exit(setting.plan.short));
    }

    /// The first bar from `bar` on with a signal that causes an order while the position is `open`.
    pub(crate) fn next(&self, open: Option<Direction>, bar: usize) -> Option<usize> {
        let (one, other) = match open {
            None => (&self.long_entry, &self.short_entry),
            Some(Direction::Long) => (&self.short_entry, &self.long_exit),
            Some(Direction::Short) => (&self.long_entry, &self.short_exit),
        };
        words::next(bar - self.start, |word| one[word] | other[word]).map(|place| self.start + place)
    }

    /// The side to enter at the close of `bar`.
    pub(crate) fn entry(&self, bar: usize) -> Option<Direction> {
        if words::holds(&self.long_entry, bar - self.start) {
            Some(Direction::Long)
        } else if words::holds(&self.short_entry, bar - self.start) {
            Some(Direction::Short)
        } else {
            None
        }
    }

    /// Whether a position of that side is to be closed after `bar`.
    pub(crate) fn exits(&self, direction: Direction, bar: usize) -> bool {
        match direction {
            Direction::Long => words::holds(&self.long_exit, bar - self.start),
            Direction::Short => words::holds(&self.short_exit, bar - self.start),
        }
    }

    /// The first bar of the block.
    pub(crate) fn start(&self) -> usize {
        self.start
    }
}

/// The first `n_bars` bars, at most a block.
fn first_bits(n_bars: usize) -> Words {
    std::array::from_fn(|word| match n_bars.saturating_sub(64 * word) {
        rest @ 0..64 => (1 << rest) - 1,
        _ => u64::MAX,
    })
}

const _: () = assert!(BLOCK.is_multiple_of(64));
