//! Scores, ties and diversification.
#![expect(clippy::unwrap_used, clippy::float_cmp, reason = "small exact cases")]

use std::collections::BTreeMap;

use backtest::{Direction, Metrics};
use optimizer::{Criterion, Error, Finalist, RankConfig, Reason, rank};
use trade_stats::Sharpe;

fn metrics(net_profit: f64, sharpe: f64) -> Metrics {
    Metrics {
        n_bars: 8,
        n_trades: 50,
        n_dropped: 0,
        net_profit,
        gross_profit: 0.0,
        gross_loss: 0.0,
        costs: 10.0,
        total_return: net_profit / 1_000.0,
        max_drawdown: 0.1,
        mean_return: 0.0,
        std_return: 0.0,
        skewness: None,
        kurtosis: None,
        sharpe: Some(Sharpe { value: sharpe, per_year: 1.0 }),
        sortino: None,
        calmar: None,
        profit_factor: None,
        win_rate: None,
        expectancy: None,
        exposure: 0.5,
        mean_bars_in_trade: None,
        bankrupt: false,
    }
}

fn finalist(candidate: usize, sharpe: f64, returns: [f64; 8]) -> Finalist {
    Finalist {
        candidate,
        metrics: metrics(10.0, sharpe),
        fold_profits: vec![1.0, -1.0],
        stability: Some(0.5),
        returns: returns.to_vec(),
        trades: vec![(Direction::Long, candidate, candidate + 1)],
    }
}

/// Uncorrelated with each other.
const A: [f64; 8] = [1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0];
const B: [f64; 8] = [1.0, 1.0, -1.0, -1.0, 1.0, 1.0, -1.0, -1.0];
const C: [f64; 8] = [1.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0];
/// Correlates with `A` by 0.5.
const NEAR_A: [f64; 8] = [1.0, -1.0, 1.0, -1.0, 1.0, -1.0, -1.0, 1.0];

fn by_sharpe() -> RankConfig {
    RankConfig {
        weights: BTreeMap::from([(Criterion::Sharpe, 1.0)]),
        top: 3,
        max_correlation: 0.8,
        min_trades: 10,
        tie_tolerance: 0.0,
        limits: BTreeMap::new(),
    }
}

fn top(finalists: &[Finalist], config: &RankConfig) -> Vec<usize> {
    rank(finalists, config).unwrap().top.iter().map(|ranked| ranked.candidate).collect()
}

#[test]
fn the_better_score_comes_first() {
    let finalists = [finalist(4, 1.0, A), finalist(7, 3.0, B), finalist(9, 2.0, C)];
    let ranking = rank(&finalists, &by_sharpe()).unwrap();
    assert_eq!(ranking.top.iter().map(|r| (r.candidate, r.score)).collect::<Vec<_>>(), [(7, 1.0), (9, 0.5), (4, 0.0)]);
    assert_eq!(ranking.top[0].correlation_to_better, None);
    assert_eq!(ranking.top[1].correlation_to_better, Some(0.0));
    assert!(ranking.passed_over.is_empty());
}

#[test]
fn weights_decide_and_less_drawdown_is_better() {
    let mut calm = finalist(0, 1.0, A);
    calm.metrics.max_drawdown = 0.01;
    let wild = finalist(1, 2.0, B);
    let weights = |sharpe, drawdown| RankConfig {
        weights: BTreeMap::from([(Criterion::Sharpe, sharpe), (Criterion::MaxDrawdown, drawdown)]),
        ..by_sharpe()
    };
    assert_eq!(top(&[calm.clone(), wild.clone()], &weights(2.0, 1.0)), [1, 0]);
    assert_eq!(top(&[calm.clone(), wild.clone()], &weights(1.0, 2.0)), [0, 1]);
    let ranking = rank(&[calm, wild], &weights(1.0, 3.0)).unwrap();
    assert_eq!(ranking.top[0].score, 0.75);
    let parts: Vec<_> = ranking.top[0].parts.iter().map(|p| (p.criterion, p.value, p.percentile, p.weight)).collect();
    assert_eq!(parts, [(Criterion::Sharpe, Some(1.0), 0.0, 1.0), (Criterion::MaxDrawdown, Some(0.01), 1.0, 3.0)]);
}

#[test]
fn a_tie_goes_to_the_one_that_differs_more() {
    let finalists = [finalist(0, 3.0, A), finalist(1, 2.0, NEAR_A), finalist(2, 2.0, B)];
    assert_eq!(top(&finalists, &by_sharpe()), [0, 2, 1]);
    // Without a tie the score decides, with a tolerance it is a tie again.
    let finalists = [finalist(0, 3.0, A), finalist(1, 2.1, NEAR_A), finalist(2, 2.0, B)];
    assert_eq!(top(&finalists, &by_sharpe()), [0, 1, 2]);
    assert_eq!(top(&finalists, &RankConfig { tie_tolerance: 0.5, ..by_sharpe() }), [0, 2, 1]);
}

#[test]
fn a_tie_of_the_first_place_goes_to_the_lower_candidate() {
    assert_eq!(top(&[finalist(5, 1.0, B), finalist(2, 1.0, A)], &by_sharpe()), [2, 5]);
}

#[test]
fn what_follows_a_better_one_is_passed_over_with_the_reason() {
    let mirror = A.map(|r| -r);
    let finalists =
        [finalist(0, 4.0, A), finalist(1, 3.0, A.map(|r| 2.0 * r)), finalist(2, 2.0, mirror), finalist(3, 1.0, B)];
    let ranking = rank(&finalists, &by_sharpe()).unwrap();
    assert_eq!(ranking.top.iter().map(|r| r.candidate).collect::<Vec<_>>(), [0, 3]);
    assert_eq!(ranking.passed_over.len(), 2);
    for (passed, candidate) in ranking.passed_over.iter().zip([1, 2]) {
        assert_eq!(passed.candidate, candidate);
        assert!(matches!(passed.reason, Reason::Correlated { with: 0, correlation } if correlation > 0.999));
        assert_eq!(passed.reason.to_string(), "correlation 1.00 with candidate 0");
    }
}

#[test]
fn identical_trades_are_passed_over_even_where_returns_differ() {
    let mut twin = finalist(1, 3.0, B);
    twin.trades = finalist(0, 4.0, A).trades;
    let ranking = rank(&[finalist(0, 4.0, A), twin], &by_sharpe()).unwrap();
    assert_eq!(ranking.passed_over[0].reason, Reason::SameTrades { with: 0 });
}

#[test]
fn too_few_trades_are_no_basis() {
    let mut idle = finalist(1, 9.0, B);
    idle.metrics.n_trades = 9;
    let ranking = rank(&[finalist(0, 1.0, A), idle], &by_sharpe()).unwrap();
    assert_eq!(ranking.top.len(), 1);
    assert_eq!(ranking.passed_over[0].reason, Reason::TooFewTrades { found: 9, needed: 10 });
}

#[test]
fn gates_pass_over_with_the_reason_whatever_the_score() {
    let (mut wild, mut broke, mut unknown) = (finalist(1, 9.0, B), finalist(2, 8.0, C), finalist(3, 7.0, NEAR_A));
    wild.metrics.max_drawdown = 0.3;
    broke.metrics.bankrupt = true;
    unknown.stability = None;
    let limits = BTreeMap::from([(Criterion::MaxDrawdown, 0.2), (Criterion::Stability, 0.4)]);
    let config = RankConfig { limits, ..by_sharpe() };
    let ranking = rank(&[finalist(0, 1.0, A), wild, broke, unknown], &config).unwrap();
    assert_eq!(ranking.top.iter().map(|ranked| ranked.candidate).collect::<Vec<_>>(), [0]);
    let reasons: Vec<_> = ranking.passed_over.iter().map(|it| (it.candidate, it.reason.to_string())).collect();
    assert_eq!(reasons[0], (1, "MaxDrawdown is 0.300, where the limit is 0.2".to_owned()));
    assert_eq!(reasons[1], (2, "the account went bankrupt".to_owned()));
    assert_eq!(reasons[2], (3, "Stability is unknown, where the limit is 0.4".to_owned()));
    let text = serde_json::to_string(&config).unwrap();
    assert_eq!(serde_json::from_str::<RankConfig>(&text).unwrap(), config);
}

#[test]
fn returns_without_variance_correlate_with_nothing() {
    assert_eq!(top(&[finalist(0, 3.0, [0.0; 8]), finalist(1, 2.0, [0.0; 8])], &by_sharpe()), [0, 1]);
}

#[test]
fn an_undefined_figure_ranks_below_every_number() {
    let mut unknown = finalist(0, 0.0, A);
    unknown.metrics.sharpe = None;
    assert_eq!(top(&[unknown, finalist(1, -5.0, B)], &by_sharpe()), [1, 0]);
}

#[test]
fn a_gain_without_a_loss_has_the_best_profit_factor() {
    let (mut some, flawless) = (finalist(0, 0.0, A), finalist(1, 0.0, B));
    some.metrics.profit_factor = Some(99.0);
    assert_eq!(Criterion::ProfitFactor.value(&flawless), Some(f64::INFINITY));
    let config = RankConfig { weights: BTreeMap::from([(Criterion::ProfitFactor, 1.0)]), ..by_sharpe() };
    let ranking = rank(&[some, flawless], &config).unwrap();
    assert_eq!((ranking.top[0].candidate, ranking.top[0].parts[0].value), (1, None));
}

#[test]
fn nothing_to_rank_is_an_empty_ranking() {
    let ranking = rank(&[], &RankConfig::default()).unwrap();
    assert!(ranking.top.is_empty() && ranking.passed_over.is_empty());
}

#[test]
fn the_default_weighs_at_least_seven_criteria_and_wants_five() {
    let config = RankConfig::default();
    config.validate().unwrap();
    assert!(config.weights.values().filter(|weight| **weight > 0.0).count() >= 7);
    assert_eq!(config.top, 5);
}

#[test]
fn settings_outside_their_range_are_errors() {
    let weights = |pairs: &[(Criterion, f64)]| RankConfig { weights: pairs.iter().copied().collect(), ..by_sharpe() };
    let bad = [
        (weights(&[]), "sum of weights"),
        (weights(&[(Criterion::Sharpe, 0.0)]), "sum of weights"),
        (weights(&[(Criterion::Sharpe, -1.0)]), "weight"),
        (weights(&[(Criterion::Sharpe, f64::NAN)]), "weight"),
        (RankConfig { top: 0, ..by_sharpe() }, "top"),
        (RankConfig { max_correlation: 1.5, ..by_sharpe() }, "max_correlation"),
        (RankConfig { tie_tolerance: -0.1, ..by_sharpe() }, "tie_tolerance"),
        (RankConfig { limits: BTreeMap::from([(Criterion::Sharpe, f64::NAN)]), ..by_sharpe() }, "limit"),
    ];
    for (config, setting) in bad {
        let error = rank(&[], &config).unwrap_err();
        assert!(matches!(error, Error::Setting { name, .. } if name == setting), "{error}");
    }
}

#[test]
fn the_configuration_survives_text_and_rejects_unknown_keys() {
    let config = RankConfig::default();
    let text = serde_json::to_string(&config).unwrap();
    assert_eq!(serde_json::from_str::<RankConfig>(&text).unwrap(), config);
    assert!(serde_json::from_str::<RankConfig>(&text.replace("\"top\"", "\"tops\"")).is_err());
    assert!(serde_json::from_str::<RankConfig>(&text.replace("\"sharpe\"", "\"sharp\"")).is_err());
}
