//! The whole report: its definitions, its errors, its shape in files.

use std::collections::BTreeSet;

use trade_stats::{
    CalendarMetrics, Definition, Error, GrowthMetrics, PeriodMetrics, RatioMetrics, RelativeMetrics, ReportInput,
    RiskMetrics, Shortfall, Trade, TradeMetrics, ValueAtRisk, expected_shortfall, report, value_at_risk,
};

use crate::metrics::series;

const RETURNS: [f64; 4] = [0.01, -0.02, 0.03, 0.0];

fn input(returns: &[f64]) -> ReportInput<'_> {
    ReportInput {
        returns,
        per_year: 252.0,
        risk_free: 0.0,
        month_keys: None,
        equity: None,
        trades: &[],
        benchmark: None,
    }
}

fn trade() -> Trade {
    Trade {
        entry: 0,
        exit: 2,
        entry_value: 100.0,
        exit_value: 110.0,
        profit: 9.0,
        costs: 1.0,
        mae: Some(0.02),
        mfe: Some(0.12),
    }
}

fn definitions() -> Vec<&'static Definition> {
    let groups = [
        GrowthMetrics::DEFINITIONS,
        RiskMetrics::DEFINITIONS,
        RatioMetrics::DEFINITIONS,
        PeriodMetrics::DEFINITIONS,
        CalendarMetrics::DEFINITIONS,
        RelativeMetrics::DEFINITIONS,
        TradeMetrics::DEFINITIONS,
    ];
    groups.into_iter().flatten().collect()
}

#[test]
fn every_number_has_a_name_a_formula_and_a_source_of_its_own() {
    let all = definitions();
    let names: BTreeSet<&str> = all.iter().map(|definition| definition.name).collect();
    assert_eq!(names.len(), all.len(), "two numbers have one name");
    for definition in all {
        assert!(definition.formula.len() >= 3 && !definition.source.is_empty(), "{definition:?}");
    }
}

#[test]
fn a_full_input_fills_every_group() {
    let series = &series()["real"];
    let mut equity = vec![0.0; series.returns.len() + 1];
    trade_stats::equity_curve(&series.returns, 1_000.0, &mut equity);
    let lost = Trade { entry: 5, exit: 9, profit: -3.0, ..trade() };
    let full = ReportInput {
        month_keys: Some(&series.keys),
        equity: Some(&equity),
        trades: &[trade(), lost],
        benchmark: Some(&series.benchmark),
        ..input(&series.returns)
    };
    let metrics = report(&full).unwrap().metrics();
    assert_eq!(metrics.len(), definitions().len());
    let undefined: Vec<&str> = metrics.iter().filter(|m| m.value.is_none()).map(|m| m.definition.key).collect();
    // 800 days are no three years.
    assert_eq!(undefined, ["three_years", "five_years", "ten_years"]);
    assert!(metrics.iter().all(|m| m.value.is_none_or(f64::is_finite)));
}

#[test]
fn the_report_s_numbers_are_the_functions_to_the_bit() {
    let r = &series()["real"].returns;
    let report = report(&input(r)).unwrap();
    let pairs = [
        (report.ratio.outlier_win_ratio, trade_stats::outlier_win_ratio(r, 0.99)),
        (report.ratio.outlier_loss_ratio, trade_stats::outlier_loss_ratio(r, 0.01)),
        (report.ratio.tail_ratio, trade_stats::tail_ratio(r, 0.95)),
        (report.ratio.common_sense, trade_stats::common_sense_ratio(r, 0.95)),
        (report.ratio.calmar, trade_stats::calmar(r, 252.0)),
        (report.ratio.sharpe, trade_stats::sharpe(r, 252.0).map(trade_stats::Sharpe::annual)),
        (report.risk.expected_shortfall_95, expected_shortfall(r, 0.05, Shortfall::Weighted)),
        (report.risk.counted_expected_shortfall_95, expected_shortfall(r, 0.05, Shortfall::WorstCount)),
        (report.risk.value_at_risk_99, value_at_risk(r, 0.01, ValueAtRisk::Historical)),
    ];
    for (found, expected) in pairs {
        assert_eq!(found.map(f64::to_bits), expected.map(f64::to_bits));
    }
}

#[test]
fn windows_of_years_are_growth_rates_of_their_months() {
    let returns = [0.5, 0.02, 0.03, 0.01];
    let keys = [0, 1, 20, 36];
    let full = ReportInput { per_year: 1.0, month_keys: Some(&keys), ..input(&returns) };
    let calendar = report(&full).unwrap().calendar.unwrap();
    assert_eq!(calendar.three_years, trade_stats::cagr(&returns[1..], 1.0));
    let extremes = ReportInput { month_keys: Some(&[i64::MIN, -1, 0, i64::MAX]), ..full };
    assert_eq!(report(&extremes).unwrap().calendar.unwrap().n_months, Some(4.0));
    assert_eq!((calendar.five_years, calendar.ten_years), (None, None));
    assert_eq!(calendar.three_months, Some(1.01 - 1.0));
}

#[test]
fn groups_without_input_are_absent() {
    let report = report(&input(&RETURNS)).unwrap();
    assert!(report.calendar.is_none() && report.relative.is_none() && report.trades.is_none());
    assert!(report.months.is_empty());
    assert_eq!(report.drawdowns.len(), 1);
}

#[test]
fn one_return_is_a_report_with_gaps() {
    let report = report(&input(&[0.01])).unwrap();
    assert!(report.growth.total_return.is_some());
    assert_eq!((report.risk.volatility, report.ratio.sharpe, report.ratio.calmar), (None, None, None));
}

#[test]
fn a_constant_benchmark_leaves_the_regression_undefined() {
    let report = report(&ReportInput { benchmark: Some(&[0.01; 4]), ..input(&RETURNS) }).unwrap();
    let relative = report.relative.unwrap();
    assert_eq!((relative.beta, relative.alpha, relative.treynor), (None, None, None));
    assert!(relative.information_ratio.is_some());
}

#[test]
fn bad_input_is_named() {
    let error = |input: ReportInput<'_>| report(&input).unwrap_err();
    assert!(matches!(error(input(&[])), Error::TooFew { what: "returns", found: 0, needed: 1 }));
    let nan = [0.1, f64::NAN];
    assert!(matches!(error(input(&nan)), Error::NotFinite { what: "returns", index: 1, .. }));
    let keys = ReportInput { month_keys: Some(&[1, 2]), ..input(&RETURNS) };
    assert!(matches!(error(keys), Error::Length { what: "month_keys", found: 2, expected: 4 }));
    let falling = ReportInput { month_keys: Some(&[1, 2, 1, 2]), ..input(&RETURNS) };
    assert!(matches!(error(falling), Error::OutOfRange { what: "month key", .. }));
    let benchmark = ReportInput { benchmark: Some(&[0.1]), ..input(&RETURNS) };
    assert!(matches!(error(benchmark), Error::Length { what: "benchmark", .. }));
    let equity = ReportInput { equity: Some(&[0.0, 1.0]), ..input(&RETURNS) };
    assert!(matches!(error(equity), Error::OutOfRange { what: "first equity", .. }));
    for (per_year, risk_free) in [(0.0, 0.0), (f64::NAN, 0.0), (252.0, -1.0), (252.0, f64::NAN)] {
        let wrong = ReportInput { per_year, risk_free, ..input(&RETURNS) };
        assert!(matches!(error(wrong), Error::OutOfRange { .. }));
    }
    let worthless = [Trade { entry_value: 0.0, ..trade() }];
    let trades = ReportInput { trades: &worthless, ..input(&RETURNS) };
    assert!(matches!(error(trades), Error::OutOfRange { what: "entry value", .. }));
    assert_eq!(error(input(&nan)).to_string(), "returns 0: the value at 1 is not finite");
}

#[test]
#[cfg(feature = "serde")]
fn a_report_survives_json() {
    let series = &series()["ties"];
    let full = ReportInput { month_keys: Some(&series.keys), trades: &[trade()], ..input(&series.returns) };
    let report = report(&full).unwrap();
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<trade_stats::Report>(&text).unwrap(), report);
    let metric = serde_json::to_value(report.metrics()[0]).unwrap();
    assert_eq!(metric.pointer("/definition/unit").unwrap(), "fraction");
}
