//! The program as a user runs it.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use indicators::{IndicatorKind, IndicatorSpec, Profile};
use market_files::ParquetTable;
use serde_json::Value;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_indicators"))
}

/// Runs the program with `input` as standard input.
fn run(args: &[&str], input: &str) -> Output {
    let mut child =
        program().args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A program that refuses its arguments does not read.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Standard output of a run that succeeds.
fn output(args: &[&str], input: &str) -> String {
    let output = run(args, input);
    assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// Standard error of a run that cannot be done.
fn failure(args: &[&str], input: &str) -> String {
    let output = run(args, input);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    text(&output.stderr)
}

/// A walk of `n_rows` minutes with columns that are not of bars.
fn table(n_rows: usize) -> String {
    let mut table = String::from("time,open,High,LOW,close,volume,note,code\n");
    for row in 0..n_rows {
        let close = 100.0 + ((row * 37) % 101) as f64 / 10.0;
        let (minute, open) = (row % 60, close - 0.25);
        let (high, low, volume) = (close + 0.5, close - 0.75, 10 + row % 7);
        let hour = row / 60;
        let note = if row % 3 == 0 { "\"a, b\"" } else { "" };
        writeln!(
            table,
            "2024-02-05T{hour:02}:{minute:02}:00Z,{open},{high},{low},{close},{volume},{note},{:03}",
            row % 9
        )
        .unwrap();
    }
    table
}

#[test]
fn rows_are_kept_byte_by_byte_and_cells_added() {
    let input =
        "\u{feff}time,\"close\",note\r\n1,1.0,\"a,\"\"b\"\r\n2, 2.50 ,\r\n\r\n3,,x\n4,4e0,\"two\nlines\"\r\n5,6";
    let expected = "\u{feff}time,\"close\",note,sma(2),\"macd(2,3,1).macd\",\"macd(2,3,1).signal\",\"macd(2,3,1).histogram\"\r\n\
                    1,1.0,\"a,\"\"b\",,,,\r\n\
                    2, 2.50 ,,1.75,,,\r\n\
                    3,,x,,,,\n\
                    4,4e0,\"two\nlines\",,,,\r\n";
    let args = ["compute", "sma(2)", "macd(fast=2,slow=3,signal=1)"];
    assert_eq!(
        output(&args, input.rsplit_once("\r\n").unwrap().0),
        expected.trim_end_matches("\r\n").to_owned() + "\n"
    );
    assert!(failure(&args, input).contains("line 8: 2 cells in a table of 3 columns"));
}

#[test]
fn results_are_those_of_the_library() {
    let (input, calls) =
        (table(200), ["rsi(14)", "stochastic(5,3,3)", "atr(7)", "sma(20)@LOW", "ema(period=9)@volume"]);
    let args: Vec<&str> = std::iter::once("compute").chain(calls).collect();
    let lines: Vec<String> = output(&args, &input).lines().map(str::to_owned).collect();
    let column = |at: usize| -> Vec<f64> {
        input.lines().skip(1).map(|line| line.split(',').nth(at).unwrap().parse().unwrap()).collect()
    };
    let (high, low, close, volume) = (column(2), column(3), column(4), column(5));
    let inputs: [&[&[f64]]; 5] = [&[&close], &[&high, &low, &close], &[&high, &low, &close], &[&low], &[&volume]];
    let mut at = 0;
    for (call, inputs) in calls.iter().zip(inputs) {
        let spec: IndicatorSpec = call.split('@').next().unwrap().parse().unwrap();
        let mut columns = vec![vec![0.0; 200]; spec.kind().info().outputs.len()];
        let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
        spec.compute(Profile::Talib, inputs, &mut outputs).unwrap();
        for expected in columns {
            let n_added = 1 + 2 + 1 + 1 + 1;
            for (line, expected) in lines[1..].iter().zip(expected) {
                let cells: Vec<&str> = line.rsplitn(n_added + 1, ',').collect();
                let found = cells[n_added - 1 - at];
                let expected = if expected.is_nan() { String::new() } else { expected.to_string() };
                assert_eq!(found, expected, "{call}: {line}");
            }
            at += 1;
        }
    }
    assert!(
        lines[0].ends_with("rsi(14),\"stochastic(5,3,3).k\",\"stochastic(5,3,3).d\",atr(7),sma(20)@LOW,ema(9)@volume")
    );
}

#[test]
fn a_row_of_a_live_feed_is_answered_before_the_next_comes() {
    let mut child = program()
        .args(["compute", "sma(2)", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut feed, mut answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    feed.write_all(b"close\n").unwrap();
    for (row, expected) in [("1\n", "null"), ("2\n", "1.5"), ("4\n", "3")] {
        feed.write_all(row.as_bytes()).unwrap();
        feed.flush().unwrap();
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        assert_eq!(line, format!("{{\"close\":{},\"sma(2)\":{expected}}}\n", row.trim()));
    }
    drop(feed);
    assert!(child.wait().unwrap().success());
}

#[test]
fn every_format_has_the_same_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (csv, parquet, again) = (path("bars.csv"), path("bars.parquet"), path("again.parquet"));
    fs::write(&csv, table(300)).unwrap();
    let call = ["compute", "bollinger(20,2)"];
    output(&[call[0], call[1], "-i", &csv, "-o", &parquet], "");
    output(&["compute", "rsi(14)", "-i", &parquet, "-o", &again, "--column", "high=High"], "");

    // What was a number, a time or a text in CSV is one in Parquet, and stays what it was in a copy.
    let json = output(&["compute", "rsi(14)", "-i", &parquet, "--format", "json"], "");
    let first: Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(first["time"], "2024-02-05T00:00:00Z");
    assert_eq!((&first["volume"], &first["note"], &first["code"]), (&10.into(), &"a, b".into(), &"000".into()));
    let second: Value = serde_json::from_str(json.lines().nth(1).unwrap()).unwrap();
    assert!(second["note"].is_null() && second["rsi(14)"].is_null());

    let direct = output(&["compute", "bollinger(20,2)", "rsi(14)", "-i", &csv], "");
    let twice = output(&["compute", "rsi(14)", "-i", &parquet, "--format", "csv"], "");
    let numbers = |text: &str| -> Vec<String> {
        text.lines().skip(1).map(|line| line.rsplitn(5, ',').take(4).collect::<Vec<_>>().join(",")).collect()
    };
    assert_eq!(numbers(&direct), numbers(&twice));

    let (before, after) =
        (ParquetTable::open(Path::new(&parquet)).unwrap(), ParquetTable::open(Path::new(&again)).unwrap());
    assert_eq!(after.columns()[..before.columns().len()], *before.columns());
    assert_eq!(after.columns().last().map(String::as_str), Some("rsi(14)"));
    for column in 0..before.columns().len() {
        assert_eq!(after.texts(0, column).unwrap(), before.texts(0, column).unwrap());
    }
}

#[test]
fn another_delimiter_is_that_of_the_output_too() {
    let found = output(&["compute", "sma(1)", "macd(2,3,1)", "-d", ";", "--source", "price"], "price;x\n1.5;2\n");
    assert_eq!(found, "price;x;sma(1);macd(2,3,1).macd;macd(2,3,1).signal;macd(2,3,1).histogram\n1.5;2;1.5;;;\n");
}

#[test]
fn what_cannot_be_done_is_one_clear_error() {
    let cases: [(&[&str], &str, &str); 25] = [
        (&["smaa(20)"], "close\n1\n", "no indicator is called `smaa`"),
        (&["sma(0)"], "close\n1\n", "`period` of `sma` must be 1 to 100000, not 0"),
        (&["sma(20"], "close\n1\n", "is not of the form name(argument, …)"),
        (&["sma(20)@open"], "close\n1\n", "`sma(20)`: there is no column `open`; the columns are `close`"),
        (&["atr(14)"], "close\n1\n", "`atr(14)`: there is no column `high`; the columns are `close`"),
        (&["correl(30)"], "close\n1\n", "name its columns behind an @, as in 'correl(30)@source,second'"),
        (&["sma(2)", "sma( 2 )"], "close\n1\n", "there would be two columns `sma(2)`"),
        (&["sma(2)"], "close,sma(2)\n1,2\n", "there would be two columns `sma(2)`"),
        (&["sma(2)"], "time,close\n1,2\n2,two\n", "line 3, column `close`: `two` is not a number"),
        (&["sma(2)"], "", "the table is empty: its first line has the names of the columns"),
        (&["sma(2)", "-i", "/nowhere.csv"], "", "cannot read /nowhere.csv: No such file"),
        (&["sma(2)", "-i", "/nowhere.parquet"], "", "cannot read /nowhere.parquet: No such file"),
        (&["SMA(20)"], "close\n1\n", "is it `sma`? "),
        (&["sma(2)"], "close,close\n1,2\n", "several columns are called `close`; the columns are `close`, `close`"),
        (&["sma(2)"], "time;close\n1;2\n", "one column: is --delimiter ';' missing?"),
        (&["sma(2)"], "1,1.5\n2,1.6\n", "the first line has to have the names of the columns"),
        (&["sma(2)"], "time,close\n1\n", "line 2: 1 cells in a table of 2 columns"),
        (&["sma(2)"], "time,close\n1,2,3\n", "line 2: 3 cells in a table of 2 columns"),
        (&["sma(2)"], "close\n1\n\"2\n", "line 3: a quote is not closed"),
        (&["sma(2)"], "\n\n", "the table is empty"),
        (&["sma(2)"], "PAR1\u{15}\n", "it is Parquet: give it a name that ends in .parquet"),
        (&["sma(2)", "-f", "json"], "x,x,close\n1,2,3\n", "two columns are called `x`, which JSON cannot tell apart"),
        (&["sma(2.5)"], "close\n1\n", "`period` of `sma` must be a whole number, not 2.5"),
        (&["macd(fast=3,fast=4)"], "close\n1\n", "`fast` of `macd` is given twice"),
        (&["sma(20)@close,open"], "close,open\n1,2\n", "names 2 columns, but `sma` leaves 1 to choose"),
    ];
    for (args, input, expected) in cases {
        let args: Vec<&str> = std::iter::once("compute").chain(args.iter().copied()).collect();
        let error = failure(&args, input);
        assert!(error.starts_with("error: ") && error.contains(expected), "{args:?}: {error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
}

#[test]
fn other_files_than_csv_in_utf8_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bars.csv");
    for (bytes, expected) in [
        (&b"\x1f\x8b\x08\x00"[..], "it is compressed: unpack it first"),
        (b"\xff\xfec\x00l\x00", "its text is UTF-16: it has to be UTF-8"),
        (b"clo\xe9se\n1\n", "line 1: a cell is not UTF-8"),
    ] {
        fs::write(&path, bytes).unwrap();
        let error = failure(&["compute", "sma(2)", "-i", path.to_str().unwrap()], "");
        assert!(error.contains("bars.csv: ") && error.contains(expected), "{error}");
    }
    let damaged = folder.path().join("bars.parquet");
    fs::write(&damaged, "PAR1, but no more").unwrap();
    let error = failure(&["compute", "sma(2)", "-i", damaged.to_str().unwrap()], "");
    assert!(error.contains("bars.parquet: the file is damaged"), "{error}");
}

/// Whatever stands in the cells, there is a value for a bar only if no missing one went into it.
#[test]
fn missing_and_impossible_prices_are_answered_row_by_row() {
    let input = "open,high,low,close,volume\n1,2,1,1.5,3\n,,,,\n2,1,3,-2,-5\n2,1,3,inf,-5\n2,1,3,1e38,0\n0,0,0,0,0\n1,1,1,2,1\n";
    let found = output(&["compute", "sma(2)", "atr(1)", "obv", "stoch", "cdldoji"], input);
    let rows: Vec<&str> = found.lines().skip(1).collect();
    assert_eq!(rows.len(), 7);
    for (row, expected) in [(1, ",,,,,,,,,,"), (3, "2,1,3,inf,-5,,,,,,"), (4, "2,1,3,1e38,0,,,,,,")] {
        assert_eq!(rows[row], expected);
    }
    assert!(rows[6].starts_with("1,1,1,2,1,1,"), "the history begins anew: {}", rows[6]);
    let tradingview = output(&["compute", "sma(2)", "--profile", "tradingview"], input);
    assert_eq!(tradingview.lines().nth(3).unwrap(), "2,1,3,-2,-5,-0.25", "na is passed over");
}

#[test]
fn a_table_of_names_alone_gives_names_alone() {
    assert_eq!(output(&["compute", "sma(2)"], "close\n"), "close,sma(2)\n");
    assert_eq!(output(&["compute", "sma(2)"], "close\n7\n"), "close,sma(2)\n7,\n");
    assert_eq!(output(&["compute", "sma(100000)"], "close\n7\n8\n"), "close,sma(100000)\n7,\n8,\n");
    assert_eq!(output(&["compute", "sma(1)"], "a, Close \n7,8\n"), "a, Close ,sma(1)\n7,8,8\n");
}

#[test]
fn a_search_without_result_says_so() {
    assert!(failure(&["list", "no such thing"], "").contains("no indicator is of this name, group and profile"));
    assert!(failure(&["explain", "mcad"], "").contains("`macd`"));
}

#[test]
fn a_file_that_could_not_be_completed_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    let error = failure(&["compute", "sma(2)", "-o", path.to_str().unwrap()], "close\n1\nx\n");
    assert!(error.contains("line 3"), "{error}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let error = failure(&["compute", "sma(2)", "-o", "out.xlsx"], "close\n1\n");
    assert!(error.contains("out.xlsx ends in none of .csv, .jsonl, .parquet"), "{error}");
}

#[test]
fn an_arithmetic_that_lacks_the_indicator_is_named() {
    let lacks = |kind: &IndicatorKind| !kind.info().profiles().any(|profile| profile == Profile::TradingView);
    let kind = IndicatorKind::all().find(lacks).unwrap();
    let header = "open,high,low,close,volume\n";
    let error = failure(&["compute", kind.name(), "--profile", "tradingview"], header);
    let is_named = error.contains(&format!("`{kind}` is not defined in the profile tradingview"));
    assert!(is_named || error.contains("behind an @"), "{error}");
    assert!(failure(&["compute", "sma", "--profile", "pine"], header).contains("no profile is called `pine`"));
}

#[test]
fn the_list_has_every_indicator_once() {
    let listed = output(&["list", "--format", "json"], "");
    let names: Vec<String> = listed
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, IndicatorKind::all().map(IndicatorKind::name).collect::<Vec<_>>());
    let momentum = output(&["list", "--group", "momentum", "--profile", "talib"], "");
    assert!(momentum.starts_with("momentum\n") && momentum.contains("\n  rsi(14) "), "{momentum}");
    assert!(!momentum.contains("\n  sma("));
    let by_text = output(&["list", "relative strength"], "");
    assert!(by_text.contains("rsi(14)"), "{by_text}");
    assert!(failure(&["list", "--group", "magic"], "").contains("no group is called `magic`; there are "));
}

#[test]
fn every_indicator_is_explained() {
    for kind in IndicatorKind::all() {
        let info = kind.info();
        let page = output(&["explain", kind.name()], "");
        assert!(page.starts_with(&format!("{}: {} (", info.name, info.title)), "{page}");
        for name in info.parameters.iter().map(|parameter| parameter.name).chain(info.outputs.iter().map(|o| o.name)) {
            assert!(page.contains(name), "{name} is missing:\n{page}");
        }
    }
    let page = output(&["explain", "macd(5,35,5)"], "");
    assert!(page.contains("38 bars of macd(5,35,5)"), "{page}");
    let json: Value = serde_json::from_str(&output(&["explain", "rsi", "--format", "json"], "")).unwrap();
    assert_eq!((&json["name"], &json["parameters"][0]["default"]), (&"rsi".into(), &14.0.into()));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = program().args(["compute", "sma(2)"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut feed = child.stdin.take().unwrap();
    let _ = feed.write_all(b"close\n1\n2\n");
    drop(feed);
    assert!(child.wait().unwrap().success());
}

#[test]
fn help_names_every_command_and_option() {
    let help = output(&["--help"], "");
    for command in ["compute", "list", "explain", "pages"] {
        assert!(help.contains(command), "{help}");
    }
    let help = output(&["compute", "--help"], "");
    for option in ["--input", "--output", "--format", "--profile", "--source", "--column", "--delimiter"] {
        assert!(help.contains(option), "{help}");
    }
}
