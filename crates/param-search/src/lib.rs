//! Black-box parameter search: spaces and samplers with ask and tell.
//!
//! A [`Space`] says what may be tried, a [`Sampler`] proposes points of it and learns from results, a [`Study`] keeps
//! the trials, takes proposals of others, prunes hopeless trials and writes a journal to resume from. The program
//! evaluates: it asks for points, as many at a time as it likes, and tells what came of them.
//!
//! ```
//! use param_search::{CmaEs, CmaEsOptions, Domain, Outcome, Parameter, Problem, Space, Study, StudyOptions};
//!
//! let space = Space::new([
//!     Parameter::new("length", Domain::int(5, 200)),
//!     Parameter::new("threshold", Domain::float(0.0, 3.0)),
//! ])?;
//! let sampler = CmaEs::new(&Problem::minimize(space)?, 42, CmaEsOptions::default())?;
//! let mut study = Study::new(sampler, StudyOptions { n_trials: Some(300), ..StudyOptions::default() });
//! while let Ok(batch) = study.ask_batch(6) {
//!     let mut outcomes = Vec::new();
//!     for suggestion in batch {
//!         let point = study.view(&suggestion.point);
//!         let (length, threshold) = (point.number("length"), point.number("threshold"));
//!         let loss = length.zip(threshold).map(|(l, t)| (l - 55.0).abs() / 100.0 + (t - 1.5) * (t - 1.5));
//!         outcomes.push((suggestion.id, loss.map_or(Outcome::Failed, Outcome::value)));
//!     }
//!     study.tell_batch(outcomes)?;
//! }
//! let best = study.best().ok_or("no result")?;
//! assert_eq!(study.view(&best.point).int("length"), Some(55));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Equal seeds and equal calls give equal points, bit for bit, on every platform and number of threads. The crate opens
//! no files and looks at no clock.
//!
//! Not here: running objectives on threads, plots, importance of parameters, Gaussian processes. Features: none.
#![forbid(unsafe_code)]

mod error;
mod merit;
mod normal;
mod pareto;
mod problem;
mod prune;
mod random;
mod sampler;
mod samplers;
mod space;
mod study;
mod trial;

pub use crate::error::Error;
pub use crate::pareto::{crowding_distances, dominates, hypervolume, non_dominated_ranks};
pub use crate::problem::{Direction, Problem};
pub use crate::prune::{
    NoPruning, Percentile, PercentileOptions, Pruner, SuccessiveHalving, SuccessiveHalvingOptions, Wilcoxon,
    WilcoxonOptions, wilcoxon_greater,
};
pub use crate::sampler::Sampler;
pub use crate::samplers::cma::{CmaEs, CmaEsOptions, Restarts};
pub use crate::samplers::grid::{Grid, GridOptions};
pub use crate::samplers::nsga2::{Nsga2, Nsga2Options};
pub use crate::samplers::random::Random;
pub use crate::samplers::sobol::{Sobol, SobolOptions, SobolSequence};
pub use crate::samplers::tpe::{ParzenEstimator, Tpe, TpeOptions};
pub use crate::space::{
    Condition, Constraint, Domain, NamedPoint, NamedValue, Parameter, Point, Predicate, Space, Value, View,
};
pub use crate::study::{PendingTrial, Study, StudyOptions, Suggestion};
pub use crate::trial::{Outcome, Report, Trial};

/// Version of this crate, for records of how results were made.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
