//! Technical indicators with the bits of TA-Lib or the bits of TradingView, batch and streaming alike.
//!
//! ```
//! use indicators::{Indicator, talib};
//!
//! let close = [1.0, 2.0, 1.5, 2.5];
//! let mut column = [0.0; 4];
//! talib::Rsi::new(2)?.run([&close], [&mut column]);
//! assert!(column[..2].iter().all(|value| value.is_nan()) && column[3] > 50.0);
//!
//! let mut rsi = talib::Rsi::new(2)?;
//! assert_eq!(close.map(|price| rsi.update([price])[0])[2..], column[2..]);
//! # Ok::<(), indicators::Error>(())
//! ```
//!
//! # Which type to take
//!
//! - [`Indicator`]: a state with typed parameters, from one of the profiles [`talib`], [`tradingview`] and [`mod@fast`],
//!   or from [`extra`], which is the same in all three.
//! - [`Lanes`]: several of them side by side, for many symbols or many parameters.
//! - [`Stream`]: such a state on a running feed, with a look at the forming bar and corrections of the last one.
//! - [`IndicatorSpec`] and [`Live`]: the same for an indicator that is chosen at run time, by a name such as
//!   `macd(12,26,9)`.
//! - [`FeatureSet`]: many indicators over the same bars in one pass, their results as named columns.
//! - [`LateBars`]: any of these with corrections of bars that are not the last.
//! - [`IndicatorKind`]: the catalogue, that is what each indicator reads, takes, gives and means.
//!
//! # Lookback
//!
//! Columns go out as long as they came in. The first bars, on which an indicator cannot have a value yet, are its
//! lookback: NaN. The value of a bar depends on that bar and earlier ones only.
//!
//! # Missing values
//!
//! See [`Missing`].
//!
//! # Bad input
//!
//! Parameters out of range are an [`Error`] with the parameter and its range. Columns of different lengths, or too many or
//! too few, panic with the indicator's name; [`FeatureSet`] and the ways over many series give an [`Error`]. No data
//! panics: prices that cannot be (high below low, negative volume) go through the formula as they are.
//!
//! # Features
//!
//! - `serde`: `Serialize` and `Deserialize` for [`IndicatorSpec`], [`IndicatorKind`], [`Profile`], [`Snapshot`] and
//!   [`FeatureSnapshot`].
//! - `schemars`: their JSON Schema; includes `serde`.
//! - `ndarray`: [`IndicatorSpec`] takes views of `ndarray` and gives an array.
//! - `rayon`: [`IndicatorSpec`] computes many series on all processors at once.
//!
//! Not here: signals, strategies, data loading, charts.
#![forbid(unsafe_code)]

mod args;
mod average;
mod buffers;
mod catalogue;
mod directional;
mod error;
pub mod extra;
pub mod fast;
mod features;
mod indicator;
mod iter;
mod kind;
mod lanes;
mod late;
mod live;
mod maker;
mod memory;
mod missing;
#[cfg(feature = "ndarray")]
mod ndarray_views;
#[cfg(feature = "rayon")]
mod parallel;
mod profile;
mod ring;
/// The processor's vector instructions, for loops of the caller's own.
pub mod simd;
mod spec;
#[cfg(feature = "serde")]
mod spec_serde;
mod stream;
pub mod talib;
pub mod tradingview;

pub use crate::average::MovingAverage;
pub use crate::catalogue::{Column, Group, IndicatorInfo, OutputInfo, ParameterInfo, ParameterKind, Pine, Unit};
pub use crate::error::Error;
pub use crate::features::{Bars, Feature, FeatureSet, FeatureSnapshot};
pub use crate::indicator::{Indicator, Missing};
pub use crate::iter::{Bar, Indicate, Indicated};
pub use crate::kind::IndicatorKind;
pub use crate::lanes::Lanes;
pub use crate::late::{Changed, Feed, LateBars};
pub use crate::live::{Live, Snapshot};
pub use crate::memory::{Memory, Visitor};
pub use crate::profile::Profile;
pub use crate::ring::Ring;
pub use crate::spec::IndicatorSpec;
pub use crate::stream::Stream;

/// Version of this crate, for records of how results were made.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
