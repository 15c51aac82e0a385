use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use crate::as_text::as_text;
use crate::{Error, UnixNanos};

/// The length of a bar in whole seconds, at most one week; bars are aligned to 1970-01-01T00:00 UTC (weeks to Monday).
///
/// Reads and prints the market's short names.
///
/// ```
/// use market::Timeframe;
///
/// assert_eq!("5m".parse::<Timeframe>()?, Timeframe::M5);
/// assert_eq!("h4".parse::<Timeframe>()?, Timeframe::H4);
/// assert_eq!(Timeframe::M15.to_string(), "M15");
/// # Ok::<(), market::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timeframe(NonZeroU32);

const MINUTE: u32 = 60;
const HOUR: u32 = 3_600;
const DAY: u32 = 86_400;
const WEEK: u32 = 604_800;

const fn of(seconds: u32) -> Timeframe {
    match NonZeroU32::new(seconds) {
        Some(seconds) => Timeframe(seconds),
        None => panic!("a timeframe is not zero"),
    }
}

impl Timeframe {
    /// One second.
    pub const S1: Self = of(1);
    /// One minute.
    pub const M1: Self = of(MINUTE);
    /// Five minutes.
    pub const M5: Self = of(5 * MINUTE);
    /// Fifteen minutes.
    pub const M15: Self = of(15 * MINUTE);
    /// Thirty minutes.
    pub const M30: Self = of(30 * MINUTE);
    /// One hour.
    pub const H1: Self = of(HOUR);
    /// Four hours.
    pub const H4: Self = of(4 * HOUR);
    /// One day.
    pub const D1: Self = of(DAY);
    /// One week, from Monday.
    pub const W1: Self = of(WEEK);

    /// A timeframe of 1 to 604,800 seconds (one week).
    ///
    /// # Errors
    /// [`Error::Timeframe`] outside that range.
    pub fn from_seconds(seconds: u32) -> Result<Self, Error> {
        match NonZeroU32::new(seconds) {
            Some(count) if seconds <= WEEK => Ok(Self(count)),
            _ => Err(Error::Timeframe { text: format!("{seconds} seconds") }),
        }
    }

    /// Length in seconds.
    pub const fn seconds(self) -> u32 {
        self.0.get()
    }

    /// Length in nanoseconds.
    pub const fn nanos(self) -> i64 {
        self.0.get() as i64 * UnixNanos::PER_SECOND
    }

    /// The open time of the bar that contains `time`.
    ///
    /// The bar that contains the earliest time there is (in 1677) opens with it.
    pub const fn floor(self, time: UnixNanos) -> UnixNanos {
        let length = self.nanos();
        let inside = (time.0.rem_euclid(length) + length - self.origin()) % length;
        UnixNanos(time.0.saturating_sub(inside))
    }

    /// Whether bars of this timeframe are made of whole bars of `part`: M15 of M5, but not M15 of M10.
    ///
    /// A week, which starts on Monday, is not made of bars whose grid from 1970 has no line there, such as those of
    /// 7 hours.
    pub const fn is_multiple_of(self, part: Self) -> bool {
        self.0.get().is_multiple_of(part.0.get()) && (self.origin() - part.origin()) % part.nanos() == 0
    }

    /// 1970-01-01 was a Thursday: weeks start four days later.
    const fn origin(self) -> i64 {
        if self.0.get() == WEEK { 4 * UnixNanos::PER_DAY } else { 0 }
    }
}

impl fmt::Display for Timeframe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.seconds();
        let (unit, length) = [("W", WEEK), ("D", DAY), ("H", HOUR), ("M", MINUTE)]
            .into_iter()
            .find(|(_, length)| seconds.is_multiple_of(*length))
            .unwrap_or(("S", 1));
        write!(f, "{unit}{}", seconds / length)
    }
}

impl FromStr for Timeframe {
    type Err = Error;

    /// Reads `M5`, `m5`, `5m`, `1h`, `H4`, `1d`, `W1`, `30s`; the unit is one of s, m, h, d, w in either case.
    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || Error::Timeframe { text: text.to_owned() };
        let lower = text.trim().to_ascii_lowercase();
        let unit = lower.chars().find(char::is_ascii_alphabetic).ok_or_else(bad)?;
        let count = lower.strip_prefix(unit).or_else(|| lower.strip_suffix(unit)).ok_or_else(bad)?;
        let length = match unit {
            's' => 1,
            'm' => MINUTE,
            'h' => HOUR,
            'd' => DAY,
            'w' => WEEK,
            _ => return Err(bad()),
        };
        if !count.bytes().all(|b| b.is_ascii_digit()) {
            return Err(bad());
        }
        let seconds = count.parse::<u32>().ok().and_then(|count| count.checked_mul(length)).ok_or_else(bad)?;
        Self::from_seconds(seconds).map_err(|_| bad())
    }
}

as_text!(Timeframe, "^([SMHDWsmhdw][0-9]+|[0-9]+[SMHDWsmhdw])$", "The length of a bar, such as M1, M15, H4 or D1");
