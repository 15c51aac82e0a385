//! When to give a trial up before its end.

mod halving;
mod percentile;
mod wilcoxon;

use std::fmt::Debug;

pub use self::halving::{SuccessiveHalving, SuccessiveHalvingOptions};
pub use self::percentile::{Percentile, PercentileOptions};
pub use self::wilcoxon::{Wilcoxon, WilcoxonOptions, wilcoxon_greater};

use crate::{Direction, Report, Trial};

/// Decides after each report of a running trial whether to give it up.
///
/// A pruner sees the reports of this trial and the trials that have ended. Equal calls in equal order give equal
/// answers.
pub trait Pruner: Debug {
    /// Whether trial `id` with these reports, the newest last, is hopeless.
    fn is_hopeless(&mut self, id: u64, reports: &[Report], ended: &[Trial], direction: Direction) -> bool;

    /// Name and settings, which a journal keeps.
    fn describe(&self) -> serde_json::Value;
}

/// Never gives a trial up.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoPruning;

impl Pruner for NoPruning {
    fn is_hopeless(&mut self, _: u64, _: &[Report], _: &[Trial], _: Direction) -> bool {
        false
    }

    fn describe(&self) -> serde_json::Value {
        serde_json::json!("none")
    }
}
