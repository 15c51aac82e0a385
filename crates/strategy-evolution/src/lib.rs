//! Genetic search over typed trading strategies: what is varied is the tree of [`strategy::Strategy`] itself.
//!
//! - A [`Vocabulary`] says what strategies may be made of; made into a [`Grammar`] it draws, crosses and mutates them. Only
//!   what measures the same is compared: a price with a price, an oscillator with a level inside its scale.
//! - [`Evolution`] proposes strategies ([`ask`](Evolution::ask)), is told what came of them ([`tell`](Evolution::tell)), and
//!   takes proposals of people and models ([`enqueue`](Evolution::enqueue)). It is resumed from a [`Snapshot`].
//! - [`Grammar::lift`] turns the numbers of what was found into inputs for a parameter search.
//!
//! ```
//! use strategy::SizeRule;
//! use strategy_evolution::{Evolution, Outcome, Parsimony, Settings, Sides, Span, Vocabulary};
//!
//! let words = Vocabulary::standard(Sides::Mirrored, [SizeRule::RiskFraction(0.01)]);
//! let settings = Settings { parsimony: Parsimony::Linear { per_node: 0.002 }, ..Settings::default() };
//! let mut evolution = Evolution::new(words, settings, 42)?;
//! for proposal in evolution.ask(200) {
//!     let sharpe = Some(proposal.id as f64 / 1_000.0); // a back-test goes here
//!     evolution.tell(proposal.id, sharpe.map_or(Outcome::Failed, Outcome::value))?;
//! }
//! let best = &evolution.best()[0];
//! let tunable = evolution.grammar().lift(&best.strategy, Span::Near(2));
//! assert!(!tunable.inputs.is_empty() && tunable.validate().is_ok());
//! # Ok::<(), strategy_evolution::Error>(())
//! ```
//!
//! Not here: back-tests (crate `backtest`; `optimizer::evolve` runs both together), threads, parameter search
//! (`param-search`), and any proof that what was found is more than luck: the best of n strategies on n coins has an edge
//! too. Judge it by [`Evolution::n_evaluated`] and by data that no outcome was computed from.
#![forbid(unsafe_code)]
#![expect(clippy::float_cmp, reason = "numbers of strategies are equal where their bits are")]

mod engine;
mod error;
mod grammar;
mod random;
#[cfg(test)]
mod test_support;
mod tree;
mod vary;
mod vocabulary;

pub use crate::engine::{Evolution, Found, Generation, Origin, Outcome, Parsimony, Proposal, Settings, Snapshot};
pub use crate::error::{Error, Refusal};
pub use crate::grammar::{Grammar, Span};
pub use crate::tree::Fingerprint;
pub use crate::vary::Operator;
pub use crate::vocabulary::{DistanceGrid, Grid, Limits, Measure, Mirror, RiskWords, Sides, Term, Vocabulary};

/// Version of this crate, for records of how results were made.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
