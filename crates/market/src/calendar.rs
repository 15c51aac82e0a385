use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::as_text::as_text;
use crate::wall_clock::NEW_YORK;
use crate::{Error, Sessions, Symbol, UnixNanos};

/// When a market is open.
///
/// Needed to tell a hole in the data from a closed market.
///
/// ```
/// use market::{TradingCalendar, UnixNanos};
///
/// let forex = TradingCalendar::forex();
/// let time = |text: &str| text.parse::<UnixNanos>();
/// assert!(forex.is_open(time("2012-12-07T21:59:59Z")?)); // Friday in winter
/// assert!(!forex.is_open(time("2012-12-07T22:00:00Z")?));
/// assert!(!forex.is_open(time("2012-07-06T21:00:00Z")?)); // Friday in summer: an hour earlier in UTC
/// assert!(TradingCalendar::AlwaysOpen.is_open(time("2012-12-08")?));
/// # Ok::<(), market::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields))]
#[non_exhaustive]
pub enum TradingCalendar {
    /// Never closed, as crypto-currency exchanges.
    AlwaysOpen,
    /// Open from Sunday 17:00 to Friday 17:00 in New York, with its daylight saving time.
    ///
    /// A trading day is named after the date on which it ends at 17:00: the one that starts on Sunday is Monday's.
    Forex {
        /// Trading days on which the market stays closed, in any order.
        holidays: Vec<Holiday>,
    },
    /// Open in weekly sessions of a local clock, but for dated closures: shares, indices, metals.
    Sessions(Sessions),
}

/// A date that returns every year, such as 25 December; written `12-25`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holiday {
    month: i8,
    day: i8,
}

/// A stretch of time in which a market stays open or stays closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Its first instant.
    pub start: UnixNanos,
    /// The first instant after it.
    pub end: UnixNanos,
    /// Whether the market is open.
    pub open: bool,
}

impl Interval {
    /// Length in nanoseconds.
    pub const fn nanos(&self) -> i64 {
        self.end.0.saturating_sub(self.start.0)
    }
}

/// Hours from 17:00 in New York, where the trading day changes, to midnight.
const HOURS_TO_MIDNIGHT: i64 = 7;

impl TradingCalendar {
    /// The currency market, closed on the trading days of 1 January and 25 December.
    ///
    /// Feeds differ on holidays: a bank may quote half of Christmas. Such quotes are reported as quotes while closed.
    pub fn forex() -> Self {
        Self::Forex { holidays: vec![Holiday { month: 1, day: 1 }, Holiday { month: 12, day: 25 }] }
    }

    /// The calendar of a pair of currencies, such as `EURUSD`, or of a crypto-currency against one, such as `BTCUSD`.
    ///
    /// `None` for everything else: metals, indices and shares have breaks that a name does not tell.
    pub fn of(symbol: &Symbol) -> Option<Self> {
        let (base, quote) = symbol.as_str().split_at_checked(3)?;
        if !CURRENCIES.contains(&quote) {
            return None;
        }
        if CRYPTO_CURRENCIES.contains(&base) {
            return Some(Self::AlwaysOpen);
        }
        (CURRENCIES.contains(&base) && base != quote).then(Self::forex)
    }

    /// Whether the market is open at `time`.
    pub fn is_open(&self, time: UnixNanos) -> bool {
        match self {
            Self::AlwaysOpen => true,
            Self::Forex { holidays } => is_trading_day(trading_day(time), holidays),
            Self::Sessions(sessions) => sessions.is_open(time),
        }
    }

    /// Whether the market is open at all times in `range`; true of an empty range.
    ///
    /// ```
    /// use market::{TradingCalendar, UnixNanos};
    ///
    /// let (forex, hour) = (TradingCalendar::forex(), |start: &str, end: &str| Ok(start.parse()?..end.parse()?));
    /// let friday = hour("2012-12-07T21:30:00Z", "2012-12-07T22:30:00Z")?; // the week ends in the middle of it
    /// assert!(!forex.open_throughout(friday.clone()) && !forex.closed_throughout(friday));
    /// assert!(forex.closed_throughout(hour("2012-12-07T22:00:00Z", "2012-12-09T22:00:00Z")?));
    /// # Ok::<(), market::Error>(())
    /// ```
    pub fn open_throughout(&self, range: Range<UnixNanos>) -> bool {
        self.stays(true, range)
    }

    /// Whether the market is closed at all times in `range`; true of an empty range.
    ///
    /// Where it is, an absent hour of data is no hole.
    pub fn closed_throughout(&self, range: Range<UnixNanos>) -> bool {
        self.stays(false, range)
    }

    /// The times in `range` as intervals that touch, in order, open and closed by turns.
    ///
    /// The first and the last are cut to `range`; nothing comes of an empty range.
    pub fn intervals(&self, range: Range<UnixNanos>) -> impl Iterator<Item = Interval> + '_ {
        let mut start = range.start;
        std::iter::from_fn(move || {
            if start >= range.end {
                return None;
            }
            let interval = self.interval_from(start, range.end);
            start = interval.end;
            Some(interval)
        })
    }

    /// The open ones of [`intervals`](Self::intervals).
    pub fn open_intervals(&self, range: Range<UnixNanos>) -> impl Iterator<Item = Interval> + '_ {
        self.intervals(range).filter(|interval| interval.open)
    }

    /// Nanoseconds of `range` in which the market is open.
    pub fn open_nanos(&self, range: Range<UnixNanos>) -> i64 {
        self.open_intervals(range).map(|interval| interval.nanos()).sum()
    }

    /// The part of an ordinary week, without holidays and closures, in which the market is open.
    pub(crate) fn open_fraction(&self) -> f64 {
        match self {
            Self::AlwaysOpen => 1.0,
            Self::Forex { .. } => 5.0 / 7.0,
            Self::Sessions(sessions) => sessions.open_fraction(),
        }
    }

    fn stays(&self, open: bool, range: Range<UnixNanos>) -> bool {
        if range.is_empty() {
            return true;
        }
        let first = self.interval_from(range.start, range.end);
        first.open == open && first.end == range.end
    }

    /// What holds from `start`, up to when it changes or to `end`.
    fn interval_from(&self, start: UnixNanos, end: UnixNanos) -> Interval {
        match self {
            Self::AlwaysOpen => Interval { start, end, open: true },
            Self::Forex { holidays } => forex_interval(holidays, start, end),
            Self::Sessions(sessions) => sessions.interval_from(start, end),
        }
    }
}

fn forex_interval(holidays: &[Holiday], start: UnixNanos, end: UnixNanos) -> Interval {
    let mut day = trading_day(start);
    let open = is_trading_day(day, holidays);
    loop {
        let day_end = end_of_trading_day(day);
        day = day.tomorrow().expect("64 bits of nanoseconds lie inside the calendar");
        if day_end >= end || is_trading_day(day, holidays) != open {
            return Interval { start, end: day_end.min(end), open };
        }
    }
}

fn is_trading_day(day: Date, holidays: &[Holiday]) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    !weekend && !holidays.contains(&Holiday { month: day.month(), day: day.day() })
}

fn trading_day(time: UnixNanos) -> Date {
    let time = Timestamp::from_nanosecond(time.0.into()).expect("64 bits of nanoseconds lie inside the calendar");
    let local = NEW_YORK.to_datetime(time);
    (local + SignedDuration::from_hours(HOURS_TO_MIDNIGHT)).date()
}

fn end_of_trading_day(day: Date) -> UnixNanos {
    let local = day.at(0, 0, 0, 0) + 1.day() - SignedDuration::from_hours(HOURS_TO_MIDNIGHT);
    let time = NEW_YORK.to_timestamp(local).expect("64 bits of nanoseconds lie inside the calendar");
    UnixNanos(i64::try_from(time.as_nanosecond()).unwrap_or(i64::MAX))
}

impl Holiday {
    /// The `day` (from 1) of the `month` (from 1).
    ///
    /// # Errors
    /// [`Error::Holiday`] if no year has such a date.
    pub fn new(month: u8, day: u8) -> Result<Self, Error> {
        let bad = || Error::Holiday { text: format!("{month:02}-{day:02}") };
        let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return Err(bad()) };
        // 2000 was a leap year.
        Date::new(2000, month, day).map(|_| Self { month, day }).map_err(|_| bad())
    }
}

impl fmt::Display for Holiday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl FromStr for Holiday {
    type Err = Error;

    /// Reads `12-25`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || Error::Holiday { text: text.to_owned() };
        let (month, day) = text.split_once('-').ok_or_else(bad)?;
        let number = |digits: &str| {
            let plain = digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
            if plain { digits.parse::<u8>().map_err(|_| bad()) } else { Err(bad()) }
        };
        Self::new(number(month)?, number(day)?).map_err(|_| bad())
    }
}

const CURRENCIES: [&str; 28] = [
    "AUD", "BRL", "CAD", "CHF", "CNH", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "INR", "JPY", "KRW", "MXN",
    "NOK", "NZD", "PLN", "RON", "RUB", "SEK", "SGD", "THB", "TRY", "TWD", "USD", "ZAR",
];

const CRYPTO_CURRENCIES: [&str; 14] =
    ["ADA", "AVE", "BAT", "BCH", "BTC", "CMP", "DSH", "EOS", "ETH", "LNK", "LTC", "SOL", "XLM", "XRP"];

as_text!(Holiday, "^\\d{2}-\\d{2}$", "Month and day, such as 12-25");
