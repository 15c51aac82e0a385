//! The whole procedure on one market, and what peers do by default.
use std::sync::atomic::AtomicBool;

use backtest::{Account, Commission, Costs, Market, Metrics, Scratch, Spread};
use market::BarsView;
use optimizer::{
    Control, CrossValidation, Evidence, FinalistRule, Findings, Job, MarketTest, NullMarket, Objective, RankConfig,
    Selection, Trial, WalkForward, cross_validate, evidence, field, finalists, rank, search, test_search, walk_forward,
};
use trade_stats::{Bootstrap, SharpeSample, probabilistic_sharpe};

use super::noise::BARS_PER_YEAR;
use super::rules::Rules;

/// Share of the bars that is searched; the rest is kept back.
pub(crate) const SEARCHED: f64 = 0.8;
const EMBARGO_BARS: usize = 20;

/// How a market is judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Procedure {
    pub(crate) account: Account,
    pub(crate) null: NullMarket,
    pub(crate) n_null_markets: usize,
    pub(crate) stop_after: usize,
    pub(crate) n_resamples: usize,
    /// Whether the figures that only inform are worked out too.
    pub(crate) is_complete: bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judged {
    pub(crate) evidence: Evidence,
    /// The first of the ranking.
    pub(crate) chosen: Option<usize>,
    pub(crate) peers: Peers,
}

/// The best of the grid over all bars, as optimisers without validation give it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peers {
    /// The candidate with the highest return.
    pub(crate) by_return: usize,
    pub(crate) is_profitable: bool,
    /// The candidate with the highest Sharpe ratio, and the p-value of that ratio as if it had been the only try.
    pub(crate) by_sharpe: usize,
    pub(crate) p_value: f64,
}

pub(crate) fn account(has_costs: bool) -> Account {
    let costs = if has_costs {
        Costs { commission: Commission::Percent(0.001), slippage_ticks: 1, spread: Spread::FromBars }
    } else {
        Costs { commission: Commission::None, slippage_ticks: 0, spread: Spread::None }
    };
    Account { initial_cash: 10_000.0, tick_size: 0.00001, quantity_step: 1.0, costs }
}

pub(crate) fn quiet() -> Control<'static> {
    static GO_ON: AtomicBool = AtomicBool::new(false);
    Control { on_progress: &|_| {}, cancel: &GO_ON }
}

/// Searches 80 % of the bars, validates, ranks, and looks at the rest once.
pub(crate) fn judge(rules: &Rules, procedure: &Procedure, bars: BarsView<'_>, seed: u64) -> Judged {
    let market = Market::new(bars);
    let Procedure { account, .. } = procedure;
    let job = Job { plans: &rules.plans, candidates: &rules.candidates, market: &market, account };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
    let searched = 0..(bars.len() as f64 * SEARCHED) as usize;
    let selection = Selection { objective: Objective::Sharpe, min_trades: 20 };
    let trials = search(&job, searched.clone(), &quiet()).expect("a search");
    let folds = WalkForward { n_folds: 4, train_fraction: 0.6, embargo_bars: EMBARGO_BARS, anchored: false };
    let folds = folds.folds(searched.clone()).expect("enough bars");
    let in_folds = Selection { min_trades: 8, ..selection };
    let walk_forward = walk_forward(&job, &folds, &in_folds, &quiet()).expect("a walk-forward");
    let rule = FinalistRule { selection, per_strategy: 5 };
    let finalists = finalists(&job, searched.clone(), &trials, &folds, &rule, &quiet()).expect("finalists");
    let ranking = rank(&finalists, &RankConfig::default()).expect("a ranking");
    let Procedure { null, n_null_markets, stop_after, .. } = *procedure;
    let settings = MarketTest { null, n_markets: n_null_markets, stop_after, seed };
    let market_test =
        test_search(&job, searched.clone(), &selection, &settings, usize::MAX, &quiet()).expect("a market test");
    let groups = CrossValidation { n_groups: 6, n_test_groups: 2, purge_bars: 10, embargo_bars: EMBARGO_BARS };
    let paths = procedure.is_complete.then(|| {
        let in_groups = Selection { min_trades: 15, ..selection };
        cross_validate(&job, searched.clone(), &groups, &in_groups, BARS_PER_YEAR, &quiet()).expect("paths")
    });
    let all = procedure.is_complete.then(|| field(&job, searched.clone(), 1_000, &quiet()).expect("a field"));
    let chosen = ranking.top.first().map(|best| best.candidate);
    let holdout = chosen.map(|candidate| evaluate(&job, candidate, searched.end..bars.len()));
    let findings = Findings {
        trials: &trials,
        min_trades: selection.min_trades,
        finalists: &finalists,
        walk_forward: &walk_forward,
        market_test: Some(&market_test),
        field: all.as_ref(),
        cross_validation: paths.as_ref(),
        holdout: holdout.as_ref(),
    };
    let bootstrap = Bootstrap { mean_block: 10.0, n_resamples: procedure.n_resamples, seed };
    Judged { evidence: evidence(&findings, &bootstrap), chosen, peers: peers(&job, bars.len()) }
}

pub(crate) fn evaluate(job: &Job<'_, '_>, candidate: usize, window: std::ops::Range<usize>) -> Metrics {
    let chosen = &job.candidates[candidate];
    let plan = &job.plans[chosen.strategy];
    backtest::evaluate(plan, &chosen.params, job.market, window, job.account, &mut Scratch::new()).expect("a back-test")
}

fn peers(job: &Job<'_, '_>, n_bars: usize) -> Peers {
    let trials = search(job, 0..n_bars, &quiet()).expect("a search");
    let best = |objective| {
        let selection = Selection { objective, min_trades: 20 };
        selection.best(&trials).cloned().expect("a strategy trades")
    };
    let (by_return, by_sharpe): (Trial, Trial) = (best(Objective::NetReturn), best(Objective::Sharpe));
    Peers {
        by_return: by_return.candidate,
        is_profitable: by_return.metrics.net_profit > 0.0,
        by_sharpe: by_sharpe.candidate,
        p_value: single_try_p(&by_sharpe.metrics),
    }
}

/// 1 less the probabilistic Sharpe ratio.
fn single_try_p(metrics: &Metrics) -> f64 {
    let sample = SharpeSample {
        value: metrics.sharpe.expect("returns vary").value,
        n: metrics.n_bars,
        skewness: metrics.skewness.expect("returns vary"),
        kurtosis: metrics.kurtosis.expect("returns vary"),
    };
    1.0 - probabilistic_sharpe(&sample, 0.0).expect("a sample")
}
