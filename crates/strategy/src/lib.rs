//! Typed trading rules as data: one tree that is validated, serialised, back-tested and translated.
//!
//! Numbers ([`Num`]) and conditions ([`Cond`]) are different types, so an ill-typed rule cannot be built. What types
//! cannot say (ranges, names, references to inputs) [`Strategy::validate`] checks, and names each place by its path.
//!
//! ```
//! use strategy::Strategy;
//!
//! let text = r#"{
//!   "name": "RSI dip",
//!   "inputs": [{ "name": "period", "kind": { "integer": { "default": 14, "min": 2, "max": 50, "step": 1 } } }],
//!   "long": {
//!     "entry": { "cross": ["under",
//!       { "indicator": { "kind": "rsi", "args": [{ "input": 0 }], "source": "close", "output": "value" } },
//!       { "const": 30.0 }] },
//!     "exit": null
//!   },
//!   "short": null,
//!   "risk": { "stop_loss": { "ticks": { "const": 200.0 } }, "take_profit": { "ticks": { "const": 300.0 } } },
//!   "sizing": { "rule": { "units": 10000.0 } }
//! }"#;
//! let strategy = Strategy::from_json(text)?;
//! assert_eq!(strategy.defaults().values(), [14.0]);
//!
//! let broken = text.replace("\"rsi\", \"args\": [{ \"input\": 0 }]", "\"rsi\", \"args\": [{ \"input\": 7 }]");
//! let error = Strategy::from_json(&broken).unwrap_err().to_string();
//! assert!(error.contains("long.entry.cross.left.indicator.args[0]"), "{error}");
//! # Ok::<(), strategy::Error>(())
//! ```
//!
//! Not here: evaluation over bars (crate `backtest`), Pine Script (crate `pinegen`), parameter search (`optimizer`).
#![forbid(unsafe_code)]

mod cond;
mod error;
mod input;
mod json;
mod num;
mod params;
mod risk;
mod tree;
mod validate;
mod visit;

pub use crate::cond::{CmpOp, Cond, CrossKind, Session};
pub use crate::error::{Error, Problem, ProblemKind};
pub use crate::input::{Arg, Constraint, Input, InputId, InputKind, Params};
pub use crate::num::{IndicatorCall, Longer, Num, NumOp, Price};
pub use crate::risk::{BreakEven, Distance, Follows, Risk, SizeRule, Sizing, TrailingStop};
pub use crate::tree::{Rule, Strategy};

/// Version of this crate, for records of how results were made.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
