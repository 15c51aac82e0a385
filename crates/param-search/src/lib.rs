//! Black-box parameter search: spaces and samplers with ask and tell.
#![forbid(unsafe_code)]

mod error;
mod merit;
mod normal;
mod problem;
mod random;
mod sampler;
mod samplers;
mod space;
mod trial;

pub use crate::error::Error;
pub use crate::problem::{Direction, Problem};
pub use crate::sampler::Sampler;
pub use crate::samplers::cma::{CmaEs, CmaEsOptions, Restarts};
pub use crate::samplers::grid::{Grid, GridOptions};
pub use crate::samplers::random::Random;
pub use crate::samplers::sobol::{Sobol, SobolOptions, SobolSequence};
pub use crate::samplers::tpe::{ParzenEstimator, Tpe, TpeOptions};
pub use crate::space::{
    Condition, Constraint, Domain, NamedPoint, NamedValue, Parameter, Point, Predicate, Space, Value, View,
};
pub use crate::trial::{Outcome, Report, Trial};

/// Version of this crate, for records of how results were made.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
