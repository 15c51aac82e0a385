//! Values of other libraries; `golden/generate.py` names them and how they were made.

use std::collections::BTreeMap;

use trade_stats::{
    Bootstrap, SharpeSample, cagr, calmar, compound_return, correlation, deflated_sharpe, downside_deviation,
    equity_curve, expectancy, kurtosis, max_drawdown, min_track_record_length, normal_cdf, normal_quantile, omega,
    payoff_ratio, probabilistic_sharpe, profit_factor, reality_check, sharpe, skewness, sortino, volatility, win_rate,
};

use crate::close::Close;

const RETURNS: &str = include_str!("../golden/returns.csv");
const EXPECTED: &str = include_str!("../golden/expected.csv");
const QUANTILES: &str = include_str!("../golden/quantiles.csv");
const CDF: &str = include_str!("../golden/cdf.csv");
const REALITY_CHECK: &str = include_str!("../golden/reality_check.csv");
pub(crate) const MODELS: [(&str, &str); 3] = [
    ("noise", include_str!("../golden/models_noise.csv")),
    ("edge", include_str!("../golden/models_edge.csv")),
    ("poor", include_str!("../golden/models_poor.csv")),
];

/// Rows of cells after two lines of provenance and the header.
pub(crate) fn rows(csv: &str) -> impl Iterator<Item = Vec<&str>> {
    csv.lines().skip(3).map(|line| line.split(',').collect())
}

fn series() -> BTreeMap<&'static str, Vec<f64>> {
    let mut series = BTreeMap::<_, Vec<f64>>::new();
    for row in rows(RETURNS) {
        series.entry(row[0]).or_default().push(row[1].parse().unwrap());
    }
    series
}

fn statistic(name: &str, r: &[f64]) -> Option<f64> {
    let mut equity = vec![0.0; r.len() + 1];
    equity_curve(r, 1.0, &mut equity);
    let fall = max_drawdown(&equity)?;
    let sample = SharpeSample::of(r)?;
    match name {
        "compound_return" => compound_return(r),
        "cagr" => cagr(r, 252.0),
        "volatility" => volatility(r, 252.0),
        "downside_deviation" => downside_deviation(r, 0.0, 252.0),
        "downside_deviation_target" => downside_deviation(r, 0.001, 252.0),
        "sharpe_annual" => Some(sharpe(r, 252.0)?.annual()),
        "sortino" => sortino(r, 0.0, 252.0),
        "calmar" => calmar(r, 252.0),
        "omega" => omega(r, 0.0),
        "max_drawdown" => Some(fall.fraction),
        "drawdown_start" => Some(fall.start as f64),
        "drawdown_bottom" => Some(fall.bottom as f64),
        "drawdown_end" => fall.end.map(|i| i as f64),
        "skewness" => skewness(r),
        "kurtosis" => kurtosis(r),
        "profit_factor" => profit_factor(r),
        "win_rate" => win_rate(r),
        "expectancy" => expectancy(r),
        "payoff_ratio" => payoff_ratio(r),
        "probabilistic_sharpe" => probabilistic_sharpe(&sample, 0.0),
        "deflated_sharpe" => deflated_sharpe(&sample, 0.004, 37.0),
        "min_track_record_length" => min_track_record_length(&sample, 0.0, 0.95),
        "correlation_with_shifted" => correlation(&r[..r.len() - 1], &r[1..]),
        _ => panic!("no statistic is called {name}"),
    }
}

#[test]
fn statistics_equal_empyrical_quantstats_and_scipy() {
    let series = series();
    let mut n_checked = 0;
    for row in rows(EXPECTED) {
        let expected: f64 = row[2].parse().unwrap();
        let found = statistic(row[1], &series[row[0]]);
        match found {
            Some(found) => Close(1e-10).check(found, expected, &format!("{} of {}", row[1], row[0])),
            None => assert!(expected.is_nan(), "{} of {} is undefined, expected {expected}", row[1], row[0]),
        }
        n_checked += 1;
    }
    assert_eq!(n_checked, 4 * 23);
}

#[test]
fn normal_quantiles_equal_scipy() {
    for row in rows(QUANTILES) {
        let (p, expected) = (row[0].parse().unwrap(), row[1].parse().unwrap());
        Close(1e-14).check(normal_quantile(p).unwrap(), expected, &format!("quantile of {p}"));
    }
}

#[test]
fn normal_probabilities_equal_scipy() {
    for row in rows(CDF) {
        let (x, expected) = (row[0].parse().unwrap(), row[1].parse::<f64>().unwrap());
        // Relative, because the far tail is what a p-value is read from.
        Close(1e-12).check(normal_cdf(x) / expected, 1.0, &format!("probability of {x}"));
    }
}

#[test]
fn reality_check_equals_arch_within_its_random_error() {
    let settings = Bootstrap { mean_block: 8.0, n_resamples: 20_000, seed: 4 };
    for (row, (name, csv)) in rows(REALITY_CHECK).zip(MODELS) {
        assert_eq!(row[0], name);
        let lines: Vec<Vec<f64>> =
            rows(csv).map(|row| row.iter().map(|cell| cell.parse().unwrap()).collect()).collect();
        let models: Vec<Vec<f64>> = (0..8).map(|k| lines.iter().map(|line| line[k]).collect()).collect();
        let models: Vec<&[f64]> = models.iter().map(Vec::as_slice).collect();
        let check = reality_check(&models, &settings).unwrap();
        for (found, expected) in [check.p_lower, check.p_consistent, check.p_upper].iter().zip(&row[1..]) {
            // Three standard errors of the difference of two shares of 20,000 are at most 0.015.
            Close(0.015).check(*found, expected.parse().unwrap(), name);
        }
    }
}
