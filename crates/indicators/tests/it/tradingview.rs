//! What the documentation says about TradingView, held against its exports of EURUSD on an hour chart.

use indicators::{IndicatorKind, IndicatorSpec};

use crate::common::{Table, compute, read, shared};

fn export(name: &str) -> Option<Table> {
    Some(read(&shared("oracles/indicators/tv-exports")?.join(name)))
}

fn ours(table: &Table, kind: IndicatorKind, args: &[f64], output: usize) -> Vec<f64> {
    let spec = IndicatorSpec::new(kind, args).expect("in range");
    compute(&spec, &table.series()).swap_remove(output)
}

fn first_value(column: &[f64]) -> usize {
    column.iter().position(|value| !value.is_nan()).expect("a value")
}

/// Absolute differences from the first bar on that both have a value.
fn differences(a: &[f64], b: &[f64]) -> Vec<f64> {
    let start = first_value(a).max(first_value(b));
    a[start..].iter().zip(&b[start..]).map(|(a, b)| (a - b).abs()).collect()
}

fn largest(values: &[f64]) -> f64 {
    values.iter().copied().fold(0.0, f64::max)
}

#[test]
fn moving_averages_differ_in_the_last_digits() {
    let Some(table) = export("ma.csv") else { return };
    for (kind, period, column) in
        [(IndicatorKind::Sma, 10.0, "ta.sma(close, 10)"), (IndicatorKind::Ema, 20.0, "ta.ema(close, 20)")]
    {
        let (ours, theirs) = (ours(&table, kind, &[period], 0), table.column(column));
        assert_eq!(first_value(&ours), first_value(theirs), "{column}");
        assert!(largest(&differences(&ours, theirs)) < 2e-15, "{column}");
    }
}

#[test]
fn rsi_differs_in_the_last_digits() {
    let Some(table) = export("mfi+rsi+stoch.csv") else { return };
    let (ours, theirs) = (ours(&table, IndicatorKind::Rsi, &[14.0], 0), table.column("ta.rsi(close, 14)"));
    assert_eq!(first_value(&ours), first_value(theirs));
    assert!(largest(&differences(&ours, theirs)) < 1e-13);
}

#[test]
fn bands_differ_in_the_last_digits() {
    let Some(table) = export("bb.csv") else { return };
    for (output, band) in [(0, "upper"), (2, "lower")] {
        let theirs = table.column(&format!("ta.bb(close, 20, 2).{band}"));
        let ours = ours(&table, IndicatorKind::Bollinger, &[20.0, 2.0], output);
        assert_eq!(first_value(&ours), first_value(theirs));
        assert!(largest(&differences(&ours, theirs)) < 2e-12, "{band}");
    }
}

#[test]
fn the_raw_stochastic_differs_in_the_last_digits() {
    let Some(table) = export("mfi+rsi+stoch.csv") else { return };
    let ours = ours(&table, IndicatorKind::Stochastic, &[20.0, 1.0, 1.0], 0);
    let theirs = table.column("ta.stoch(close, high, low, 20)");
    assert_eq!(first_value(&ours), first_value(theirs));
    assert!(largest(&differences(&ours, theirs)) < 1e-13);
}

#[test]
fn macd_starts_differently_and_converges() {
    let Some(table) = export("macd.csv") else { return };
    let theirs = table.column("ta.macd(close, 12, 26, 9).macd");
    let ours = ours(&table, IndicatorKind::Macd, &[12.0, 26.0, 9.0], 0);
    assert_eq!((first_value(&ours), first_value(theirs)), (33, 25));
    let difference = differences(&ours, theirs);
    assert!((2e-5..3e-5).contains(&difference[0]));
    assert!(difference[50] < 1e-8 && difference[100..].iter().all(|&d| d < 2e-12));
}

#[test]
fn atr_starts_one_bar_later_and_converges() {
    let Some(table) = export("tr.csv") else { return };
    let (ours, theirs) = (ours(&table, IndicatorKind::Atr, &[14.0], 0), table.column("ta.atr(14)"));
    assert_eq!((first_value(&ours), first_value(theirs)), (14, 13));
    let difference = differences(&ours, theirs);
    assert!((3e-5..5e-5).contains(&difference[0]));
    assert!(difference.windows(2).all(|pair| pair[1] < pair[0]));
}

#[test]
fn directional_indices_start_differently_and_converge() {
    let Some(table) = export("dmi.csv") else { return };
    for (output, name) in [(1, "dip"), (2, "dim")] {
        let theirs = table.column(&format!("ta.dmi(17, 14).{name}"));
        let ours = ours(&table, IndicatorKind::Adx, &[17.0], output);
        assert_eq!(first_value(&ours), first_value(theirs));
        let difference = differences(&ours, theirs);
        assert!(largest(&difference) < 0.29, "{name}");
        assert!(difference[difference.len() - 1] < 2.5e-7, "{name}");
    }
}
