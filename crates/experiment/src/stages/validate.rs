use backtest::{Metrics, Scratch};
use optimizer::{Evidence, Job, Verdict};
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::stages::search::Searched;
use crate::stages::split::Split;

/// How the best did where no search looked, and what that says about all.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Validated {
    /// Figures of each of the best over the search period, in their order.
    pub(crate) in_sample: Vec<Metrics>,
    /// Figures over the holdout.
    pub(crate) out_of_sample: Vec<Metrics>,
    pub(crate) evidence: Evidence,
    pub(crate) verdict: Verdict,
}

/// Trades the best over the holdout, once, and gives the verdict.
pub(crate) fn run(job: &Job<'_, '_>, split: &Split, searched: &Searched) -> Result<Validated, Error> {
    let mut scratch = Scratch::default();
    let mut over = |window: &std::ops::Range<usize>| {
        let evaluate = |candidate: usize| {
            let optimizer::Candidate { strategy, params } = &job.candidates[candidate];
            let plan = &job.plans[*strategy];
            backtest::evaluate(plan, params, job.market, window.clone(), job.account, &mut scratch)
                .map_err(Error::failed(format!("trading {} out of sample", plan.strategy().name)))
        };
        searched.ranking.top.iter().map(|ranked| ranked.candidate).map(evaluate).collect::<Result<Vec<_>, _>>()
    };
    let (in_sample, out_of_sample) = (over(&split.search)?, over(&split.holdout)?);
    let mut evidence = searched.evidence;
    evidence.holdout_profit = out_of_sample.first().map(|metrics| metrics.net_profit);
    Ok(Validated { in_sample, out_of_sample, evidence, verdict: evidence.verdict() })
}
