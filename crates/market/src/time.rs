use std::fmt;
use std::str::FromStr;

use crate::Error;
use crate::as_text::as_text;

/// A point in time: nanoseconds since 1970-01-01T00:00:00 UTC, leap seconds not counted.
///
/// Covers the years 1678 to 2261. Written and read as ISO 8601 in UTC.
///
/// ```
/// use market::UnixNanos;
///
/// let time: UnixNanos = "2019-02-04T13:00:00.25Z".parse()?;
/// assert_eq!(time.as_millis(), 1_549_285_200_250);
/// assert_eq!(time.to_string(), "2019-02-04T13:00:00.25Z");
/// assert_eq!("2019-02-04".parse::<UnixNanos>()?.to_string(), "2019-02-04T00:00:00Z");
/// # Ok::<(), market::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixNanos(pub i64);

impl UnixNanos {
    /// Nanoseconds in a second.
    pub const PER_SECOND: i64 = 1_000_000_000;
    /// Nanoseconds in a day of 24 hours.
    pub const PER_DAY: i64 = 86_400 * Self::PER_SECOND;

    /// The time `millis` milliseconds after 1970; `None` outside the years 1678 to 2261.
    pub const fn from_millis(millis: i64) -> Option<Self> {
        match millis.checked_mul(1_000_000) {
            Some(nanos) => Some(Self(nanos)),
            None => None,
        }
    }

    /// The time `seconds` after 1970; `None` outside the years 1678 to 2261.
    pub const fn from_seconds(seconds: i64) -> Option<Self> {
        match seconds.checked_mul(Self::PER_SECOND) {
            Some(nanos) => Some(Self(nanos)),
            None => None,
        }
    }

    /// Whole milliseconds since 1970, rounded down.
    pub const fn as_millis(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// Whole seconds since 1970, rounded down.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(Self::PER_SECOND)
    }
}

impl fmt::Display for UnixNanos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time =
            jiff::Timestamp::from_nanosecond(self.0.into()).expect("64 bits of nanoseconds lie inside the calendar");
        fmt::Display::fmt(&time, f)
    }
}

impl FromStr for UnixNanos {
    type Err = Error;

    /// Reads `2019-02-04`, `2019-02-04T13:00:00Z` or a time with another offset.
    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || Error::Time { text: text.to_owned() };
        let stamp = match text.parse::<jiff::Timestamp>() {
            Ok(stamp) => stamp,
            Err(_) => text
                .parse::<jiff::civil::Date>()
                .and_then(|date| date.to_zoned(jiff::tz::TimeZone::UTC))
                .map_err(|_| bad())?
                .timestamp(),
        };
        i64::try_from(stamp.as_nanosecond()).map(Self).map_err(|_| bad())
    }
}

as_text!(UnixNanos, "^\\d{4}-\\d{2}-\\d{2}", "A date or a time in ISO 8601, such as 2019-02-04T13:00:00Z");
