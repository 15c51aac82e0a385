use std::sync::atomic::Ordering;

use backtest::{Metrics, Scratch};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::search::bar_returns;
use crate::{Control, Error, Fold, Job, Selection, Trial, search};

/// What choosing on the past and trading the future brought, over all folds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WalkForwardReport {
    /// Each fold, in order of time.
    pub folds: Vec<FoldResult>,
    /// Out-of-sample return of each bar of all tests one after the other, as a fraction; 0 through a test for which
    /// no candidate counted. Each test starts with the account's initial cash.
    pub returns: Vec<f64>,
    /// Out-of-sample trades.
    pub n_trades: usize,
    /// Sum of the out-of-sample profits after costs, in quote currency.
    pub net_profit: f64,
    /// Sum of the costs paid out-of-sample, in quote currency.
    pub costs: f64,
    /// Walk-forward efficiency: mean return a bar out-of-sample over that in-sample, of the chosen candidates. 1 means
    /// that the future was as good as the past, 0 that nothing was left. `None` if nothing was earned in-sample.
    pub efficiency: Option<f64>,
}

/// One fold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoldResult {
    /// Its bars.
    pub fold: Fold,
    /// The candidate that was best in-sample; `None` if none counted, and nothing was traded.
    pub choice: Option<Choice>,
}

/// The candidate that a fold chose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Position of the candidate.
    pub candidate: usize,
    /// Its figures over the training.
    pub in_sample: Metrics,
    /// Its figures over the test.
    pub out_of_sample: Metrics,
}

/// In each fold: back-tests every candidate over the training, takes the best, and trades it over the test.
///
/// The same as [`search_folds`] and [`trade_folds`] one after the other, but holds the results of one training only.
///
/// # Errors
/// Those of [`search`].
pub fn walk_forward(
    job: &Job<'_, '_>,
    folds: &[Fold],
    selection: &Selection,
    control: &Control<'_>,
) -> Result<WalkForwardReport, Error> {
    let best = |fold: &Fold| Ok(selection.best(&search(job, fold.train.clone(), control)?).cloned());
    let chosen = folds.iter().map(best).collect::<Result<Vec<_>, Error>>()?;
    trade(job, folds, &chosen, control)
}

/// The in-sample results of every candidate in every fold: outer by fold, inner by candidate. Whoever keeps them can
/// try several selections without searching again.
///
/// # Errors
/// Those of [`search`].
pub fn search_folds(job: &Job<'_, '_>, folds: &[Fold], control: &Control<'_>) -> Result<Vec<Vec<Trial>>, Error> {
    folds.iter().map(|fold| search(job, fold.train.clone(), control)).collect()
}

/// Takes the best of the in-sample results of each fold and trades it over the test.
///
/// - `in_sample`: for each fold the results over its training, as from [`search_folds`].
///
/// # Errors
/// Those of [`search`].
///
/// # Panics
/// If there are not as many lists of results as folds.
pub fn trade_folds(
    job: &Job<'_, '_>,
    folds: &[Fold],
    in_sample: &[Vec<Trial>],
    selection: &Selection,
    control: &Control<'_>,
) -> Result<WalkForwardReport, Error> {
    assert_eq!(folds.len(), in_sample.len(), "trade_folds: folds and in_sample differ in length");
    let chosen: Vec<Option<Trial>> = in_sample.iter().map(|trials| selection.best(trials).cloned()).collect();
    trade(job, folds, &chosen, control)
}

fn trade(
    job: &Job<'_, '_>,
    folds: &[Fold],
    chosen: &[Option<Trial>],
    control: &Control<'_>,
) -> Result<WalkForwardReport, Error> {
    if control.cancel.load(Ordering::Relaxed) {
        return Err(Error::Cancelled);
    }
    let tests: Vec<Result<(FoldResult, Vec<f64>), Error>> =
        folds.par_iter().zip(chosen).map(|(fold, choice)| trade_fold(job, fold, choice.as_ref())).collect();
    let mut report = WalkForwardReport {
        folds: Vec::with_capacity(folds.len()),
        returns: Vec::new(),
        n_trades: 0,
        net_profit: 0.0,
        costs: 0.0,
        efficiency: None,
    };
    for test in tests {
        let (fold, returns) = test?;
        if let Some(Choice { out_of_sample, .. }) = &fold.choice {
            report.n_trades += out_of_sample.n_trades;
            report.net_profit += out_of_sample.net_profit;
            report.costs += out_of_sample.costs;
        }
        report.returns.extend(returns);
        report.folds.push(fold);
    }
    report.efficiency = efficiency(&report.folds);
    Ok(report)
}

fn trade_fold(job: &Job<'_, '_>, fold: &Fold, choice: Option<&Trial>) -> Result<(FoldResult, Vec<f64>), Error> {
    job.check(&fold.test)?;
    let Some(&Trial { candidate, metrics: in_sample }) = choice else {
        return Ok((FoldResult { fold: fold.clone(), choice: None }, vec![0.0; fold.test.len()]));
    };
    let report = job.run(candidate, fold.test.clone(), &mut Scratch::default())?;
    let returns = bar_returns(&report, job.account.initial_cash);
    let choice = Choice { candidate, in_sample, out_of_sample: report.metrics };
    Ok((FoldResult { fold: fold.clone(), choice: Some(choice) }, returns))
}

fn efficiency(folds: &[FoldResult]) -> Option<f64> {
    let mean = |part: fn(&Choice) -> &Metrics| {
        let (mut total, mut n_bars) = (0.0, 0.0);
        for choice in folds.iter().filter_map(|fold| fold.choice.as_ref()) {
            let metrics = part(choice);
            total += metrics.mean_return * metrics.n_bars as f64;
            n_bars += metrics.n_bars as f64;
        }
        total / n_bars
    };
    let (before, after) = (mean(|choice| &choice.in_sample), mean(|choice| &choice.out_of_sample));
    (before > 0.0).then(|| after / before).filter(|ratio| ratio.is_finite())
}
