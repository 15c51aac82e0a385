use std::fmt;
use std::num::NonZeroU32;
use std::ops::Range;
use std::str::FromStr;

use crate::as_text::as_text;
use crate::wall_clock::civil;
use crate::{Error, UnixNanos};

/// The length of a bar: whole seconds up to one week, or a month of the calendar.
///
/// Reads and prints the market's short names. `M1` is a minute, `MN1` a month. Where the bars of a timeframe start is a
/// matter of [`BarGrid`](crate::BarGrid).
///
/// ```
/// use market::Timeframe;
///
/// assert_eq!("5m".parse::<Timeframe>()?, Timeframe::M5);
/// assert_eq!("h4".parse::<Timeframe>()?, Timeframe::H4);
/// assert_eq!("mn".parse::<Timeframe>()?, Timeframe::MN1);
/// assert_eq!(Timeframe::M15.to_string(), "M15");
/// # Ok::<(), market::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timeframe(NonZeroU32);

const MINUTE: u32 = 60;
const HOUR: u32 = 3_600;
const DAY: u32 = 86_400;
const WEEK: u32 = 604_800;
/// The mean month of the Gregorian calendar, 146,097 days in 4,800 months; stands for all months.
const MONTH: u32 = 2_629_746;
/// 1970-01-01 was a Thursday: weeks start four days later.
const FIRST_MONDAY: i64 = 4 * DAY as i64;

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
    /// One month of the calendar, 28 to 31 days.
    pub const MN1: Self = of(MONTH);

    /// A timeframe of 1 to 604,800 seconds (one week). A month is [`MN1`](Self::MN1).
    ///
    /// # Errors
    /// [`Error::Timeframe`] outside that range.
    pub fn from_seconds(seconds: u32) -> Result<Self, Error> {
        match NonZeroU32::new(seconds) {
            Some(count) if seconds <= WEEK => Ok(Self(count)),
            _ => Err(Error::Timeframe { text: format!("{seconds} seconds") }),
        }
    }

    /// Length in seconds; of a month the mean length in the Gregorian calendar, 2,629,746 s or 30.436875 days.
    ///
    /// Good for rates and sizes. It does not lead from bar to bar: see [`BarGrid::end`](crate::BarGrid::end), and
    /// [`BarGrid::fixed_nanos`](crate::BarGrid::fixed_nanos) for the length where all bars have the same.
    pub const fn seconds(self) -> u32 {
        self.0.get()
    }

    /// Length in nanoseconds; of a month the mean length, as [`seconds`](Self::seconds).
    pub const fn nanos(self) -> i64 {
        self.0.get() as i64 * UnixNanos::PER_SECOND
    }

    /// The open time of the bar in UTC that contains `time`: bars are aligned to 1970-01-01T00:00 UTC, weeks to Monday,
    /// months to the 1st. [`BarGrid`](crate::BarGrid) knows other starts of the day.
    ///
    /// The bar that contains the earliest time there is (in 1677) opens with it.
    pub fn floor(self, time: UnixNanos) -> UnixNanos {
        if self == Self::MN1 {
            let first = self.seconds_around(time.as_seconds()).start;
            return UnixNanos(first.saturating_mul(UnixNanos::PER_SECOND));
        }
        UnixNanos(time.0.saturating_sub(self.nanos_inside(time)))
    }

    /// Whether bars of this timeframe are made of whole bars of `part`, counted from the same start of the day: M15 of M5,
    /// but not M15 of M10.
    ///
    /// A week, which starts on Monday, is not made of bars whose grid from 1970 has no line there, such as those of
    /// 7 hours. A month is made of days and of what a day is made of, not of weeks.
    pub const fn is_multiple_of(self, part: Self) -> bool {
        match (self.seconds(), part.seconds()) {
            (MONTH, MONTH) => true,
            (MONTH, _) => part.divides(Self::D1),
            (_, MONTH) => false,
            _ => part.divides(self) && (self.origin() - part.origin()) % part.seconds() as i64 == 0,
        }
    }

    /// Whether the length is a whole part of that of `whole`, which is not a month; a month is a part of nothing.
    pub(crate) const fn divides(self, whole: Self) -> bool {
        whole.0.get().is_multiple_of(self.0.get())
    }

    /// How long the bar in UTC that contains `time` has lasted then; not for months.
    pub(crate) const fn nanos_inside(self, time: UnixNanos) -> i64 {
        let length = self.nanos();
        (time.0.rem_euclid(length) + length - self.origin() * UnixNanos::PER_SECOND) % length
    }

    /// The bar that contains second `seconds` of a clock: its first second and the first after it, all counted since the
    /// clock showed 1970-01-01T00:00.
    pub(crate) fn seconds_around(self, seconds: i64) -> Range<i64> {
        if self == Self::MN1 {
            let (date, day) = (civil(seconds).date(), i64::from(DAY));
            let start = seconds - seconds.rem_euclid(day) - i64::from(date.day() - 1) * day;
            return start..start + i64::from(date.days_in_month()) * day;
        }
        let length = i64::from(self.seconds());
        let start = seconds - (seconds - self.origin()).rem_euclid(length);
        start..start + length
    }

    /// A second since 1970 at which a bar starts.
    const fn origin(self) -> i64 {
        if self.0.get() == WEEK { FIRST_MONDAY } else { 0 }
    }
}

impl fmt::Display for Timeframe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.seconds();
        if seconds == MONTH {
            return f.write_str("MN1");
        }
        let (unit, length) = [("W", WEEK), ("D", DAY), ("H", HOUR), ("M", MINUTE)]
            .into_iter()
            .find(|(_, length)| seconds.is_multiple_of(*length))
            .unwrap_or(("S", 1));
        write!(f, "{unit}{}", seconds / length)
    }
}

impl FromStr for Timeframe {
    type Err = Error;

    /// Reads `M5`, `m5`, `5m`, `1h`, `H4`, `1d`, `W1`, `30s`; the unit is one of s, m, h, d, w in either case. A month is
    /// `MN1`, `1mn` or `mn`, while `M1` and `1M` are a minute.
    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || Error::Timeframe { text: text.to_owned() };
        let lower = text.trim().to_ascii_lowercase();
        if matches!(lower.as_str(), "mn" | "mn1" | "1mn") {
            return Ok(Self::MN1);
        }
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

as_text!(
    Timeframe,
    "^([SMHDWsmhdw][0-9]+|[0-9]+[SMHDWsmhdw]|[Mm][Nn]1?|1[Mm][Nn])$",
    "The length of a bar, such as M1, M15, H4, D1 or MN1 (a month)"
);
