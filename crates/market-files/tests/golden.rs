//! Files of pandas, polars and pyarrow (see `golden/generate.py`).
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::error::Error as _;
use std::fs;
use std::path::{Path, PathBuf};

use market::{Bar, Bars, Tick, Ticks, Timeframe, UnixNanos};
use market_files::{Error, NaiveTime, ReadOptions, TimeUnit, read_bars, read_ticks};

const UTC: ReadOptions = ReadOptions { naive_time: NaiveTime::Utc, ..ReadOptions::strict() };

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn expected() -> Bars {
    let text = fs::read_to_string(path("bars.csv")).unwrap();
    let mut bars = Bars::new(Timeframe::M1);
    for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        bars.push(Bar {
            open_time: UnixNanos(cells[0].parse().unwrap()),
            open: number(1),
            high: number(2),
            low: number(3),
            close: number(4),
            volume: number(5),
            spread: if cells[6].is_empty() { f64::NAN } else { number(6) },
            tick_count: cells[7].parse().unwrap(),
        })
        .unwrap();
    }
    bars
}

/// Bars as text: NaN equals itself, and every other number is its bits.
fn text(bars: &Bars) -> Vec<String> {
    bars.view().iter().map(|bar| format!("{bar:?}")).collect()
}

fn reason(name: &str, options: ReadOptions) -> String {
    let error = read_bars(&path(name), &options).unwrap_err();
    assert!(matches!(&error, Error::File { path, .. } if path.ends_with(name)), "{error}");
    let source = error.source().unwrap();
    source.source().map_or_else(|| source.to_string(), |cause| format!("{source}: {cause}"))
}

#[test]
fn reads_every_encoding_compression_and_time_unit() {
    let seconds = ReadOptions { time_unit: Some(TimeUnit::Seconds), ..ReadOptions::strict() };
    for (name, options) in [
        ("snappy_dictionary", ReadOptions::strict()),
        ("zstd_pages_v2_groups", ReadOptions::strict()),
        ("plain_encodings", ReadOptions::strict()),
        ("old_converted_types", ReadOptions::strict()),
        ("naive_aliases_extra", UTC),
        ("polars_zstd", UTC),
        ("integer_seconds", seconds),
    ] {
        let file = read_bars(&path(&format!("{name}.parquet")), &options).unwrap();
        assert_eq!(file.bars.timeframe(), Timeframe::M1, "{name}");
        assert_eq!(text(&file.bars), text(&expected()), "{name}");
        let ignored: &[&str] = if name == "naive_aliases_extra" { &["extra"] } else { &[] };
        assert_eq!(file.ignored_columns, ignored, "{name}");
    }
}

fn expected_ticks() -> Ticks {
    let text = fs::read_to_string(path("ticks.csv")).unwrap();
    let mut ticks = Ticks::default();
    for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        let time = UnixNanos::from_millis(cells[0].parse().unwrap()).unwrap();
        let (bid, ask, bid_volume, ask_volume) = (number(1), number(2), number(3), number(4));
        ticks.push(Tick { time, bid, ask, bid_volume, ask_volume }).unwrap();
    }
    ticks
}

#[test]
fn reads_ticks_of_pandas_and_polars() {
    let millis = ReadOptions { time_unit: Some(TimeUnit::Millis), ..ReadOptions::strict() };
    for (name, options) in [
        ("ticks_pandas.csv", ReadOptions::strict()),
        ("ticks_pandas.parquet", ReadOptions::strict()),
        ("ticks_millis.csv", millis),
        ("ticks_polars.csv", UTC),
    ] {
        let file = read_ticks(&path(name), &options).unwrap();
        assert_eq!((file.ticks.len(), file.symbol, file.ignored_columns.len()), (80, None, 0), "{name}");
        assert_eq!(file.ticks, expected_ticks(), "{name}");
    }
    let file = read_ticks(&path("ticks_polars.parquet"), &UTC).unwrap();
    assert_eq!(file.ignored_columns, ["side"]);
    let (read, expected) = (file.ticks.view(), expected_ticks());
    assert_eq!((read.time, read.ask), (expected.view().time, expected.view().ask));
    assert!(read.bid_volume.iter().chain(read.ask_volume).all(|&volume| volume == 0.0), "unknown");
}

#[test]
fn says_what_is_wrong_with_ticks() {
    let reason = |name: &str, options| {
        let error = read_ticks(&path(name), &options).unwrap_err();
        assert!(error.to_string().starts_with("cannot read ticks from "), "{error}");
        error.source().unwrap().to_string()
    };
    assert_eq!(
        reason("bad_ticks.parquet", ReadOptions::strict()),
        "row 71, column `ask`: 0 is not a price above 0, at most 10^15"
    );
    assert_eq!(
        reason("ticks_polars.csv", ReadOptions::strict()),
        "the times in column `time` have no zone; declare them as UTC to read them"
    );
    let bars = reason("polars_zstd.parquet", UTC);
    let start =
        "there is no column `time` (also read as `time`, `datetime`, `timestamp`, `date`); the columns are `open_time`";
    assert!(bars.starts_with(start), "{bars}");
}

#[test]
fn reads_dates_integers_and_floats() {
    let file = read_bars(&path("days_of_integers.parquet"), &UTC).unwrap();
    let bars = file.bars.view();
    assert_eq!(bars.timeframe(), Timeframe::D1);
    assert_eq!((bars.close, bars.volume), ([100.0, 102.0, 101.0].as_slice(), [0.5, 1.0, 2.0].as_slice()));
    assert!(bars.spread.iter().all(|spread| spread.is_nan()));
    assert_eq!(bars.open_time[2].to_string(), "2025-04-03T00:00:00Z");
}

#[test]
fn assumes_neither_zone_nor_unit() {
    let strict = ReadOptions::strict();
    for (name, column) in
        [("polars_zstd", "open_time"), ("naive_aliases_extra", "datetime"), ("days_of_integers", "date")]
    {
        let expected = format!("the times in column `{column}` have no zone; declare them as UTC to read them");
        assert_eq!(reason(&format!("{name}.parquet"), strict), expected);
    }
    assert_eq!(
        reason("integer_seconds.parquet", strict),
        "the times in column `time` are integers; declare their unit to read them"
    );
}

#[test]
fn says_what_is_wrong_in_which_row_and_column() {
    let strict = ReadOptions::strict();
    for (name, start) in [
        ("bad_null.parquet", "row 41, column `close`: null is not a number"),
        ("bad_nan.parquet", "row 41, column `high`: NaN is not a finite positive price"),
        ("bad_order.parquet", "row 41: 2025-04-01T00:"),
        ("bad_missing.parquet", "there is no column `low` (also read as `low`); the columns are `open_time`, `open`"),
        ("bad_text.parquet", "column `open` is BYTE_ARRAY (String), expected a double, a float or an integer"),
        ("bad_nested.parquet", "there is no column `open`"),
        ("bad_int96.parquet", "column `open_time` is INT96, expected a timestamp, a date or an integer"),
        ("bad_gzip.parquet", "the file is damaged or uses what is not supported: "),
    ] {
        let reason = reason(name, strict);
        assert!(reason.starts_with(start), "{name}: {reason}");
    }
}

#[test]
fn a_cut_or_damaged_file_is_an_error_or_other_bars_and_never_a_panic() {
    let bytes = fs::read(path("snappy_dictionary.parquet")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let damaged = folder.path().join("damaged.parquet");
    for length in (0..bytes.len()).step_by(37) {
        fs::write(&damaged, &bytes[..length]).unwrap();
        assert!(read_bars(&damaged, &UTC).is_err(), "cut at {length}");
    }
    for at in (0..bytes.len()).step_by(3) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x55;
        fs::write(&damaged, &bytes).unwrap();
        let _ = read_bars(&damaged, &UTC);
    }
}
