use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;

use crate::Error;
use crate::as_text::as_text;
use crate::wall_clock::{EET, NEW_YORK, first_second, wall_seconds};

/// When the trading day starts, and with it every bar of more than an hour.
///
/// Written `utc`, `new-york` and `eet`, read in either case.
///
/// ```
/// use market::DayStart;
///
/// assert_eq!("new-york".parse::<DayStart>()?, DayStart::NewYorkClose);
/// assert_eq!(DayStart::default().to_string(), "utc");
/// # Ok::<(), market::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DayStart {
    /// Midnight in UTC.
    #[default]
    Utc,
    /// 17:00 in New York, with its daylight saving time: the close of the currency market.
    ///
    /// A day is named after the date on which it ends: Monday starts on Sunday at 17:00, so a week of currencies has
    /// five days.
    NewYorkClose,
    /// Midnight in Eastern European Time: two hours ahead of UTC, three in the summer of the European Union.
    ///
    /// This is the zone `EET` of the IANA database, in which `JForex` and many `MetaTrader` servers count.
    Eet,
}

/// Seconds from 17:00 to midnight.
const EVENING: i64 = 7 * 3_600;

impl DayStart {
    /// The clock by which days are counted, and how far it must be put forward so that they start at its midnight.
    fn clock(self) -> Option<(&'static TimeZone, i64)> {
        match self {
            Self::Utc => None,
            Self::NewYorkClose => Some((&NEW_YORK, EVENING)),
            Self::Eet => Some((&EET, 0)),
        }
    }

    /// The time at the instant `seconds`, in seconds since the trading day 1970-01-01 started; never runs backwards.
    pub(crate) fn trading_seconds(self, seconds: i64) -> i64 {
        self.clock().map_or(seconds, |(zone, ahead)| wall_seconds(zone, seconds) + ahead)
    }

    /// The first instant at which [`trading_seconds`](Self::trading_seconds) is at least `trading`.
    pub(crate) fn first_second(self, trading: i64) -> i64 {
        self.clock().map_or(trading, |(zone, ahead)| first_second(zone, trading - ahead))
    }
}

impl fmt::Display for DayStart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Utc => "utc",
            Self::NewYorkClose => "new-york",
            Self::Eet => "eet",
        })
    }
}

impl FromStr for DayStart {
    type Err = Error;

    /// Reads `utc`, `new-york` or `eet`, in either case.
    fn from_str(text: &str) -> Result<Self, Error> {
        [Self::Utc, Self::NewYorkClose, Self::Eet]
            .into_iter()
            .find(|day_start| text.trim().eq_ignore_ascii_case(&day_start.to_string()))
            .ok_or_else(|| Error::DayStart { text: text.to_owned() })
    }
}

as_text!(DayStart, "^(utc|new-york|eet)$", "When the trading day starts: utc, new-york (17:00 there) or eet");
