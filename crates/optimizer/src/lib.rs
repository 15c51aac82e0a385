//! Parameter search, walk-forward analysis and ranking of trading strategies, and an honest answer to whether anything
//! found is better than chance.
//!
//! The way of a run, each step a function over the results of the one before:
//!
//! 1. [`candidates`]: parameter sets of all strategies from their grids ([`Space`]), all or a random sample.
//! 2. [`search`]: back-tests every candidate over the in-sample window, on all threads of the caller's rayon pool. Or,
//!    instead of both, [`StudyRun`]: a sampler of `param_search` learns from the back-tests what to try next, hopeless
//!    trials are given up early, and a journal lets it resume.
//! 3. [`walk_forward`]: in each [`Fold`] the best in-sample candidate is traded out-of-sample. [`cross_validate`] does so
//!    for every choice of groups of bars, which makes many histories of one.
//! 4. [`finalists`], [`rank`] and [`appraise`]: the best of each strategy by weighted criteria, different from each
//!    other, and what to expect of them.
//! 5. [`test_search`]: would the same search find as much in noise?
//! 6. [`evidence`], [`Evidence::verdict`] and [`Evidence::cautions`]: "edge found" or "no edge found", with the reasons.
//!
//! Costs are part of every back-test. Results are in the order of the candidates and equal, bit for bit, whatever the
//! number of threads; random samples come from a seed.
//!
//! ```
//! use optimizer::WalkForward;
//!
//! let settings = WalkForward { n_folds: 4, train_fraction: 0.75, embargo_bars: 50, anchored: false };
//! for fold in settings.folds(0..10_000)? {
//!     assert!(fold.train.end + 50 == fold.test.start);
//! }
//! # Ok::<(), optimizer::Error>(())
//! ```
//!
//! Not here: the simulation itself (crate `backtest`), statistics over returns (`trade-stats`), files and progress bars.
#![forbid(unsafe_code)]

mod appraisal;
mod caution;
mod criterion;
mod cross_validate;
mod cross_validation;
mod error;
mod evidence;
mod evolve;
mod field;
mod finalist;
mod folds;
mod market_test;
mod null_market;
mod objective;
mod rank;
mod sample;
mod search;
mod sign_flips;
mod space;
mod study;
mod verdict;
mod walk_forward;

pub use crate::appraisal::{Appraisal, Decay, Difficulty, Execution, Risk, SharpeEstimate, appraise};
pub use crate::caution::Caution;
pub use crate::criterion::Criterion;
pub use crate::cross_validate::{CrossValidationReport, PathResult, SplitResult, cross_validate};
pub use crate::cross_validation::{CrossValidation, Split, purged_labels};
pub use crate::error::Error;
pub use crate::evidence::{Evidence, Findings, evidence};
pub use crate::evolve::{Combine, EvolutionReport, Evolve, Evolved, evolve};
pub use crate::field::{Field, field};
pub use crate::finalist::{Finalist, FinalistRule, finalists};
pub use crate::folds::{Fold, WalkForward};
pub use crate::market_test::{MarketTest, MarketTestReport, market_test, test_search};
pub use crate::null_market::{NullMarket, NullMarkets};
pub use crate::objective::{Objective, Selection};
pub use crate::rank::{Part, PassedOver, RankConfig, Ranked, Ranking, Reason, rank};
pub use crate::sample::{Sampler, candidates, sample};
pub use crate::search::{Candidate, Control, Job, Trial, bar_returns, search};
pub use crate::space::Space;
pub use crate::study::{
    Fate, Goal, StrategySpace, StudyFolds, StudyJob, StudyOutcome, StudyRun, StudySettings, study_folds,
};
pub use crate::verdict::{CONFIDENCE, Doubt, LEVEL, MIN_TRADES, Verdict};
pub use crate::walk_forward::{Choice, FoldResult, WalkForwardReport, search_folds, trade_folds, walk_forward};

/// Version of this crate, for records of how results were made.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
