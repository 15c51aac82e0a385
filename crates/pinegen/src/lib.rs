//! Typed trading strategies to TradingView Pine Script v6.
//!
//! The script has the same inputs, conditions, stops, targets and size as the tree it is made from, with the parameters
//! of one parameter set as defaults, and a header that says where they come from.
//!
//! ```
//! use pinegen::{Commission, Options, generate};
//! use strategy::Strategy;
//!
//! # let text = include_str!("../tests/strategies/rsi_dip.json");
//! let strategy = Strategy::from_json(text)?;
//! let options = Options {
//!     provenance: vec!["EURUSD M1, 2014-05-01 to 2014-05-15".to_owned()],
//!     initial_cash: 10_000.0,
//!     commission: Commission::Percent(0.0035),
//!     slippage_ticks: 2,
//!     quantity_step: 1.0,
//! };
//! let script = generate(&strategy, &strategy.defaults(), &options)?;
//! assert!(script.starts_with("//@version=6\n"));
//! assert!(script.contains("ta.rsi(close, period_input)"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! An indicator is written by the template of its catalogue (`indicators::IndicatorInfo::pine`); without one there is no
//! script. TradingView computes what the crate `indicators` computes in its profile `tradingview`; where the back-test ran
//! in another, the catalogue's notes say what differs.
//!
//! Not here: reading Pine Script, and running it.
#![forbid(unsafe_code)]

mod conditions;
mod error;
mod generate;
mod guard;
mod helpers;
mod indicators;
mod numbers;
mod options;
mod orders;
mod script;
mod template;

pub use crate::error::Error;
pub use crate::generate::generate;
pub use crate::indicators::check;
pub use crate::options::{Commission, Options};

/// Version of this crate, for records of how results were made.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
