//! The program as a user runs it.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

/// Runs the program in `folder` with `input` as standard input.
fn run(folder: &Path, args: &[&str], input: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_optimize"));
    program.current_dir(folder).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = program.spawn().unwrap();
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
fn output(folder: &Path, line: &str) -> String {
    let args: Vec<&str> = line.split_whitespace().collect();
    let output = run(folder, &args, "");
    assert!(output.status.success(), "{line}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// Standard error of a run that cannot be done.
fn failure(folder: &Path, line: &str, input: &str) -> String {
    let args: Vec<&str> = line.split_whitespace().collect();
    let output = run(folder, &args, input);
    assert_eq!(output.status.code(), Some(2), "{line}: {}{}", text(&output.stdout), text(&output.stderr));
    text(&output.stderr)
}

/// Hourly bars that swing around a slow walk, with or without spreads.
fn bars(n: usize, with_spread: bool) -> String {
    let mut table = format!("time,open,high,low,close,volume{}\n", if with_spread { ",spread" } else { "" });
    let (mut state, mut open) = (1_u64, 1.1_f64);
    for row in 0..n {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let noise = (state >> 40) as f64 / f64::from(1_u32 << 24) - 0.5;
        // A triangle of 56 hours.
        let swing = 0.008 * (((row % 56) as f64 / 56.0 - 0.5).abs() - 0.25);
        let close = ((1.1 + swing + 0.003 * noise) * 1e5).round() / 1e5;
        let (high, low) = (open.max(close) + 0.0002, open.min(close) - 0.0002);
        let (day, hour) = (row / 24, row % 24);
        let (month, day) = (1 + day / 28, 1 + day % 28);
        write!(table, "2024-{month:02}-{day:02}T{hour:02}:00:00Z,{open:.5},{high:.5},{low:.5},{close:.5},10").unwrap();
        table.push_str(if with_spread { ",0.00008\n" } else { "\n" });
        open = close;
    }
    table
}

fn rsi() -> Value {
    let rsi = json!({ "indicator": { "kind": "rsi", "args": [{ "input": 0 }], "source": "close", "output": "value" } });
    json!({
        "name": "RSI dip",
        "inputs": [
            { "name": "period", "kind": { "integer": { "default": 6, "min": 3, "max": 12, "step": 1 } } },
            { "name": "depth", "kind": { "float": { "default": 30.0, "min": 10.0, "max": 45.0, "step": 2.5 } } }],
        "long": { "entry": { "compare": ["lt", rsi, { "input": 1 }] },
                  "exit": { "compare": ["gt", rsi, { "const": 55.0 }] } },
        "short": null, "risk": {}, "sizing": { "rule": { "equity_fraction": 1.0 } } })
}

/// A folder with `bars.csv` of 1,500 bars, `bare.csv` without spreads and `rsi.json`.
fn workshop() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bars.csv"), bars(1_500, true)).unwrap();
    fs::write(folder.path().join("bare.csv"), bars(600, false)).unwrap();
    fs::write(folder.path().join("rsi.json"), rsi().to_string()).unwrap();
    folder
}

/// Flags of a market whose steps are given.
const MARKET: &str = "-b bars.csv --tick-size 0.00001 --quantity-step 1 -s rsi.json --min-trades 5";

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn a_sweep_is_ranked_walked_forward_and_reported() {
    let folder = workshop();
    let at = folder.path();
    let swept = output(at, &format!("sweep {MARKET} --out run"));
    assert!(swept.starts_with("tried 150, of which "), "{swept}");
    let trials = read(at, "run/trials.csv");
    assert_eq!(trials.lines().count(), 151);
    assert!(trials.lines().nth(1).unwrap().starts_with("0,0,RSI dip,"), "{trials}");
    let record: Value = serde_json::from_str(&read(at, "run/run.json")).unwrap();
    assert_eq!(record["n_tried"], 150);
    assert_eq!(record["search"], json!({ "start": 0, "end": 1_500 - 375 - 60 }));

    let walked = output(at, "walk-forward run --folds 3 --embargo 10");
    assert!(walked.contains("out-of-sample: profit"), "{walked}");
    let validated = output(at, "walk-forward run --cross-validate --groups 5 --purge 5 --embargo 5");
    assert!(validated.contains("4 paths of 10 splits"), "{validated}");
    fs::write(at.join("weights.toml"), "top = 2\nmin_trades = 1\n[weights]\nsharpe = 1.0\nexposure = 0.5\n").unwrap();
    let ranked = output(at, "rank run --weights weights.toml");
    assert!(ranked.contains("RSI dip period=") && ranked.contains("compared: 20 finalists of 150 tried"), "{ranked}");
    let ranking: Value = serde_json::from_str(&read(at, "run/ranking.json")).unwrap();
    assert_eq!(ranking["config"]["top"], 2);
    assert_eq!(ranking["config"]["weights"], json!({ "sharpe": 1.0, "exposure": 0.5 }));

    let tested = output(at, "noise-test run --markets 19");
    assert!(tested.contains("markets without a pattern") && tested.contains("p-value"), "{tested}");
    let noise: Value = serde_json::from_str(&read(at, "run/noise_test.json")).unwrap();
    assert!(noise["observed"].as_f64().unwrap() > 0.0 && noise["settings"]["n_markets"] == 19);

    let told = failure(at, "report run", "");
    assert!(told.contains("give --currency CODE"), "{told}");
    let told = output(at, "report run --currency USD");
    assert!(told.contains("edge found") && told.contains("report.html"), "{told}");
    let page = read(at, "run/report.html");
    assert!(page.starts_with("<!doctype html>") && page.contains("RSI dip"));
    assert!(!page.contains("http://www.") && !page.contains("<script src"));
    let figures: Value = serde_json::from_str(&read(at, "run/report.json")).unwrap();
    assert_eq!(figures["search"]["rows"][0]["n_tried"], 150);
    assert_eq!(figures["strategies"][0]["criteria"][1]["name"], "exposure");
    fs::remove_file(at.join("run/noise_test.json")).unwrap();
    let untested = output(at, "report run --currency USD");
    assert!(untested.contains("nobody asked whether the search finds as much in noise"), "{untested}");
    fs::remove_file(at.join("run/walk_forward.json")).unwrap();
    let without = run(at, &["report", "run", "--currency", "USD"], "");
    assert!(text(&without.stderr).contains("the report has no verdict"));
    assert!(read(at, "run/report.html").contains("No walk-forward was made"));
    assert!(
        read(at, "run/best_trades.csv").lines().count() > 10 && read(at, "run/best_equity.csv").lines().count() > 1_400
    );
}

#[test]
fn rows_on_standard_output_are_those_of_the_folder_and_of_the_pipe() {
    let folder = workshop();
    let at = folder.path();
    output(at, &format!("sweep {MARKET} --out run"));
    let rows = output(at, &format!("sweep {MARKET}"));
    assert_eq!(rows, read(at, "run/trials.csv"));
    let piped = MARKET.replace("bars.csv", "-");
    let args: Vec<&str> = ["sweep", "--threads", "1", "--quiet"].into_iter().chain(piped.split(' ')).collect();
    let from_pipe = run(at, &args, &bars(1_500, true));
    assert_eq!((text(&from_pipe.stdout), text(&from_pipe.stderr)), (rows, String::new()));
    let objects = output(at, &format!("sweep {MARKET} --format json"));
    let first: Value = serde_json::from_str(objects.lines().next().unwrap()).unwrap();
    assert_eq!((&first["candidate"], &first["params"]), (&json!(0), &json!({ "period": 3.0, "depth": 10.0 })));
    assert!(first["metrics"]["n_trades"].is_u64());
}

#[test]
fn a_search_is_equal_on_any_number_of_threads_and_resumes_what_was_cut() {
    let folder = workshop();
    let at = folder.path();
    let search = |out: &str, threads: u8, more: &str| {
        output(
            at,
            &format!("search {MARKET} -n 70 --batch 10 --prune median --seed 3 -t {threads} --out {out} {more}"),
        );
        (read(at, &format!("{out}/trials.csv")), read(at, &format!("{out}/journal.jsonl")))
    };
    let one = search("one", 1, "");
    assert_eq!(search("two", 2, ""), one);
    assert_eq!(one.0.lines().count(), 71);
    assert!(one.0.contains(",pruned,") && one.0.contains(",counted,"));

    let cut: String = one.1.split_inclusive('\n').take(130).collect();
    fs::write(at.join("two/journal.jsonl"), cut).unwrap();
    output(at, "search --resume two");
    assert_eq!((read(at, "two/trials.csv"), read(at, "two/journal.jsonl")), one);
    output(at, "search --resume two -n 75");
    assert_eq!(read(at, "two/trials.csv").lines().count(), 76);

    let walked = output(at, "walk-forward one --folds 2 --format json");
    let walked: Value = serde_json::from_str(&walked).unwrap();
    assert_eq!(walked["searched_anew"], true);
    assert!(
        failure(at, "walk-forward one --cross-validate", "")
            .contains("those of a sampler that learns have seen all bars")
    );
    // The search that learns is made anew in each market without a pattern.
    let tested =
        |threads: u8| output(at, &format!("noise-test one --markets 19 --stop-after 2 --format json -t {threads}"));
    assert_eq!(tested(1), tested(2));
    output(at, "rank one --top 2");
    assert!(output(at, "report one --currency EUR").contains("edge found"));
}

#[test]
fn every_step_is_equal_on_any_number_of_threads() {
    let folder = workshop();
    let at = folder.path();
    let all = |out: &str, n: u8| {
        output(at, &format!("sweep {MARKET} -t {n} --out {out}"));
        output(at, &format!("walk-forward {out} -t {n} --folds 2"));
        output(at, &format!("walk-forward {out} -t {n} --cross-validate --groups 5 --purge 5 --embargo 5"));
        output(at, &format!("rank {out} -t {n}"));
        output(at, &format!("report {out} -t {n} --currency USD"));
        let names = ["run.json", "walk_forward.json", "cross_validation.json", "ranking.json", "report.html"];
        names.map(|name| read(at, &format!("{out}/{name}")))
    };
    assert!(all("one", 1) == all("three", 3));
}

#[test]
fn bars_of_a_pipe_stay_with_the_run() {
    let folder = workshop();
    let at = folder.path();
    let line = format!("search {} -n 20 --timeframe H2 --from 2024-01-02 --out run", MARKET.replace("bars.csv", "-"));
    let args: Vec<&str> = line.split(' ').collect();
    let piped = run(at, &args, &bars(1_500, true));
    assert!(piped.status.success(), "{}", text(&piped.stderr));
    assert!(output(at, "rank run").contains("of 20 tried"));
    output(at, &line.replace("-b -", "-b bars.csv").replace("run", "file"));
    assert_eq!(read(at, "run/trials.csv"), read(at, "file/trials.csv"));
}

#[cfg(unix)]
#[test]
fn an_interrupted_search_keeps_what_was_done_and_goes_on() {
    let folder = workshop();
    let at = folder.path();
    let begin = |out: &str| {
        let line =
            format!("search {MARKET} -n 800 --sampler random --batch 4 --out {out}").replace("rsi.json", "large.json");
        let mut program = Command::new(env!("CARGO_BIN_EXE_optimize"));
        program
            .current_dir(at)
            .args(line.split(' '))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        program.spawn().unwrap()
    };
    let mut large = rsi();
    large["inputs"][1]["kind"]["float"]["step"] = json!(0.01);
    fs::write(at.join("large.json"), large.to_string()).unwrap();
    let mut child = begin("cut");
    let n_lines = || fs::read_to_string(at.join("cut/journal.jsonl")).map_or(0, |journal| journal.lines().count());
    while n_lines() < 40 {
        assert!(child.try_wait().unwrap().is_none(), "the search ended before it could be interrupted");
        std::thread::yield_now();
    }
    let id = child.id().to_string();
    assert!(Command::new("sh").args(["-c", "kill -INT $0", &id]).status().unwrap().success());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(1), "{}", text(&ended.stderr));
    assert!(text(&ended.stderr).contains("go on with: optimize search --resume cut"));
    let record: Value = serde_json::from_str(&read(at, "cut/run.json")).unwrap();
    let n_tried = read(at, "cut/trials.csv").lines().count() - 1;
    assert_eq!((&record["is_complete"], &record["n_tried"]), (&json!(false), &json!(n_tried)));
    assert!((16..800).contains(&n_tried), "{n_tried}");
    output(at, "search --resume cut");
    assert!(begin("whole").wait_with_output().unwrap().status.success());
    assert_eq!(read(at, "cut/trials.csv"), read(at, "whole/trials.csv"));
}

#[test]
fn every_sampler_and_several_objectives_are_searched() {
    let folder = workshop();
    let at = folder.path();
    for sampler in ["random", "sobol", "grid", "cma-es"] {
        let told = output(at, &format!("search {MARKET} -n 24 --sampler {sampler} --out {sampler}"));
        assert!(told.starts_with("tried 24"), "{sampler}: {told}");
    }
    let told = output(at, &format!("search {MARKET} -n 60 --objective net-return,max-drawdown --out front"));
    assert!(told.matches("best: ").count() > 1, "{told}");
    fs::write(at.join("mine.jsonl"), "{\"period\": 7, \"depth\": 31}\n").unwrap();
    output(at, &format!("search {MARKET} -n 3 --propose mine.jsonl --out mine"));
    let first = read(at, "mine/trials.csv").lines().nth(1).unwrap().to_owned();
    assert!(first.contains("period=7 depth=30,"), "{first}");
    fs::write(at.join("wrong.jsonl"), "{\"period\": 99, \"depth\": 30}\n").unwrap();
    let told = failure(at, &format!("search {MARKET} -n 3 --propose wrong.jsonl --out wrong"), "");
    assert!(told.contains("proposal 1") && told.contains("period"), "{told}");
}

#[test]
fn costs_are_told_and_never_assumed_away() {
    let folder = workshop();
    let at = folder.path();
    let args: Vec<&str> = ["sweep"].into_iter().chain(MARKET.split(' ')).collect();
    let told = text(&run(at, &args, "").stderr);
    assert!(told.contains("commission 0.0035 % of each order, slippage 1 ticks"), "{told}");
    assert!(told.contains("spread of each bar (0.0000800 on average)"), "{told}");
    let bare = MARKET.replace("bars.csv", "bare.csv");
    let told = failure(at, &format!("sweep {bare}"), "");
    assert!(told.contains("bar 0 at 2024-01-01T00:00:00Z has no spread: give --spread PRICE"), "{told}");
    assert!(output(at, &format!("sweep {bare} --spread 0.0001")).lines().count() == 151);
    let told = failure(at, &format!("sweep {bare} --spread wide"), "");
    assert!(told.contains("--spread wide: write a price"), "{told}");
}

#[test]
fn what_cannot_be_done_says_what_and_where() {
    let folder = workshop();
    let at = folder.path();
    let broken = |name: &str, from: &str, to: &str| {
        fs::write(at.join(name), bars(300, true).replacen(from, to, 1)).unwrap();
        failure(at, &format!("sweep {}", MARKET.replace("bars.csv", name)), "")
    };
    let open = bars(300, true).lines().nth(6).unwrap().split(',').nth(1).unwrap().to_owned();
    let told = broken("nan.csv", &format!("T05:00:00Z,{open}"), "T05:00:00Z,NaN");
    assert!(told.contains("nan.csv: row 6, column `open`: NaN"), "{told}");
    let told = broken("volume.csv", ",10,0.00008\n", ",NaN,0.00008\n");
    assert!(told.contains("volume.csv: row 1, column `volume`: NaN"), "{told}");
    let told = broken("unsorted.csv", "2024-01-01T07", "2023-01-01T07");
    assert!(told.contains("unsorted.csv: row 8") && told.contains("does not come after"), "{told}");
    let none = failure(at, "sweep -b none.csv -s rsi.json", "");
    assert!(none.contains("none.csv"), "{none}");
    let told = failure(at, "sweep -b bars.csv -s rsi.json", "");
    assert!(told.contains("give --instrument SYMBOL"), "{told}");
    let told = failure(at, "sweep -b bars.csv -i EURUSB -s rsi.json", "");
    assert!(told.contains("EURUSD"), "{told}");
    assert!(failure(at, "sweep -b bars.csv -i EURUSD", "").contains("nothing to search"));
    let told = failure(at, &format!("sweep {MARKET} --max-points 149"), "");
    assert!(told.contains("has 150 points where at most 149 are allowed"), "{told}");
    let told = failure(at, &format!("sweep {MARKET} --holdout 0.5 --embargo 750"), "");
    assert!(told.contains("leave 0 to search"), "{told}");
    let told = failure(at, &format!("sweep {MARKET} --from 2030-01-01"), "");
    assert!(told.contains("no bar lies between"), "{told}");
    let told = failure(at, "sweep -b bars.csv --tick-size 0.00001 --quantity-step 1000000 -s rsi.json --out small", "");
    assert!(told.contains("nothing was traded") && told.contains("below one step of 1000000"), "{told}");
    let told = failure(at, &format!("sweep {MARKET} --objective exposure"), "");
    assert!(told.contains("means nothing alone"), "{told}");
}

#[test]
fn empty_and_endless_spaces_are_refused() {
    let folder = workshop();
    let at = folder.path();
    let with = |name: &str, change: &dyn Fn(&mut Value)| {
        let mut strategy = rsi();
        change(&mut strategy);
        fs::write(at.join(name), strategy.to_string()).unwrap();
        MARKET.replace("rsi.json", name)
    };
    let empty = with("empty.json", &|strategy| {
        strategy["constraints"] = json!([{ "less": 1, "than": 0 }]);
        strategy["inputs"][1]["kind"]["float"]["min"] = json!(12.5);
        strategy["inputs"][1]["kind"]["float"]["default"] = json!(30.0);
        strategy["inputs"][0]["kind"]["integer"]["default"] = json!(12);
    });
    for command in ["sweep", "search -n 5 --out empty"] {
        let told = failure(at, &format!("{command} {empty}"), "");
        assert!(told.contains("no candidates") || told.contains("constraint"), "{told}");
    }
    let endless = with("endless.json", &|strategy| strategy["inputs"][1]["kind"]["float"]["step"] = json!(0.0));
    assert!(failure(at, &format!("sweep {endless}"), "").contains("endless.json"));
    let large = with("large.json", &|strategy| strategy["inputs"][1]["kind"]["float"]["step"] = json!(1e-9));
    assert!(failure(at, &format!("sweep {large}"), "").contains("use larger steps"));
    assert!(output(at, &format!("search {large} -n 20 --out large")).starts_with("tried 20"));
}

#[test]
fn folders_are_not_mixed_up() {
    let folder = workshop();
    let at = folder.path();
    output(at, &format!("sweep {MARKET} --out run"));
    assert!(failure(at, &format!("sweep {MARKET} --out run"), "").contains("has a run already"));
    assert!(failure(at, "search --resume run", "").contains("a sweep, which cannot be resumed"));
    assert!(failure(at, "report run", "").contains("optimize rank"));
    assert!(failure(at, "rank none", "").contains("run.json"));
    assert!(failure(at, "walk-forward run --folds 2000", "").contains("too few for 2000 folds"));
    assert!(failure(at, "walk-forward run --embargo 5000", "").contains("embargo of 5000 bars"));
    assert!(failure(at, "walk-forward run --cross-validate --groups 400", "").contains("in 400 groups"));
    fs::write(at.join("weights.toml"), "[weights]\nsharp = 1.0\n").unwrap();
    assert!(failure(at, "rank run --weights weights.toml", "").contains("sharp"));
    fs::write(at.join("bars.csv"), bars(1_499, true)).unwrap();
    assert!(failure(at, "rank run", "").contains("are not those of the run"));
}

#[test]
fn strategies_come_from_a_library() {
    let folder = workshop();
    let at = folder.path();
    let strategy = strategy::Strategy::from_json(&rsi().to_string()).unwrap();
    let mut library = pattern_library::BlockingLibrary::open(&at.join("library.sqlite")).unwrap();
    let id = library.store_strategy(&strategy, &strategy.defaults()).unwrap();
    library.close().unwrap();
    let market = MARKET.replace("-s rsi.json", "--library library.sqlite");
    let all = output(at, &format!("sweep {market}"));
    assert_eq!(all, output(at, &format!("sweep {MARKET}")));
    assert_eq!(all, output(at, &format!("sweep {market} --id {id}")));
    assert!(failure(at, &format!("sweep {market} --id nonsense"), "").contains("--id nonsense"));
    let other = market.replace("library.sqlite", "other.sqlite");
    assert!(failure(at, &format!("sweep {other}"), "").contains("there is no library other.sqlite"));
}

#[test]
fn genuine_bars_go_all_the_way() {
    let shared = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/bars"));
    let bars = shared.join("EURUSD_M1_2025-04_2025-06.parquet");
    if !bars.exists() {
        println!("skipped: {} is not there", bars.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let bars = bars.display();
    let found =
        output(at, &format!("search -b {bars} -i EURUSD --timeframe H1 --builtin -n 40 --min-trades 5 --out run"));
    assert!(found.starts_with("tried 40"), "{found}");
    output(at, "walk-forward run --folds 2");
    output(at, "rank run");
    assert!(output(at, "report run").contains("edge found"));
}
