//! What a finalist is expected to earn, risk, keep and cost.
#![expect(clippy::unwrap_used, reason = "a broken set-up is a failed test")]

#[expect(dead_code, reason = "the other tests need it all")]
mod support;

use backtest::{Market, Metrics, Scratch};
use optimizer::{
    Appraisal, Difficulty, Finalist, FinalistRule, Job, Objective, Sampler, Selection, appraise, candidates, finalists,
    search,
};
use support::{REVERTING, account, bars, plans, quiet, rsi_reversal};

/// The best RSI reversal on a reverting market, and its figures on bars behind.
fn found() -> (Finalist, Metrics) {
    let (bars, account, plans) = (bars(2_000, 3, &REVERTING), account(), plans(&[rsi_reversal()]));
    let market = Market::new(bars.view());
    let candidates = candidates(&plans, &Sampler::Grid { max_points: 100 }).unwrap();
    let job = Job { plans: &plans, candidates: &candidates, market: &market, account: &account };
    let selection = Selection { objective: Objective::Sharpe, min_trades: 10 };
    let trials = search(&job, 0..1_500, &quiet()).unwrap();
    let rule = FinalistRule { selection, per_strategy: 1 };
    let finalist = finalists(&job, 0..1_500, &trials, &[], &rule, &quiet()).unwrap().remove(0);
    let params = &candidates[finalist.candidate].params;
    let after = backtest::evaluate(&plans[0], params, &market, 1_500..2_000, &account, &mut Scratch::new()).unwrap();
    (finalist, after)
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * b.abs()
}

#[test]
fn the_figures_follow_their_definitions() {
    let (finalist, after) = found();
    let metrics = finalist.metrics;
    let it = appraise(&finalist.metrics, &finalist.returns, 25, Some(&after));
    let (before, per_year) = (metrics.sharpe.unwrap(), metrics.sharpe.unwrap().per_year);
    // Return over volatility is the ratio.
    assert!(close(it.expected_return.unwrap() / it.risk.volatility.unwrap(), before.annual()));
    let mean = finalist.returns.iter().sum::<f64>() / finalist.returns.len() as f64;
    assert!((it.expected_return.unwrap() - mean * per_year).abs() < 1e-9);
    let mut worst = finalist.returns.clone();
    worst.sort_by(f64::total_cmp);
    assert!(close(it.risk.expected_shortfall.unwrap(), worst[..75].iter().sum::<f64>() / 75.0));
    let decay = it.decay.unwrap();
    assert!(close(decay.lost.unwrap(), 1.0 - after.sharpe.unwrap().annual() / before.annual()));
    assert!(decay.interval.unwrap().low < decay.out_of_sample);
    let (share, over) = (it.execution.cost_share.unwrap(), it.execution.profit_over_costs.unwrap());
    assert!(close(share, 1.0 / (1.0 + over)));
    // 1,500 hourly bars are 62.5 days.
    assert!(close(it.execution.trades_per_day.unwrap(), metrics.n_trades as f64 / 62.5));
}

#[test]
fn more_tries_are_more_luck_and_leave_the_interval() {
    let (finalist, _) = found();
    let [few, many] =
        [2, 20_000].map(|n_trials| appraise(&finalist.metrics, &finalist.returns, n_trials, None).sharpe.unwrap());
    assert!(many.above_luck.unwrap() < few.above_luck.unwrap());
    assert_eq!(few.interval, many.interval);
    let interval = few.interval.unwrap();
    assert!(interval.low < few.annual && few.annual < interval.high);
}

/// With net profit, costs and mean bars in a trade.
fn difficulty(net_profit: f64, costs: f64, bars: f64) -> Difficulty {
    let (mut finalist, _) = found();
    finalist.metrics = Metrics { net_profit, costs, mean_bars_in_trade: Some(bars), ..finalist.metrics };
    appraise(&finalist.metrics, &finalist.returns, 25, None).execution.difficulty
}

#[test]
fn difficulty_is_what_costs_leave() {
    assert_eq!(difficulty(300.0, 100.0, 5.0), Difficulty::Easy);
    assert_eq!(difficulty(300.0, 100.0, 1.9), Difficulty::Moderate);
    assert_eq!(difficulty(299.0, 100.0, 5.0), Difficulty::Moderate);
    assert_eq!(difficulty(299.0, 100.0, 1.9), Difficulty::Hard);
    assert_eq!(difficulty(99.0, 100.0, 5.0), Difficulty::Hard);
    assert_eq!(difficulty(0.0, 100.0, 5.0), Difficulty::Unprofitable);
    assert_eq!(difficulty(1.0, 0.0, 5.0), Difficulty::Easy);
}

#[test]
fn what_never_varied_has_no_ratio() {
    let (mut finalist, after) = found();
    finalist.metrics = Metrics { sharpe: None, skewness: None, kurtosis: None, ..finalist.metrics };
    let it = appraise(&finalist.metrics, &finalist.returns, 25, Some(&after));
    assert_eq!((it.expected_return, it.sharpe, it.execution.trades_per_day), (None, None, None));
    assert_eq!(it.decay.unwrap().lost, None);
    let text = serde_json::to_string(&it).unwrap();
    assert_eq!(serde_json::from_str::<Appraisal>(&text).unwrap(), it);
}
