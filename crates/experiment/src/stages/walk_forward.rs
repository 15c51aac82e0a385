use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use optimizer::{Control, Fold, Job, Objective, Selection, WalkForwardReport, walk_forward};

use crate::plan::SearchPlan;
use crate::stages::split::Split;
use crate::{Error, Progress, Stage};

/// Fewest trades in a fold's training that make a parameter set worth trading.
const MIN_FOLD_TRADES: usize = 5;

/// In each fold, searches on the past and trades the future.
pub(crate) fn run(
    job: &Job<'_, '_>,
    split: &Split,
    plan: &SearchPlan,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<WalkForwardReport, Error> {
    let selection = Selection { objective: Objective::Sharpe, min_trades: fold_trades(split, plan) };
    let total = job.candidates.len() * split.folds.len();
    counted(Stage::WalkForward, total, progress, |control| walk_forward(job, &split.folds, &selection, control))
}

/// The plan's fewest trades, in proportion to a fold's share of the search period.
fn fold_trades(split: &Split, plan: &SearchPlan) -> usize {
    let train_bars = split.folds.first().map_or(0, |fold: &Fold| fold.train.len());
    (plan.min_trades * train_bars).div_ceil(split.search.len()).max(MIN_FOLD_TRADES)
}

/// Runs `work` with a counter of finished back-tests that reports to `progress`.
pub(crate) fn counted<T>(
    stage: Stage,
    total: usize,
    progress: &(dyn Fn(Progress) + Sync),
    work: impl FnOnce(&Control<'_>) -> Result<T, optimizer::Error>,
) -> Result<T, Error> {
    let done = AtomicUsize::new(0);
    let on_progress = |count: usize| {
        let done = done.fetch_add(count, Ordering::Relaxed) + count;
        progress(Progress::Advanced { stage, done, total });
    };
    let cancel = AtomicBool::new(false);
    work(&Control { on_progress: &on_progress, cancel: &cancel }).map_err(Error::failed(format!("stage {stage}")))
}
