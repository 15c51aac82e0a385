use std::ops::Range;
use std::sync::atomic::Ordering;

use backtest::{Metrics, Scratch};
use rayon::prelude::*;
use strategy::Params;

use crate::study::StudyJob;
use crate::{Candidate, Control, Error};

/// A candidate with the number of its trial.
pub(super) type Numbered = (u64, Candidate);

/// Candidates that one thread takes at a time at most.
const CHUNK: usize = 64;

/// Figures of each candidate over `window`, in their order, equal bit for bit on any number of threads.
///
/// Those of one strategy are traded next to each other, because they share indicators.
pub(super) fn evaluate(
    job: &StudyJob<'_, '_>,
    candidates: &[Numbered],
    window: &Range<usize>,
    control: &Control<'_>,
) -> Result<Vec<Metrics>, Error> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|&position| candidates[position].1.strategy);
    let chunk = candidates.len().div_ceil(rayon::current_num_threads()).clamp(1, CHUNK);
    let chunks: Vec<Result<Vec<(usize, Metrics)>, Error>> = order
        .par_chunks(chunk)
        .map_init(Scratch::default, |scratch, positions| {
            if control.cancel.load(Ordering::Relaxed) {
                return Err(Error::Cancelled);
            }
            evaluate_some(job, candidates, positions, window, scratch)
        })
        .collect();
    if control.cancel.load(Ordering::Relaxed) {
        return Err(Error::Cancelled);
    }
    let mut evaluated: Vec<Option<Metrics>> = vec![None; candidates.len()];
    for chunk in chunks {
        for (position, metrics) in chunk? {
            evaluated[position] = Some(metrics);
        }
    }
    Ok(evaluated.into_iter().map(|metrics| metrics.expect("each candidate is in one chunk")).collect())
}

fn evaluate_some(
    job: &StudyJob<'_, '_>,
    candidates: &[Numbered],
    positions: &[usize],
    window: &Range<usize>,
    scratch: &mut Scratch,
) -> Result<Vec<(usize, Metrics)>, Error> {
    let mut evaluated = Vec::with_capacity(positions.len());
    let strategy_of = |position: &usize| candidates[*position].1.strategy;
    for of_strategy in positions.chunk_by(|one, next| strategy_of(one) == strategy_of(next)) {
        let plan = &job.plans[strategy_of(&of_strategy[0])];
        let sets: Vec<&Params> = of_strategy.iter().map(|&position| &candidates[position].1.params).collect();
        let results = backtest::evaluate_many(plan, &sets, job.market, window.clone(), job.account, scratch);
        for (&position, result) in of_strategy.iter().zip(results) {
            let failed = |source| {
                let candidate = usize::try_from(candidates[position].0).expect("the trials fit into memory");
                Error::Backtest { candidate, strategy: plan.strategy().name.clone(), source: Box::new(source) }
            };
            evaluated.push((position, result.map_err(failed)?));
        }
    }
    Ok(evaluated)
}
