use backtest::{Metrics, Scratch};
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
    let holdout = searched.ranking.top.first().map(|best| holdout(job, split, best)).transpose()?;
    let evidence = holdout.map_or(searched.evidence, |metrics| searched.evidence.with_holdout(&metrics));
    Ok(Validated { evidence, verdict: evidence.verdict() })
}

fn holdout(job: &Job<'_, '_>, split: &Split, best: &Ranked) -> Result<Metrics, Error> {
    let Candidate { strategy, params } = &job.candidates[best.candidate];
    let plan = &job.plans[*strategy];
    backtest::evaluate(plan, params, job.market, split.holdout.clone(), job.account, &mut Scratch::default())
        .map_err(Error::failed(format!("trading {} out of sample", plan.strategy().name)))
}
