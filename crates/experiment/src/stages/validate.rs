use backtest::Scratch;
use optimizer::{Candidate, Evidence, Job, Ranked, Verdict};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::stages::search::Searched;
use crate::stages::split::Split;

/// The evidence, with how the best pick did where no search looked, and what it amounts to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Validated {
    pub(crate) evidence: Evidence,
    pub(crate) verdict: Verdict,
}

/// Trades the best pick over the holdout and gives the verdict.
pub(crate) fn run(job: &Job<'_, '_>, split: &Split, searched: &Searched) -> Result<Validated, Error> {
    let mut evidence = searched.evidence;
    evidence.holdout_profit = searched.ranking.top.first().map(|best| holdout_profit(job, split, best)).transpose()?;
    Ok(Validated { evidence, verdict: evidence.verdict() })
}

fn holdout_profit(job: &Job<'_, '_>, split: &Split, best: &Ranked) -> Result<f64, Error> {
    let Candidate { strategy, params } = &job.candidates[best.candidate];
    let plan = &job.plans[*strategy];
    backtest::evaluate(plan, params, job.market, split.holdout.clone(), job.account, &mut Scratch::default())
        .map(|metrics| metrics.net_profit)
        .map_err(Error::failed(format!("trading {} out of sample", plan.strategy().name)))
}
