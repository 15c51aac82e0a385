//! Dukascopy market data: `.bi5` ticks and candles, the mirror layout and the instrument table.
//!
//! Bytes become records and back without any input or output ([`decode_ticks`], [`encode_candles`], …). A
//! [`FileKey`] says where a file lies in a mirror, and a [`Mirror`] reads a range of time from a folder and says of
//! every hour whether it had data, was empty or was missing, so that no hole stays silent.
//!
//! ```
//! use dukascopy::{Ending, TickSpan, decode_ticks, encode_ticks, instrument};
//! use market::{Tick, Ticks};
//!
//! let scale = instrument("EURUSD").ok_or("not in the table")?.scale;
//! let hour = "2019-02-04T13:00:00Z".parse()?;
//! let mut ticks = Ticks::default();
//! let time = "2019-02-04T13:00:00.25Z".parse()?;
//! ticks.push(Tick { time, bid: 1.14512, ask: 1.14515, bid_volume: 1.5, ask_volume: 0.75 })?;
//!
//! let mut bytes = Vec::new();
//! encode_ticks(ticks.view(), TickSpan::Hour, hour, scale, Ending::Size, &mut bytes)?;
//! let mut decoded = Ticks::default();
//! decode_ticks(&bytes, TickSpan::Hour, hour, scale, &mut decoded)?;
//! assert_eq!(decoded, ticks);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Not here: downloading, aggregation to bars (`market` does it).
#![forbid(unsafe_code)]

mod atomic;
#[cfg(feature = "http")]
pub mod blocking;
mod calendars;
mod candles;
mod coverage;
mod decoder;
mod error;
#[cfg(feature = "http")]
mod fetch;
mod file_key;
mod history_start;
mod hours;
mod instruments;
mod json;
mod lzma;
mod mirror;
mod period;
mod scale;
mod scale_check;
#[cfg(feature = "serve")]
mod serve;
mod similar;
#[cfg(feature = "http")]
mod source;
mod ticks;
mod verify;

pub use crate::candles::{Candle, decode_candles, encode_candles, traded_bars};
pub use crate::coverage::{Coverage, HourCoverage, HourStatus};
pub use crate::decoder::Decoder;
pub use crate::error::Error;
#[cfg(feature = "http")]
pub use crate::fetch::{
    Downloader, FetchEvent, FetchReport, FetchRequest, FetchedDay, FetchedFile, FetchedHour, FileRequest, Gap,
    HourCounts, HourOutcome, OriginCount, RetryPolicy, Route, candle_keys,
};
pub use crate::file_key::{FileKey, FileKind};
pub use crate::history_start::{
    decode_history_start, decode_history_starts, encode_history_start, encode_history_starts,
};
pub use crate::hours::{Hour, HourReader, OnHour, TickHistory};
pub use crate::instruments::{
    HistoryStarts, InstrumentInfo, ScaleBasis, SessionBasis, find_instruments, instrument, instrument_groups,
    instruments, similar_instruments,
};
pub use crate::json::{
    JsonInstrument, JsonPath, JsonSchedule, JsonSession, decode_json_candles, decode_json_instrument,
    decode_json_ticks, encode_json_candles, encode_json_ticks, json_code, json_path, json_symbol,
};
pub use crate::lzma::{Ending, MAX_DECODED_BYTES};
pub use crate::mirror::{FileState, Mirror};
pub use crate::period::{CandleStep, Side, TickSpan};
pub use crate::scale::PriceScale;
pub use crate::scale_check::{ScaleCheck, check_scale, expected_prices};
#[cfg(feature = "serve")]
pub use crate::serve::{FaultKind, FaultTimes, Faults, MirrorServer, ServeCounts, ServeOptions, ServeStats};
#[cfg(feature = "http")]
pub use crate::source::{
    Attempt, Datafeed, Folder, HttpOptions, JsonApi, Pace, Reply, Source, SourceError, SourceSpec, default_sources,
};
pub use crate::ticks::{decode_ticks, encode_ticks};
pub use crate::verify::{
    BySide, CandleField, CandleValues, Compared, FileCounts, Finding, FindingCounts, FindingKind, Finer, Verdict,
    VerifyCounts, VerifyEvent, VerifyOptions, VerifyReport, verify,
};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
