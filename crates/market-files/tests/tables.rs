//! Parquet files of any columns: what is read as it is, and copied with more columns.
#![expect(clippy::unwrap_used, reason = "a test may panic, its helpers too")]

use std::error::Error as _;
use std::fs;
use std::path::{Path, PathBuf};

use market_files::{
    AtomicFile, Error, NaiveTime, ParquetCopy, ParquetTable, ReadOptions, TextColumn, TimeUnit, read_bars,
    write_text_columns,
};

/// Files of pandas, polars and pyarrow with the bars of `bars.csv`.
const BARS: [&str; 7] = [
    "integer_seconds",
    "naive_aliases_extra",
    "old_converted_types",
    "plain_encodings",
    "polars_zstd",
    "snappy_dictionary",
    "zstd_pages_v2_groups",
];

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.parquet"))
}

/// A copy of `from` at `to` with a column `added`: the number of the row, NaN in every third.
fn copy(from: &Path, to: &Path) -> Vec<f64> {
    let table = ParquetTable::open(from).unwrap();
    let mut copy = ParquetCopy::new(&table, AtomicFile::create(to).unwrap(), &["added".to_owned()]).unwrap();
    let mut all = Vec::new();
    for group in 0..table.n_groups() {
        let rows = all.len()..all.len() + table.n_rows(group);
        let added: Vec<f64> = rows.map(|row| if row % 3 == 2 { f64::NAN } else { row as f64 }).collect();
        copy.write_group(&[&added]).unwrap();
        all.extend(added);
    }
    copy.finish().unwrap().commit().unwrap();
    all
}

fn numbers(path: &Path, column: &str) -> Vec<f64> {
    let table = ParquetTable::open(path).unwrap();
    let at = table.columns().iter().position(|name| name == column).unwrap();
    (0..table.n_groups()).flat_map(|group| table.numbers(group, at).unwrap()).collect()
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

#[test]
fn copies_of_other_writers_files_have_their_rows_and_one_column_more() {
    let folder = tempfile::tempdir().unwrap();
    let options =
        ReadOptions { naive_time: NaiveTime::Utc, time_unit: Some(TimeUnit::Seconds), ..ReadOptions::strict() };
    for name in BARS {
        let path = folder.path().join(format!("{name}.parquet"));
        let added = copy(&golden(name), &path);
        assert_eq!(bits(&numbers(&path, "added")), bits(&added), "{name}");
        let (before, after) = (read_bars(&golden(name), &options).unwrap(), read_bars(&path, &options).unwrap());
        assert_eq!(format!("{:?}", after.bars), format!("{:?}", before.bars), "{name}");
        assert_eq!(after.ignored_columns, [before.ignored_columns, vec!["added".to_owned()]].concat(), "{name}");
    }
}

#[test]
fn columns_that_cannot_be_read_are_copied_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["bad_nested", "bad_int96", "bad_gzip"] {
        let path = folder.path().join(format!("{name}.parquet"));
        let added = copy(&golden(name), &path);
        assert_eq!(bits(&numbers(&path, "added")), bits(&added), "{name}");
        let (before, after) = (ParquetTable::open(&golden(name)).unwrap(), ParquetTable::open(&path).unwrap());
        assert_eq!(after.columns()[..before.columns().len()], *before.columns(), "{name}");
    }
}

#[test]
fn every_flat_column_has_text() {
    let texts = |name: &str, column: usize| -> Vec<String> {
        let table = ParquetTable::open(&golden(name)).unwrap();
        let groups = (0..table.n_groups()).flat_map(|group| table.texts(group, column).unwrap());
        groups.map(Option::unwrap_or_default).collect()
    };
    let csv = fs::read_to_string(golden("bars").with_extension("csv")).unwrap();
    let rows: Vec<Vec<&str>> =
        csv.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split(',').collect()).collect();
    let expected =
        |column: usize| -> Vec<f64> { rows.iter().map(|row| row[column].parse().unwrap_or(f64::NAN)).collect() };
    for name in ["plain_encodings", "polars_zstd", "zstd_pages_v2_groups"] {
        let table = ParquetTable::open(&golden(name)).unwrap();
        assert_eq!(table.columns()[0], "open_time", "{name}");
        let time = |text: &String| format!("{}Z", text.trim_end_matches('Z')).parse::<market::UnixNanos>().unwrap().0;
        let times: Vec<i64> = texts(name, 0).iter().map(time).collect();
        assert_eq!(times, rows.iter().map(|row| row[0].parse().unwrap()).collect::<Vec<i64>>(), "{name}");
        for column in 1..table.columns().len() {
            let found: Vec<f64> = texts(name, column).iter().map(|text| text.parse().unwrap_or(f64::NAN)).collect();
            assert_eq!(bits(&found), bits(&expected(column)), "{name}, {}", table.columns()[column]);
        }
    }
}

#[test]
fn what_is_no_number_or_has_no_text_is_refused_by_name() {
    let cause = |error: Error| error.source().unwrap().to_string();
    let table = ParquetTable::open(&golden("plain_encodings")).unwrap();
    let error = cause(table.numbers(0, 0).unwrap_err());
    assert!(
        error.starts_with("column `open_time` is INT64") && error.ends_with("a double, a float or an integer"),
        "{error}"
    );
    let nested = ParquetTable::open(&golden("bad_nested")).unwrap();
    let refused = (0..nested.columns().len()).filter_map(|column| nested.texts(0, column).err()).map(cause);
    let refused: Vec<String> = refused.collect();
    assert!(refused.len() == 1 && refused[0].contains("is nested"), "{refused:?}");
    let error = ParquetTable::open(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml").as_path()).unwrap_err();
    assert!(matches!(error, Error::File { .. }), "{error}");
}

#[test]
fn text_becomes_what_it_is_and_reads_back() {
    let column = |name: &str, cells: &[&str]| TextColumn {
        name: name.to_owned(),
        cells: cells.iter().map(|&cell| cell.to_owned()).collect(),
    };
    let texts = [
        column("time", &["2024-02-05T00:00:00Z", "2024-02-05T01:00:00+01:00", ""]),
        column("count", &["1", "-2", "9007199254740993"]),
        column("price", &["1.10", "2e3", "nan"]),
        column("flag", &["true", "", "false"]),
        column("code", &["007", "a,b", "ä"]),
    ];
    let bytes = write_text_columns(Vec::new(), &texts, &[("sma(2)".to_owned(), vec![f64::NAN, 0.1, 0.2])]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.parquet");
    fs::write(&path, bytes).unwrap();
    let table = ParquetTable::open(&path).unwrap();
    assert_eq!(table.columns(), ["time", "count", "price", "flag", "code", "sma(2)"]);
    let expected = [
        "2024-02-05T00:00:00Z|2024-02-05T00:00:00Z|",
        "1|-2|9007199254740993",
        "1.1|2000|",
        "true||false",
        "007|a,b|ä",
        "|0.1|0.2",
    ];
    for (column, expected) in expected.iter().enumerate() {
        let cells: Vec<String> = table.texts(0, column).unwrap().into_iter().map(Option::unwrap_or_default).collect();
        assert_eq!(cells.join("|"), *expected);
        assert_eq!(table.is_text(column), column == 4);
    }
    let error = table.numbers(0, 1).unwrap_err();
    assert!(error.source().unwrap().to_string().contains("row 3, column `count`: 9007199254740993"), "{error}");
}

#[test]
fn a_table_without_rows_has_its_columns() {
    let texts = [TextColumn { name: "close".to_owned(), cells: Vec::new() }];
    let bytes = write_text_columns(Vec::new(), &texts, &[]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.parquet");
    fs::write(&path, bytes).unwrap();
    let table = ParquetTable::open(&path).unwrap();
    assert_eq!((table.columns(), table.n_groups()), (&["close".to_owned()][..], 0));
}
