//! The program as a user runs it, against a server that is the program itself.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "the helpers of tests fail and tell as tests do")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dukascopy");
const MONTH: [&str; 6] = ["--instrument", "GBPJPY", "--from", "2012-12-01", "--to", "2013-01-01"];

fn has_shared() -> bool {
    let is_there = Path::new(SHARED).is_dir();
    if !is_there {
        println!("skipped: shared data folder is not there");
    }
    is_there
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dukascopy"));
    command.env_remove("RUST_LOG").stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> Output {
    program().args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// `serve-mirror` on a free port, stopped when dropped.
struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start(mirror: &str, faults: &str) -> Self {
        let mut child = program()
            .args(["serve-mirror", "--mirror", mirror, "--listen", "127.0.0.1:0", "--faults", faults])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
        Self { child, url: url.trim().to_owned() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Paths and bytes of all files below `folder`.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push((path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// Hour files of a month that another process is filling.
fn n_hour_files(month: &Path) -> usize {
    let days = fs::read_dir(month).into_iter().flatten().map(|day| day.unwrap().path());
    days.map(|day| fs::read_dir(day).unwrap().count()).sum()
}

#[test]
fn bars_prints_the_official_minutes() {
    if !has_shared() {
        return;
    }
    let output = run(&[
        "bars",
        "--mirror",
        SHARED,
        "--instrument",
        "EURUSD",
        "--from",
        "2019-02-04",
        "--to",
        "2019-02-05",
        "--timeframe",
        "m1",
        "--side",
        "bid",
        "--format",
        "csv",
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let ticks = text(&output.stdout);
    let lines: Vec<&str> = ticks.lines().collect();
    assert_eq!(lines[0], "open_time,open,high,low,close,volume");
    assert_eq!(lines.len(), 1 + 1_440);
    assert!(lines[1].starts_with("2019-02-04T00:00:00Z,1.14543,1.1457,1.14542,1.14569,"), "{}", lines[1]);

    let output = run(&[
        "bars",
        "--mirror",
        SHARED,
        "--instrument",
        "EURUSD",
        "--from",
        "2019-02-04",
        "--to",
        "2019-02-05",
        "--from-candles",
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let prices = |line: &str| line.rsplit_once(',').unwrap().0.to_owned();
    let official: Vec<String> = text(&output.stdout).lines().map(prices).collect();
    assert_eq!(lines.iter().map(|line| prices(line)).collect::<Vec<_>>(), official);
}

#[test]
fn several_timeframes_are_made_in_one_pass_in_every_format() {
    if !has_shared() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for format in ["csv", "jsonl", "parquet", "arrow", "arrow-stream"] {
        let out = folder.path().join(format!("{{timeframe}}.{format}"));
        let output = run(&[
            "bars",
            "--mirror",
            SHARED,
            "--instrument",
            "EURUSD",
            "--from",
            "2019-02-04",
            "--to",
            "2019-02-05",
            "--timeframe",
            "s1,m5,h4,d1,w1,mn1",
            "--side",
            "all",
            "--day-start",
            "new-york",
            "--format",
            format,
            "--out",
            out.to_str().unwrap(),
        ]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        for timeframe in ["S1", "M5", "H4", "D1", "W1", "MN1"] {
            let path = folder.path().join(format!("{timeframe}.{format}"));
            assert!(fs::metadata(&path).unwrap().len() > 100, "{}", path.display());
        }
    }
    let days = fs::read_to_string(folder.path().join("D1.csv")).unwrap();
    let opens: Vec<&str> = days.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(opens, ["2019-02-03T22:00:00Z", "2019-02-04T22:00:00Z"]); // 17:00 in New York, in winter
}

#[test]
fn a_fetch_that_is_killed_goes_on_where_it_was_and_ends_as_a_clean_one() {
    if !has_shared() {
        return;
    }
    let server = Server::start(SHARED, "503=10%,empty=2%,truncate=0.5%,slow=0.5%,reset=1%,429=0.5%,202=0.5%,seed=11");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let fetch = ["fetch", "--base-url", &server.url, "--out", out, "--timeout", "2", "--retry-wait", "0.05"];
    let fetch: Vec<&str> = fetch.into_iter().chain(MONTH).chain(["--format", "json"]).collect();

    let mut first = program().args(&fetch).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let month = folder.path().join("GBPJPY/2012/11");
    while n_hour_files(&month) < 200 {
        assert!(first.try_wait().unwrap().is_none(), "it ended before it could be killed");
        thread::sleep(Duration::from_millis(5));
    }
    first.kill().unwrap();
    first.wait().unwrap();
    let n_kept = n_hour_files(&month);
    assert!((200..744).contains(&n_kept), "{n_kept} files");

    let second = run(&fetch);
    assert!(second.status.success(), "{}", text(&second.stderr));
    let report: Value = serde_json::from_slice(&second.stdout).unwrap();
    assert_eq!(report["ticks"], 1_298_479);
    assert_eq!((&report["hours"]["data"], &report["hours"]["closed"]), (&Value::from(492), &Value::from(252)));
    let from_cache = report["origins"].as_array().unwrap().iter().find(|count| count["origin"] == "cache").unwrap();
    assert_eq!(from_cache["hours"], n_kept);
    assert!(files(&folder.path().join("GBPJPY")) == files(&Path::new(SHARED).join("GBPJPY")), "the files differ");
}

#[test]
fn two_fetches_into_one_folder_do_not_disturb_each_other() {
    if !has_shared() {
        return;
    }
    let server = Server::start(SHARED, "503=5%,truncate=2%,seed=5");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let fetch = ["fetch", "--base-url", &server.url, "--out", out, "--retry-wait", "0.05"];
    let range = ["--instrument", "GBPJPY", "--from", "2012-12-03", "--to", "2012-12-08"];
    let start =
        || program().args(fetch.iter().chain(&range)).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let both = [start(), start()];
    for child in both {
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains("118 with data, 2 closed"), "{}", text(&output.stdout));
    }
    for (path, bytes) in files(&folder.path().join("GBPJPY")) {
        assert!(fs::read(Path::new(SHARED).join("GBPJPY").join(&path)).unwrap() == bytes, "{}", path.display());
    }
    assert_eq!(fs::read_dir(folder.path().join(".part")).unwrap().count(), 0);
}

#[test]
fn failed_hours_exit_with_1_and_stand_in_the_gap_report_until_they_are_filled() {
    if !has_shared() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let range = ["--instrument", "GBPJPY", "--from", "2012-12-05T10:00:00Z", "--to", "2012-12-05T12:00:00Z"];
    let fetch = |url: &str| {
        let fetch = ["fetch", "--base-url", url, "--out", out, "--retry-wait", "0.01", "--attempts", "2"];
        run(&fetch.into_iter().chain(range).collect::<Vec<_>>())
    };
    let gaps =
        || -> Value { serde_json::from_slice(&fs::read(folder.path().join("GBPJPY.gaps.json")).unwrap()).unwrap() };
    let failing = Server::start(SHARED, "empty=100%,times=always");
    let output = fetch(&failing.url);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("2 failed"), "{}", text(&output.stdout));
    let gap = &gaps()["gaps"][0];
    assert_eq!((&gap["outcome"], &gap["hours"], &gap["is_open"]), (&"failed".into(), &2.into(), &true.into()));

    let good = Server::start(SHARED, "none");
    let output = fetch(&good.url);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(gaps()["gaps"], Value::Array(Vec::new()));
}

#[test]
fn a_dead_source_is_left_for_the_next_one_and_named() {
    if !has_shared() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let sources = format!("hour@http://127.0.0.1:9,folder:{SHARED}");
    let output = run(&[
        "fetch",
        "--instrument",
        "GBPJPY",
        "--from",
        "2012-12-05",
        "--to",
        "2012-12-06",
        "--out",
        folder.path().to_str().unwrap(),
        "--sources",
        &sources,
        "--retry-wait",
        "0.01",
        "--attempts",
        "2",
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let log = text(&output.stderr);
    assert!(log.contains("instead of 127.0.0.1:9 (hour files)"), "{log}");
    assert!(log.contains("127.0.0.1:9 is not asked any more in this run"), "{log}");
    assert!(text(&output.stdout).contains("24 with data"), "{}", text(&output.stdout));
}

#[test]
fn verify_finds_a_changed_file_and_repair_mends_it() {
    if !has_shared() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let server = Server::start(SHARED, "none");
    let range = ["--instrument", "EURUSD", "--from", "2019-02-04", "--to", "2019-02-05"];
    let with = |args: &[&str]| run(&args.iter().copied().chain(range).collect::<Vec<_>>());
    let output = with(&["fetch", "--base-url", &server.url, "--out", out, "--candles"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let output = with(&["verify", "--mirror", out]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("minutes of ticks, bid              1440 equal"), "{}", text(&output.stdout));

    let hours = folder.path().join("EURUSD/2019/01/04");
    fs::copy(hours.join("10h_ticks.bi5"), hours.join("11h_ticks.bi5")).unwrap();
    fs::write(hours.join("12h_ticks.bi5"), b"damaged").unwrap();
    let output = with(&["verify", "--mirror", out, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let paths = [10, 11, 12].map(|hour| Value::from(format!("EURUSD/2019/01/04/{hour}h_ticks.bi5")));
    let to_repair = report["files_to_repair"].as_array().unwrap();
    assert!(to_repair.contains(&paths[1]) && to_repair.contains(&paths[2]) && !to_repair.contains(&paths[0]));

    let output = with(&["repair", "--mirror", out, "--base-url", &server.url]);
    assert_eq!(output.status.code(), Some(0), "{}{}", text(&output.stdout), text(&output.stderr));
    let genuine = Path::new(SHARED).join("EURUSD/2019/01/04");
    for hour in ["11h_ticks.bi5", "12h_ticks.bi5"] {
        assert!(fs::read(hours.join(hour)).unwrap() == fs::read(genuine.join(hour)).unwrap(), "{hour}");
    }
}

#[test]
fn gaps_lists_what_a_mirror_does_not_have() {
    if !has_shared() {
        return;
    }
    let output = run(&[
        "gaps",
        "--mirror",
        SHARED,
        "--instrument",
        "EURUSD",
        "--from",
        "2019-02-03T20:00:00Z",
        "--to",
        "2019-02-04T02:00:00Z",
    ]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let list = text(&output.stdout);
    assert!(
        list.starts_with("2019-02-03T22:00:00Z to 2019-02-04T00:00:00Z (2 hours, market open) not there"),
        "{list}"
    );
    assert!(list.contains("hours: 2 with data, 2 closed, 2 not there, 0 failed"), "{list}");
}

#[test]
fn bad_input_is_an_error_that_says_what_and_where() {
    let folder = tempfile::tempdir().unwrap();
    let mirror = folder.path().to_str().unwrap();
    let range = ["--from", "2019-02-04", "--to", "2019-02-05"];
    for (args, expected) in [
        (vec!["bars", "--mirror", mirror, "--instrument", "EURUSDT"], "EURUSDT is not in the instrument table"),
        (vec!["bars", "--mirror", "no-such-folder", "--instrument", "EURUSD"], "no-such-folder is not there"),
        (vec!["bars", "--mirror", mirror, "--instrument", "EURUSD", "--timeframe", "m1,m5"], "{timeframe}"),
        (vec!["bars", "--mirror", mirror, "--instrument", "EURUSD", "--timeframe", "m7x"], "m7x"),
        (vec!["bars", "--mirror", mirror, "--instrument", "EURUSD", "--out", "bars.xlsx"], "bars.xlsx"),
        (vec!["fetch", "--out", mirror, "--instrument", "EURUSD", "--sources", "ftp"], "ftp"),
        (vec!["fetch", "--out", mirror, "--instrument", "EURUSD", "--base-url", "localhost"], "localhost"),
        (vec!["fetch", "--out", mirror, "--instrument", "EURUSD", "--header", "no colon"], "no colon"),
    ] {
        let output = run(&args.iter().copied().chain(range).collect::<Vec<_>>());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(text(&output.stderr).contains(expected), "{args:?}: {}", text(&output.stderr));
    }
    let output =
        run(&["ticks", "--mirror", mirror, "--instrument", "EURUSD", "--from", "2019-02-05", "--to", "2019-02-04"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("is empty"), "{}", text(&output.stderr));
}

#[test]
fn instruments_shows_scale_sessions_and_first_dates() {
    let output = run(&["instruments", "usdjpy", "--format", "json"]);
    let info: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&info["symbol"], &info["price_factor"]), (&"USDJPY".into(), &1_000.into()));
    assert!(info["first_tick"].as_str().is_some_and(|time| time.starts_with("2003-")));
    assert!(info["calendar"].is_object());
    let output = run(&["instruments"]);
    assert_eq!(text(&output.stdout).lines().count(), 1 + 1_622);
    let output = run(&["instruments", "no such thing"]);
    assert_eq!(output.status.code(), Some(2));
}
