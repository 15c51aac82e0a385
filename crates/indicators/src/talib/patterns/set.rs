use std::fmt;

use super::machine::NEW;
use super::pattern::Pattern;
use super::signal::{Bars, Signal};

/// A choice of patterns.
///
/// ```
/// use indicators::talib::patterns::{Pattern, PatternSet};
///
/// let stars = PatternSet::from_iter([Pattern::MorningStar, Pattern::EveningStar]);
/// assert!(stars.contains(Pattern::EveningStar) && stars.len() == 2);
/// assert_eq!(PatternSet::ALL.len(), 61);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct PatternSet(pub(super) u64);

impl PatternSet {
    /// None of them.
    pub const EMPTY: Self = Self(0);
    /// All 61.
    pub const ALL: Self = Self((1 << Pattern::ALL.len()) - 1);

    /// This set and `pattern`.
    #[must_use]
    pub const fn with(self, pattern: Pattern) -> Self {
        Self(self.0 | 1 << pattern as u32)
    }

    /// This set without `pattern`.
    #[must_use]
    pub const fn without(self, pattern: Pattern) -> Self {
        Self(self.0 & !(1 << pattern as u32))
    }

    /// Whether `pattern` is in it.
    pub const fn contains(self, pattern: Pattern) -> bool {
        self.0 >> pattern as u32 & 1 == 1
    }

    /// How many are in it.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there is none in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those in it, in the order of the catalogue.
    pub fn iter(self) -> impl Iterator<Item = Pattern> + Clone {
        Pattern::ALL.into_iter().filter(move |&pattern| self.contains(pattern))
    }
}

impl FromIterator<Pattern> for PatternSet {
    fn from_iter<T: IntoIterator<Item = Pattern>>(patterns: T) -> Self {
        patterns.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Debug for PatternSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// By the names of the catalogue.
#[cfg(feature = "serde")]
impl serde::Serialize for Pattern {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Pattern {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::named(&name).ok_or_else(|| serde::de::Error::custom(format_args!("no pattern is called `{name}`")))
    }
}

/// As a list of names.
#[cfg(feature = "serde")]
impl serde::Serialize for PatternSet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for PatternSet {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Pattern>::deserialize(deserializer)?.into_iter().collect())
    }
}

/// What patterns say on one bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PatternSignals {
    /// Those that have a value.
    pub(super) known: u64,
    pub(super) up: u64,
    pub(super) down: u64,
    /// Those that have their second strength.
    pub(super) second: u64,
}

impl PatternSignals {
    /// Adds what `pattern` says on the only new bar.
    pub(super) fn add(&mut self, pattern: Pattern, signal: Signal) {
        let add = |set: &mut u64, bars: Bars| *set |= (bars >> NEW & 1) << pattern as u32;
        self.known |= 1 << pattern as u32;
        add(&mut self.up, signal.up);
        add(&mut self.down, signal.down);
        add(&mut self.second, signal.second);
    }

    /// The value of `pattern`, 0 where it is not found; `None` if it is not among the chosen ones, within its lookback,
    /// or on a bar with a missing price.
    pub fn get(self, pattern: Pattern) -> Option<i16> {
        let has = |set: u64| set >> pattern as u32 & 1 == 1;
        let strength = if has(self.second) { pattern.second_strength() } else { 100 };
        has(self.known).then(|| strength * (i16::from(has(self.up)) - i16::from(has(self.down))))
    }

    /// The patterns found, in the order of the catalogue, and what they say: a value other than 0.
    pub fn iter(self) -> impl Iterator<Item = (Pattern, i16)> + Clone {
        self.found().iter().filter_map(move |pattern| Some((pattern, self.get(pattern)?)))
    }

    /// The patterns found.
    pub fn found(self) -> PatternSet {
        PatternSet(self.up | self.down)
    }

    /// The patterns found that speak for rising prices, or are of no direction.
    pub fn bullish(self) -> PatternSet {
        PatternSet(self.up)
    }

    /// The patterns found that speak for falling prices.
    pub fn bearish(self) -> PatternSet {
        PatternSet(self.down)
    }
}
