//! Ticks and bars as [polars] data frames, and back, with every row checked.
//!
//! [`ticks_to_frame`], [`bars_to_frame`] and [`quote_bars_to_frame`] copy each column once. [`ticks_from_frame`],
//! [`bars_from_frame`] and [`quote_bars_from_frame`] take what frames hold, whatever wrote them, and give columns that
//! hold what [`market`] promises, or an error that names column and row.
//!
//! ```
//! use market::synthetic::{SyntheticConfig, generate};
//! use market::{PriceSide, Timeframe, aggregate};
//! use market_frames::{FrameOptions, bars_from_frame, bars_to_frame};
//!
//! let ticks = generate(&SyntheticConfig::eurusd("2024-02-05".parse()?, 1), 42)?;
//! let minutes = aggregate(ticks.view(), Timeframe::M1).bars(PriceSide::Bid);
//!
//! let frame = bars_to_frame(minutes.view());
//! assert_eq!(frame.shape(), (1_440, 8));
//! assert_eq!(bars_from_frame(&frame, Timeframe::M1, FrameOptions::strict())?, minutes);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | frame | column | type written | types read | null |
//! |---|---|---|---|---|
//! | bars, quote bars | `open_time` | `datetime[ns, UTC]` | datetimes of any unit and zone, dates | error |
//! | ticks | `time` | `datetime[ns, UTC]` | the same | error |
//! | bars | `open`, `high`, `low`, `close` | `f64` | floats, integers, decimals | error |
//! | quote bars | `bid_open` … `bid_close`, `ask_open` … `ask_close`, `mid_open` … `mid_close` | `f64` | the same | error |
//! | ticks | `bid`, `ask` | `f64` | the same | error |
//! | bars | `volume` | `f64` | the same | error |
//! | ticks, quote bars | `bid_volume`, `ask_volume` | `f64` | the same | error |
//! | bars, quote bars | `spread` | `f64` | the same | unknown: NaN |
//! | bars, quote bars | `tick_count` | `u32` | the same, whole and from 0 to 2³² − 1 | error |
//!
//! - **An unknown spread** is NaN in bars and null in frames, because polars leaves null out of means and extremes, while
//!   NaN spoils them. Read, both are unknown.
//! - **Times** with a zone are converted to UTC. Times without a zone, and dates, are an error unless
//!   [`FrameOptions`] declares them as UTC.
//! - **Numbers** keep their value or are an error: integers that 64-bit floats hold, decimals of up to 15 digits (which
//!   become the nearest float, and can be told from it), 32-bit floats as the very number they are.
//! - **Columns** are found by these names, in any order and any number of chunks; others are not looked at. One that is
//!   not there is an error, unless [`FrameOptions`] declares volumes, spreads and tick counts as unknown.
//!
//! The types of frames are those of polars 0.55, which this crate re-exports as [`polars`].
//!
//! Not here: files (`aio-market-files`), ticks and bars of several instruments in one frame.
//!
//! Features: `indicators` computes the indicators of `aio-indicators` as lazy expressions, in groups too.
#![forbid(unsafe_code)]

mod decimal;
mod error;
mod from_frame;
#[cfg(feature = "indicators")]
mod indicator;
mod names;
mod number;
mod options;
mod refusal;
mod table;
mod time;
mod to_frame;

pub use polars;

pub use crate::error::Error;
pub use crate::from_frame::{bars_from_frame, quote_bars_from_frame, ticks_from_frame};
#[cfg(feature = "indicators")]
pub use crate::indicator::{IndicatorOptions, Nulls, Undefined, indicator, indicator_output};
pub use crate::options::{AbsentColumns, FrameOptions, NaiveTime};
pub use crate::to_frame::{bars_to_frame, quote_bars_to_frame, ticks_to_frame};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
