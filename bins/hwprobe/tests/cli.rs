//! The program as a user meets it: exit codes, messages, output forms.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn hwprobe() -> Command {
    Command::new(env!("CARGO_BIN_EXE_hwprobe"))
}

fn run(arguments: &[&str]) -> Output {
    hwprobe().args(arguments).output().unwrap()
}

/// Standard output of a run that must succeed.
fn shown(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Standard error of a run that must fail with status 2 and print nothing else.
fn failure(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{errors}");
    errors
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn help_names_every_command() {
    let help = shown(&["--help"]);
    for command in ["show", "watch", "plan", "disk-speed"] {
        assert!(help.contains(command), "{command}");
    }
}

#[test]
fn the_machine_is_shown_for_people_and_programs_and_without_a_command() {
    let human = shown(&["show"]);
    for label in ["System  ", "CPU     ", "Usable  ", "SIMD    ", "Memory  ", "GPU     "] {
        assert!(human.lines().any(|line| line.starts_with(label)), "{label} in {human}");
    }
    let label = |text: &str| text.lines().map(|line| line[..8].to_owned()).collect::<Vec<_>>();
    assert_eq!(label(&shown(&[])), label(&human));
    let text = shown(&["show", "--format", "json"]);
    assert_eq!(text.lines().count(), 1);
    let machine = json(&text);
    assert!(machine["cpu"]["usable_threads"].as_u64().unwrap() >= 1);
    assert!(machine["memory"]["total_bytes"].as_u64().unwrap() > 0);
    assert!(["found", "none", "failed"].contains(&machine["gpus"]["status"].as_str().unwrap()));
}

#[cfg(target_os = "linux")]
#[test]
fn watch_prints_a_line_a_sample_where_there_is_no_terminal() {
    let text = shown(&["watch", "--interval", "0.05", "--count", "3"]);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert!(lines[0].contains("time s  CPU %") && !text.contains('\x1b'), "{text}");
    let times: Vec<f64> =
        lines[1..].iter().map(|line| line.split_whitespace().next().unwrap().parse().unwrap()).collect();
    assert!(times.is_sorted() && times[0] > 0.0, "{times:?}");
    assert!(lines.iter().all(|line| line.chars().count() == lines[0].chars().count()), "{text}");
}

#[cfg(target_os = "linux")]
#[test]
fn watch_prints_json_lines_whose_intervals_follow_each_other() {
    let text = shown(&["watch", "--format", "json", "--interval", "0.05", "--count", "2"]);
    let samples: Vec<_> = text.lines().map(json).collect();
    assert_eq!(samples.len(), 2);
    assert_eq!(samples[0]["until_seconds"], samples[1]["from_seconds"]);
    for sample in &samples {
        assert!(sample["memory"]["total_bytes"].as_u64().unwrap() > 0, "{sample}");
        assert!(!sample["cpus"].as_array().unwrap().is_empty() && sample["gpus"].is_array(), "{sample}");
        assert!(sample["process"]["memory_bytes"].as_u64().unwrap() > 0, "{sample}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_closed_pipe_ends_watch_with_success() {
    let mut child = hwprobe()
        .args(["watch", "--format", "json", "--interval", "0.05"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    json(&lines.next().unwrap().unwrap());
    drop(lines);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

#[test]
fn a_plan_has_a_line_for_each_stage_in_both_forms() {
    let output = run(&["plan"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--print-stages"));
    let table = String::from_utf8(output.stdout).unwrap();
    let names: Vec<_> = table.lines().map(|line| line.split_whitespace().next().unwrap()).collect();
    assert_eq!(names, ["Stage", "budget", "load", "model", "search"]);
    let plan = json(&shown(&["plan", "--format", "json"]));
    assert_eq!(plan["stages"].as_array().unwrap().len(), 3);
    assert!(plan["stages"][0]["threads"].as_u64().unwrap() >= 1, "{plan}");
}

#[test]
fn printed_stages_can_be_planned_from_a_file_and_from_standard_input() {
    let stages = shown(&["plan", "--print-stages"]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("stages.json");
    fs::write(&file, stages.replace("search", "seek")).unwrap();
    let output = run(&["plan", "--stages", file.to_str().unwrap()]);
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
    assert!(String::from_utf8(output.stdout).unwrap().lines().last().unwrap().starts_with("seek"));
    let mut child =
        hwprobe().args(["plan", "--stages", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(stages.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && String::from_utf8(output.stdout).unwrap().contains("\nsearch "));
}

#[test]
fn stages_that_are_none_or_do_not_fit_are_one_clear_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("stages.json");
    let stages = shown(&["plan", "--print-stages"]);
    let huge = stages.replace("\"min_threads\": 1", "\"min_threads\": 1000000").replace(": 64,", ": 1000000,");
    for (text, words) in [
        (stages.replace("runs", "rums"), &["stages.json holds no stages", "rums", "line"][..]),
        (stages.replace("never", "perhaps"), &["perhaps", "never"]),
        ("{}".to_owned(), &["stages.json holds no stages"]),
        (huge.replace(": 8,", ": 1000000,").replace(": 4,", ": 1000000,"), &["stage `load` does not fit", "threads"]),
    ] {
        fs::write(&file, text).unwrap();
        let error = failure(&run(&["plan", "--stages", file.to_str().unwrap()]));
        assert!(error.starts_with("error: ") && words.iter().all(|word| error.contains(word)), "{words:?}: {error}");
    }
    let error = failure(&run(&["plan", "--stages", folder.path().join("missing").to_str().unwrap()]));
    assert!(error.contains("missing"), "{error}");
}

#[test]
fn the_speed_of_a_disk_is_measured_and_nothing_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let table = shown(&["disk-speed", path, "--size", "4MiB"]);
    let lines: Vec<_> = table.lines().collect();
    assert!(lines[0].starts_with("Write ") && lines[1].starts_with("Read ") && lines.len() == 2, "{table}");
    assert!(lines.iter().all(|line| line.contains(" MB/s  4.0 MiB in ")), "{table}");
    let speed = json(&shown(&["disk-speed", path, "--size", "4MiB", "--format", "json"]));
    assert_eq!(speed["bytes"], 4 << 20);
    assert!(speed["read_bytes_per_second"].as_f64().unwrap() > 0.0, "{speed}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let error = failure(&run(&["disk-speed", folder.path().join("missing").to_str().unwrap()]));
    assert!(error.starts_with("error: ") && error.contains("missing"), "{error}");
}

#[test]
fn bad_arguments_end_with_status_2() {
    for arguments in [
        &["wacth"][..],
        &["watch", "--interval", "0"],
        &["watch", "--interval", "soon"],
        &["watch", "--count", "-1"],
        &["disk-speed"],
        &["disk-speed", ".", "--size", "much"],
        &["plan", "--print-stages", "--stages", "x"],
        &["show", "--format", "xml"],
    ] {
        failure(&run(arguments));
    }
}
