//! A library of strategies, patterns and their results in SQL.
//!
//! A [`Library`] is one SQLite file. It holds the [`Strategy`](strategy::Strategy) trees that runs have found, with
//! their parameters, under an id made from their content; what each run measured for them; and chart patterns. From
//! it come the performance history of a strategy and the ranking of all by a named criterion.
//!
//! ```
//! use pattern_library::{BlockingLibrary, Criterion, Entry, Figures, Outcome, Ranking, Role, Run};
//! use serde_json::json;
//!
//! let strategy = strategy::Strategy::from_json(r#"{
//!     "name": "Price above its mean", "inputs": [], "short": null, "risk": {}, "sizing": {"rule": {"units": 1.0}},
//!     "long": {"entry": {"compare": ["gt", {"price": "close"}, {"const": 1.1}]},
//!              "exit": {"compare": ["lt", {"price": "close"}, {"const": 1.1}]}}}"#)?;
//! let figures = Figures { sharpe: Some(0.7), net_profit: 120.0, max_drawdown: 0.03, n_trades: 41 };
//! let outcome = Outcome { role: Role::OutOfSample, figures, metrics: json!({"win_rate": 0.55}) };
//! let entry = Entry { rank: 1, params: strategy.defaults(), strategy, outcomes: vec![outcome] };
//!
//! let mut library = BlockingLibrary::open_in_memory()?;
//! let manifest = json!({"seed": 1});
//! library.store_run(&Run { id: "first".into(), recorded_at_ns: None, manifest, entries: vec![entry] })?;
//! let best = library.ranking(&Ranking::by(Criterion::Sharpe, Role::OutOfSample))?;
//! assert_eq!((best[0].name.as_str(), best[0].figures.n_trades), ("Price above its mean", 41));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing here reads a clock: the same content written in the same way gives a file of the same bytes.
//!
//! Not here: back-tests, the search that fills the library, similarity of patterns.
//! Features: `postgres`, the same tables on a PostgreSQL server.
#![forbid(unsafe_code)]

mod blocking;
mod database;
mod error;
mod library;
mod patterns;
#[cfg(feature = "postgres")]
mod postgres;
mod ranking;
mod row;
mod run;
mod runs;
mod schema;
mod strategies;
mod strategy_id;

pub use crate::blocking::BlockingLibrary;
pub use crate::error::{Error, RunProblem};
pub use crate::library::Library;
pub use crate::patterns::Pattern;
pub use crate::ranking::{Criterion, Ranked, Ranking};
pub use crate::run::{Entry, Figures, Outcome, Role, Run};
pub use crate::runs::RunSummary;
pub use crate::strategies::{HistoryEntry, StoredStrategy, StrategySummary};
pub use crate::strategy_id::StrategyId;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
