//! Every row of quantstats' full report has its number in ours, or a reason why it has none.

use std::collections::BTreeMap;

use trade_stats::{ReportInput, report};

use crate::golden::rows;
use crate::metrics::series;

const ROWS: &str = include_str!("../golden/quantstats_rows.csv");

/// Rows whose number is ours of that key.
const SAME: [(&str, &str); 60] = [
    ("Time in Market", "active_share"),
    ("Cumulative Return", "total_return"),
    ("CAGR﹪", "cagr"),
    ("All-time (ann.)", "cagr"),
    ("Sharpe", "sharpe"),
    ("Prob. Sharpe Ratio", "probabilistic_sharpe"),
    ("Smart Sharpe", "smart_sharpe"),
    ("Sortino", "sortino"),
    ("Smart Sortino", "smart_sortino"),
    ("Sortino/√2", "adjusted_sortino"),
    ("Omega", "omega"),
    ("Volatility (ann.)", "volatility"),
    ("R^2", "r_squared"),
    ("Information Ratio", "period_information_ratio"),
    ("Calmar", "calmar"),
    ("Skew", "adjusted_skewness"),
    ("Kurtosis", "adjusted_excess_kurtosis"),
    ("Ulcer Performance Index", "total_return_over_ulcer"),
    ("Risk-Adjusted Return", "risk_adjusted_return"),
    ("Risk-Return Ratio", "period_sharpe"),
    ("Avg. Return", "mean_nonzero"),
    ("Expected Daily", "geometric_mean"),
    ("Win/Loss Ratio", "payoff_ratio"),
    ("Payoff Ratio", "payoff_ratio"),
    ("Profit Ratio", "profit_ratio"),
    ("Expected Monthly", "mean_month"),
    ("Expected Yearly", "mean_year"),
    ("Kelly Criterion", "kelly"),
    ("Daily Value-at-Risk", "gaussian_value_at_risk_95"),
    ("Expected Shortfall (cVaR)", "gaussian_expected_shortfall_95"),
    ("Max Consecutive Wins", "longest_wins"),
    ("Max Consecutive Losses", "longest_losses"),
    ("Gain/Pain Ratio", "gain_to_pain"),
    ("Profit Factor", "profit_factor"),
    ("Common Sense Ratio", "common_sense"),
    ("CPC Index", "cpc_index"),
    ("Tail Ratio", "tail_ratio"),
    ("Outlier Win Ratio", "outlier_win_ratio"),
    ("Outlier Loss Ratio", "outlier_loss_ratio"),
    ("MTD", "month_to_date"),
    ("YTD", "year_to_date"),
    ("Best Day", "best"),
    ("Worst Day", "worst"),
    ("Best Month", "best_month"),
    ("Worst Month", "worst_month"),
    ("Best Year", "best_year"),
    ("Worst Year", "worst_year"),
    ("Serenity Index", "gaussian_serenity"),
    ("Win Month", "winning_months"),
    ("Win Quarter", "winning_quarters"),
    ("Beta", "beta"),
    ("Alpha", "alpha"),
    ("Treynor Ratio", "total_treynor"),
    ("Avg. Win", "mean_win"),
    ("Avg. Loss", "mean_loss"),
    ("Win Days", "win_rate"),
    ("Win Year", "winning_years"),
    ("Avg. Up Month", "mean_up_month"),
    ("Avg. Down Month", "mean_down_month"),
    ("Correlation", "correlation"),
];

/// Rows whose number is the negative of ours.
const NEGATED: [(&str, &str); 2] = [("Max Drawdown", "max_drawdown"), ("Avg. Drawdown", "mean_drawdown")];

/// Rows that we compute by another convention, stated in the number's definition.
const OTHER: [(&str, &str); 12] = [
    ("Smart Sortino/√2", "smart_sortino"),
    ("Longest DD Days", "longest_drawdown"),
    ("Avg. Drawdown Days", "mean_drawdown_duration"),
    ("Gain/Pain (1M)", "monthly_gain_to_pain"),
    ("3M", "three_months"),
    ("6M", "six_months"),
    ("1Y", "twelve_months"),
    ("3Y (ann.)", "three_years"),
    ("5Y (ann.)", "five_years"),
    ("10Y (ann.)", "ten_years"),
    ("Recovery Factor", "recovery_factor"),
    ("Ulcer Index", "ulcer_index"),
];

/// Rows that are dates or settings, which the caller knows, and one whose formula is wrong (`risk_of_ruin`).
const NONE: [&str; 7] = [
    "Start Period",
    "End Period",
    "Risk-Free Rate",
    "Max DD Date",
    "Max DD Period Start",
    "Max DD Period End",
    "Risk of Ruin",
];

#[test]
fn every_row_of_quantstats_is_in_the_report() {
    let series = &series()["real"];
    let input = ReportInput {
        returns: &series.returns,
        per_year: 252.0,
        risk_free: 0.0,
        month_keys: Some(&series.keys),
        equity: None,
        trades: &[],
        benchmark: Some(&series.benchmark),
    };
    let found: BTreeMap<&str, Option<f64>> =
        report(&input).unwrap().metrics().iter().map(|metric| (metric.definition.key, metric.value)).collect();
    let (same, negated) = (SAME.map(|(row, key)| (row, (key, 1.0))), NEGATED.map(|(row, key)| (row, (key, -1.0))));
    let same: BTreeMap<&str, (&str, f64)> = same.into_iter().chain(negated).collect();
    for row in rows(ROWS) {
        if let Some((key, sign)) = same.get(row[0]) {
            let shown: f64 = row[1].trim_end_matches('%').parse().unwrap();
            let value = sign * found[key].unwrap();
            // Shown with two decimals.
            assert!((value - shown).abs() <= 0.005_000_1, "{}: {value}, {shown}", row[0]);
        } else if let Some((_, key)) = OTHER.iter().find(|(name, _)| *name == row[0]) {
            assert!(found.contains_key(key), "{key}");
        } else {
            assert!(NONE.contains(&row[0]), "{} has no number", row[0]);
        }
    }
    assert_eq!(rows(ROWS).count(), SAME.len() + NEGATED.len() + OTHER.len() + NONE.len());
}
