//! CSV in its usual shapes, and what writing promises.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::error::Error as _;
use std::fs;
use std::path::{Path, PathBuf};

use market::{Bar, Bars, Timeframe, UnixNanos};
use market_files::{Error, FileFormat, NaiveTime, ReadOptions, TimeUnit, read_bars, write_bars};
use tempfile::TempDir;

const UTC: ReadOptions = ReadOptions { naive_time: NaiveTime::Utc, ..ReadOptions::strict() };
const ROWS: &str = "1.1,1.2,1.0,1.15\n";

fn csv(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bars.csv");
    fs::write(&path, text).unwrap();
    (folder, path)
}

fn read(text: &str, options: ReadOptions) -> Result<Bars, String> {
    let (_folder, path) = csv(text);
    read_bars(&path, &options).map(|file| file.bars).map_err(|error| error.source().unwrap().to_string())
}

fn two_rows(first: &str, second: &str) -> String {
    format!("time,open,high,low,close\n{first},{ROWS}{second},{ROWS}")
}

fn sample() -> Bars {
    let mut bars = Bars::new(Timeframe::M5);
    for (minute, spread) in [(0, 0.0001), (5, f64::NAN), (20, 0.1 + 0.2)] {
        bars.push(Bar {
            open_time: UnixNanos(minute * Timeframe::M1.nanos()),
            open: 1.1,
            high: 1.0 / 0.7,
            low: 0.1 + 0.2,
            close: 1.15,
            volume: 1e-7,
            spread,
            tick_count: u32::MAX,
        })
        .unwrap();
    }
    bars
}

fn text(bars: &Bars) -> Vec<String> {
    bars.view().iter().map(|bar| format!("{bar:?}")).collect()
}

#[test]
fn reads_times_in_their_usual_spellings() {
    let millis = ReadOptions { time_unit: Some(TimeUnit::Millis), ..ReadOptions::strict() };
    let nanos = ReadOptions { time_unit: Some(TimeUnit::Nanos), ..ReadOptions::strict() };
    for (first, second, options) in [
        ("2019-02-04T13:00:00Z", "2019-02-04T13:01:00Z", ReadOptions::strict()),
        ("2019-02-04 13:00:00+00:00", "2019-02-04T14:01:00+01:00", ReadOptions::strict()),
        ("2019-02-04 13:00:00", "2019-02-04T13:01", UTC),
        ("2019-02-04 13:00:00.000", "2019-02-04T13:01:00.000000", UTC),
        ("1549285200000", "1549285260000", millis),
        ("1549285200000000000", "1549285260000000000", nanos),
    ] {
        let bars = read(&two_rows(first, second), options).unwrap();
        let times: Vec<_> = bars.view().open_time.iter().map(ToString::to_string).collect();
        assert_eq!(times, ["2019-02-04T13:00:00Z", "2019-02-04T13:01:00Z"], "{first}");
        assert_eq!(bars.timeframe(), Timeframe::M1);
    }
    let days = read(&two_rows("2019-02-04", "2019-02-05"), UTC).unwrap();
    assert_eq!(days.timeframe(), Timeframe::D1);
}

#[test]
fn takes_quotes_spaces_windows_lines_and_a_byte_order_mark() {
    let text = "\u{feff}Time ,\"Open\",High,Low,Close,Volume\r\n2019-02-04T13:00:00Z, 1.1 ,1.2,1.0,\"1.15\", 3\r\n";
    let options = ReadOptions { timeframe: Some(Timeframe::M1), ..ReadOptions::strict() };
    let bars = read(text, options).unwrap();
    assert_eq!((bars.view().close, bars.view().volume), ([1.15].as_slice(), [3.0].as_slice()));
}

#[test]
fn says_what_is_wrong_in_which_row_and_column() {
    let row = |time: &str, cells: &str| format!("{time},{cells}\n");
    let good = row("2019-02-04T13:00:00Z", "1.1,1.2,1.0,1.15,3,0.1,7");
    let later = "2019-02-04T13:01:00Z";
    let header = "time,open,high,low,close,volume,spread,ticks\n";
    for (second, expected) in [
        (row(later, "1.1,x,1.0,1.15,3,0.1,7"), "row 2, column `high`: `x` is not a number"),
        (row(later, "1.1,1.2,,1.15,3,0.1,7"), "row 2, column `low`: an empty cell is not a number"),
        (row(later, "1.1,1.2,1.0,NaN,3,0.1,7"), "row 2, column `close`: NaN is not a finite positive price"),
        (row(later, "1.1,1.2,1.0,1.3,3,0.1,7"), "row 2, column `close`: 1.3 is not a price from low to high"),
        (row(later, "1.1,1.2,1.0,1.15,-3,0.1,7"), "row 2, column `volume`: -3 is not a finite volume, 0 or more"),
        (row(later, "1.1,1.2,1.0,1.15,3,-0.1,7"), "row 2, column `spread`: -0.1 is not a finite spread, 0 or more"),
        (row(later, "1.1,1.2,1.0,1.15,3,0.1,7.5"), "row 2, column `ticks`: `7.5` is not a count of ticks"),
        (
            row("yesterday", "1.1,1.2,1.0,1.15,3,0.1,7"),
            "row 2, column `time`: `yesterday` is not a time of the years 1678 to 2261, as 2019-02-04T13:00:00Z",
        ),
        (
            row("2019-02-04T13:00:00Z", "1.1,1.2,1.0,1.15,3,0.1,7"),
            "row 2: 2019-02-04T13:00:00Z does not come after 2019-02-04T13:00:00Z in the row before it",
        ),
        (row(later, "1.1,1.2"), "the file is damaged or uses what is not supported"),
    ] {
        assert_eq!(read(&format!("{header}{good}{second}"), ReadOptions::strict()).unwrap_err(), expected);
    }
}

#[test]
fn assumes_neither_zone_nor_unit() {
    let rows = two_rows("2019-02-04 13:00:00", "2019-02-04 13:01:00");
    assert_eq!(
        read(&rows, ReadOptions::strict()).unwrap_err(),
        "the times in column `time` have no zone; declare them as UTC to read them"
    );
    let rows = two_rows("1549285200", "1549285260");
    assert_eq!(
        read(&rows, UTC).unwrap_err(),
        "the times in column `time` are integers; declare their unit to read them"
    );
}

#[test]
fn the_timeframe_is_given_or_the_smallest_step() {
    let gap = format!("{}2019-02-04T13:20:00Z,{ROWS}", two_rows("2019-02-04T13:00:00Z", "2019-02-04T13:05:00Z"));
    assert_eq!(read(&gap, ReadOptions::strict()).unwrap().timeframe(), Timeframe::M5);
    let given = |timeframe| ReadOptions { timeframe: Some(timeframe), ..ReadOptions::strict() };
    assert_eq!(read(&gap, given(Timeframe::M1)).unwrap().timeframe(), Timeframe::M1);
    assert_eq!(
        read(&gap, given(Timeframe::M15)).unwrap_err(),
        "row 2: 2019-02-04T13:05:00Z is not the start of a bar of M15"
    );
    let one = format!("time,open,high,low,close\n2019-02-04T13:00:00Z,{ROWS}");
    assert_eq!(read(&one, ReadOptions::strict()).unwrap_err(), "the timeframe cannot be told from 1 row(s); give it");
    let odd = two_rows("2019-02-04T13:00:00.5Z", "2019-02-04T13:00:00.75Z");
    assert!(read(&odd, ReadOptions::strict()).unwrap_err().contains("250000000 ns"));
}

#[test]
fn a_parquet_file_says_its_timeframe() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("BARS.PARQUET");
    let mut bars = Bars::new(Timeframe::H4);
    write_bars(&path, bars.view()).unwrap();
    assert_eq!(read_bars(&path, &ReadOptions::strict()).unwrap().bars, bars);
    bars.push(Bar { open_time: UnixNanos(0), ..sample().view().iter().next().unwrap() }).unwrap();
    write_bars(&path, bars.view()).unwrap();
    assert_eq!(read_bars(&path, &ReadOptions::strict()).unwrap().bars, bars);
    let other = ReadOptions { timeframe: Some(Timeframe::H1), ..ReadOptions::strict() };
    let error = read_bars(&path, &other).unwrap_err();
    assert_eq!(error.source().unwrap().to_string(), "the file says that its bars are H4, not H1");
}

#[test]
fn written_files_give_the_same_bits_back_and_equal_bars_give_equal_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["bars.csv", "bars.parquet"] {
        let path = folder.path().join(name);
        write_bars(&path, sample().view()).unwrap();
        let first = fs::read(&path).unwrap();
        let file = read_bars(&path, &ReadOptions::strict()).unwrap();
        assert_eq!(text(&file.bars), text(&sample()), "{name}");
        assert_eq!((file.bars.timeframe(), file.ignored_columns.len()), (Timeframe::M5, 0));
        write_bars(&path, file.bars.view()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), first, "{name}");
    }
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn csv_looks_as_documented() {
    let (_folder, path) = csv("");
    write_bars(&path, sample().view().slice(0..2)).unwrap();
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "open_time,open,high,low,close,volume,spread,tick_count\n\
         1970-01-01T00:00:00Z,1.1,1.4285714285714286,0.30000000000000004,1.15,0.0000001,0.0001,4294967295\n\
         1970-01-01T00:05:00Z,1.1,1.4285714285714286,0.30000000000000004,1.15,0.0000001,,4294967295\n"
    );
}

#[test]
fn a_refused_write_names_the_path_and_leaves_no_part() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("bars.csv");
    fs::create_dir(&taken).unwrap();
    for path in [taken, folder.path().join("nowhere/bars.parquet")] {
        let error = write_bars(&path, sample().view()).unwrap_err();
        assert!(matches!(&error, Error::Write { path: named, .. } if *named == path), "{error}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn other_files_are_refused_by_name() {
    for path in ["bars.txt", "bars", "bars.csv.gz"] {
        assert!(matches!(FileFormat::of(Path::new(path)), Err(Error::Extension { .. })));
        assert!(read_bars(Path::new(path), &UTC).unwrap_err().to_string().starts_with(path));
    }
    assert!(matches!(read_bars(Path::new("nowhere.csv"), &UTC), Err(Error::Read { .. })));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("text.parquet");
    fs::write(&path, "time,open,high,low,close\n").unwrap();
    assert!(matches!(read_bars(&path, &UTC), Err(Error::File { .. })));
}
