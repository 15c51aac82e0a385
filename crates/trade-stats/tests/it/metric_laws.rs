//! What holds for every series, strategy and set of p-values.

use proptest::collection::vec;
use proptest::prelude::*;
use trade_stats::{
    Adjustment, Cscv, Error, Market, ReportInput, Score, Shortfall, Trade, ValueAtRisk, active_share, adjust_p_values,
    capture, compound_return, conditional_drawdown, drawdown_episodes, equity_curve, expected_shortfall, exposure,
    kelly_fraction, max_drawdown, month_key, monthly_table, overfitting, pain_index, period_returns, quantile,
    regression, report, return_since, stochastic_dominance, streaks, ulcer_index, value_at_risk,
};

fn returns() -> impl Strategy<Value = Vec<f64>> {
    vec(-0.2..0.2, 2..200)
}

/// Returns with zeros, ties, total losses and debt.
fn rough() -> impl Strategy<Value = Vec<f64>> {
    let one = prop_oneof![Just(0.0), Just(0.05), Just(-0.05), Just(-1.0), -1.5..1.5, -1e-300..1e-300, Just(1e150),];
    vec(one, 1..40)
}

fn input<'a>(returns: &'a [f64], benchmark: &'a [f64], keys: &'a [i64], trades: &'a [Trade]) -> ReportInput<'a> {
    ReportInput {
        returns,
        per_year: 252.0,
        risk_free: 0.01,
        month_keys: Some(keys),
        equity: None,
        trades,
        benchmark: Some(benchmark),
    }
}

fn trade(profit: f64, bar: usize) -> Trade {
    let value = 100.0;
    Trade {
        entry: bar,
        exit: bar + 1,
        entry_value: value,
        exit_value: value,
        profit,
        costs: 0.1,
        mae: Some(0.1),
        mfe: None,
    }
}

proptest! {
    #[test]
    fn a_report_has_finite_numbers_or_none(r in rough(), b in rough(), first in -500_i64..500) {
        let n = r.len().min(b.len());
        let keys: Vec<i64> = (first..).flat_map(|month| [month; 3]).take(n).collect();
        let trades: Vec<Trade> = r[..n].iter().enumerate().map(|(i, r)| trade(*r, i)).collect();
        let report = report(&input(&r[..n], &b[..n], &keys, &trades)).unwrap();
        for metric in report.metrics() {
            prop_assert!(metric.value.is_none_or(f64::is_finite), "{:?}", metric);
        }
    }

    #[test]
    fn one_bad_value_is_an_error(mut r in returns(), at in any::<prop::sample::Index>(), which in 0..3_usize) {
        let bad = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY][which];
        let i = at.index(r.len());
        let keys = vec![0; r.len()];
        let good = r.clone();
        r[i] = bad;
        let found = report(&input(&r, &good, &keys, &[]));
        prop_assert_eq!(found, Err(Error::NotFinite { what: "returns", series: 0, index: i }));
        let found = report(&input(&good, &r, &keys, &[]));
        prop_assert_eq!(found, Err(Error::NotFinite { what: "benchmark", series: 0, index: i }));
    }

    #[test]
    fn a_shortfall_is_no_better_than_its_quantile(r in returns(), alpha in 0.01..0.5) {
        let border = value_at_risk(&r, alpha, ValueAtRisk::Historical).unwrap();
        prop_assert_eq!(Some(border), quantile(&r, alpha));
        let worst = r.iter().copied().fold(f64::INFINITY, f64::min);
        for kind in [Shortfall::BelowQuantile, Shortfall::WorstCount, Shortfall::Weighted] {
            let shortfall = expected_shortfall(&r, alpha, kind).unwrap();
            prop_assert!(worst - 1e-15 <= shortfall && shortfall <= border + 1e-15, "{:?}", kind);
        }
        let gaussian = expected_shortfall(&r, alpha, Shortfall::Gaussian).unwrap();
        prop_assert!(gaussian <= value_at_risk(&r, alpha, ValueAtRisk::Gaussian).unwrap());
    }

    #[test]
    fn measures_of_pain_are_ordered(r in returns(), alpha in 0.01..0.9) {
        let mut equity = vec![0.0; r.len() + 1];
        equity_curve(&r, 1.0, &mut equity);
        let deepest = max_drawdown(&equity).unwrap().fraction;
        let (pain, ulcer) = (pain_index(&r).unwrap(), ulcer_index(&r).unwrap());
        let tail = conditional_drawdown(&r, alpha).unwrap();
        prop_assert!(pain <= ulcer + 1e-12 && ulcer <= deepest + 1e-12);
        prop_assert!(pain <= tail + 1e-12 && tail <= deepest + 1e-12);
    }

    #[test]
    fn episodes_tile_the_time_under_water(r in returns()) {
        let mut equity = vec![0.0; r.len() + 1];
        equity_curve(&r, 1.0, &mut equity);
        let episodes = drawdown_episodes(&equity).unwrap();
        let mut under = vec![false; equity.len()];
        for fall in &episodes {
            prop_assert!(fall.start < fall.bottom && fall.end.is_none_or(|end| end > fall.bottom));
            under[fall.start + 1..fall.end.unwrap_or(equity.len())].fill(true);
        }
        let mut peak = 0.0;
        for (i, value) in equity.iter().enumerate() {
            peak = f64::max(peak, *value);
            prop_assert_eq!(under[i], *value < peak, "{}", i);
        }
        prop_assert!(episodes.windows(2).all(|pair| pair[0].end.is_some_and(|end| end <= pair[1].start)));
    }

    #[test]
    fn longer_periods_compound_to_the_whole(r in returns(), days in 1..40_i64) {
        let first = month_key(2020, 3).unwrap();
        let keys: Vec<i64> = (0..).map(|i| first + i / days).take(r.len()).collect();
        let product: f64 = period_returns(&r, &keys).unwrap().iter().map(|period| 1.0 + period.value).product();
        let total = compound_return(&r).unwrap();
        prop_assert!((product - 1.0 - total).abs() < 1e-9 * (1.0 + total.abs()));
        let years: f64 = monthly_table(&r, &keys).unwrap().iter().map(|year| 1.0 + year.total).product();
        prop_assert!((years - product).abs() < 1e-9 * product.abs().max(1.0));
        prop_assert_eq!(return_since(&r, &keys, first), Some(total));
    }

    #[test]
    fn a_leveraged_benchmark_has_its_leverage_as_beta(b in returns(), leverage in 0.2..3.0_f64, alpha in -0.01..0.01_f64) {
        let r: Vec<f64> = b.iter().map(|b| alpha + leverage * b).collect();
        let line = regression(&r, &b).unwrap();
        prop_assert!((line.beta - leverage).abs() < 1e-9 && (line.alpha - alpha).abs() < 1e-9);
        prop_assert!((line.r_squared.unwrap() - 1.0).abs() < 1e-9);
        prop_assert!(capture(&b, &b, 252.0, Market::All).is_none_or(|ratio| (ratio - 1.0).abs() < 1e-12));
    }

    #[test]
    fn an_edge_is_what_kelly_stakes_on(win_rate in 0.0..=1.0_f64, payoff in 0.01..10.0_f64) {
        let stake = kelly_fraction(win_rate, payoff).unwrap();
        let edge = win_rate * payoff - (1.0 - win_rate);
        prop_assert!(stake <= win_rate && (stake > 1e-12) == (edge > payoff * 1e-12));
    }

    #[test]
    fn streaks_and_shares_are_bounded(r in rough()) {
        let runs = streaks(&r).unwrap();
        prop_assert!(runs.wins + runs.losses <= r.len());
        prop_assert!((0.0..=1.0).contains(&active_share(&r).unwrap()));
        let trades: Vec<Trade> = (0..r.len()).map(|i| trade(1.0, i)).collect();
        prop_assert_eq!(exposure(&trades, r.len() + 1), Some(1.0));
    }

    #[test]
    fn adjustments_are_ordered(p in vec(0.0..=1.0_f64, 1..30)) {
        let by = |adjustment| adjust_p_values(&p, adjustment).unwrap();
        let (bonferroni, holm) = (by(Adjustment::Bonferroni), by(Adjustment::Holm));
        let (hochberg, yekutieli) = (by(Adjustment::BenjaminiHochberg), by(Adjustment::BenjaminiYekutieli));
        for i in 0..p.len() {
            prop_assert!(p[i] <= hochberg[i] && hochberg[i] <= holm[i] + 1e-15 && holm[i] <= bonferroni[i]);
            prop_assert!(hochberg[i] <= yekutieli[i] && bonferroni[i] <= 1.0 && yekutieli[i] <= 1.0);
            for j in 0..p.len() {
                prop_assert!(p[i] > p[j] || (holm[i] <= holm[j] && hochberg[i] <= hochberg[j]));
            }
        }
    }

    #[test]
    fn a_sample_dominates_what_lies_below_it(a in vec(-1.0..1.0, 1..30), up in 0.001..1.0) {
        let higher: Vec<f64> = a.iter().map(|x: &f64| x + up).collect();
        let found = stochastic_dominance(&higher, &a).unwrap();
        prop_assert!(found.first_order && found.second_order);
        let back = stochastic_dominance(&a, &higher).unwrap();
        prop_assert!(!back.first_order && !back.second_order);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn overfitting_does_not_depend_on_order_or_scale(
        all in (2..7_usize, 12..40_usize).prop_flat_map(|(n, t)| vec(vec(-0.1..0.1, t), n)),
        scale in 0..3_usize,
    ) {
        let settings = Cscv { n_blocks: 6, score: Score::Sharpe };
        let of = |all: &[Vec<f64>]| overfitting(&all.iter().map(Vec::as_slice).collect::<Vec<_>>(), settings).unwrap();
        let found = of(&all);
        prop_assert_eq!(found.logits.len(), 20);
        prop_assert!((0.0..=1.0).contains(&found.probability) && (0.0..=1.0).contains(&found.probability_of_loss));
        let turned: Vec<Vec<f64>> = all.iter().rev().cloned().collect();
        prop_assert_eq!(&of(&turned).logits, &found.logits);
        // Powers of two change no digit.
        let factor = [0.25, 2.0, 1_024.0][scale];
        let scaled: Vec<Vec<f64>> = all.iter().map(|r| r.iter().map(|x| factor * x).collect()).collect();
        prop_assert_eq!(&of(&scaled).logits, &found.logits);
    }

    #[test]
    fn each_split_is_scored_as_its_rows_are(all in vec(vec(-0.1..0.1, 17), 3)) {
        // 17 periods in 4 blocks: 5, 4, 4, 4.
        let views: Vec<&[f64]> = all.iter().map(Vec::as_slice).collect();
        let found = overfitting(&views, Cscv { n_blocks: 4, score: Score::Sharpe }).unwrap();
        let half = |r: &[f64], blocks: [usize; 2]| {
            let bounds = [0, 5, 9, 13, 17];
            blocks.iter().flat_map(|b| r[bounds[*b]..bounds[b + 1]].to_vec()).collect::<Vec<f64>>()
        };
        let splits = [([0, 1], [2, 3]), ([0, 2], [1, 3]), ([0, 3], [1, 2]), ([1, 2], [0, 3]), ([1, 3], [0, 2]), ([2, 3], [0, 1])];
        for (i, (inside, outside)) in splits.into_iter().enumerate() {
            let score = |blocks| views.iter().map(|r| trade_stats::sharpe(&half(r, blocks), 1.0).unwrap().value).collect::<Vec<_>>();
            let (inside, outside) = (score(inside), score(outside));
            let best = (0..3).max_by(|a, b| inside[*a].total_cmp(&inside[*b])).unwrap();
            prop_assert!((found.in_sample[i] - inside[best]).abs() < 1e-9 * (1.0 + inside[best].abs()));
            prop_assert!((found.out_of_sample[i] - outside[best]).abs() < 1e-9 * (1.0 + outside[best].abs()));
        }
    }
}
