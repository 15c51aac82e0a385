use std::collections::BTreeMap;

use serde::Serialize;

use super::Pruner;
use crate::{Direction, Error, Report, Trial};

/// Settings of [`SuccessiveHalving`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SuccessiveHalvingOptions {
    /// Step of the first decision, 1 and more.
    pub min_resource: u64,
    /// Of so many trials one goes on, 2 and more; the steps of the decisions grow by the same factor.
    pub reduction_factor: u64,
}

impl Default for SuccessiveHalvingOptions {
    /// Decisions at steps 1, 4, 16 and so on, one of four going on.
    fn default() -> Self {
        Self { min_resource: 1, reduction_factor: 4 }
    }
}

/// Asynchronous successive halving: at steps r, r·η, r·η² and so on a trial goes on only if it is among the best 1/η of
/// those that got there. The first η − 1 go on if they are the best so far.
///
/// Source: L. Li et al., *A System for Massively Parallel Hyperparameter Tuning* (2020); without resuming trials, as in
/// Optuna.
#[derive(Clone, Debug)]
pub struct SuccessiveHalving {
    options: SuccessiveHalvingOptions,
    /// Losses of all trials that came to a decision, decision by decision.
    rungs: Vec<Vec<f64>>,
    /// How many decisions each trial has passed.
    passed: BTreeMap<u64, usize>,
}

impl SuccessiveHalving {
    /// A pruner with these settings.
    ///
    /// # Errors
    /// [`Error::BadSetting`] for settings outside of their range.
    pub fn new(options: SuccessiveHalvingOptions) -> Result<Self, Error> {
        if options.min_resource == 0 {
            return Err(Error::BadSetting { setting: "min_resource", value: 0.0, range: "1 and more" });
        }
        if options.reduction_factor < 2 {
            let value = options.reduction_factor as f64;
            return Err(Error::BadSetting { setting: "reduction_factor", value, range: "2 and more" });
        }
        Ok(Self { options, rungs: Vec::new(), passed: BTreeMap::new() })
    }

    fn step_of(&self, rung: usize) -> Option<u64> {
        let rung = u32::try_from(rung).ok()?;
        self.options.min_resource.checked_mul(self.options.reduction_factor.checked_pow(rung)?)
    }
}

impl Pruner for SuccessiveHalving {
    fn is_hopeless(&mut self, id: u64, reports: &[Report], _: &[Trial], direction: Direction) -> bool {
        let Some(report) = reports.last() else { return false };
        let loss = direction.loss(report.value);
        loop {
            let rung = self.passed.get(&id).copied().unwrap_or(0);
            if self.step_of(rung).is_none_or(|step| report.step < step) {
                return false;
            }
            if self.rungs.len() == rung {
                self.rungs.push(Vec::new());
            }
            let losses = &mut self.rungs[rung];
            losses.push(loss);
            losses.sort_by(f64::total_cmp);
            self.passed.insert(id, rung + 1);
            let kept = (losses.len() as u64 / self.options.reduction_factor).max(1);
            let worst = losses[usize::try_from(kept - 1).expect("not above the number of trials")];
            if loss > worst {
                return true;
            }
        }
    }

    fn describe(&self) -> serde_json::Value {
        serde_json::json!({ "successive_halving": self.options })
    }
}
