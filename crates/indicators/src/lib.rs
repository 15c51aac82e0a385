//! Technical indicators over slices of prices.
//!
//! Each indicator is a function for a whole history and a state for one bar at a time. Both give the same bits, those
//! of TA-Lib 0.8.3; where TradingView's numbers differ is said at each function. No allocation happens after
//! construction.
//!
//! ```
//! use indicators::{Period, Rsi, rsi};
//!
//! let close = [1.0, 2.0, 1.5, 2.5];
//! let period = Period::new(2).ok_or("no period")?;
//! let mut out = [0.0; 4];
//! rsi(&close, period, &mut out);
//! assert!(out[..2].iter().all(|v| v.is_nan()) && out[3] > 50.0);
//!
//! let mut state = Rsi::new(period);
//! assert_eq!(close.map(|price| state.next(price))[2..], [Some(out[2]), Some(out[3])]);
//! # Ok::<(), &str>(())
//! ```
//!
//! [`IndicatorKind::info`] describes them as data, [`IndicatorSpec`] computes one that is chosen at run time.
//!
//! # Lookback
//!
//! Columns go out as long as they came in. The first bars, on which an indicator cannot have a value yet, are its
//! lookback: NaN in columns, `None` from states. The value of a bar depends on that bar and earlier ones only.
//!
//! # Missing values
//!
//! A NaN, an infinite number and one beyond ±3 × 10³⁷ (TA-Lib's limit) count as missing, and no finite number is ever
//! computed from one. Moving windows ([`sma`](fn@sma), [`bollinger`](fn@bollinger), [`stochastic`](fn@stochastic))
//! have no value until the missing one has left the window; recursive averages ([`ema`](fn@ema), [`rsi`](fn@rsi),
//! [`macd`](fn@macd), [`atr`](fn@atr), [`adx`](fn@adx)), whose memory never ends, have none from there on. States say
//! `None`, columns NaN.
//!
//! # Features
//!
//! - `serde`: `Serialize` and `Deserialize` for [`Period`], [`IndicatorKind`] and [`IndicatorSpec`].
//! - `schemars`: their JSON Schema; includes `serde`.
//!
//! Not here: signals, strategies, data loading, charts.
#![forbid(unsafe_code)]

mod adx;
mod atr;
mod bollinger;
mod catalogue;
mod ema;
mod error;
mod highest;
mod kind;
mod macd;
mod missing;
mod period;
mod rsi;
mod sma;
mod spec;
mod stochastic;
mod true_range;
mod window;

pub use crate::adx::{Adx, AdxValue, adx};
pub use crate::atr::{Atr, atr};
pub use crate::bollinger::{Bollinger, BollingerValue, bollinger};
pub use crate::catalogue::{IndicatorInfo, InputColumns, OutputInfo, ParameterInfo, Unit};
pub use crate::ema::{Ema, ema};
pub use crate::error::Error;
pub use crate::kind::IndicatorKind;
pub use crate::macd::{Macd, MacdValue, macd};
pub use crate::period::Period;
pub use crate::rsi::{Rsi, rsi};
pub use crate::sma::{Sma, sma};
pub use crate::spec::{IndicatorSpec, InputSlices};
pub use crate::stochastic::{Stochastic, StochasticValue, stochastic};

/// Version of this crate, for records of how results were made.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
