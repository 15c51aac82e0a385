//! The patterns against results of TA-Lib's C library, in the shared data folder.
use std::path::Path;

use indicators::talib::patterns::{CandlestickPatterns, Pattern, PatternSet};

use crate::data::Bars;
use crate::patterns::run;

/// The shared folder with TA-Lib's results, where it exists.
fn shared() -> Option<&'static Path> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/oracles/indicators/talib-golden"));
    folder.is_dir().then_some(folder)
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn bars_of<'a>(rows: impl IntoIterator<Item = &'a [String]>) -> Bars {
    let mut bars = Bars::default();
    for row in rows {
        let Bars { open, high, low, close, .. } = &mut bars;
        for (column, text) in [open, high, low, close].into_iter().zip(row) {
            column.push(text.parse().unwrap());
        }
    }
    bars
}

/// Results of the C library, release 0.8.1: 8,400 bars of five histories, all patterns. It writes 0 in the lookback.
#[test]
fn the_c_library_finds_the_same() {
    let Some(folder) = shared() else {
        println!("skipped: shared data folder is not there");
        return;
    };
    let (mut n_bars, mut fired) = (0, PatternSet::EMPTY);
    for name in ["btc", "edge", "reg252", "spy", "synth"] {
        let bars = bars_of(rows(&folder.join(format!("{name}.input.csv"))).iter().map(Vec::as_slice));
        let expected = rows(&folder.join(format!("{name}.cdl.csv")));
        assert_eq!(bars.len(), expected.len());
        let found: Vec<Vec<i16>> = run(&mut CandlestickPatterns::new(PatternSet::ALL), &bars);
        for (pattern, column) in Pattern::ALL.into_iter().zip(&found) {
            for (bar, &value) in column.iter().enumerate() {
                assert_eq!(value.to_string(), expected[bar][pattern as usize], "{pattern:?} at bar {bar} of {name}");
                fired = if value == 0 { fired } else { fired.with(pattern) };
            }
        }
        n_bars += bars.len();
    }
    let rare = rows(&folder.join("rare_cdl.csv"));
    for case in rare.chunk_by(|a, b| a[..2] == b[..2]) {
        let pattern = Pattern::named(&case[0][0].to_lowercase()).unwrap();
        let bars = bars_of(case.iter().map(|row| &row[3..]));
        let found: Vec<Vec<i16>> = run(&mut CandlestickPatterns::new(PatternSet::EMPTY.with(pattern)), &bars);
        assert_eq!(found[0].last(), Some(&case[0][2].parse().unwrap()), "{pattern:?}, case {}", case[0][1]);
        fired = fired.with(pattern);
        n_bars += bars.len();
    }
    println!("{} of 61 patterns fire and agree on {n_bars} bars", fired.len());
    assert_eq!(fired, PatternSet::ALL);
}
