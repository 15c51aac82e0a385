//! Pine Script's `ta.*` as PyneCore computes it (`tests/golden/tradingview.py`), bit for bit: with na in the first bars,
//! here and there and in a row, with flat stretches and values that tie, with spikes, and over thousands of bars.
use std::collections::BTreeMap;

use indicators::{IndicatorSpec, Profile};

use crate::data::Bars;

type Columns = BTreeMap<String, Vec<f64>>;

/// The lines of a golden file, cut at `|`.
fn lines(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('|').collect())
}

/// A column of numbers: `-` is na, nothing is the same as before.
fn decoded(text: &str) -> Vec<f64> {
    let mut last = f64::NAN;
    let mut next = |cell: &str| {
        if !cell.is_empty() {
            last = if cell == "-" { f64::NAN } else { cell.parse().unwrap() };
        }
        last
    };
    text.split(',').map(&mut next).collect()
}

fn outputs(spec: &str, inputs: &str, columns: &Columns) -> Vec<Vec<f64>> {
    let spec: IndicatorSpec = spec.parse().unwrap();
    let inputs: Vec<&[f64]> = inputs.split(',').map(|name| columns[name].as_slice()).collect();
    let mut all = vec![vec![0.0; inputs[0].len()]; spec.kind().info().outputs.len()];
    let mut slices: Vec<&mut [f64]> = all.iter_mut().map(Vec::as_mut_slice).collect();
    spec.compute(Profile::TradingView, &inputs, &mut slices).unwrap();
    all
}

fn is_same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

fn check_values(text: &str, at_least: usize) {
    let columns: Columns =
        lines(text).filter(|line| line[0] == "input").map(|line| (line[1].to_owned(), decoded(line[2]))).collect();
    let (mut failures, mut compared) = (Vec::new(), 0);
    for line in lines(text).filter(|line| line[0] != "input") {
        let ours = outputs(line[0], line[1], &columns).swap_remove(line[2].parse().unwrap());
        let theirs = decoded(line[3]);
        assert_eq!(ours.len(), theirs.len());
        compared += theirs.len();
        if let Some(bar) = (0..ours.len()).find(|&bar| !is_same(ours[bar], theirs[bar])) {
            failures.push(format!(
                "{} output {}: bar {bar}: {:?}, PyneCore {:?}",
                line[0], line[2], ours[bar], theirs[bar]
            ));
        }
    }
    assert!(failures.is_empty(), "{} columns differ:\n{}", failures.len(), failures.join("\n"));
    assert!(compared >= at_least, "{compared} doubles only");
}

#[test]
fn columns_with_na_are_those_of_pynecore() {
    check_values(include_str!("../golden/tradingview_source.txt"), 20_000);
}

#[test]
fn bars_with_na_are_those_of_pynecore() {
    check_values(include_str!("../golden/tradingview_bars.txt"), 5_000);
}

#[test]
fn columns_with_infinities_are_those_of_pynecore() {
    check_values(include_str!("../golden/tradingview_infinite.txt"), 8_000);
}

/// FNV-1a of the doubles, with one na for all.
fn digest(values: &[f64]) -> String {
    let bits = |value: f64| if value.is_nan() { f64::NAN.to_bits() } else { value.to_bits() };
    let bytes = values.iter().flat_map(|&value| bits(value).to_le_bytes());
    let digest =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |digest, byte| (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{digest:016x}")
}

fn histories() -> BTreeMap<&'static str, Columns> {
    let mut spikes = Bars::walk(3000, 4, 0.01, 30);
    for close in spikes.close.iter_mut().skip(996).step_by(997) {
        *close *= 1e8;
    }
    let columns = |bars: Bars| {
        let Bars { open, high, low, close, volume, second, condition } = bars;
        let source = ("source", close.clone());
        let rest = [("open", open), ("high", high), ("low", low), ("close", close), ("volume", volume)];
        let all = rest.into_iter().chain([source, ("second", second), ("condition", condition)]);
        all.map(|(name, column)| (name.to_owned(), column)).collect()
    };
    BTreeMap::from([("walk", columns(Bars::walk(5000, 3, 0.01, 200))), ("spikes", columns(spikes))])
}

#[test]
fn long_histories_are_those_of_pynecore() {
    let histories = histories();
    let (mut failures, mut compared) = (Vec::new(), 0);
    for line in lines(include_str!("../golden/tradingview_long.txt")) {
        let [history, spec, inputs, index, digests] = line[..] else { panic!("{line:?}") };
        let columns = &histories[history];
        let ours = match spec {
            "input" => columns[inputs].clone(),
            spec => outputs(spec, inputs, columns).swap_remove(index.parse().unwrap()),
        };
        compared += ours.len();
        for (block, (ours, theirs)) in ours.chunks(500).zip(digests.split(',')).enumerate() {
            if digest(ours) != theirs {
                failures.push(format!(
                    "{history}: {spec} of {inputs}, output {index}: in the 500 bars from {}",
                    block * 500
                ));
                break;
            }
        }
    }
    assert!(failures.is_empty(), "{} columns differ:\n{}", failures.len(), failures.join("\n"));
    assert!(compared > 1_000_000, "{compared} doubles only");
}
