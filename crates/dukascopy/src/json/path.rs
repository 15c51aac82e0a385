use std::fmt;
use std::str::FromStr;

use market::UnixNanos;

use crate::period::{hour_start, utc};
use crate::{CandleStep, Error, FileKey, FileKind, Side, TickSpan};

/// The path of a file's data in the JSON API, such as `/v1/ticks/EUR-USD/2026/7/13/12`; `None` for ticks of a whole
/// day, which it has only by the hour.
///
/// `code` is the API's name of the instrument ([`json_code`](crate::json_code)). **Months count from 1** and nothing
/// is padded with zeros, unlike in the paths of bi5 files.
///
/// ```
/// use dukascopy::{FileKey, json_path};
///
/// let key: FileKey = "EURUSD/2026/06/13/BID_candles_min_1.bi5".parse()?;
/// assert_eq!(json_path(&key, "EUR-USD").as_deref(), Some("/v1/candles/minute/EUR-USD/BID/2026/7/13"));
/// # Ok::<(), dukascopy::Error>(())
/// ```
pub fn json_path(key: &FileKey, code: &str) -> Option<String> {
    data_path(code, key.kind(), key.start())
}

fn data_path(code: &str, kind: FileKind, start: UnixNanos) -> Option<String> {
    let time = utc(start);
    let (year, month, day) = (time.year(), time.month(), time.day());
    Some(match kind {
        FileKind::Ticks(TickSpan::Day) => return None,
        FileKind::Ticks(TickSpan::Hour) => format!("/v1/ticks/{code}/{year}/{month}/{day}/{}", time.hour()),
        FileKind::Candles(step, side) => {
            let side = match side {
                Side::Bid => "BID",
                Side::Ask => "ASK",
            };
            match step {
                CandleStep::Minute => format!("/v1/candles/minute/{code}/{side}/{year}/{month}/{day}"),
                CandleStep::Hour => format!("/v1/candles/hour/{code}/{side}/{year}/{month}"),
                CandleStep::Day => format!("/v1/candles/day/{code}/{side}/{year}"),
            }
        }
    })
}

/// What a path of the JSON API asks for.
///
/// Prints and parses as the path; only the exact spelling of the API is read.
///
/// ```
/// use dukascopy::{FileKind, JsonPath, TickSpan};
///
/// let JsonPath::Data { code, kind, start } = "/v1/ticks/EUR-USD/2026/7/13/12".parse()? else { panic!() };
/// assert_eq!((code.as_str(), kind), ("EUR-USD", FileKind::Ticks(TickSpan::Hour)));
/// assert_eq!(start.to_string(), "2026-07-13T12:00:00Z");
/// assert!("/v1/ticks/EUR-USD/2026/07/13/12".parse::<JsonPath>().is_err());
/// # Ok::<(), dukascopy::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonPath {
    /// Ticks of an hour, or candles of a day, month or year.
    Data {
        /// The API's name of the instrument.
        code: String,
        /// Ticks of an hour or candles; never ticks of a day.
        kind: FileKind,
        /// Start of the period.
        start: UnixNanos,
    },
    /// The details of an instrument: `/v1/instruments/EUR-USD`.
    Instrument {
        /// The API's name of the instrument.
        code: String,
    },
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Data { code, kind, start } => f.write_str(&data_path(code, *kind, *start).unwrap_or_default()),
            Self::Instrument { code } => write!(f, "/v1/instruments/{code}"),
        }
    }
}

impl FromStr for JsonPath {
    type Err = Error;

    fn from_str(path: &str) -> Result<Self, Error> {
        parse(path).filter(|parsed| parsed.to_string() == path).ok_or_else(|| Error::JsonPath { path: path.to_owned() })
    }
}

fn parse(path: &str) -> Option<JsonPath> {
    let parts: Vec<&str> = path.strip_prefix("/v1/")?.split('/').collect();
    let (code, kind, date) = match parts.as_slice() {
        ["instruments", code] => return Some(JsonPath::Instrument { code: valid_code(code)? }),
        ["ticks", code, date @ ..] if date.len() == 4 => (code, FileKind::Ticks(TickSpan::Hour), date),
        ["candles", step, code, side, date @ ..] => {
            let (step, n_parts) = match *step {
                "minute" => (CandleStep::Minute, 3),
                "hour" => (CandleStep::Hour, 2),
                "day" => (CandleStep::Day, 1),
                _ => return None,
            };
            let side = match *side {
                "BID" => Side::Bid,
                "ASK" => Side::Ask,
                _ => return None,
            };
            (code, FileKind::Candles(step, side), (date.len() == n_parts).then_some(date)?)
        }
        _ => return None,
    };
    let number = |position: usize, without: i8| date.get(position).map_or(Some(without), |text| text.parse().ok());
    let start = hour_start(date.first()?.parse().ok()?, number(1, 1)?, number(2, 1)?, number(3, 0)?)?;
    Some(JsonPath::Data { code: valid_code(code)?, kind, start })
}

/// Upper-case letters, digits, `.` and `-`, as in `USA500.IDX-USD`.
fn valid_code(code: &str) -> Option<String> {
    let letters = code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b".-".contains(&b));
    let starts_well = code.starts_with(|first: char| first.is_ascii_alphanumeric());
    (letters && starts_well && code.len() <= 40).then(|| code.to_owned())
}
