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

/// An output beside PyneCore's.
#[derive(Clone, Debug)]
pub(crate) struct Compared {
    /// The call.
    pub(crate) spec: String,
    pub(crate) doubles: usize,
    /// Doubles that are the same, na included.
    pub(crate) identical: usize,
    pub(crate) failure: Option<String>,
}

impl Compared {
    /// What differs, if anything does.
    pub(crate) fn difference(&self) -> Option<String> {
        let Self { spec, doubles, identical, failure } = self;
        failure.as_ref().map(|failure| format!("{spec}: {identical} of {doubles} are the same; {failure}"))
    }
}

fn compare_values(text: &str) -> Vec<Compared> {
    let columns: Columns =
        lines(text).filter(|line| line[0] == "input").map(|line| (line[1].to_owned(), decoded(line[2]))).collect();
    let compared = |line: Vec<&str>| {
        let [spec, inputs, index, values] = line[..] else { panic!("{line:?}") };
        let ours = outputs(spec, inputs, &columns).swap_remove(index.parse().unwrap());
        let theirs = decoded(values);
        assert_eq!(ours.len(), theirs.len());
        let identical = ours.iter().zip(&theirs).filter(|&(&a, &b)| is_same(a, b)).count();
        let differing = (0..ours.len()).find(|&bar| !is_same(ours[bar], theirs[bar]));
        let failure =
            differing.map(|bar| format!("output {index}: bar {bar}: {:?}, PyneCore {:?}", ours[bar], theirs[bar]));
        Compared { spec: spec.to_owned(), doubles: theirs.len(), identical, failure }
    };
    lines(text).filter(|line| line[0] != "input").map(compared).collect()
}

/// Columns with na here and there.
pub(crate) fn compare_columns() -> Vec<Compared> {
    compare_values(include_str!("../golden/tradingview_source.txt"))
}

/// Bars with na here and there.
pub(crate) fn compare_bars() -> Vec<Compared> {
    compare_values(include_str!("../golden/tradingview_bars.txt"))
}

/// Columns with infinities.
pub(crate) fn compare_infinities() -> Vec<Compared> {
    compare_values(include_str!("../golden/tradingview_infinite.txt"))
}

fn check(all: &[Compared], at_least: usize) {
    let failures: Vec<String> = all.iter().filter_map(Compared::difference).collect();
    assert!(failures.is_empty(), "{} columns differ:\n{}", failures.len(), failures.join("\n"));
    let doubles: usize = all.iter().map(|compared| compared.doubles).sum();
    assert!(doubles >= at_least, "{doubles} doubles only");
}

#[test]
fn columns_with_na_are_those_of_pynecore() {
    check(&compare_columns(), 20_000);
}

#[test]
fn bars_with_na_are_those_of_pynecore() {
    check(&compare_bars(), 5_000);
}

#[test]
fn columns_with_infinities_are_those_of_pynecore() {
    check(&compare_infinities(), 8_000);
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

/// Long histories, of which a digest of every 500 doubles is compared.
pub(crate) fn compare_long() -> Vec<Compared> {
    let histories = histories();
    let compared = |line: Vec<&str>| {
        let [history, spec, inputs, index, digests] = line[..] else { panic!("{line:?}") };
        let columns = &histories[history];
        let ours = match spec {
            "input" => columns[inputs].clone(),
            spec => outputs(spec, inputs, columns).swap_remove(index.parse().unwrap()),
        };
        let digests: Vec<&str> = digests.split(',').collect();
        assert_eq!(digests.len(), ours.len().div_ceil(500));
        let is_same = |(ours, theirs): (&[f64], &&str)| digest(ours) == **theirs;
        let identical =
            ours.chunks(500).zip(&digests).filter(|&block| is_same(block)).map(|(ours, _)| ours.len()).sum();
        let differing = ours.chunks(500).zip(&digests).position(|block| !is_same(block));
        let failure = differing
            .map(|block| format!("{history}: of {inputs}, output {index}: in the 500 bars from {}", block * 500));
        Compared { spec: spec.to_owned(), doubles: ours.len(), identical, failure }
    };
    lines(include_str!("../golden/tradingview_long.txt")).map(compared).collect()
}

#[test]
fn long_histories_are_those_of_pynecore() {
    check(&compare_long(), 1_000_000);
}
