//! The program as a user meets it: exit codes, messages, output forms, and a run that is killed.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

fn aio() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aio"));
    command.env_remove("RUST_LOG").current_dir(std::env::temp_dir());
    command
}

fn run(arguments: &[&str]) -> Output {
    aio().args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A run of that many parameter sets on the sample.
fn sample(out: &Path, parameter_sets: usize) -> Command {
    let mut command = aio();
    command.args(["run-experiment", "--sample", "--parameter-sets", &parameter_sets.to_string(), "--out"]).arg(out);
    command
}

/// The last line of standard error, for a run that must fail with status 2.
fn failure(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let errors = text(&output.stderr).to_owned();
    assert_eq!(output.status.code(), Some(2), "{errors}");
    errors.lines().last().unwrap_or_default().to_owned()
}

#[test]
fn help_names_every_command() {
    let output = run(&["--help"]);
    assert!(output.status.success());
    for command in ["run-experiment", "report", "check-hardware", "test-ollama", "config"] {
        assert!(text(&output.stdout).contains(command), "{command}");
    }
}

#[test]
fn an_unknown_flag_ends_with_status_2() {
    assert_eq!(run(&["run-experiment", "--smaple"]).status.code(), Some(2));
}

#[test]
fn hardware_is_printed_for_people_and_programs() {
    let human = run(&["check-hardware"]);
    let printed = text(&human.stdout);
    assert!(human.status.success() && printed.contains("Memory"), "{printed}");
    let stages = ["data", "walk-forward", "search", "validate", "analyse", "export"];
    for stage in stages {
        assert!(printed.lines().any(|line| line.starts_with(stage) && line.contains("CPU")), "{stage}: {printed}");
    }
    let json = run(&["check-hardware", "--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert!(found["machine"]["cpu"].is_object() && found["machine"]["gpus"].is_object(), "{found}");
    let planned = found["plan"]["stages"].as_array().unwrap();
    assert_eq!(planned.iter().map(|stage| stage["name"].as_str().unwrap()).collect::<Vec<_>>(), stages);
    assert!(planned.iter().all(|stage| stage["threads"].as_u64() >= Some(1) && stage["device"]["kind"] == "cpu"));
}

#[test]
fn configuration_comes_from_file_environment_and_flags() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("aio.toml");
    fs::write(&file, "seed = 3\n[data]\nsample = true\n[search]\nfolds = 5\n").unwrap();
    let output = aio()
        .args(["config", "show", "--seed", "9", "--profile", "tradingview", "--config"])
        .arg(&file)
        .env("AIO__SEARCH__FOLDS", "6")
        .output()
        .unwrap();
    let plan: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&plan["seed"], &plan["search"]["folds"]), (&9.into(), &6.into()));
    assert_eq!(plan["backtest"]["profile"], "tradingview");
}

#[test]
fn a_bad_key_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("aio.toml");
    fs::write(&file, "[search]\nflods = 5\n").unwrap();
    let output = aio().args(["config", "check", "--config"]).arg(&file).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let errors = text(&output.stderr);
    assert!(errors.contains("aio.toml") && errors.contains("line 2") && errors.contains("flods"), "{errors}");
}

#[test]
fn bad_input_is_one_clear_error() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let with = |arguments: &[&str]| {
        let mut command = aio();
        command.args(["run-experiment", "--out"]).arg(&out).args(arguments);
        failure(&mut command)
    };
    let cases: [(&[&str], &[&str]); 12] = [
        (&[], &["--sample", "--mirror", "--bars", "--days 14"]),
        (&["--bars", "/nowhere/bars.csv"], &["/nowhere/bars.csv"]),
        (&["--bars", "/nowhere/bars.csv", "--instrument", "EURUSB"], &["data.instrument", "EURUSD"]),
        (&["--mirror", "/nowhere", "--from", "2014-05-01", "--to", "2014-05-02"], &["/nowhere"]),
        (&["--mirror", "/", "--from", "2014-05-02", "--to", "2014-05-02"], &["data.from", "empty"]),
        (&["--mirror", "/", "--from", "2014-05-03", "--to", "2014-05-04"], &["market was closed", "weekday"]),
        (&["--sample", "--threads", "0"], &["threads", "at least one"]),
        (&["--sample", "--memory", "8"], &["memory", "8GiB"]),
        (&["--sample", "--threads", "2", "--memory", "300MiB"], &["does not fit", "too little memory"]),
        (&["--days", "0"], &["data.days", "from 1"]),
        (&["--days", "1", "--sources", "day,ftp"], &["data.sources", "ftp", "folder:PATH"]),
        (&["--sample", "--edge", "huge"], &["data.edge", "huge", "none"]),
    ];
    for (arguments, words) in cases {
        let error = with(arguments);
        assert!(error.starts_with("error: "), "{arguments:?}: {error}");
        for word in words {
            assert!(error.contains(word), "{arguments:?} should name {word}: {error}");
        }
    }
    assert!(!out.exists(), "a run that cannot start leaves nothing");
}

#[test]
fn an_output_folder_that_cannot_be_made_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let out = file.path().join("out");
    let error = failure(&mut sample(&out, 70));
    assert!(error.contains(&format!("cannot write {}", out.display())), "{error}");
}

/// A limit on the size of files stands in for a full disk: both refuse to write on.
#[cfg(unix)]
#[test]
fn a_disk_without_room_is_an_error_and_leaves_no_partial_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut command = Command::new("sh");
    command
        .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_aio")])
        .args(["run-experiment", "--sample", "--parameter-sets", "70", "--out"])
        .arg(&out)
        .current_dir(std::env::temp_dir());
    let error = failure(&mut command);
    assert!(error.contains("bars.parquet"), "{error}");
    assert!(!out.join("stages/bars.parquet").exists() && !out.join("stages/data.json").exists());
}

#[test]
fn json_is_one_object_a_line_and_ends_with_the_result() {
    let folder = tempfile::tempdir().unwrap();
    let output = sample(&folder.path().join("out"), 70).args(["--format", "json"]).output().unwrap();
    let lines: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["event"], "stage");
    let result = lines.last().unwrap();
    assert_eq!((&result["event"], &result["tried"]), (&"result".into(), &70.into()));
}

#[test]
fn a_run_that_is_killed_goes_on_to_the_same_files() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, killed) = (folder.path().join("whole"), folder.path().join("killed"));
    assert!(sample(&whole, 700).output().unwrap().status.success());

    let mut child: Child = sample(&killed, 700).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while !killed.join("stages/data.json").exists() {
        assert!(child.try_wait().unwrap().is_none(), "the run ended before it could be killed");
        sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!killed.join("report.html").exists());

    let again = sample(&killed, 700).output().unwrap();
    assert!(again.status.success());
    assert!(text(&again.stderr).contains("data: resumed"), "{}", text(&again.stderr));
    for name in REPORT_FILES.into_iter().chain(["manifest.json", "library.sqlite"]) {
        assert!(fs::read(whole.join(name)).unwrap() == fs::read(killed.join(name)).unwrap(), "{name} differs");
    }
}

const REPORT_FILES: [&str; 5] = ["report.html", "performance_report.json", "metrics.json", "trades.csv", "equity.csv"];

#[test]
fn a_report_is_rebuilt_from_a_folder_that_was_moved() {
    let folder = tempfile::tempdir().unwrap();
    let (made, moved) = (folder.path().join("made"), folder.path().join("else/where"));
    assert!(sample(&made, 140).output().unwrap().status.success());
    let written = REPORT_FILES.map(|name| fs::read(made.join(name)).unwrap());
    fs::create_dir(folder.path().join("else")).unwrap();
    fs::rename(&made, &moved).unwrap();
    for name in REPORT_FILES {
        fs::remove_file(moved.join(name)).unwrap();
    }
    let output = aio().arg("report").arg(&moved).output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let printed = text(&output.stdout);
    let page = moved.join("report.html");
    assert!(printed.starts_with("verdict: ") && printed.contains(&format!("report: {}", page.display())), "{printed}");
    for (name, bytes) in REPORT_FILES.into_iter().zip(written) {
        assert!(fs::read(moved.join(name)).unwrap() == bytes, "{name} differs");
    }
    let json = aio().args(["report", "--format", "json"]).arg(&moved).output().unwrap();
    let result: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((&result["event"], &result["tried"]), (&"result".into(), &140.into()));
}

#[test]
fn a_folder_that_is_no_finished_run_has_no_report() {
    let folder = tempfile::tempdir().unwrap();
    let report = |path: &Path| failure(aio().arg("report").arg(path));
    let nowhere = report(&folder.path().join("nowhere"));
    assert!(nowhere.contains("nowhere is not the folder of a run"), "{nowhere}");
    assert!(report(folder.path()).contains("is not the folder of a run: it has no stages/run-id"));
    let file = folder.path().join("file");
    fs::write(&file, "text").unwrap();
    assert!(report(&file).contains("file is not the folder of a run"));
    fs::create_dir(folder.path().join("stages")).unwrap();
    fs::write(folder.path().join("stages/run-id"), "eurusd-0123456789ab").unwrap();
    let unfinished = report(folder.path());
    assert!(unfinished.contains("is not finished, it has no manifest.json"), "{unfinished}");
}

#[test]
fn ollama_without_a_server_is_an_error_that_names_the_address() {
    let error = failure(aio().args(["test-ollama", "--model", "minicpm-v", "--url", "http://127.0.0.1:9"]));
    assert!(error.contains("127.0.0.1:9") && error.contains("minicpm-v"), "{error}");
}
