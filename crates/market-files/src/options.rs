use std::path::Path;

use market::{DayStart, Timeframe, UnixNanos};

use crate::Error;

/// What to assume where a file leaves it open.
///
/// There is no default, because a wrong assumption moves every bar in time. [`strict`](Self::strict) assumes nothing.
///
/// ```
/// use market_files::{NaiveTime, ReadOptions};
///
/// let options = ReadOptions { naive_time: NaiveTime::Utc, ..ReadOptions::strict() };
/// assert_eq!(options.timeframe, None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// Length of the bars; of no meaning for ticks. `None`: what the file says, else the smallest step between two
    /// rows, which is wrong if no two neighbours are there.
    pub timeframe: Option<Timeframe>,
    /// When the trading day of the bars starts; of no meaning for ticks. `None`: what the file says, else UTC, which
    /// is an error if the bars do not lie on that grid.
    pub day_start: Option<DayStart>,
    /// What a time without zone means.
    pub naive_time: NaiveTime,
    /// What an integer in the time column counts; `None` makes it an error. Parquet timestamps carry their own unit.
    pub time_unit: Option<TimeUnit>,
}

impl ReadOptions {
    /// Nothing is assumed: times must carry a zone, integers in the time column are an error.
    pub const fn strict() -> Self {
        Self { timeframe: None, day_start: None, naive_time: NaiveTime::Refuse, time_unit: None }
    }
}

/// What a time without zone means, such as `2025-04-01 00:00:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NaiveTime {
    /// It is an error.
    Refuse,
    /// It is UTC.
    Utc,
}

/// What an integer time counts from 1970-01-01T00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeUnit {
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Millis,
    /// Microseconds.
    Micros,
    /// Nanoseconds.
    Nanos,
}

impl TimeUnit {
    /// The time `count` units after 1970; `None` outside of the years 1678 to 2261.
    pub(crate) fn time(self, count: i64) -> Option<UnixNanos> {
        match self {
            Self::Seconds => UnixNanos::from_seconds(count),
            Self::Millis => UnixNanos::from_millis(count),
            Self::Micros => count.checked_mul(1_000).map(UnixNanos),
            Self::Nanos => Some(UnixNanos(count)),
        }
    }
}

/// The kinds of files that are read, told by the extension. [`OutputFormat`](crate::OutputFormat) has those that are
/// written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileFormat {
    /// `.csv`: comma-separated, UTF-8, names in the first line.
    Csv,
    /// `.parquet`.
    Parquet,
}

impl FileFormat {
    /// The format that the extension of `path` names; case does not count.
    ///
    /// # Errors
    /// [`Error::Extension`] for any other extension, or none.
    pub fn of(path: &Path) -> Result<Self, Error> {
        let extension = path.extension().and_then(|end| end.to_str()).unwrap_or_default().to_ascii_lowercase();
        match extension.as_str() {
            "csv" => Ok(Self::Csv),
            "parquet" => Ok(Self::Parquet),
            _ => Err(Error::Extension { path: path.to_owned() }),
        }
    }
}
