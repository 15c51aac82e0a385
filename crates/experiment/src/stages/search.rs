use backtest::{Metrics, Plan};
use optimizer::{
    Candidate, Evidence, FinalistRule, Findings, Job, MarketTest, NullMarket, Objective, Ranking, Sampler, Selection,
    Trial, WalkForwardReport, candidates, evidence, field, finalists, rank, search, test_search,
};
use serde::{Deserialize, Serialize};
use trade_report::{HeatMap, Overfitting};
use trade_stats::Bootstrap;

use crate::page::{self, Over, heat_map, strongest_pair};
use crate::plan::{RunPlan, SamplerKind, SearchPlan};
use crate::report::TriedSummary;
use crate::stages::split::Split;
use crate::stages::walk_forward::counted;
use crate::{Error, Progress, Stage};

/// Parameter sets of each strategy that come to the ranking.
const FINALISTS_PER_STRATEGY: usize = 20;
/// Resamples of the reality check.
const RESAMPLES: usize = 1_000;
/// Mean block of the reality check in bars, longer than most trades.
const MEAN_BLOCK_BARS: f64 = 60.0;

/// Candidates whose returns are kept for the statistics about the search as a whole.
const FIELD: usize = 200;
/// Markets without a pattern that are searched at most.
const NULL_MARKETS: usize = 39;
/// Those that gave as much, after which no more are searched: without an edge that is after eight on average.
const STOP_AFTER: usize = 2;

/// What the search found on the search period.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Searched {
    pub(crate) tried: Vec<TriedSummary>,
    pub(crate) ranking: Ranking,
    /// Without the holdout, which nobody has looked at yet.
    pub(crate) evidence: Evidence,
    /// Results over pairs of parameters of the strategies in the ranking.
    pub(crate) heat_maps: Vec<HeatMap>,
    /// Probability that choosing by the past is over-fitting; absent where the search is too small for it.
    pub(crate) overfitting: Option<Overfitting>,
}

/// The parameter sets to try: the plan's number shared by its strategies, rounded up.
pub(crate) fn parameter_sets(plans: &[Plan], search: &SearchPlan, seed: u64) -> Result<Vec<Candidate>, Error> {
    let sampler = match search.sampler {
        SamplerKind::Random => Sampler::Random { n: search.parameter_sets.div_ceil(plans.len()), seed },
        SamplerKind::Grid => Sampler::Grid { max_points: search.parameter_sets as u64 },
    };
    candidates(plans, &sampler).map_err(Error::failed("choosing parameter sets"))
}

/// Tries every parameter set on the search period, ranks the best, and weighs the evidence.
///
/// - `cache_bytes`: memory for the indicators of a market without a pattern.
pub(crate) fn run(
    job: &Job<'_, '_>,
    split: &Split,
    plan: &RunPlan,
    walk_forward: &WalkForwardReport,
    cache_bytes: usize,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Searched, Error> {
    let selection = Selection { objective: Objective::Sharpe, min_trades: plan.search.min_trades };
    let rule = FinalistRule { selection, per_strategy: FINALISTS_PER_STRATEGY };
    let total = job.candidates.len() + FINALISTS_PER_STRATEGY * job.plans.len();
    let (trials, finalists) = counted(Stage::Search, total, progress, |control| {
        let trials = search(job, split.search.clone(), control)?;
        let finalists = finalists(job, split.search.clone(), &trials, &split.folds, &rule, control)?;
        Ok((trials, finalists))
    })?;
    let settings =
        MarketTest { null: NullMarket::SignFlips, n_markets: NULL_MARKETS, stop_after: STOP_AFTER, seed: plan.seed };
    let total = job.candidates.len() * (1 + NULL_MARKETS);
    let (market_test, field) = counted(Stage::Search, total, progress, |control| {
        let market_test = test_search(job, split.search.clone(), &selection, &settings, cache_bytes, control)?;
        Ok((market_test, field(job, split.search.clone(), FIELD, control)?))
    })?;
    let ranking = rank(&finalists, &plan.ranking).map_err(Error::failed("ranking the finalists"))?;
    let findings = Findings {
        trials: &trials,
        min_trades: plan.search.min_trades,
        finalists: &finalists,
        walk_forward,
        market_test: Some(&market_test),
        field: Some(&field),
        cross_validation: None,
        holdout: None,
    };
    let bootstrap = Bootstrap { mean_block: MEAN_BLOCK_BARS, n_resamples: RESAMPLES, seed: plan.seed };
    Ok(Searched {
        tried: job.plans.iter().enumerate().map(|(index, plan)| tried(job, index, plan, &trials, &selection)).collect(),
        heat_maps: heat_maps(job, &trials, &ranking, &selection),
        overfitting: page::overfitting(&field, job.candidates.len()),
        ranking,
        evidence: evidence(&findings, &bootstrap),
    })
}

/// A map for each strategy of the ranking, over the two parameters that move its result most; for the first of them the
/// median beside the best.
fn heat_maps(job: &Job<'_, '_>, trials: &[Trial], ranking: &Ranking, selection: &Selection) -> Vec<HeatMap> {
    let mut maps: Vec<HeatMap> = Vec::new();
    let mut shown: Vec<usize> = Vec::new();
    for ranked in &ranking.top {
        let Candidate { strategy: index, params } = &job.candidates[ranked.candidate];
        if shown.contains(index) {
            continue;
        }
        let strategy = job.plans[*index].strategy();
        let of_strategy = trials.iter().filter(|trial| job.candidates[trial.candidate].strategy == *index);
        let annual = |trial: &Trial| {
            let sharpe = trial.metrics.sharpe.map(trade_stats::Sharpe::annual);
            sharpe.filter(|_| selection.value(&trial.metrics).is_some())
        };
        let tried: Vec<_> = of_strategy.map(|trial| (&job.candidates[trial.candidate].params, annual(trial))).collect();
        let Some(pair) = strongest_pair(strategy, &tried) else { continue };
        let ways: &[Over] = if shown.is_empty() { &[Over::Best, Over::Median] } else { &[Over::Best] };
        let map = |over: &Over| heat_map(strategy, &tried, pair, params, *over, "Sharpe ratio p.a. in-sample");
        maps.extend(ways.iter().filter_map(map));
        shown.push(*index);
    }
    maps
}

fn tried(job: &Job<'_, '_>, index: usize, plan: &Plan, trials: &[Trial], selection: &Selection) -> TriedSummary {
    let of_strategy = trials.iter().filter(|trial| job.candidates[trial.candidate].strategy == index);
    let metrics: Vec<&Metrics> = of_strategy.map(|trial| &trial.metrics).collect();
    let considered = metrics.iter().filter(|metrics| metrics.n_trades >= selection.min_trades);
    let mut sharpes: Vec<f64> =
        considered.clone().filter_map(|metrics| metrics.sharpe.map(trade_stats::Sharpe::annual)).collect();
    sharpes.sort_by(f64::total_cmp);
    TriedSummary {
        name: plan.strategy().name.clone(),
        n_tried: metrics.len(),
        n_considered: considered.clone().count(),
        n_profitable: considered.filter(|metrics| metrics.net_profit > 0.0).count(),
        median_sharpe: sharpes.get(sharpes.len() / 2).copied(),
        best_sharpe: sharpes.last().copied(),
    }
}
