//! Reference vectors that are kept beside the checkout, not in it; without them the tests say so and pass.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use trade_stats::{
    Bootstrap, Cscv, Interval, Score, SharpeError, SharpeSample, cagr, calmar, compound_return, deflated_sharpe,
    downside_deviation, equity_curve, kurtosis, max_drawdown, min_track_record_length, omega, overfitting,
    payoff_ratio, population_sharpe, probabilistic_sharpe, profit_factor, reality_check, sharpe, sharpe_bootstrap,
    sharpe_interval, skewness, sortino, volatility, win_rate,
};

use crate::close::Close;

fn read(name: &str) -> Option<String> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/oracles/backtest/vectors"));
    let text = fs::read_to_string(folder.join(name)).ok();
    if text.is_none() {
        println!("skipped: shared data folder is not there");
    }
    text
}

fn returns() -> Option<Vec<f64>> {
    Some(read("returns.csv")?.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().parse().unwrap()).collect())
}

#[test]
fn statistics_of_three_years_equal_the_reference_libraries() {
    let (Some(r), Some(text)) = (returns(), read("vectors.json")) else { return };
    assert_eq!(r.len(), 756);
    let vectors: Value = serde_json::from_str(&text).unwrap();
    let mut equity = vec![0.0; r.len() + 1];
    equity_curve(&r, 1.0, &mut equity);
    let found = [
        ("/empyrical/cum_returns_final", compound_return(&r)),
        ("/empyrical/annual_return", cagr(&r, 252.0)),
        ("/empyrical/annual_volatility", volatility(&r, 252.0)),
        ("/empyrical/sharpe_ratio", sharpe(&r, 252.0).map(trade_stats::Sharpe::annual)),
        ("/empyrical/sortino_ratio", sortino(&r, 0.0, 252.0)),
        ("/empyrical/downside_risk", downside_deviation(&r, 0.0, 252.0)),
        ("/empyrical/calmar_ratio", calmar(&r, 252.0)),
        ("/empyrical/omega_ratio", omega(&r, 0.0)),
        ("/skfolio/mdd_compounded", max_drawdown(&equity).map(|fall| fall.fraction)),
        ("/skfolio/skew", skewness(&r)),
        ("/skfolio/kurtosis", kurtosis(&r)),
        ("/quantstats/profit_factor", profit_factor(&r)),
        ("/quantstats/win_rate", win_rate(&r)),
        ("/quantstats/payoff_ratio", payoff_ratio(&r)),
    ];
    for (path, value) in found {
        Close(1e-10).check(value.unwrap(), vectors.pointer(path).unwrap().as_f64().unwrap(), path);
    }
}

#[test]
fn over_fitting_statistics_equal_purgedcv_in_its_convention() {
    let Some(r) = returns() else { return };
    // purgedcv divides by the population deviation and takes bias-corrected moments; the formulas are the same.
    let (skewness, kurtosis) = (-0.196_870_389_704_522_67, 4.792_045_561_218_547);
    let sample = SharpeSample { value: 0.071_374_985_985_211_68, n: 756, skewness, kurtosis };
    Close(1e-12).check(probabilistic_sharpe(&sample, 0.0).unwrap(), 0.973_987_851_672_594_8, "PSR");
    Close(1e-12).check(deflated_sharpe(&sample, 0.5 / 252.0, 50.0).unwrap(), 0.206_913_287_818_049_57, "DSR");
    Close(1e-12).check(population_sharpe(&r, 252.0).unwrap().value, sample.value, "Sharpe ratio");
    let sampled = SharpeSample { value: sharpe(&r, 252.0).unwrap().value, ..sample };
    let length = min_track_record_length(&sampled, 0.0, 0.95).unwrap();
    assert!(length > 542.0 && length <= 543.0, "{length}");
}

#[test]
fn reality_check_of_forty_strategies_equals_arch() {
    let Some(text) = read("strategies.csv") else { return };
    let lines: Vec<Vec<f64>> =
        text.lines().map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect();
    let columns: Vec<Vec<f64>> = (0..40).map(|k| lines.iter().map(|line| line[k]).collect()).collect();
    let models: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let settings = Bootstrap { mean_block: 10.0, n_resamples: 5_000, seed: 2 };
    for (models, expected) in [(&models[4..], [0.5376, 0.784, 0.784]), (&models[..], [0.0264, 0.0524, 0.0524])] {
        let check = reality_check(models, &settings).unwrap();
        for (found, expected) in [check.p_lower, check.p_consistent, check.p_upper].into_iter().zip(expected) {
            Close(0.02).check(found, expected, "p-value");
        }
    }
}

#[test]
fn probability_of_overfitting_equals_the_vectors() {
    let (Some(text), Some(vectors)) = (read("strategies.csv"), read("vectors.json")) else { return };
    let vectors: Value = serde_json::from_str(&vectors).unwrap();
    let lines: Vec<Vec<f64>> =
        text.lines().map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect()).collect();
    let columns: Vec<Vec<f64>> = (0..40).map(|k| lines.iter().map(|line| line[k]).collect()).collect();
    let models: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    for (name, models, n_blocks) in
        [("noise36_S8", &models[4..], 8), ("edge40_S8", &models[..], 8), ("edge40_S12", &models[..], 12)]
    {
        let found = overfitting(models, Cscv { n_blocks, score: Score::Sharpe }).unwrap();
        let expected = |key: &str| vectors.pointer(&format!("/pbo/{name}/{key}")).unwrap();
        let number = |key: &str| expected(key).as_f64().unwrap();
        assert_eq!(found.logits.len() as u64, expected("n_splits").as_u64().unwrap());
        Close(1e-12).check(found.probability, number("pbo"), name);
        Close(1e-12).check(found.median_logit, number("median_logit"), name);
        Close(1e-10).check(found.degradation.unwrap().slope, number("degradation_slope"), name);
        Close(1e-12).check(found.probability_of_loss, number("prob_oos_loss"), name);
        for (i, logit) in expected("first5_logits").as_array().unwrap().iter().enumerate() {
            Close(1e-12).check(found.logits[i], logit.as_f64().unwrap(), name);
        }
    }
}

#[test]
fn intervals_of_the_sharpe_ratio_equal_the_vectors() {
    let (Some(r), Some(vectors)) = (returns(), read("vectors.json")) else { return };
    let vectors: Value = serde_json::from_str(&vectors).unwrap();
    let ends = |path: &str| [0, 1].map(|i| vectors.pointer(&format!("{path}/{i}")).unwrap().as_f64().unwrap());
    let annual = |interval: Interval| [interval.low, interval.high].map(|end| end * 252_f64.sqrt());
    let sample = SharpeSample::of(&r).unwrap();
    let lo = annual(sharpe_interval(&sample, 0.95, SharpeError::Normal).unwrap());
    for (found, expected) in lo.into_iter().zip(ends("/spa/sharpe_ci_lo_iid")) {
        Close(1e-10).check(found, expected, "Lo");
    }
    let settings = Bootstrap { mean_block: 10.0, n_resamples: 5_000, seed: 2 };
    let bootstrap = annual(sharpe_bootstrap(&r, &settings).unwrap().interval(0.95).unwrap());
    for (found, expected) in bootstrap.into_iter().zip(ends("/spa/sharpe_ci_stationary_bootstrap_B5000_pct")) {
        // Four standard errors of the difference of two 2.5 % quantiles of 5,000 draws with the deviation 0.52.
        Close(0.1).check(found, expected, "bootstrap");
    }
}
