use std::fmt;

use crate::{DayStart, Error, Timeframe, UnixNanos};

/// Where bars start and end: a timeframe and, for bars of more than an hour, when the trading day starts.
///
/// With [`DayStart::Utc`] bars are aligned to 1970-01-01T00:00 UTC, weeks to Monday, months to the 1st. With a local day
/// start
///
/// - bars whose length divides an hour start where they start in UTC: there is one M1, whatever the day start;
/// - longer bars start at local times counted from the start of the trading day: H4 from New York's close at 17:00,
///   21:00, 01:00, 05:00, 09:00 and 13:00 there. Where the clock is changed, one bar is an hour shorter or longer;
/// - a week starts with the trading day of Monday, a month with that of the 1st.
///
/// Each instant lies in one bar: from [`floor`](Self::floor) up to, but not with, [`end`](Self::end). Take these, not a
/// length, to go from bar to bar.
///
/// ```
/// use market::{BarGrid, DayStart, Timeframe, UnixNanos};
///
/// let days = BarGrid::new(Timeframe::D1, DayStart::NewYorkClose)?;
/// let noon: UnixNanos = "2025-03-09T12:00:00Z".parse()?; // daylight saving time began that night
/// assert_eq!(days.floor(noon).to_string(), "2025-03-08T22:00:00Z");
/// assert_eq!(days.end(noon).to_string(), "2025-03-09T21:00:00Z");
///
/// let months = BarGrid::from(Timeframe::MN1);
/// assert_eq!(months.end(months.floor(noon)).to_string(), "2025-04-01T00:00:00Z");
/// # Ok::<(), market::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(try_from = "Written"))]
pub struct BarGrid {
    timeframe: Timeframe,
    day_start: DayStart,
}

/// A bar: its first and its last nanosecond, which unlike the first one after it exists at the end of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: UnixNanos,
    pub(crate) last: UnixNanos,
}

impl BarGrid {
    /// Bars of `timeframe`, counted from `day_start`.
    ///
    /// # Errors
    /// [`Error::Grid`] if the day start is local and the timeframe is neither a whole part of a day nor a day, week or
    /// month.
    pub fn new(timeframe: Timeframe, day_start: DayStart) -> Result<Self, Error> {
        if timeframe.divides(Timeframe::H1) {
            return Ok(Self::from(timeframe));
        }
        let counts_days = timeframe == Timeframe::W1 || timeframe == Timeframe::MN1;
        if day_start == DayStart::Utc || counts_days || timeframe.divides(Timeframe::D1) {
            return Ok(Self { timeframe, day_start });
        }
        Err(Error::Grid { timeframe, day_start })
    }

    /// Length of each bar.
    pub const fn timeframe(self) -> Timeframe {
        self.timeframe
    }

    /// When the trading day starts; [`DayStart::Utc`] where it makes no difference, that is for every timeframe that
    /// divides an hour.
    pub const fn day_start(self) -> DayStart {
        self.day_start
    }

    /// The open time of the bar that contains `time`.
    ///
    /// The bar that contains the earliest time there is (in 1677) opens with it.
    pub fn floor(self, time: UnixNanos) -> UnixNanos {
        match self.day_start {
            DayStart::Utc => self.timeframe.floor(time),
            _ => self.span(time).first,
        }
    }

    /// The first instant after the bar that contains `time`, which may be its open time or any other of its times.
    ///
    /// At the end of time (in 2262) this is the last time there is.
    pub fn end(self, time: UnixNanos) -> UnixNanos {
        UnixNanos(self.span(time).last.0.saturating_add(1))
    }

    /// The length of every bar in nanoseconds; `None` where bars differ in it: months, and with a local day start all
    /// bars that do not divide an hour.
    pub fn fixed_nanos(self) -> Option<i64> {
        (self.day_start == DayStart::Utc && self.timeframe != Timeframe::MN1).then(|| self.timeframe.nanos())
    }

    /// Whether each bar is made of whole bars of `part`: days from New York's close of H1 and of H4 from New York's close,
    /// but not of H4 in UTC.
    ///
    /// For times at which the zone of the day start is whole hours away from UTC: New York's since 1883, EET since 1916.
    pub fn is_multiple_of(self, part: Self) -> bool {
        if self.day_start == part.day_start {
            return self.timeframe.is_multiple_of(part.timeframe);
        }
        // Local times are whole hours away from UTC, so what divides an hour lies on every grid.
        part.timeframe.divides(Timeframe::H1) && self.timeframe.is_multiple_of(part.timeframe)
    }

    /// The bar that contains `time`.
    pub(crate) fn span(self, time: UnixNanos) -> Span {
        if let Some(length) = self.fixed_nanos() {
            let inside = self.timeframe.nanos_inside(time);
            let first = UnixNanos(time.0.saturating_sub(inside));
            return Span { first, last: UnixNanos(time.0.saturating_add(length - 1 - inside)) };
        }
        let trading = self.timeframe.seconds_around(self.day_start.trading_seconds(time.as_seconds()));
        let [first, end] = [trading.start, trading.end].map(|seconds| self.day_start.first_second(seconds));
        let last = end.checked_mul(UnixNanos::PER_SECOND).map_or(i64::MAX, |end| end - 1);
        Span { first: UnixNanos(first.saturating_mul(UnixNanos::PER_SECOND)), last: UnixNanos(last) }
    }
}

/// Bars counted from midnight in UTC.
impl From<Timeframe> for BarGrid {
    fn from(timeframe: Timeframe) -> Self {
        Self { timeframe, day_start: DayStart::Utc }
    }
}

/// `H4`, or `H4 (new-york)` with a day start other than UTC.
impl fmt::Display for BarGrid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.day_start {
            DayStart::Utc => write!(f, "{}", self.timeframe),
            local => write!(f, "{} ({local})", self.timeframe),
        }
    }
}

/// A grid as it is read, before it is checked.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    timeframe: Timeframe,
    #[serde(default)]
    day_start: DayStart,
}

#[cfg(feature = "serde")]
impl TryFrom<Written> for BarGrid {
    type Error = Error;

    fn try_from(written: Written) -> Result<Self, Error> {
        Self::new(written.timeframe, written.day_start)
    }
}
