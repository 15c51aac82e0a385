//! An interactive trading report as one HTML file.
//!
//! Fill the plain types of a [`Report`] with what you have (equity, trades, bars, folds, heat-maps, a verdict) and
//! [`render`] gives one page that works from `file://`: no network, no external file, no framework. What is absent is
//! not shown. [`trades_csv`], [`equity_csv`] and [`metrics_json`] are the same numbers for other programs.
//!
//! ```
//! use trade_report::{Equity, Header, Report, Strategy, render};
//!
//! let day = 86_400_000;
//! let equity = Equity::new(vec![0, day, 2 * day], vec![10_000.0, 10_120.0, 10_060.0]);
//! let header = Header::new("EURUSD H1", 0, 2 * day, "USD");
//! let mut report = Report::new(header);
//! report.strategies.push(Strategy { equity: Some(equity), ..Strategy::new("Moving averages 10 and 40") });
//! let html = render(&report)?;
//! assert!(html.starts_with("<!doctype html>") && html.contains("Moving averages 10 and 40"));
//! # Ok::<(), trade_report::Error>(())
//! ```
//!
//! Times are milliseconds since 1970-01-01 UTC, money is in the header's currency, returns and drawdowns are fractions.
//! Everything is checked before a byte is written ([`Report::check`]): a NaN, an unsorted time or a trade outside of the
//! bars is an error that names the field and the index. Equal reports give equal bytes.
//!
//! Not here: statistics (the report shows what it is given; only drawdowns, monthly and daily returns and counts of
//! histograms are derived), files, servers.
#![forbid(unsafe_code)]

mod base64;
mod calendar;
mod check;
mod column;
mod csv;
mod data;
mod derive;
mod error;
mod json;
mod model;
mod number;
mod page;
mod render;
mod view;

pub use crate::csv::{equity_csv, trades_csv};
pub use crate::derive::{
    Fall, Histogram, MonthlyReturn, daily_returns, deepest_falls, drawdowns, histogram, max_drawdown, monthly_returns,
};
pub use crate::error::Error;
pub use crate::json::metrics_json;
pub use crate::model::{
    Axis, Candles, Commentary, Correlation, Criterion, DataQuality, Equity, Estimate, Fact, Fold, FoldCell, FoldFigure,
    Header, HeatMap, Interval, Link, Metric, MonteCarlo, Overfitting, Parameter, Period, PeriodKind, QualityRow,
    QuantileBand, Report, Search, Severity, Side, StageTime, Strategy, TimeRange, Timing, Tone, Trade, Tried, Unit,
    Verdict, Version, WalkForward, Warning,
};
pub use crate::number::unit as format_number;
pub use crate::render::render;

/// Version of this crate, for records of how a report was made.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
