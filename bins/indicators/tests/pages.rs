//! The pages of `docs/indicators` are what the program writes today.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use indicators::IndicatorKind;

const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/indicators");
const BARS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/bars/EURUSD_M1_2025-04_2025-06.parquet");
const RENEW: &str = "renew them by `indicators pages docs/indicators --bars FILE`";

fn write_pages(folder: &Path, bars: Option<&Path>) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_indicators"));
    program.arg("pages").arg(folder);
    if let Some(bars) = bars {
        program.arg("--bars").arg(bars);
    }
    let output = program.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The files of a folder by name.
fn files(folder: &Path, extension: &str) -> BTreeMap<String, Vec<u8>> {
    let paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == extension))
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap()))
        .collect()
}

fn compare(docs: &BTreeMap<String, Vec<u8>>, written: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(docs.keys().collect::<Vec<_>>(), written.keys().collect::<Vec<_>>(), "{RENEW}");
    for (name, bytes) in docs {
        assert!(*bytes == written[name], "docs/indicators/{name} is not what the program writes: {RENEW}");
    }
}

#[test]
fn the_pages_in_docs_are_those_of_the_program() {
    let (docs, folder) = (Path::new(DOCS), tempfile::tempdir().unwrap());
    // A page shows the picture that lies beside it.
    for name in files(docs, "png").keys() {
        fs::write(folder.path().join(name), "").unwrap();
    }
    write_pages(folder.path(), None);
    compare(&files(docs, "md"), &files(folder.path(), "md"));
}

#[test]
fn the_pictures_in_docs_are_those_of_the_program_and_small() {
    let docs = files(Path::new(DOCS), "png");
    assert_eq!(docs.len(), IndicatorKind::all().count(), "each indicator has a picture");
    let largest = docs.iter().max_by_key(|(_, bytes)| bytes.len()).unwrap();
    assert!(largest.1.len() < 25_000, "{} has {} bytes", largest.0, largest.1.len());
    let bars = Path::new(BARS);
    if !bars.exists() {
        println!("skipped: the bars of the pictures are not there: {BARS}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    write_pages(folder.path(), Some(bars));
    compare(&docs, &files(folder.path(), "png"));
}

/// The commands that the pages show are taken by the program, on a table with the columns they name.
#[test]
fn the_commands_of_the_pages_work() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("bars.csv");
    let row = |at: u32| {
        let close = 100 + at * 7 % 13;
        format!("{close},{},{},{close},{},{}\n", close + 2, close - 3, 5 + at % 4, u32::from(at.is_multiple_of(24)))
    };
    let rows: String = (0..60).map(row).collect();
    fs::write(&table, format!("open,high,low,close,volume,new_day\n{rows}")).unwrap();
    for profile in ["talib", "tradingview"] {
        let mut calls = Vec::new();
        for kind in IndicatorKind::all() {
            if kind.info().profiles().next().is_none_or(|first| first.name() != profile) {
                continue;
            }
            let page = fs::read_to_string(Path::new(DOCS).join(format!("{kind}.md"))).unwrap();
            let command = page.lines().find_map(|line| line.strip_prefix("indicators compute '")).unwrap();
            let (call, rest) = command.split_once('\'').unwrap();
            let expected = if profile == "talib" { "" } else { " --profile tradingview" };
            assert_eq!(rest, format!(" --input bars.csv{expected}"), "{kind}");
            calls.push(call.to_owned());
        }
        let mut program = Command::new(env!("CARGO_BIN_EXE_indicators"));
        program.arg("compute").args(&calls).arg("--input").arg(&table).args(["--profile", profile]);
        let output = program.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 61);
    }
}
