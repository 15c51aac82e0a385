//! The indicators beyond TA-Lib and Pine Script against other people's numbers: the golden file of `tests/golden/extra.py`,
//! and the manual calculations of Stock.Indicators.
use std::path::{Path, PathBuf};

use indicators::{IndicatorSpec, Profile};

use crate::data::{Bars, compute};

/// Columns by name.
struct Table {
    names: Vec<String>,
    columns: Vec<Vec<f64>>,
}

impl Table {
    /// A header and rows; what is no number is NaN. Lines that begin with `#` are skipped.
    fn parse(text: &str, separator: char) -> Self {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let names = split(lines.next().unwrap(), separator);
        let mut columns = vec![Vec::new(); names.len()];
        for line in lines {
            for (column, field) in columns.iter_mut().zip(split(line, separator)) {
                column.push(field.parse().unwrap_or(f64::NAN));
            }
        }
        Self { names, columns }
    }

    fn column(&self, name: &str) -> &[f64] {
        let place = self.names.iter().position(|n| n == name).unwrap_or_else(|| panic!("no column {name}"));
        &self.columns[place]
    }

    fn bars(&self) -> Bars {
        let column = |name: &str| {
            let place = self.names.iter().position(|n| n.eq_ignore_ascii_case(name));
            place.map_or_else(Vec::new, |place| self.columns[place].clone())
        };
        let mut bars = Bars {
            open: column("open"),
            high: column("high"),
            low: column("low"),
            close: column("close"),
            volume: column("volume"),
            second: column("low"),
            condition: column("condition"),
        };
        bars.close.resize(bars.high.len(), 1.0);
        bars
    }
}

/// Fields; quotation marks keep a separator inside of one.
fn split(line: &str, separator: char) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for c in line.trim_start_matches('\u{feff}').chars() {
        if c == '"' {
            quoted = !quoted;
        } else if c == separator && !quoted {
            fields.push(String::new());
        } else {
            fields.last_mut().unwrap().push(c);
        }
    }
    fields
}

/// Where the numbers of two columns lie apart by more than `tolerance` of their size; NaN only equals NaN from the first
/// number of `expected` on.
fn compare(what: &str, found: &[f64], expected: &[f64], tolerance: f64) {
    // Some sheets write 0 for no value.
    let first = expected.iter().position(|value| value.abs() > 0.0).unwrap();
    assert!(expected[first..].iter().filter(|value| !value.is_nan()).count() > 20, "{what}: too few numbers");
    for (bar, (&a, &b)) in found.iter().zip(expected).enumerate().skip(first) {
        let close = (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0);
        assert!(close || (a.is_nan() && b.is_nan()), "{what}, bar {bar}: {a}, expected {b}");
    }
}

fn column_of(name: &str, bars: &Bars) -> Vec<f64> {
    let (call, output) = match name.rsplit_once(").") {
        Some((call, output)) => (format!("{call})"), output),
        None => (name.to_owned(), ""),
    };
    let spec: IndicatorSpec = call.parse().unwrap();
    let place = spec.kind().info().outputs.iter().position(|o| o.name == output).unwrap_or(0);
    compute(&spec, Profile::Talib, bars).swap_remove(place)
}

#[test]
fn equals_the_golden_file() {
    let table = Table::parse(include_str!("../golden/extra.csv"), ';');
    let mut bars = table.bars();
    for name in &table.names[6..] {
        if name.starts_with("price_relative") {
            bars.close = bars.high.clone();
        }
        compare(name, &column_of(name, &bars), table.column(name), 1e-9);
        bars.close = table.column("close").to_vec();
    }
    assert_eq!(table.names.len(), 6 + 48);
}

#[test]
fn renko_bricks_equal_those_of_renkodf() {
    let text = include_str!("../golden/extra.csv");
    let line = text.lines().find_map(|line| line.strip_prefix("# renkodf bricks: ")).unwrap();
    let expected: Vec<&str> = line.split(',').collect();
    let bars = Table::parse(text, ';').bars();
    let columns = compute(&"renko(0.002)".parse().unwrap(), Profile::Talib, &bars);
    let mut found = Vec::new();
    for (&close, &added) in columns[1].iter().zip(&columns[2]) {
        let side = added.signum() * 0.002;
        for brick in (0..added.abs() as u32).rev() {
            let end = close - f64::from(brick) * side;
            found.push(format!("{:.3}>{end:.3}", end - side));
        }
    }
    // renkodf leaves out the first brick.
    assert_eq!(found[1..], expected);
}

fn sheets() -> Option<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/oracles/indicators/stock-indicators/calc_csv");
    if Path::new(folder).is_dir() {
        return Some(folder.into());
    }
    #[expect(clippy::print_stdout, reason = "a skipped test says so")]
    {
        println!("skipped: shared data folder is not there");
    }
    None
}

/// A sheet, the indicator, and the columns with the outputs they are compared with.
type Sheet = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const SHEETS: [Sheet; 9] = [
    ("Alligator.Alligator", "alligator", &[("Jaw (13, 8)", "jaw"), ("Teeth (8, 5)", "teeth"), ("Lips (5, 3)", "lips")]),
    ("Gator.Alligator", "gator", &[("Upper", "upper"), ("Lower", "lower")]),
    ("StarcBands.ATR", "starc(20,2,14)", &[("CENTER", "middle"), ("UPPER", "upper"), ("LOWER", "lower")]),
    ("Pmo.PMO", "price_momentum", &[("pmo", "value")]),
    (
        "RollingPivots.Standard",
        "rolling_pivots(11,9,standard)",
        &[("PP", "pivot"), ("R1", "r1"), ("R3", "r3"), ("S2", "s2"), ("S3", "s3")],
    ),
    ("RollingPivots.Fibonacci", "rolling_pivots(44,15,fibonacci)", &[("PP", "pivot"), ("R1", "r1"), ("S3", "s3")]),
    ("RollingPivots.Woodie", "rolling_pivots(375,16,woodie)", &[("PP", "pivot"), ("R2", "r2"), ("S3", "s3")]),
    ("Fcb.FCB(2)", "fractal_chaos_bands(2)", &[("Upper", "upper"), ("Lower", "lower")]),
    ("AtrStop.ATR_Trailing_Stop_(21,3,Close)", "atr_stop(21,3)", &[("AtrStop", "stop")]),
];

#[test]
fn equals_the_manual_calculations_of_stock_indicators() {
    let Some(folder) = sheets() else { return };
    for (sheet, call, columns) in SHEETS {
        let text = std::fs::read_to_string(folder.join(format!("{sheet}.csv"))).unwrap();
        let table = Table::parse(&text, ',');
        let bars = table.bars();
        let spec: IndicatorSpec = call.parse().unwrap();
        let found = compute(&spec, Profile::Talib, &bars);
        for (column, output) in columns {
            let place = spec.kind().info().outputs.iter().position(|o| o.name == *output).unwrap();
            compare(&format!("{sheet} {column}"), &found[place], table.column(column), 1e-9);
        }
    }
}

/// A session is what dates have in common: a month, a day or an hour.
#[test]
fn pivot_points_equal_the_manual_calculations() {
    let Some(folder) = sheets() else { return };
    let session_digits = [("Standard", 7), ("Fibonacci", 13), ("Woodie", 10), ("Demark", 7)];
    for (sheet, digits) in session_digits {
        let text = std::fs::read_to_string(folder.join(format!("PivotPoint.{sheet}.csv"))).unwrap();
        let table = Table::parse(&text, ',');
        let mut bars = table.bars();
        let session: Vec<&str> =
            text.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().get(..digits).unwrap_or("")).collect();
        bars.condition = (0..session.len()).map(|i| f64::from(i == 0 || session[i] != session[i - 1])).collect();
        let spec = format!("pivot_points({})", sheet.to_lowercase()).parse().unwrap();
        let found = compute(&spec, Profile::Talib, &bars);
        for (column, place) in [("PP", 0), ("R1", 1), ("R2", 2), ("R3", 3), ("S1", 4), ("S2", 5), ("S3", 6)] {
            if table.names.iter().any(|name| name == column) {
                let expected = table.column(column);
                // The sheets leave out sessions of which they do not have every bar.
                let masked: Vec<f64> =
                    found[place].iter().zip(expected).map(|(&a, b)| if b.is_nan() { f64::NAN } else { a }).collect();
                compare(&format!("{sheet} {column}"), &masked, expected, 1e-9);
            }
        }
    }
}
