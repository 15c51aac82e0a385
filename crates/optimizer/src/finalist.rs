use std::ops::Range;
use std::sync::atomic::Ordering;

use backtest::{Direction, Metrics, Report, Scratch};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::search::bar_returns;
use crate::{Control, Error, Fold, Job, Selection, Space, Trial};

/// How the candidates for the ranking are taken from all trials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FinalistRule {
    /// What they are compared by.
    pub selection: Selection,
    /// The best of each strategy that come to the ranking, so that one strategy cannot fill it with its neighbours.
    pub per_strategy: usize,
}

/// A candidate with everything that the ranking looks at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finalist {
    /// Position of the candidate.
    pub candidate: usize,
    /// Its figures over the search window.
    pub metrics: Metrics,
    /// Its net profit over the test of each fold, in quote currency. Those bars are part of the search window, so
    /// this tells how evenly it earned, not whether it will.
    pub fold_profits: Vec<f64>,
    /// How the grid points one step away do: mean of min(their return / its return, 1), at most 1. 1 is a plateau (or
    /// a strategy without inputs), 0 a needle, below 0 a needle in a hole. `None` where its own return is not above 0 or
    /// it has no neighbours on the grid.
    pub stability: Option<f64>,
    /// Its return in each bar of the search window, as a fraction.
    pub returns: Vec<f64>,
    /// Direction, first and last bar of each of its trades.
    pub trades: Vec<(Direction, usize, usize)>,
}

/// Works out the finalists: the best of each strategy by `rule`, back-tested again over `window` with trades, over the
/// tests of `folds`, and at the neighbouring parameters. In the order of their candidates.
///
/// - `trials`: results over the same `window`, as from [`search`](crate::search).
///
/// # Errors
/// Those of [`search`](crate::search).
pub fn finalists(
    job: &Job<'_, '_>,
    window: Range<usize>,
    trials: &[Trial],
    folds: &[Fold],
    rule: &FinalistRule,
    control: &Control<'_>,
) -> Result<Vec<Finalist>, Error> {
    job.check(&window)?;
    for fold in folds {
        job.check(&fold.test)?;
    }
    let mut per_strategy = vec![0; job.plans.len()];
    let mut chosen: Vec<usize> = Vec::new();
    for trial in rule.selection.ranked(trials) {
        let count = &mut per_strategy[job.candidates[trial.candidate].strategy];
        if *count < rule.per_strategy {
            *count += 1;
            chosen.push(trial.candidate);
        }
    }
    chosen.sort_unstable();
    let finalist = |scratch: &mut Scratch, candidate: usize| {
        if control.cancel.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        let finalist = finalist(job, candidate, &window, folds, scratch);
        (control.on_progress)(1);
        finalist
    };
    let finalists: Vec<Result<Finalist, Error>> =
        chosen.into_par_iter().map_init(Scratch::default, |scratch, candidate| finalist(scratch, candidate)).collect();
    finalists.into_iter().collect()
}

fn finalist(
    job: &Job<'_, '_>,
    candidate: usize,
    window: &Range<usize>,
    folds: &[Fold],
    scratch: &mut Scratch,
) -> Result<Finalist, Error> {
    let report = job.run(candidate, window.clone(), scratch)?;
    let fold_profits = folds
        .iter()
        .map(|fold| Ok(job.evaluate(candidate, fold.test.clone(), scratch)?.net_profit))
        .collect::<Result<Vec<_>, Error>>()?;
    let stability = stability(job, candidate, &report.metrics, window, scratch)?;
    let returns = bar_returns(&report, job.account.initial_cash);
    let Report { trades, metrics, .. } = report;
    let trades = trades.iter().map(|trade| (trade.direction, trade.entry_bar, trade.exit_bar)).collect();
    Ok(Finalist { candidate, metrics, fold_profits, stability, returns, trades })
}

fn stability(
    job: &Job<'_, '_>,
    candidate: usize,
    metrics: &Metrics,
    window: &Range<usize>,
    scratch: &mut Scratch,
) -> Result<Option<f64>, Error> {
    let own = metrics.total_return;
    if own <= 0.0 {
        return Ok(None);
    }
    let chosen = &job.candidates[candidate];
    let strategy = job.plans[chosen.strategy].strategy();
    if strategy.inputs.is_empty() {
        return Ok(Some(1.0));
    }
    let neighbours = Space::of(strategy)?.neighbours(&chosen.params);
    let mut total = 0.0;
    for params in &neighbours {
        let ratio = job.evaluate_params(candidate, params, window.clone(), scratch)?.total_return / own;
        total += if ratio > 1.0 { 1.0 } else { ratio };
    }
    Ok((!neighbours.is_empty()).then(|| total / neighbours.len() as f64))
}
