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

/// What the C library says of a pattern, and what we say.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Agreement {
    /// Bars that both were asked about.
    pub(crate) bars: usize,
    /// Those on which the C library finds the pattern.
    pub(crate) fires: usize,
    /// Those on which both say the same.
    pub(crate) agreeing: usize,
}

impl Agreement {
    fn add(&mut self, ours: i16, theirs: i16) {
        self.bars += 1;
        self.fires += usize::from(theirs != 0);
        self.agreeing += usize::from(ours == theirs);
    }
}

/// Results of the C library, release 0.8.1: 8,400 bars of five histories, all patterns, where it writes 0 in the
/// lookback; and the last bars of short histories for patterns that are rare. `None` where the shared data is not there.
pub(crate) fn compare() -> Option<[Agreement; 61]> {
    let folder = shared()?;
    let mut all = [Agreement::default(); 61];
    for name in ["btc", "edge", "reg252", "spy", "synth"] {
        let bars = bars_of(rows(&folder.join(format!("{name}.input.csv"))).iter().map(Vec::as_slice));
        let expected = rows(&folder.join(format!("{name}.cdl.csv")));
        assert_eq!(bars.len(), expected.len());
        let found: Vec<Vec<i16>> = run(&mut CandlestickPatterns::new(PatternSet::ALL), &bars);
        for (pattern, (agreement, column)) in all.iter_mut().zip(&found).enumerate() {
            for (&value, expected) in column.iter().zip(&expected) {
                agreement.add(value, expected[pattern].parse().unwrap());
            }
        }
    }
    let rare = rows(&folder.join("rare_cdl.csv"));
    for case in rare.chunk_by(|a, b| a[..2] == b[..2]) {
        let pattern = Pattern::named(&case[0][0].to_lowercase()).unwrap();
        let bars = bars_of(case.iter().map(|row| &row[3..]));
        let found: Vec<Vec<i16>> = run(&mut CandlestickPatterns::new(PatternSet::EMPTY.with(pattern)), &bars);
        all[pattern as usize].add(*found[0].last().unwrap(), case[0][2].parse().unwrap());
    }
    Some(all)
}

#[test]
fn the_c_library_finds_the_same() {
    let Some(all) = compare() else {
        println!("skipped: shared data folder is not there");
        return;
    };
    for (pattern, agreement) in Pattern::ALL.into_iter().zip(all) {
        assert!(agreement.fires > 0 && agreement.agreeing == agreement.bars, "{pattern:?}: {agreement:?}");
        assert!(agreement.bars >= 8400, "{pattern:?}: {agreement:?}");
    }
}
