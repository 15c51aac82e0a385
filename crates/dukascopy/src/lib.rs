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
//! Not here: downloading, aggregation to bars (`market` does it), trading calendars.
#![forbid(unsafe_code)]

mod atomic;
mod candles;
mod coverage;
mod error;
mod file_key;
mod hours;
mod instruments;
mod lzma;
mod mirror;
mod period;
mod scale;
mod similar;
mod ticks;

pub use crate::candles::{Candle, decode_candles, encode_candles, traded_bars};
pub use crate::coverage::{Coverage, HourCoverage, HourStatus};
pub use crate::error::Error;
pub use crate::file_key::{FileKey, FileKind};
pub use crate::hours::{Hour, HourReader, OnHour, TickHistory};
pub use crate::instruments::{HistoryStarts, InstrumentInfo, ScaleBasis, instrument, instruments, similar_instruments};
pub use crate::lzma::{Ending, MAX_DECODED_BYTES};
pub use crate::mirror::{FileState, Mirror};
pub use crate::period::{CandleStep, Side, TickSpan};
pub use crate::scale::PriceScale;
pub use crate::ticks::{decode_ticks, encode_ticks};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
