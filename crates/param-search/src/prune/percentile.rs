use serde::Serialize;

use super::Pruner;
use crate::{Direction, Error, Outcome, Report, Trial};

/// Settings of [`Percentile`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PercentileOptions {
    /// Percentage of trials to keep, 0 to 100.
    pub percentile: f64,
    /// Complete trials before any is pruned.
    pub n_startup_trials: usize,
    /// First step at which a trial may be pruned.
    pub n_warmup_steps: u64,
    /// Complete trials that must have reported the step.
    pub n_min_trials: usize,
}

impl Default for PercentileOptions {
    /// The better half, after 5 trials, from the first step on: the median rule.
    fn default() -> Self {
        Self { percentile: 50.0, n_startup_trials: 5, n_warmup_steps: 0, n_min_trials: 1 }
    }
}

/// Gives a trial up whose best report so far is worse than a percentile of the complete trials' reports at the same
/// step. With 50 per cent it is the median rule of Golovin et al., *Google Vizier* (2017), as Optuna has it.
///
/// Percentiles are interpolated linearly, as in numpy.
#[derive(Clone, Debug)]
pub struct Percentile {
    options: PercentileOptions,
}

impl Percentile {
    /// A pruner with these settings.
    ///
    /// # Errors
    /// [`Error::BadSetting`] for a percentile outside of 0 to 100.
    pub fn new(options: PercentileOptions) -> Result<Self, Error> {
        if !(0.0..=100.0).contains(&options.percentile) {
            let value = options.percentile;
            return Err(Error::BadSetting { setting: "percentile", value, range: "0 to 100" });
        }
        Ok(Self { options })
    }
}

impl Pruner for Percentile {
    fn is_hopeless(&mut self, _: u64, reports: &[Report], ended: &[Trial], direction: Direction) -> bool {
        let Some(step) = reports.last().map(|report| report.step) else { return false };
        let complete = || ended.iter().filter(|trial| matches!(trial.outcome, Outcome::Complete { .. }));
        if step < self.options.n_warmup_steps || complete().count() < self.options.n_startup_trials {
            return false;
        }
        let at_step = |trial: &Trial| trial.reports.iter().find(|report| report.step == step).map(|r| r.value);
        let mut others: Vec<f64> = complete().filter_map(at_step).map(|value| direction.loss(value)).collect();
        if others.len() < self.options.n_min_trials.max(1) {
            return false;
        }
        others.sort_by(f64::total_cmp);
        let best = reports.iter().map(|report| direction.loss(report.value)).fold(f64::INFINITY, f64::min);
        best > quantile(&others, self.options.percentile / 100.0)
    }

    fn describe(&self) -> serde_json::Value {
        serde_json::json!({ "percentile": self.options })
    }
}

/// The value at a share of sorted values, between neighbours by linear interpolation.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let below = usize::try_from(crate::space::round_i64(libm::floor(place))).unwrap_or(0).min(sorted.len() - 1);
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}
