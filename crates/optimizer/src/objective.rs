use backtest::Metrics;
use serde::{Deserialize, Serialize};

use crate::Trial;

/// The one figure that a search maximises in-sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// Sharpe ratio of bar returns.
    Sharpe,
    /// Annualised Sortino ratio.
    Sortino,
    /// Return after costs.
    NetReturn,
    /// Calmar ratio.
    Calmar,
    /// Profit factor.
    ProfitFactor,
}

impl Objective {
    /// The figure; larger is better, `None` where it is undefined.
    pub fn value(self, metrics: &Metrics) -> Option<f64> {
        match self {
            Self::Sharpe => metrics.sharpe.map(|sharpe| sharpe.value),
            Self::Sortino => metrics.sortino,
            Self::NetReturn => Some(metrics.total_return),
            Self::Calmar => metrics.calmar,
            Self::ProfitFactor => metrics.profit_factor,
        }
        .filter(|value| !value.is_nan())
    }
}

/// How the best candidate is chosen from its in-sample results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// What is maximised.
    pub objective: Objective,
    /// Trades below which a result is not evidence and its candidate is not chosen.
    pub min_trades: usize,
}

impl Selection {
    /// Whether a result counts, and its objective if so.
    pub fn value(&self, metrics: &Metrics) -> Option<f64> {
        if metrics.n_trades < self.min_trades {
            return None;
        }
        self.objective.value(metrics)
    }

    /// The best of the trials that count; the first of equal ones, `None` if none counts.
    pub fn best<'t>(&self, trials: &'t [Trial]) -> Option<&'t Trial> {
        self.ranked(trials).into_iter().next()
    }

    /// The trials that count, best first; equal ones in the order of their candidates.
    pub fn ranked<'t>(&self, trials: &'t [Trial]) -> Vec<&'t Trial> {
        let mut counting: Vec<(f64, &Trial)> =
            trials.iter().filter_map(|trial| Some((self.value(&trial.metrics)?, trial))).collect();
        // Adding 0 makes −0 equal to 0 for the total order.
        counting.sort_by(|(a, first), (b, second)| {
            (b + 0.0).total_cmp(&(a + 0.0)).then(first.candidate.cmp(&second.candidate))
        });
        counting.into_iter().map(|(_, trial)| trial).collect()
    }
}
