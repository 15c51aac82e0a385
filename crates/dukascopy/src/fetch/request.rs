use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::time::Duration;

use market::{Symbol, Timeframe, TradingCalendar, UnixNanos};

use crate::{Error, FileKey, InstrumentInfo, instrument};

/// What to download: the ticks of one instrument in a range of time.
///
/// ```
/// use dukascopy::FetchRequest;
///
/// let now = "2026-11-22T12:00:00Z".parse()?;
/// let mut request = FetchRequest::new("EURUSD".parse()?, "2026-11-02".parse()?.."2026-11-16".parse()?, now)?;
/// request.accept_empty = true;
/// assert!(request.calendar.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct FetchRequest {
    /// The instrument.
    pub symbol: Symbol,
    /// From, and to (exclusive). Whole hours are fetched; ticks outside of the range are cut away.
    pub range: Range<UnixNanos>,
    /// The present. Hours that are not over by then are not asked for.
    pub now: UnixNanos,
    /// When the market is open: what tells an empty hour from a hole. Absent: an empty answer is believed, and the report
    /// says that it could not be judged.
    pub calendar: Option<TradingCalendar>,
    /// Whether an hour that stays empty while the calendar says open, after all retries and from all sources, counts as
    /// closed and is stored as such. `false`: it is failed.
    pub accept_empty: bool,
}

impl FetchRequest {
    /// The ticks of `symbol` in `range`, with the calendar that the instrument table knows.
    ///
    /// # Errors
    /// [`Error::EmptyRange`]; [`Error::Period`] for a range outside of the years 1900 to 2199.
    pub fn new(symbol: Symbol, range: Range<UnixNanos>, now: UnixNanos) -> Result<Self, Error> {
        if range.start >= range.end {
            return Err(Error::EmptyRange { from: range.start, to: range.end });
        }
        for time in [range.start, UnixNanos(range.end.0 - 1)] {
            crate::period::Period::Day.start(time)?;
        }
        let known = instrument(symbol.as_str()).and_then(InstrumentInfo::calendar);
        let calendar = known.or_else(|| TradingCalendar::of(&symbol));
        Ok(Self { symbol, range, now, calendar, accept_empty: false })
    }

    /// The starts of the UTC days that the range touches.
    pub(super) fn days(&self) -> impl Iterator<Item = UnixNanos> + use<> {
        let (first, last) = (Timeframe::D1.floor(self.range.start), self.range.end);
        (0..).map(move |n| UnixNanos(first.0 + n * UnixNanos::PER_DAY)).take_while(move |day| *day < last)
    }

    /// The starts of the hours of `day` that the range touches.
    pub(super) fn hours_of(&self, day: UnixNanos) -> impl Iterator<Item = UnixNanos> + '_ {
        let hour = Timeframe::H1.nanos();
        (0..24)
            .map(move |n| UnixNanos(day.0 + n * hour))
            .filter(move |start| start.0 + hour > self.range.start.0 && *start < self.range.end)
    }

    /// Hours that the range touches.
    pub fn n_hours(&self) -> u64 {
        let hour = Timeframe::H1.nanos();
        let last = Timeframe::H1.floor(UnixNanos(self.range.end.0 - 1));
        u64::try_from((last.0 - Timeframe::H1.floor(self.range.start).0) / hour + 1).unwrap_or(0)
    }

    /// Whether the market is open at some moment of `range`, as far as is known.
    pub(super) fn is_open_in(&self, range: Range<UnixNanos>) -> bool {
        self.calendar.as_ref().is_some_and(|calendar| !calendar.closed_throughout(range))
    }
}

/// How often and after which waits a file is asked for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Attempts for a file in all, at least 1.
    pub attempts: u32,
    /// Attempts for a file that comes back empty although the market is open, at least 1.
    pub empty_attempts: u32,
    /// Wait after the first failed attempt; each further one doubles it. Half of it is jitter.
    pub first_wait: Duration,
    /// Longest wait between two attempts.
    pub longest_wait: Duration,
    /// Longest pause that a server may ask for (`Retry-After`); after a longer one it is not asked again in this run.
    pub longest_pause: Duration,
    /// How long a server that has not answered once in this run is asked (three times at least).
    pub patience: Duration,
    /// Files failing in a row after which a server is not asked any more in this run.
    pub failures_until_down: u32,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            attempts: 8,
            empty_attempts: 4,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(30),
            longest_pause: Duration::from_mins(10),
            patience: Duration::from_secs(10),
            failures_until_down: 8,
        }
    }
}

impl RetryPolicy {
    /// The wait after the failed attempt number `attempt`, from 1: between half and all of the doubled time, spread over
    /// files so that they do not come back at once, and the same whenever it is asked.
    pub(super) fn wait(&self, key: &FileKey, attempt: u32) -> Duration {
        let full = self.first_wait.saturating_mul(1 << (attempt - 1).min(20)).min(self.longest_wait);
        let mut hasher = DefaultHasher::new();
        (key, attempt).hash(&mut hasher);
        let share = (hasher.finish() % 1_000) as f64 / 1_000.0;
        full.mul_f64(0.5 + 0.5 * share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileKind, TickSpan};

    fn request(from: &str, to: &str) -> Result<FetchRequest, Error> {
        let range = from.parse().unwrap()..to.parse().unwrap();
        FetchRequest::new("EURUSD".parse().unwrap(), range, "2026-01-01".parse().unwrap())
    }

    #[test]
    fn days_and_hours_are_those_that_the_range_touches() {
        let request = request("2019-02-04T22:30:00Z", "2019-02-06T01:00:00Z").unwrap();
        let days: Vec<String> = request.days().map(|day| day.to_string()).collect();
        assert_eq!(days, ["2019-02-04T00:00:00Z", "2019-02-05T00:00:00Z", "2019-02-06T00:00:00Z"]);
        let n_hours: Vec<usize> = request.days().map(|day| request.hours_of(day).count()).collect();
        assert_eq!(n_hours, [2, 24, 1]);
        assert_eq!(request.n_hours(), 27);
    }

    #[test]
    fn refuses_an_empty_or_distant_range() {
        assert!(matches!(request("2019-02-04", "2019-02-04"), Err(Error::EmptyRange { .. })));
        assert!(matches!(request("1850-01-01", "2019-02-04"), Err(Error::Period { .. })));
    }

    #[test]
    fn waits_double_up_to_a_limit_and_half_of_each_is_jitter() {
        let policy = RetryPolicy::default();
        let time = "2019-02-04".parse().unwrap();
        let key = FileKey::new("EURUSD".parse().unwrap(), FileKind::Ticks(TickSpan::Hour), time).unwrap();
        for (attempt, full_ms) in [(1, 500), (2, 1_000), (3, 2_000), (7, 30_000), (60, 30_000)] {
            let full = Duration::from_millis(full_ms);
            let wait = policy.wait(&key, attempt);
            assert!((full / 2..=full).contains(&wait), "{attempt}: {wait:?}");
            assert_eq!(wait, policy.wait(&key, attempt));
        }
    }
}
