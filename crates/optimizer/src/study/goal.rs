use backtest::Metrics;
use param_search::{Direction, Problem};
use serde::{Deserialize, Serialize};

use crate::{Criterion, Error, Finalist, Selection, StrategySpace};

/// What a study searches for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Goal {
    /// The largest objective.
    Single(Selection),
    /// The best compromises of several criteria: those that no other trial beats in all of them.
    Several {
        /// Two and more, each a figure of one back-test: not [`Criterion::Consistency`], not [`Criterion::Stability`].
        criteria: Vec<Criterion>,
        /// Trades below which a result is not evidence.
        min_trades: usize,
    },
}

impl Goal {
    /// The problem for a sampler over `space`.
    ///
    /// # Errors
    /// [`Error::NotSearchable`], and [`Error::Study`] without a criterion.
    ///
    /// ```
    /// use optimizer::{Criterion, Goal};
    ///
    /// let goal = Goal::Several { criteria: vec![Criterion::Sharpe, Criterion::MaxDrawdown], min_trades: 30 };
    /// assert_eq!(goal.directions()?, [param_search::Direction::Maximize, param_search::Direction::Minimize]);
    /// # Ok::<(), optimizer::Error>(())
    /// ```
    pub fn problem(&self, space: &StrategySpace) -> Result<Problem, Error> {
        Problem::new(space.space().clone(), self.directions()?).map_err(Error::study)
    }

    /// Whether each objective is to be large or small.
    ///
    /// # Errors
    /// [`Error::NotSearchable`].
    pub fn directions(&self) -> Result<Vec<Direction>, Error> {
        let Self::Several { criteria, .. } = self else { return Ok(vec![Direction::Maximize]) };
        let direction = |&criterion: &Criterion| match criterion {
            Criterion::Consistency | Criterion::Stability => Err(Error::NotSearchable { criterion }),
            _ if criterion.larger_is_better() => Ok(Direction::Maximize),
            _ => Ok(Direction::Minimize),
        };
        criteria.iter().map(direction).collect()
    }

    /// Trades below which a result does not count.
    pub fn min_trades(&self) -> usize {
        match self {
            Self::Single(selection) => selection.min_trades,
            Self::Several { min_trades, .. } => *min_trades,
        }
    }

    /// The objectives of a back-test that counts: one with enough trades and only defined, finite objectives.
    pub fn values(&self, metrics: &Metrics) -> Option<Vec<f64>> {
        if metrics.n_trades < self.min_trades() {
            return None;
        }
        let values = match self {
            Self::Single(selection) => vec![selection.objective.value(metrics)?],
            Self::Several { criteria, .. } => {
                let of_one_run = Finalist {
                    candidate: 0,
                    metrics: *metrics,
                    fold_profits: Vec::new(),
                    stability: None,
                    returns: Vec::new(),
                    trades: Vec::new(),
                };
                criteria.iter().map(|criterion| criterion.value(&of_one_run)).collect::<Option<_>>()?
            }
        };
        values.iter().all(|value| value.is_finite()).then_some(values)
    }

    /// The objective over a part of the window, however few its trades; `None` where it is undefined and with several
    /// objectives.
    pub(super) fn part_value(&self, metrics: &Metrics) -> Option<f64> {
        let Self::Single(selection) = self else { return None };
        selection.objective.value(metrics).filter(|value| value.is_finite())
    }
}
