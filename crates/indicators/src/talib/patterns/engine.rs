use std::ops::Range;

use super::kernel;
use super::machine::Machine;
use super::pattern::Pattern;
use super::set::{PatternSet, PatternSignals};
use super::setting::{CandleSettings, Penetrations};
use super::signal::Signal;
use crate::Error;
use crate::memory::{self, Checkpoint};
use crate::missing::{all_known, is_known};

/// Any number of TA-Lib's candlestick patterns over the same bars in one pass.
///
/// Bodies, shadows, ranges, their running averages and every comparison that several patterns make are computed once,
/// for 56 bars at a time. The values are those of the single patterns, such as
/// [`CdlEngulfing`](super::CdlEngulfing), and of TA-Lib: 100 where a pattern is found bullish or of no direction, −100
/// where bearish; ±80 and ±200 as the [catalogue](crate::IndicatorKind::info) says; 0 elsewhere.
///
/// Within a pattern's lookback, and on a bar with a missing price, there is no value; behind such a bar the history
/// begins anew.
///
/// ```
/// use indicators::talib::patterns::{CandlestickPatterns, Pattern, PatternSet};
///
/// let open = [10.0, 10.5, 9.0];
/// let close = [10.5, 9.5, 11.0];
/// let high = [11.0, 10.6, 11.2];
/// let low = [9.5, 9.2, 8.9];
///
/// // A column for each pattern of the set.
/// let set = PatternSet::from_iter([Pattern::Engulfing]);
/// let mut engulfing = [0_i16; 3];
/// CandlestickPatterns::new(set).run([&open, &high, &low, &close], &mut [&mut engulfing]);
/// assert_eq!(engulfing, [0, 0, 100]);
///
/// // A bar at a time.
/// let mut patterns = CandlestickPatterns::new(PatternSet::ALL);
/// let mut last = patterns.update([10.0, 11.0, 9.5, 10.5]);
/// for bar in 1..3 {
///     last = patterns.update([open[bar], high[bar], low[bar], close[bar]]);
/// }
/// assert_eq!(last.iter().collect::<Vec<_>>(), [(Pattern::Engulfing, 100)]);
/// assert_eq!(last.get(Pattern::Doji), None);      // it looks back at ten candles
/// ```
#[derive(Clone, Debug)]
pub struct CandlestickPatterns {
    patterns: PatternSet,
    machine: Machine,
    before: Checkpoint,
    peeked: Checkpoint,
    /// A machine without bars, for a peek at the first bar behind a missing one.
    fresh: Machine,
    last: Last,
}

/// What is known of the last bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    /// There is none that could be replaced.
    None,
    /// The machine has taken it; `before` is the machine without it.
    Taken,
    /// It was missing: the machine is still the one before it, and is to be reset before the next bar.
    Missing,
}

impl CandlestickPatterns {
    /// With TA-Lib's settings.
    pub fn new(patterns: PatternSet) -> Self {
        Self::build(patterns, &CandleSettings::default(), &Penetrations::default())
    }

    /// With settings of the caller's own.
    ///
    /// # Errors
    /// [`Error::CandleSetting`] and [`Error::ParameterRange`] if a setting or a penetration is out of its range.
    pub fn with_settings(
        patterns: PatternSet,
        settings: &CandleSettings,
        penetrations: &Penetrations,
    ) -> Result<Self, Error> {
        settings.check()?;
        penetrations.check()?;
        Ok(Self::build(patterns, settings, penetrations))
    }

    fn build(patterns: PatternSet, settings: &CandleSettings, penetrations: &Penetrations) -> Self {
        let chosen: Vec<_> =
            patterns.iter().map(|pattern| (pattern, penetrations.get(pattern).unwrap_or_default())).collect();
        let mut machine = Machine::new(&chosen, settings);
        let (before, peeked) = (Checkpoint::of(&mut machine), Checkpoint::of(&mut machine));
        Self { patterns, fresh: machine.clone(), machine, before, peeked, last: Last::None }
    }

    /// The chosen patterns.
    pub fn patterns(&self) -> PatternSet {
        self.patterns
    }

    /// Takes the next bar: open, high, low, close.
    pub fn update(&mut self, bar: [f64; 4]) -> PatternSignals {
        if self.last == Last::Missing {
            memory::reset(&mut self.machine);
        }
        if !bar.into_iter().all(is_known) {
            self.last = Last::Missing;
            return PatternSignals::default();
        }
        self.last = Last::Taken;
        self.before.save(&mut self.machine);
        signals(&mut self.machine, bar)
    }

    /// What [`CandlestickPatterns::update`] would give for `bar`. The state is as before afterwards.
    pub fn peek(&mut self, bar: [f64; 4]) -> PatternSignals {
        if !bar.into_iter().all(is_known) {
            return PatternSignals::default();
        }
        let machine = if self.last == Last::Missing { &mut self.fresh } else { &mut self.machine };
        self.peeked.save(machine);
        let found = signals(machine, bar);
        self.peeked.roll_back(machine);
        found
    }

    /// Takes `bar` in place of the last one.
    ///
    /// # Errors
    /// [`Error::NothingToReplace`] if no bar came since the construction, a reset or a restore.
    pub fn replace(&mut self, bar: [f64; 4]) -> Result<PatternSignals, Error> {
        match self.last {
            Last::None => return Err(Error::NothingToReplace { indicator: "candlestick patterns" }),
            Last::Taken => self.before.roll_back(&mut self.machine),
            Last::Missing => self.last = Last::None,
        }
        Ok(self.update(bar))
    }

    /// Takes the next bars, columns of open, high, low and close, and writes a column for each chosen pattern, in the
    /// order of the catalogue. All of the outputs are overwritten.
    ///
    /// # Panics
    /// If the number of columns is not that of the chosen patterns, or the columns differ in length.
    pub fn run<T: SignalValue>(&mut self, inputs: [&[f64]; 4], outputs: &mut [&mut [T]]) {
        assert_eq!(outputs.len(), self.patterns.len(), "a column for each chosen pattern");
        for column in &*outputs {
            assert_eq!(column.len(), inputs[0].len(), "inputs and outputs differ in length");
        }
        self.each(inputs, |index, pattern, bars, signal| {
            kernel::write(signal, pattern, &mut outputs[index][bars]);
        });
    }

    /// Takes the next bars and gives those on which a pattern is found: the index of the bar, the pattern, and what it
    /// says: a value other than 0. Bars come in groups of up to 56, within a group by pattern, the bullish ones first.
    ///
    /// # Panics
    /// If the columns differ in length.
    pub fn find(&mut self, inputs: [&[f64]; 4], mut found: impl FnMut(usize, Pattern, i16)) {
        self.each(inputs, |_, pattern, bars, signal| {
            if let Some(signal) = signal {
                signal.each(pattern, bars.len(), |bar, value| found(bars.start + bar, pattern, value));
            }
        });
    }

    fn each(&mut self, inputs: [&[f64]; 4], mut give: impl FnMut(usize, Pattern, Range<usize>, Option<Signal>)) {
        for column in inputs {
            assert_eq!(column.len(), inputs[0].len(), "the inputs differ in length");
        }
        let Some(last) = inputs[0].len().checked_sub(1) else { return };
        if self.last == Last::Missing {
            memory::reset(&mut self.machine);
        }
        let mut start = 0;
        while start < last {
            let end = last.min(start + BLOCK_BARS);
            let block = inputs.map(|column| &column[start..end]);
            let known = if block.iter().all(|column| all_known(column)) { end - start } else { known_bars(block) };
            let bars = block.map(|column| &column[..known]);
            self.machine.run(bars, |index, pattern, bars, signal| {
                give(index, pattern, start + bars.start..start + bars.end, signal);
            });
            start += known;
            if start < end {
                memory::reset(&mut self.machine);
                for (index, pattern) in self.patterns.iter().enumerate() {
                    give(index, pattern, start..start + 1, None);
                }
                start += 1;
            }
        }
        self.take_last(inputs.map(|column| column[last]), |index, pattern, signal| {
            give(index, pattern, last..last + 1, signal);
        });
    }

    /// Takes a bar that may be replaced later.
    fn take_last(&mut self, bar: [f64; 4], mut give: impl FnMut(usize, Pattern, Option<Signal>)) {
        if bar.into_iter().all(is_known) {
            self.last = Last::Taken;
            self.before.save(&mut self.machine);
            self.machine.step(bar, give);
        } else {
            self.last = Last::Missing;
            for (index, pattern) in self.patterns.iter().enumerate() {
                give(index, pattern, None);
            }
        }
    }

    /// Forgets all bars.
    pub fn reset(&mut self) {
        self.last = Last::None;
        memory::reset(&mut self.machine);
    }

    /// Everything it remembers, for [`CandlestickPatterns::restore`].
    pub fn snapshot(&mut self) -> Vec<u64> {
        memory::words(if self.last == Last::Missing { &mut self.fresh } else { &mut self.machine })
    }

    /// Goes on from a snapshot of one with the same patterns and settings, with the same bits.
    ///
    /// False, and without bars, if the words cannot be of such a one.
    #[must_use]
    pub fn restore(&mut self, words: &[u64]) -> bool {
        self.last = Last::None;
        memory::restore(&mut self.machine, words)
    }
}

/// Bars that are looked at for missing prices and computed in one go: their columns stay in the second-level cache.
const BLOCK_BARS: usize = 8192;

/// The number of bars before the first one with a missing price.
fn known_bars(inputs: [&[f64]; 4]) -> usize {
    let known = |column: &[f64]| column.iter().position(|&price| !is_known(price)).unwrap_or(column.len());
    inputs.map(known).into_iter().fold(usize::MAX, usize::min)
}

fn signals(machine: &mut Machine, bar: [f64; 4]) -> PatternSignals {
    let mut signals = PatternSignals::default();
    machine.step(bar, |_, pattern, signal| {
        if let Some(signal) = signal {
            signals.add(pattern, signal);
        }
    });
    signals
}

/// A number that tells what a pattern says: `i16`, `i32`, `f32` or `f64`.
///
/// Where there is no value a float is NaN; an integer is 0, as where the pattern is not found.
pub trait SignalValue: Copy + sealed::Sealed {
    /// No value.
    const NOTHING: Self;
    /// The number that `value` is.
    fn of(value: i16) -> Self;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! signal_values {
    ($($number:ty = $nothing:expr),*) => {
        $(
            impl sealed::Sealed for $number {}

            impl SignalValue for $number {
                const NOTHING: Self = $nothing;
                #[inline(always)]
                fn of(value: i16) -> Self {
                    value.into()
                }
            }
        )*
    };
}

signal_values!(i16 = 0, i32 = 0, f32 = f32::NAN, f64 = f64::NAN);
