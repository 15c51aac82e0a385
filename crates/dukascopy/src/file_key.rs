use std::fmt;
use std::str::FromStr;

use market::{Symbol, UnixNanos};

use crate::period::{Period, hour_start, utc};
use crate::{CandleStep, Error, Side, TickSpan, instrument};

/// What a file of a mirror holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// Ticks of an hour or a day.
    Ticks(TickSpan),
    /// Candles of one side: minutes of a day, hours of a month or days of a year.
    Candles(CandleStep, Side),
}

impl FileKind {
    fn period(self) -> Period {
        match self {
            Self::Ticks(span) => span.into(),
            Self::Candles(step, _) => step.into(),
        }
    }
}

/// One file of a mirror: whose data, which period, what it holds.
///
/// Prints and parses as its path, with `/`. **Months count from 00**: February is `01`.
///
/// | kind | path |
/// |---|---|
/// | ticks of an hour | `EURUSD/2019/01/04/13h_ticks.bi5` |
/// | ticks of a day | `EURUSD/2019/01/04_ticks.bi5` |
/// | minutes of a day | `EURUSD/2019/01/04/BID_candles_min_1.bi5` |
/// | hours of a month | `EURUSD/2019/01/ASK_candles_hour_1.bi5` |
/// | days of a year | `EURUSD/2019/BID_candles_day_1.bi5` |
///
/// ```
/// use dukascopy::{FileKey, FileKind, TickSpan};
///
/// let time = "2019-02-04T13:20:00Z".parse()?;
/// let key = FileKey::new("EURUSD".parse()?, FileKind::Ticks(TickSpan::Hour), time)?;
/// assert_eq!(key.to_string(), "EURUSD/2019/01/04/13h_ticks.bi5");
/// assert_eq!(key.start().to_string(), "2019-02-04T13:00:00Z");
/// assert_eq!("EURUSD/2019/01/04/13h_ticks.bi5".parse::<FileKey>()?, key);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileKey {
    symbol: Symbol,
    start: UnixNanos,
    kind: FileKind,
}

impl FileKey {
    /// The file of `symbol` whose period contains `time`.
    ///
    /// # Errors
    /// [`Error::Period`] if `time` lies outside of the years 1900 to 2199; [`Error::Path`] for a symbol without letter
    /// or digit, which would lead out of the mirror (`..`).
    pub fn new(symbol: Symbol, kind: FileKind, time: UnixNanos) -> Result<Self, Error> {
        if !symbol.as_str().bytes().any(|letter| letter.is_ascii_alphanumeric()) {
            return Err(Error::Path { path: symbol.to_string() });
        }
        Ok(Self { symbol, start: kind.period().start(time)?, kind })
    }

    /// Whose data it is.
    pub fn symbol(&self) -> &Symbol {
        &self.symbol
    }

    /// What it holds.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// Start of the period that it covers.
    pub fn start(&self) -> UnixNanos {
        self.start
    }

    /// End, exclusive, of the period that it covers.
    pub fn end(&self) -> UnixNanos {
        self.kind.period().after(self.start)
    }
}

impl FileKey {
    /// The path below a mirror's root or a server's `/datafeed/`, where 6 instruments have another name than in the
    /// table (see [`InstrumentInfo::feed_symbol`](crate::InstrumentInfo::feed_symbol)).
    pub fn feed_path(&self) -> String {
        let path = self.to_string();
        match path.split_once('/') {
            Some((symbol, below)) => format!("{}/{below}", feed_name(symbol)),
            None => path,
        }
    }
}

/// The name of the folder of `symbol`.
pub(crate) fn feed_name(symbol: &str) -> &str {
    instrument(symbol).map_or(symbol, |info| info.feed_symbol)
}

impl fmt::Display for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = utc(self.start);
        let (month, day) = (time.month() - 1, time.day());
        write!(f, "{}/{:04}/", self.symbol, time.year())?;
        match self.kind {
            FileKind::Ticks(TickSpan::Hour) => write!(f, "{month:02}/{day:02}/{:02}h_ticks.bi5", time.hour()),
            FileKind::Ticks(TickSpan::Day) => write!(f, "{month:02}/{day:02}_ticks.bi5"),
            FileKind::Candles(step, side) => {
                let side = match side {
                    Side::Bid => "BID",
                    Side::Ask => "ASK",
                };
                match step {
                    CandleStep::Minute => write!(f, "{month:02}/{day:02}/{side}_candles_min_1.bi5"),
                    CandleStep::Hour => write!(f, "{month:02}/{side}_candles_hour_1.bi5"),
                    CandleStep::Day => write!(f, "{side}_candles_day_1.bi5"),
                }
            }
        }
    }
}

impl FromStr for FileKey {
    type Err = Error;

    /// Reads the path of a file below the mirror's root; only the exact spelling of [`Display`](fmt::Display).
    fn from_str(path: &str) -> Result<Self, Error> {
        parse(path).filter(|key| key.to_string() == path).ok_or_else(|| Error::Path { path: path.to_owned() })
    }
}

fn parse(path: &str) -> Option<FileKey> {
    let parts: Vec<&str> = path.split('/').collect();
    let [symbol, year, folders @ .., name] = parts.as_slice() else {
        return None;
    };
    let stem = name.strip_suffix(".bi5")?;
    let (kind, month, day, hour) = match (folders, stem.strip_suffix("_ticks")) {
        ([month, day], Some(hour)) => (FileKind::Ticks(TickSpan::Hour), *month, *day, hour.strip_suffix('h')?),
        ([month], Some(day)) => (FileKind::Ticks(TickSpan::Day), *month, day, "0"),
        ([month, day], None) => (candles(stem)?, *month, *day, "0"),
        ([month], None) => (candles(stem)?, *month, "1", "0"),
        ([], None) => (candles(stem)?, "0", "1", "0"),
        _ => return None,
    };
    let month = month.parse::<i8>().ok()?.checked_add(1)?;
    let start = hour_start(year.parse().ok()?, month, day.parse().ok()?, hour.parse().ok()?)?;
    FileKey::new(symbol.parse().ok()?, kind, start).ok()
}

fn candles(stem: &str) -> Option<FileKind> {
    let (side, step) = stem.split_once("_candles_")?;
    let side = match side {
        "BID" => Side::Bid,
        "ASK" => Side::Ask,
        _ => return None,
    };
    let step = match step {
        "min_1" => CandleStep::Minute,
        "hour_1" => CandleStep::Hour,
        "day_1" => CandleStep::Day,
        _ => return None,
    };
    Some(FileKind::Candles(step, side))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_path() {
        let time = "2012-12-31T23:59:59Z".parse().unwrap();
        for (kind, path, end) in [
            (FileKind::Ticks(TickSpan::Hour), "GBPJPY/2012/11/31/23h_ticks.bi5", "2013-01-01"),
            (FileKind::Ticks(TickSpan::Day), "GBPJPY/2012/11/31_ticks.bi5", "2013-01-01"),
            (FileKind::Candles(CandleStep::Minute, Side::Bid), "GBPJPY/2012/11/31/BID_candles_min_1.bi5", "2013-01-01"),
            (FileKind::Candles(CandleStep::Hour, Side::Ask), "GBPJPY/2012/11/ASK_candles_hour_1.bi5", "2013-01-01"),
            (FileKind::Candles(CandleStep::Day, Side::Bid), "GBPJPY/2012/BID_candles_day_1.bi5", "2013-01-01"),
        ] {
            let key = FileKey::new("GBPJPY".parse().unwrap(), kind, time).unwrap();
            assert_eq!(key.to_string(), path);
            assert_eq!(path.parse::<FileKey>().unwrap(), key);
            assert_eq!(key.end(), end.parse().unwrap());
        }
    }

    #[test]
    fn the_feed_has_its_own_name_for_some() {
        let time = "2019-02-04".parse().unwrap();
        let path = |symbol: &str| {
            FileKey::new(symbol.parse().unwrap(), FileKind::Ticks(TickSpan::Day), time).unwrap().feed_path()
        };
        assert_eq!(path("BUGGGBGBP"), "BUGGGBGBX/2019/01/04_ticks.bi5");
        assert_eq!(path("EURUSD"), "EURUSD/2019/01/04_ticks.bi5");
        assert_eq!(path("UNKNOWN"), "UNKNOWN/2019/01/04_ticks.bi5");
    }

    #[test]
    fn refuses_other_paths() {
        for path in [
            "",
            "EURUSD/2019/12/04/13h_ticks.bi5",
            "EURUSD/2019/01/29/13h_ticks.bi5",
            "EURUSD/2019/01/04/24h_ticks.bi5",
            "EURUSD/2019/1/04/13h_ticks.bi5",
            "EURUSD/2019/01/04/13h_ticks.csv",
            "eurusd/2019/01/04/13h_ticks.bi5",
            "EURUSD/2019/01/04/+3h_ticks.bi5",
            "EURUSD/2019/01/04/MID_candles_min_1.bi5",
            "EURUSD/2019/01/BID_candles_min_1.bi5",
            "EURUSD/2019/01/127/127h_ticks.bi5",
            "EURUSD/2019/127/04/13h_ticks.bi5",
            "EURUSD/metadata/HistoryStart.bi5",
            "EURUSD/2019/01/04/extra/13h_ticks.bi5",
            "../EURUSD/2019/01/04/13h_ticks.bi5",
            "../2019/01/04/13h_ticks.bi5",
        ] {
            assert!(path.parse::<FileKey>().is_err(), "{path}");
        }
    }
}
