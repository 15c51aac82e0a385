use std::fmt;
use std::ops::Range;

use jiff::tz::TimeZone;

use crate::wall_clock::{first_second, time_zone, wall_seconds};
use crate::{Error, Interval, Timeframe, UnixNanos, WeekTime};

/// One session of a week, from its opening up to, but not with, its close, in local time.
///
/// It may run over midnight and over the end of the week: `Sun 17:00` to `Fri 17:00` is the week of currencies. It is
/// always shorter than a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Session {
    /// When it opens.
    pub open: WeekTime,
    /// When it closes.
    pub close: WeekTime,
}

/// Minutes in which a market is closed, by the numbers in which Dukascopy publishes them; the last minute is closed too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(untagged))]
pub enum ClosedPeriod {
    /// Every week: weekday (ISO 8601: 1 is Monday), hour and minute of the first and of the last minute.
    ///
    /// `[5, 16, 0, 7, 23, 59]` is from Friday 16:00 to the end of Sunday, `[7, 23, 0, 1, 1, 0]` from Sunday 23:00 up to
    /// and with the minute of Monday 01:00.
    Weekly([u8; 6]),
    /// Every day: hour and minute of the first and of the last minute, over midnight if the first is later.
    ///
    /// `[0, 0, 9, 29]` is the time before 09:30.
    Daily([u8; 4]),
}

/// Weekly trading sessions on a local clock, and dated closures.
///
/// Daylight saving time moves the sessions in UTC. A session that starts or ends in an hour that the clock leaves out does
/// so where the clock jumps; in an hour that the clock repeats, the first time.
///
/// ```
/// use market::{Session, Sessions, TradingCalendar, UnixNanos};
///
/// let mut weekly = Vec::new();
/// for day in ["Mon", "Tue", "Wed", "Thu", "Fri"] {
///     weekly.push(Session { open: format!("{day} 09:30").parse()?, close: format!("{day} 16:00").parse()? });
/// }
/// let independence_day = "2025-07-04T04:00:00Z".parse()?.."2025-07-05T04:00:00Z".parse()?;
/// let shares = TradingCalendar::Sessions(Sessions::new("America/New_York", &weekly, &[independence_day])?);
///
/// let is_open = |text: &str| text.parse::<UnixNanos>().map(|time| shares.is_open(time));
/// assert!(is_open("2025-07-03T13:30:00Z")? && !is_open("2025-07-04T13:30:00Z")?);
/// assert!(!is_open("2025-12-03T13:30:00Z")?); // 08:30 in New York's winter
/// # Ok::<(), market::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "Written", into = "Written")
)]
pub struct Sessions {
    zone: TimeZone,
    weekly: Vec<Session>,
    /// The sessions as seconds since Monday 00:00, cut at the end of the week; in order, apart from each other.
    open_seconds: Vec<Range<u32>>,
    /// In order, apart from each other.
    closures: Vec<Range<UnixNanos>>,
}

impl Sessions {
    /// Sessions on the clock of `zone`, an IANA name such as `Asia/Tokyo`.
    ///
    /// - `weekly`: at least one, in any order; they may touch, but not overlap.
    /// - `closures`: instants from and up to which the market is closed whatever the sessions; in any order, and they may
    ///   overlap.
    ///
    /// # Errors
    /// [`Error::Zone`], [`Error::EmptySession`], [`Error::OverlappingSessions`], [`Error::NeverOpen`] or
    /// [`Error::Closure`].
    pub fn new(zone: &str, weekly: &[Session], closures: &[Range<UnixNanos>]) -> Result<Self, Error> {
        let zone = time_zone(zone).ok_or_else(|| Error::Zone { name: zone.to_owned() })?;
        let mut weekly = weekly.to_vec();
        weekly.sort_unstable();
        check_sessions(&weekly)?;
        let open_seconds = open_seconds(&weekly);
        Ok(Self { zone, weekly, open_seconds, closures: merged(closures)? })
    }

    /// Open whenever it is not closed by `periods`, which are on the clock of `zone`, or by `closures`.
    ///
    /// ```
    /// use market::{ClosedPeriod, Sessions};
    ///
    /// let periods = [ClosedPeriod::Daily([0, 0, 9, 29]), ClosedPeriod::Daily([16, 0, 23, 59]), ClosedPeriod::Weekly([6, 0, 0, 7, 23, 59])];
    /// let shares = Sessions::from_closed_periods("America/New_York", &periods, &[])?;
    /// assert_eq!(shares.weekly().len(), 5);
    /// assert_eq!(shares.weekly()[0].to_string(), "Mon 09:30 to Mon 16:00");
    /// # Ok::<(), market::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::WeekTime`] if a number of a period is outside of its range, and as [`new`](Self::new).
    pub fn from_closed_periods(
        zone: &str,
        periods: &[ClosedPeriod],
        closures: &[Range<UnixNanos>],
    ) -> Result<Self, Error> {
        let mut open = vec![true; MINUTES];
        for period in periods {
            period.close(&mut open)?;
        }
        Self::new(zone, &sessions_of(&open), closures)
    }

    /// The IANA name of the time zone.
    #[expect(clippy::missing_panics_doc, reason = "only zones with a name are taken")]
    pub fn zone(&self) -> &str {
        self.zone.iana_name().expect("the zone was found by its name")
    }

    /// The sessions of a week, in order of their opening.
    pub fn weekly(&self) -> &[Session] {
        &self.weekly
    }

    /// The closures, in order; those that overlapped or touched are one.
    pub fn closures(&self) -> &[Range<UnixNanos>] {
        &self.closures
    }

    pub(crate) fn is_open(&self, time: UnixNanos) -> bool {
        let closed = self.closure_after(time).is_some_and(|closure| closure.start <= time);
        !closed && self.is_in_session(self.week_and_offset(time).1)
    }

    /// What holds from `start`, up to when it changes or to `end`.
    pub(crate) fn interval_from(&self, start: UnixNanos, end: UnixNanos) -> Interval {
        let open = self.is_open(start);
        let mut change = start;
        loop {
            change = self.next_change(change);
            if change >= end || self.is_open(change) != open {
                return Interval { start, end: change.min(end), open };
            }
        }
    }

    /// The part of a week in which there is a session.
    pub(crate) fn open_fraction(&self) -> f64 {
        let open: u32 = self.open_seconds.iter().map(|session| session.end - session.start).sum();
        f64::from(open) / f64::from(WeekTime::WEEK)
    }

    /// An instant after `time` up to which nothing changes.
    fn next_change(&self, time: UnixNanos) -> UnixNanos {
        let closure = self.closure_after(time);
        if let Some(closure) = closure.filter(|closure| closure.start <= time) {
            return closure.end;
        }
        let (week, offset) = self.week_and_offset(time);
        let session = self.open_seconds.get(self.session_after(offset));
        let boundary =
            session.map_or(WeekTime::WEEK, |session| if session.start > offset { session.start } else { session.end });
        let seconds = first_second(&self.zone, week + i64::from(boundary));
        let change = UnixNanos(seconds.saturating_mul(UnixNanos::PER_SECOND));
        closure.map_or(change, |closure| change.min(closure.start))
    }

    /// The first closure that ends after `time`.
    fn closure_after(&self, time: UnixNanos) -> Option<&Range<UnixNanos>> {
        self.closures.get(self.closures.partition_point(|closure| closure.end <= time))
    }

    /// The start of the week of `time` in seconds of the local clock, and how many of them have passed since.
    fn week_and_offset(&self, time: UnixNanos) -> (i64, u32) {
        let wall = wall_seconds(&self.zone, time.as_seconds());
        let week = Timeframe::W1.seconds_around(wall).start;
        (week, u32::try_from(wall - week).expect("a week is shorter than 2^32 seconds"))
    }

    /// The position of the first session that ends after `offset`.
    fn session_after(&self, offset: u32) -> usize {
        self.open_seconds.partition_point(|session| session.end <= offset)
    }

    fn is_in_session(&self, offset: u32) -> bool {
        self.open_seconds.get(self.session_after(offset)).is_some_and(|session| session.start <= offset)
    }
}

impl Session {
    /// Its seconds, counted on beyond the end of the week.
    fn seconds(self) -> Range<u32> {
        let (open, close) = (self.open.seconds(), self.close.seconds());
        open..if close < open { close + WeekTime::WEEK } else { close }
    }
}

/// Checks sessions that are in order of their opening.
fn check_sessions(weekly: &[Session]) -> Result<(), Error> {
    let (Some(&earliest), Some(&latest)) = (weekly.first(), weekly.last()) else { return Err(Error::NeverOpen) };
    if let Some(empty) = weekly.iter().find(|session| session.open == session.close) {
        return Err(Error::EmptySession { open: empty.open });
    }
    if let Some(pair) = weekly.windows(2).find(|pair| pair[0].seconds().end > pair[1].open.seconds()) {
        return Err(Error::OverlappingSessions { first: pair[0], second: pair[1] });
    }
    if weekly.len() > 1 && latest.seconds().end > earliest.open.seconds() + WeekTime::WEEK {
        return Err(Error::OverlappingSessions { first: earliest, second: latest });
    }
    Ok(())
}

/// The seconds of sessions that have been checked; those that touch are one, one over the end of the week is two.
fn open_seconds(weekly: &[Session]) -> Vec<Range<u32>> {
    let mut open: Vec<Range<u32>> = Vec::with_capacity(weekly.len() + 1);
    if let Some(over) = weekly.last().and_then(|latest| latest.seconds().end.checked_sub(WeekTime::WEEK)) {
        open.push(0..over);
    }
    for session in weekly {
        let Range { start, end } = session.seconds();
        let end = end.min(WeekTime::WEEK);
        match open.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => open.push(start..end),
        }
    }
    open.retain(|session| !session.is_empty());
    open
}

/// Checks closures, puts them in order and joins those that touch.
fn merged(closures: &[Range<UnixNanos>]) -> Result<Vec<Range<UnixNanos>>, Error> {
    if let Some(wrong) = closures.iter().find(|closure| closure.end <= closure.start) {
        return Err(Error::Closure { range: wrong.clone() });
    }
    let mut sorted = closures.to_vec();
    sorted.sort_unstable_by_key(|closure| (closure.start, closure.end));
    let mut merged: Vec<Range<UnixNanos>> = Vec::with_capacity(sorted.len());
    for closure in sorted {
        match merged.last_mut() {
            Some(last) if closure.start <= last.end => last.end = last.end.max(closure.end),
            _ => merged.push(closure),
        }
    }
    Ok(merged)
}

/// Minutes in a week.
const MINUTES: usize = 7 * DAY_MINUTES;
const DAY_MINUTES: usize = 24 * 60;

impl ClosedPeriod {
    /// Marks its minutes in a week.
    fn close(self, open: &mut [bool]) -> Result<(), Error> {
        match self {
            Self::Weekly([first_day, first_hour, first_minute, last_day, last_hour, last_minute]) => {
                let first = minute_of_week(first_day, first_hour, first_minute)?;
                close_from(open, first, minute_of_week(last_day, last_hour, last_minute)?, MINUTES);
            }
            Self::Daily([first_hour, first_minute, last_hour, last_minute]) => {
                for day in 1..=7 {
                    let first = minute_of_week(day, first_hour, first_minute)?;
                    close_from(open, first, minute_of_week(day, last_hour, last_minute)?, DAY_MINUTES);
                }
            }
        }
        Ok(())
    }
}

fn minute_of_week(weekday: u8, hour: u8, minute: u8) -> Result<usize, Error> {
    WeekTime::new(weekday, hour, minute, 0).map(|time| (time.seconds() / 60) as usize)
}

/// Marks the minutes `first` to `last`, the latter counted on by `cycle` if it comes before.
fn close_from(open: &mut [bool], first: usize, last: usize, cycle: usize) {
    let last = if last < first { last + cycle } else { last };
    for minute in first..=last {
        open[minute % MINUTES] = false;
    }
}

/// The runs of open minutes in a week; one for each day if there is no closed minute.
fn sessions_of(open: &[bool]) -> Vec<Session> {
    let at = |minute: usize| WeekTime::from_seconds(u32::try_from(60 * minute).expect("a week and a bit"));
    let session = |first: usize, end: usize| Session { open: at(first), close: at(end) };
    if !open.contains(&false) {
        return (0..7).map(|day| session(day * DAY_MINUTES, (day + 1) * DAY_MINUTES)).collect();
    }
    let is_open = |minute: usize| open[minute % MINUTES];
    let starts = (0..MINUTES).filter(|&minute| is_open(minute) && !is_open(minute + MINUTES - 1));
    let end = |first: usize| (first..first + MINUTES).find(|&minute| !is_open(minute));
    starts.filter_map(|first| end(first).map(|end| session(first, end))).collect()
}

/// `Mon 09:30 to Mon 16:00`.
impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.open, self.close)
    }
}

/// Sessions as they are written, and read before they are checked.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    zone: String,
    weekly: Vec<Session>,
    #[serde(default)]
    closures: Vec<Range<UnixNanos>>,
}

#[cfg(feature = "serde")]
impl TryFrom<Written> for Sessions {
    type Error = Error;

    fn try_from(written: Written) -> Result<Self, Error> {
        Self::new(&written.zone, &written.weekly, &written.closures)
    }
}

#[cfg(feature = "serde")]
impl From<Sessions> for Written {
    fn from(sessions: Sessions) -> Self {
        Self { zone: sessions.zone().to_owned(), weekly: sessions.weekly, closures: sessions.closures }
    }
}
