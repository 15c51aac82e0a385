//! Ticks, bars, timeframes and trading calendars.
//!
//! Columns are validated when they are built, so whoever holds a [`Bars`] or a [`Ticks`] need not check again. Data as it
//! came, in rows of [`Tick`] or [`Bar`], goes through [`validate_ticks`], [`validate_bars`] and [`clean`].
//!
//! ```
//! use market::synthetic::{SyntheticConfig, generate};
//! use market::{PriceSide, Timeframe, aggregate};
//!
//! let ticks = generate(&SyntheticConfig::eurusd("2024-02-05".parse()?, 1), 42)?;
//! let minutes = aggregate(ticks.view(), Timeframe::M1);
//! let asks = minutes.view(PriceSide::Ask);
//! assert!(asks.close.iter().zip(asks.high).all(|(close, high)| close <= high));
//! # Ok::<(), market::Error>(())
//! ```
//!
//! Where bars start and end is a [`BarGrid`]: a [`Timeframe`] alone means bars counted from midnight in UTC, and a
//! [`DayStart`] lets days and all longer bars follow New York's close or Eastern European Time.
//!
//! Not here: reading files or feeds, indicators, order matching. Features: `serde` writes and reads names, settings and
//! reports; `schemars` gives the JSON Schema of names.
#![forbid(unsafe_code)]

mod aggregate;
mod as_text;
mod bars;
mod calendar;
mod day_start;
mod error;
mod fill;
mod grid;
mod instrument;
mod integrity;
mod multi;
mod quote_bars;
mod resample;
mod sessions;
pub mod synthetic;
mod ticks;
mod time;
mod timeframe;
mod wall_clock;
mod week_time;

pub use crate::aggregate::{Aggregator, aggregate};
pub use crate::bars::{Bar, Bars, BarsView};
pub use crate::calendar::{Holiday, Interval, TradingCalendar};
pub use crate::day_start::DayStart;
pub use crate::error::Error;
pub use crate::fill::{Filled, fill_gaps};
pub use crate::grid::BarGrid;
pub use crate::instrument::{Instrument, Symbol};
pub use crate::integrity::{
    CleaningLog, CleaningRule, CleaningStep, Example, Finding, FindingKind, IntegrityReport, Severity,
    ValidationOptions, clean, validate_bars, validate_ticks,
};
pub use crate::multi::{MultiAggregator, aggregate_many};
pub use crate::quote_bars::{Ohlcv, PriceSide, QuoteBar, QuoteBars};
pub use crate::resample::resample;
pub use crate::sessions::{ClosedPeriod, Session, Sessions};
pub use crate::ticks::{Tick, Ticks, TicksView};
pub use crate::time::UnixNanos;
pub use crate::timeframe::Timeframe;
pub use crate::week_time::WeekTime;

/// Version of this crate, for records of how results were made.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
