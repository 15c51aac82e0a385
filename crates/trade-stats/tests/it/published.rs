//! Numbers printed in the papers, recomputed to six digits with scipy from the papers' closed forms, and the papers'
//! own rounding of them.

use trade_stats::{
    SharpeSample, annualisation_factor, deflated_sharpe, expected_max_sharpe, min_backtest_years,
    min_track_record_length, probabilistic_sharpe, sharpe_standard_error,
};

use crate::close::Close;

const EXACT: Close = Close(1e-6);

#[test]
fn deflated_sharpe_ratio_of_bailey_and_lopez_de_prado_2014() {
    let best = SharpeSample { value: 2.5 / 250_f64.sqrt(), n: 1_250, skewness: -3.0, kurtosis: 10.0 };
    let normal = SharpeSample { skewness: 0.0, kurtosis: 3.0, ..best };
    let variance = 0.5 / 250.0;
    EXACT.check(expected_max_sharpe(variance, 100.0).unwrap(), 0.113_172_001_865, "SR0, paper 0.1132");
    EXACT.check(deflated_sharpe(&best, variance, 100.0).unwrap(), 0.900_396_834_449, "DSR, paper 0.9004");
    EXACT.check(deflated_sharpe(&best, variance, 46.0).unwrap(), 0.950_501_706_876, "46 trials, paper 0.9505");
    EXACT.check(deflated_sharpe(&normal, variance, 88.0).unwrap(), 0.950_490_816_676, "normal, paper 0.9505");
}

#[test]
fn probabilistic_sharpe_ratio_of_bailey_and_lopez_de_prado_2012() {
    let fund = SharpeSample { value: 0.458, n: 24, skewness: -2.448, kurtosis: 10.164 };
    let normal = SharpeSample { skewness: 0.0, kurtosis: 3.0, ..fund };
    EXACT.check(probabilistic_sharpe(&fund, 0.0).unwrap(), 0.913_361_083_861, "paper 0.913");
    EXACT.check(probabilistic_sharpe(&normal, 0.0).unwrap(), 0.981_674_919_091, "paper 0.982");
}

#[test]
fn minimum_track_record_lengths_of_bailey_and_lopez_de_prado_2012() {
    let years = |per_year: f64, skewness, kurtosis| {
        let root = per_year.sqrt();
        let sample = SharpeSample { value: 2.0 / root, n: 0, skewness, kurtosis };
        min_track_record_length(&sample, 1.0 / root, 0.95).unwrap() / per_year
    };
    EXACT.check(years(252.0, 0.0, 3.0), 2.730_984_275_160, "daily, paper 2.73");
    EXACT.check(years(52.0, 0.0, 3.0), 2.828_833_586_945, "weekly, paper 2.83");
    EXACT.check(years(12.0, 0.0, 3.0), 3.239_800_696_445, "monthly, paper 3.24");
    EXACT.check(years(12.0, -0.72, 5.78), 4.991_258_223_876, "monthly skewed, paper 4.99");
}

#[test]
fn expected_maximum_and_backtest_length_of_bailey_et_al_2014() {
    EXACT.check(expected_max_sharpe(1.0, 10.0).unwrap(), 1.574_598_301_346, "10 trials, paper 1.57");
    EXACT.check(min_backtest_years(45.0, 1.0).unwrap(), 4.998_087_004_443, "45 trials, paper 5 years");
    EXACT.check(min_backtest_years(7.0, 1.0).unwrap(), 1.923_143_406_664, "7 trials, paper 2 years");
}

#[test]
fn standard_errors_of_lo_2002() {
    let counts = [12, 24, 36, 60, 125, 250, 500];
    let table = [
        (0.5, [0.306, 0.217, 0.177, 0.137, 0.095, 0.067, 0.047]),
        (1.0, [0.354, 0.250, 0.204, 0.158, 0.110, 0.077, 0.055]),
        (1.5, [0.421, 0.298, 0.243, 0.188, 0.130, 0.092, 0.065]),
        (2.0, [0.500, 0.354, 0.289, 0.224, 0.155, 0.110, 0.077]),
        (3.0, [0.677, 0.479, 0.391, 0.303, 0.210, 0.148, 0.105]),
    ];
    for (value, errors) in table {
        for (n, expected) in counts.into_iter().zip(errors) {
            Close(5.000_001e-4).check(sharpe_standard_error(value, n).unwrap(), expected, &format!("{value}, {n}"));
        }
    }
}

#[test]
fn time_aggregation_factors_of_lo_2002() {
    let periods = [2, 3, 4, 6, 12, 24, 36, 48, 125, 250];
    let table = [
        (0.9, [1.03, 1.05, 1.07, 1.10, 1.21, 1.41, 1.60, 1.77, 2.67, 3.70]),
        (0.5, [1.15, 1.28, 1.39, 1.60, 2.12, 2.91, 3.53, 4.06, 6.49, 9.15]),
        (0.2, [1.29, 1.52, 1.73, 2.07, 2.88, 4.04, 4.93, 5.68, 9.14, 12.92]),
        (0.0, [1.41, 1.73, 2.00, 2.45, 3.46, 4.90, 6.00, 6.93, 11.18, 15.81]),
        (-0.2, [1.58, 1.99, 2.33, 2.90, 4.17, 5.95, 7.31, 8.45, 13.67, 19.35]),
        (-0.5, [2.00, 2.45, 3.02, 3.84, 5.69, 8.26, 10.21, 11.84, 19.26, 27.31]),
    ];
    for (rho, factors) in table {
        for (q, expected) in periods.into_iter().zip(factors) {
            let found = annualisation_factor(q, rho).unwrap();
            assert!((found - expected).abs() <= 0.005_000_1, "rho {rho}, q {q}: {found} instead of {expected}");
        }
    }
}
