use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;
use std::sync::atomic::Ordering;

use backtest::Scratch;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use trade_stats::{Sharpe, sharpe};

use crate::search::bar_returns;
use crate::{Control, CrossValidation, Error, Job, Selection, Split, Trial, search};

/// What choosing on some groups of bars and trading the others brought, for every choice of groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrossValidationReport {
    /// Each split, in the order of [`CrossValidation::splits`].
    pub splits: Vec<SplitResult>,
    /// Each path through the whole window, in the order of [`CrossValidation::paths`].
    pub paths: Vec<PathResult>,
}

/// One split.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitResult {
    /// Its bars.
    pub split: Split,
    /// The candidate that was best in-sample; `None` if none counted, and nothing was traded.
    pub candidate: Option<usize>,
    /// Its objective in-sample: the mean over the training's ranges, weighted by their bars.
    pub in_sample: Option<f64>,
}

/// One path of out-of-sample bars, each group traded by what its split chose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathResult {
    /// Return of each bar of the window, as a fraction; each group begins with the account's initial cash.
    pub returns: Vec<f64>,
    /// Sharpe ratio of them; `None` without variance.
    pub sharpe: Option<Sharpe>,
    /// Trades of all groups.
    pub n_trades: usize,
    /// Sum of the groups' profits after costs, in quote currency.
    pub net_profit: f64,
}

/// In each split of combinatorial purged cross-validation: takes the candidate that is best in-sample and trades it
/// over the tested groups; gives every path that these make through the window. Where walk-forward shows one history,
/// this shows as many as there are paths, and with them how much luck there is in one.
///
/// Every range of the training is back-tested by itself, from a flat account on; ranges that several splits share are
/// searched once. A candidate counts if its trades in all ranges together are enough and its objective is defined in
/// each.
///
/// - `bars_per_year`: by which the paths' Sharpe ratios are annualised.
///
/// # Errors
/// Those of [`CrossValidation::splits`] and [`search`].
pub fn cross_validate(
    job: &Job<'_, '_>,
    window: Range<usize>,
    settings: &CrossValidation,
    selection: &Selection,
    bars_per_year: f64,
    control: &Control<'_>,
) -> Result<CrossValidationReport, Error> {
    let splits = settings.splits(window)?;
    let mut searched: BTreeMap<(usize, usize), Vec<Trial>> = BTreeMap::new();
    for range in splits.iter().flat_map(|split| &split.train) {
        if let Entry::Vacant(unknown) = searched.entry((range.start, range.end)) {
            unknown.insert(search(job, range.clone(), control)?);
        }
    }
    let choose = |split: Split| {
        let trials: Vec<&[Trial]> =
            split.train.iter().map(|range| searched[&(range.start, range.end)].as_slice()).collect();
        let best = best_of_ranges(selection, &trials);
        SplitResult { split, candidate: best.map(|(candidate, _)| candidate), in_sample: best.map(|(_, value)| value) }
    };
    let splits: Vec<SplitResult> = splits.into_iter().map(choose).collect();
    if control.cancel.load(Ordering::Relaxed) {
        return Err(Error::Cancelled);
    }
    let traded = splits.par_iter().map(|split| trade(job, split)).collect::<Result<Vec<_>, Error>>()?;
    let path = |through: Vec<usize>| path_of(settings, &traded, &through, bars_per_year);
    let paths = settings.paths().into_iter().map(path).collect();
    Ok(CrossValidationReport { splits, paths })
}

/// The candidate with the best mean objective over some ranges; the first of equal ones.
fn best_of_ranges(selection: &Selection, ranges: &[&[Trial]]) -> Option<(usize, f64)> {
    let n_bars = |trial: &Trial| trial.metrics.n_bars as f64;
    let value = |candidate: usize| {
        let trials = || ranges.iter().map(|trials| &trials[candidate]);
        if trials().map(|trial| trial.metrics.n_trades).sum::<usize>() < selection.min_trades {
            return None;
        }
        let weighted = |sum: f64, trial: &Trial| Some(sum + selection.objective.value(&trial.metrics)? * n_bars(trial));
        Some(trials().try_fold(0.0, weighted)? / trials().map(n_bars).sum::<f64>())
    };
    let n_candidates = ranges.first().map_or(0, |trials| trials.len());
    let better = |best: Option<(usize, f64)>, candidate: usize| match (best, value(candidate)) {
        (Some((_, most)), Some(found)) if found > most => Some((candidate, found)),
        (None, Some(found)) => Some((candidate, found)),
        _ => best,
    };
    (0..n_candidates).fold(None, better)
}

/// What a tested group brought.
struct Tested {
    returns: Vec<f64>,
    n_trades: usize,
    net_profit: f64,
}

/// Trades each tested group of a split.
fn trade(job: &Job<'_, '_>, result: &SplitResult) -> Result<Vec<Tested>, Error> {
    let mut scratch = Scratch::default();
    let mut group = |bars: &Range<usize>| {
        job.check(bars)?;
        let Some(candidate) = result.candidate else {
            return Ok(Tested { returns: vec![0.0; bars.len()], n_trades: 0, net_profit: 0.0 });
        };
        let report = job.run(candidate, bars.clone(), &mut scratch)?;
        let returns = bar_returns(&report, job.account.initial_cash);
        Ok(Tested { returns, n_trades: report.metrics.n_trades, net_profit: report.metrics.net_profit })
    };
    result.split.test.iter().map(&mut group).collect()
}

/// The path whose groups come from the splits `through`.
fn path_of(settings: &CrossValidation, traded: &[Vec<Tested>], through: &[usize], bars_per_year: f64) -> PathResult {
    let mut path = PathResult { returns: Vec::new(), sharpe: None, n_trades: 0, net_profit: 0.0 };
    let tested = settings.tested_groups();
    for (group, &split) in through.iter().enumerate() {
        let place = tested[split].iter().position(|&tested| tested == group).expect("the split tests the group");
        let Tested { returns, n_trades, net_profit } = &traded[split][place];
        path.returns.extend(returns);
        path.n_trades += n_trades;
        path.net_profit += net_profit;
    }
    path.sharpe = sharpe(&path.returns, bars_per_year);
    path
}
