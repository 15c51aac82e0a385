//! Files of this crate, and copies that it makes of others', read by pandas, polars and pyarrow:
//! `golden/check_written.py` does it.
#![expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

mod common;

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use common::{at, hard_bars, hard_ticks};
use market::{Bar, BarGrid, DayStart, PriceSide, QuoteBar, Ticks, Timeframe, UnixNanos};
use market_files::{
    BarColumns, BarWriter, BarWriterOptions, OutputFormat, ParquetCopy, ParquetTable, TickWriter, TickWriterOptions,
};

/// What the script answers where a package is missing.
const NOT_INSTALLED: i32 = 77;

/// Writes `NAME.EXTENSION` in all formats and `NAME.bits`, in which each value stands as an integer.
fn samples(folder: &Path) {
    let formats = OutputFormat::ALL.into_iter().filter(|format| format.is_built_in());
    let grid = BarGrid::new(Timeframe::D1, DayStart::NewYorkClose).unwrap();
    let bars = hard_bars(grid, &["1969-06-02", "1970-01-06", "2025-03-07", "2025-03-10"].map(at));
    let tables = [
        ("side", BarColumns::Side(PriceSide::Bid)),
        ("spread", BarColumns::SideAndSpread(PriceSide::Ask)),
        ("quotes", BarColumns::Quotes),
    ];
    let symbol = Some("EURUSD".parse().unwrap());
    let file = |name: &str, format: OutputFormat| {
        File::create(folder.join(format!("{name}.{}", format.extensions()[0]))).unwrap()
    };
    for format in formats {
        for (name, columns) in tables {
            let options = BarWriterOptions { symbol: symbol.clone(), ..BarWriterOptions::new(columns, grid) };
            let mut writer = BarWriter::new(file(name, format), format, options).unwrap();
            for bar in &bars {
                writer.write(bar).unwrap();
            }
            writer.finish().unwrap();
        }
        let options = TickWriterOptions { symbol: symbol.clone(), ..TickWriterOptions::default() };
        let mut writer = TickWriter::new(file("ticks", format), format, options).unwrap();
        writer.write(hard_ticks().view()).unwrap();
        writer.finish().unwrap();
    }
    for (name, columns) in tables {
        let text: String = bars.iter().map(|bar| bits_of_bar(bar, columns)).collect();
        fs::write(folder.join(format!("{name}.bits")), text).unwrap();
    }
    fs::write(folder.join("ticks.bits"), bits_of_ticks(&hard_ticks())).unwrap();
}

/// Copies of all Parquet files of `golden` with a column more: the number of the row, NaN in every third.
fn copies(folder: &Path) {
    fs::create_dir(folder).unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "parquet") {
            continue;
        }
        let table = ParquetTable::open(&path).unwrap();
        let file = File::create(folder.join(path.file_name().unwrap())).unwrap();
        let mut copy = ParquetCopy::new(&table, file, &["added".to_owned()]).unwrap();
        let mut first = 0;
        for group in 0..table.n_groups() {
            let rows = first..first + table.n_rows(group);
            first = rows.end;
            let added: Vec<f64> = rows.map(|row| if row % 3 == 2 { f64::NAN } else { row as f64 }).collect();
            copy.write_group(&[&added]).unwrap();
        }
        copy.finish().unwrap();
    }
}

fn line(time: UnixNanos, numbers: &[f64], tick_count: Option<u32>) -> String {
    let mut line = time.0.to_string();
    for number in numbers {
        let bits = if number.is_nan() { "null".to_owned() } else { number.to_bits().to_string() };
        write!(line, ",{bits}").unwrap();
    }
    tick_count.map_or(line.clone(), |count| format!("{line},{count}")) + "\n"
}

fn bits_of_bar(bar: &QuoteBar, columns: BarColumns) -> String {
    let prices = |bar: Bar| [bar.open, bar.high, bar.low, bar.close, bar.volume];
    match columns {
        BarColumns::Side(side) => line(bar.open_time, &prices(bar.bar(side)), None),
        BarColumns::SideAndSpread(side) => {
            line(bar.open_time, &[&prices(bar.bar(side))[..], &[bar.spread]].concat(), Some(bar.tick_count))
        }
        BarColumns::Quotes => {
            let [bid, ask, mid] = [PriceSide::Bid, PriceSide::Ask, PriceSide::Mid].map(|side| prices(bar.bar(side)));
            line(bar.open_time, &[&bid[..], &ask, &mid[..4], &[bar.spread]].concat(), Some(bar.tick_count))
        }
    }
}

fn bits_of_ticks(ticks: &Ticks) -> String {
    let line = |tick: market::Tick| line(tick.time, &[tick.bid, tick.ask, tick.bid_volume, tick.ask_volume], None);
    ticks.view().iter().map(line).collect()
}

#[test]
fn pandas_polars_and_pyarrow_read_what_was_written() {
    let folder = tempfile::tempdir().unwrap();
    samples(folder.path());
    copies(&folder.path().join("copies"));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/check_written.py");
    let Ok(output) = Command::new("python3").arg(script).arg(folder.path()).output() else {
        println!("skipped: there is no python3");
        return;
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match output.status.code() {
        Some(0) => print!("{}", text(&output.stdout)),
        Some(NOT_INSTALLED) => println!("skipped: {}", text(&output.stdout)),
        _ => panic!("{}{}", text(&output.stdout), text(&output.stderr)),
    }
}
