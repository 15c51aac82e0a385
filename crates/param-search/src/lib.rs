//! Black-box parameter search: spaces and samplers with ask and tell.
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
