//! Numbers of TA-Lib 0.8.3 from files, to the bit.

use indicators::{IndicatorKind, IndicatorSpec};

use crate::common::{Series, Table, compute, read, shared};

/// Parses `macd(12;26;9).signal`.
fn parse(name: &str) -> (IndicatorSpec, usize) {
    let (call, output) = name.split_once(").").expect("kind(args).output");
    let (kind, args) = call.split_once('(').expect("kind(args)");
    let kind = *IndicatorKind::ALL.iter().find(|k| k.info().name == kind).expect("a kind");
    let args: Vec<f64> = args.split(';').map(|arg| arg.parse().expect("a number")).collect();
    let output = kind.info().outputs.iter().position(|o| o.name == output).expect("an output");
    (IndicatorSpec::new(kind, &args).expect("in range"), output)
}

fn assert_same_bits(name: &str, found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{name}");
    for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
        let same = found.to_bits() == expected.to_bits() || (found.is_nan() && expected.is_nan());
        assert!(same, "{name} at bar {i}: {found:?} instead of {expected:?}");
    }
}

#[test]
fn equals_the_committed_numbers() {
    let table = Table::parse(include_str!("../golden/talib-0.8.3.csv"));
    let series = table.series();
    for (name, expected) in table.names.iter().zip(&table.columns).filter(|(name, _)| name.contains('(')) {
        let (spec, output) = parse(name);
        assert_same_bits(name, &compute(&spec, &series)[output], expected);
    }
}

#[test]
fn equals_the_numbers_of_five_real_and_made_series() {
    let Some(folder) = shared("oracles/indicators/talib-golden") else { return };
    let pairs = [
        ("SMA20", "sma(20).value"),
        ("EMA20", "ema(20).value"),
        ("RSI14", "rsi(14).value"),
        ("MACD", "macd(12;26;9).macd"),
        ("MACD_SIGNAL", "macd(12;26;9).signal"),
        ("MACD_HIST", "macd(12;26;9).histogram"),
        ("BB_UPPER", "bollinger(20;2).upper"),
        ("BB_MIDDLE", "bollinger(20;2).middle"),
        ("BB_LOWER", "bollinger(20;2).lower"),
        ("STOCH_K", "stochastic(14;3;3).k"),
        ("STOCH_D", "stochastic(14;3;3).d"),
        ("ATR14", "atr(14).value"),
        ("ADX14", "adx(14).adx"),
    ];
    for input in ["btc", "edge", "reg252", "spy", "synth"] {
        let series: Series = read(&folder.join(format!("{input}.input.csv"))).series();
        let expected = read(&folder.join(format!("{input}.talib083.csv")));
        assert!(series.len() > 200);
        for (theirs, ours) in pairs {
            let (spec, output) = parse(ours);
            let found = &compute(&spec, &series)[output];
            assert_same_bits(&format!("{input} {ours}"), found, expected.column(theirs));
        }
    }
}
