//! Whole runs, small: what they write, that they repeat and resume to the same bytes, and how they fail.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::collections::BTreeMap;
use std::error::Error as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use dukascopy::Mirror;
use experiment::{ConfigLayers, Error, Outcome, Progress, RunOptions, RunPlan, Stage, load_config, run};
use market::synthetic::{SyntheticConfig, generate};
use market::{Bar, Bars, PriceSide, Ticks, Timeframe, UnixNanos, aggregate};

const SMALL: [(&str, &str); 2] = [("search.parameter_sets", "140"), ("search.folds", "2")];

fn plan(settings: &[(&str, &str)]) -> Result<RunPlan, Error> {
    let overrides = SMALL.iter().chain(settings).map(|(k, v)| ((*k).to_owned(), vec![(*v).to_owned()])).collect();
    RunPlan::resolve(&load_config(&ConfigLayers { overrides, ..ConfigLayers::default() })?, Path::new("/"), now())
}

fn now() -> UnixNanos {
    "2026-11-22".parse().unwrap()
}

fn options(out: &Path, threads: usize) -> RunOptions {
    RunOptions {
        out: Some(out.to_owned()),
        results: PathBuf::from("unused"),
        threads: Some(threads),
        memory_bytes: None,
        now: now(),
    }
}

fn start(plan: &RunPlan, out: &Path, threads: usize, progress: &(dyn Fn(Progress) + Sync)) -> Result<Outcome, Error> {
    run(plan, &options(out, threads), progress)
}

fn sample(out: &Path, threads: usize) -> Outcome {
    start(&plan(&[("data.sample", "true")]).unwrap(), out, threads, &|_| {}).unwrap()
}

/// Every file below `folder` but the times and loads, by its path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.file_name().unwrap().to_str().unwrap().contains("timing") {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn assert_equal_files(left: &Path, right: &Path) {
    let (left, right) = (files(left), files(right));
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (path, bytes) in &left {
        assert!(*bytes == right[path], "{} differs", path.display());
    }
}

fn ticks() -> Ticks {
    let config = SyntheticConfig { ticks_per_hour: 240.0, ..SyntheticConfig::eurusd("2024-01-08".parse().unwrap(), 5) };
    generate(&config, 3).unwrap()
}

fn write_mirror(root: &Path) -> Mirror {
    let mirror = Mirror::open(root).unwrap();
    mirror.write_ticks(&"EURUSD".parse().unwrap(), ticks().view()).unwrap();
    mirror
}

fn mirror_settings(root: &str) -> Vec<(&str, &str)> {
    vec![("data.mirror", root), ("data.from", "2024-01-08"), ("data.to", "2024-01-13")]
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}

#[test]
fn a_run_writes_every_file_and_repeats_to_the_same_bytes_on_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("one"), folder.path().join("two"));
    let outcome = sample(&first, 1);
    sample(&second, 2);
    assert_equal_files(&first, &second);
    for name in ["report.html", "performance_report.json", "metrics.json", "trades.csv", "equity.csv", "manifest.json"]
    {
        assert!(first.join(name).is_file(), "{name}");
    }
    assert!(first.join("library.sqlite").is_file());
    for strategy in &outcome.report.top {
        assert!(
            first.join(strategy.pine_file.as_ref().unwrap()).is_file() && first.join(&strategy.chart_file).is_file()
        );
    }
    assert!(!files(&first).keys().any(|path| path.extension().is_some_and(|end| end == "part")));
}

#[test]
fn any_memory_gives_the_same_bytes_and_too_little_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    write_mirror(folder.path());
    // So many sets have more indicator columns than the least that is kept.
    let root = folder.path().to_str().unwrap();
    let plan = plan(&[&mirror_settings(root)[..], &[("search.parameter_sets", "1000")]].concat()).unwrap();
    let with = |name: &str, memory_bytes: u64| {
        let out = folder.path().join(name);
        run(&plan, &RunOptions { memory_bytes: Some(memory_bytes), ..options(&out, 2) }, &|_| {}).map(|_| out)
    };
    let (small, large) = (with("small", 400 << 20).unwrap(), with("large", 64 << 30).unwrap());
    assert_equal_files(&small, &large);
    let kept = |out: &Path| timing(out)["indicator_bytes"].as_u64().unwrap();
    assert!(kept(&small) < 80 << 20 && kept(&large) == 28 << 30, "{} {}", kept(&small), kept(&large));
    let error = with("none", 300 << 20).unwrap_err();
    assert!(chain(&error).contains("does not fit: too little memory"), "{}", chain(&error));
}

fn timing(out: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(out.join("timing.json")).unwrap()).unwrap()
}

#[test]
fn times_and_loads_of_each_stage_are_kept_also_over_a_resume() {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path(), 2);
    let first = timing(folder.path());
    let names: Vec<&str> = first["stages"].as_array().unwrap().iter().map(|s| s["stage"].as_str().unwrap()).collect();
    assert_eq!(names, Stage::ALL.map(Stage::name));
    for stage in first["stages"].as_array().unwrap() {
        assert!(stage["seconds"].as_f64().unwrap() > 0.0 && stage["resumed"] == false, "{stage}");
        if cfg!(target_os = "linux") {
            assert!(stage["utilisation"]["process"]["max_memory_bytes"].as_u64().unwrap() > 1 << 20, "{stage}");
        }
    }
    assert_eq!(first["plan"]["stages"][2]["name"], "search");
    let page = fs::read_to_string(folder.path().join("timing.html")).unwrap();
    assert!(names.iter().all(|name| page.contains(name)), "{page}");

    fs::remove_file(folder.path().join("stages/analyse.timing.json")).unwrap();
    sample(folder.path(), 2);
    let again = timing(folder.path());
    for (index, (stage, before)) in names.iter().zip(first["stages"].as_array().unwrap()).enumerate() {
        let after = &again["stages"][index];
        match *stage {
            "export" => assert_eq!(after["resumed"], false),
            "analyse" => assert!(after["resumed"] == true && after["seconds"].is_null(), "{after}"),
            _ => assert!(after["resumed"] == true && after["seconds"] == before["seconds"], "{after}"),
        }
    }
}

#[test]
fn finished_stages_are_not_repeated_and_the_bytes_are_those_of_an_uninterrupted_run() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, broken) = (folder.path().join("whole"), folder.path().join("broken"));
    sample(&whole, 2);
    sample(&broken, 2);
    for lost in ["stages/search.json", "stages/validate.json", "report.html", "library.sqlite"] {
        fs::remove_file(broken.join(lost)).unwrap();
    }
    fs::write(broken.join("stages/search.json.part"), "{\"half\": ").unwrap();
    let events = Mutex::new(Vec::new());
    start(&plan(&[("data.sample", "true")]).unwrap(), &broken, 2, &|progress| {
        events.lock().unwrap().push(progress);
    })
    .unwrap();
    let events = events.into_inner().unwrap();
    for stage in [Stage::Data, Stage::WalkForward, Stage::Analyse] {
        assert!(events.contains(&Progress::Resumed { stage }) && !events.contains(&Progress::Started { stage }));
    }
    assert!(events.contains(&Progress::Started { stage: Stage::Search }));
    assert_equal_files(&whole, &broken);
}

#[test]
fn a_folder_of_another_run_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path(), 2);
    let other = plan(&[("data.sample", "true"), ("seed", "2")]).unwrap();
    let error = start(&other, folder.path(), 2, &|_| {}).unwrap_err();
    assert!(matches!(error, Error::OtherRun { .. }), "{error}");
}

#[test]
fn a_damaged_stage_is_named() {
    let folder = tempfile::tempdir().unwrap();
    sample(folder.path(), 2);
    fs::write(folder.path().join("stages/search.json"), "{").unwrap();
    let error = start(&plan(&[("data.sample", "true")]).unwrap(), folder.path(), 2, &|_| {}).unwrap_err();
    assert!(matches!(&error, Error::Damaged { path, .. } if path.ends_with("stages/search.json")), "{error}");
}

#[test]
fn without_an_edge_the_report_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(&[("data.sample", "true"), ("data.edge", "none")]).unwrap();
    let outcome = start(&plan, folder.path(), 2, &|_| {}).unwrap();
    assert!(!outcome.report.verdict.edge_found);
    assert!(fs::read_to_string(folder.path().join("report.html")).unwrap().contains("no edge found"));
}

#[test]
fn a_mirror_and_a_file_of_its_bars_give_the_same_bars() {
    let folder = tempfile::tempdir().unwrap();
    write_mirror(folder.path());
    let root = folder.path().to_str().unwrap();
    let from_mirror = start(&plan(&mirror_settings(root)).unwrap(), &folder.path().join("m"), 2, &|_| {}).unwrap();
    assert_eq!(from_mirror.report.data.n_ticks, Some(ticks().len()));
    for name in ["bars.csv", "bars.parquet"] {
        let path = folder.path().join(name);
        market_files::write_bars(&path, aggregate(ticks().view(), Timeframe::M1).view(PriceSide::Mid)).unwrap();
        let plan = plan(&[("data.bars", path.to_str().unwrap())]).unwrap();
        let from_file = start(&plan, &folder.path().join(format!("{name}.out")), 2, &|_| {}).unwrap();
        assert_eq!(from_file.report.top, from_mirror.report.top);
    }
}

#[test]
fn bars_without_spread_need_one_stated() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bars.csv");
    let mut bars = Bars::new(Timeframe::M1);
    for bar in aggregate(ticks().view(), Timeframe::M1).view(PriceSide::Mid).iter() {
        bars.push(Bar { spread: f64::NAN, ..bar }).unwrap();
    }
    market_files::write_bars(&path, bars.view()).unwrap();
    let file = ("data.bars", path.to_str().unwrap());
    let out = folder.path().join("out");
    let error = start(&plan(&[file]).unwrap(), &out, 2, &|_| {}).unwrap_err();
    assert_eq!(error.to_string(), "the bar at 2024-01-08T00:00:00Z has no spread: set account.spread_pips");
    let report = start(&plan(&[file, ("account.spread_pips", "0.5")]).unwrap(), &out, 2, &|_| {}).unwrap().report;
    assert!(report.costs.description.contains("a spread of 0.50 pips") && report.data.mean_spread_pips.is_none());
}

#[test]
fn a_missing_mirror_is_passed_over_for_the_bars_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bars.csv");
    market_files::write_bars(&path, aggregate(ticks().view(), Timeframe::M1).view(PriceSide::Mid)).unwrap();
    let mut settings = mirror_settings("/nowhere/mirror");
    settings.push(("data.bars", path.to_str().unwrap()));
    let notes = Mutex::new(Vec::new());
    let outcome = start(&plan(&settings).unwrap(), &folder.path().join("out"), 2, &|progress| {
        if let Progress::Note { text, .. } = progress {
            notes.lock().unwrap().push(text);
        }
    })
    .unwrap();
    assert!(notes.into_inner().unwrap()[0].contains("/nowhere/mirror"));
    assert!(outcome.report.warnings.iter().any(|warning| warning.text.contains("/nowhere/mirror")));
}

#[test]
fn a_truncated_tick_file_is_named_and_not_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    write_mirror(folder.path());
    let file = folder.path().join("EURUSD/2024/00/09/10h_ticks.bi5");
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    let out = folder.path().join("out");
    let error = start(&plan(&mirror_settings(folder.path().to_str().unwrap())).unwrap(), &out, 2, &|_| {}).unwrap_err();
    assert!(chain(&error).contains("10h_ticks.bi5"), "{}", chain(&error));
    assert!(!out.join("stages/data.json").exists() && !out.join("report.html").exists());
    // The file is mended: the same command goes on, although the inputs are others now.
    fs::write(&file, &bytes).unwrap();
    start(&plan(&mirror_settings(folder.path().to_str().unwrap())).unwrap(), &out, 2, &|_| {}).unwrap();
}

#[test]
fn a_weekend_is_told_from_missing_data() {
    let folder = tempfile::tempdir().unwrap();
    write_mirror(folder.path());
    let root = folder.path().to_str().unwrap();
    let error = |from: &str, to: &str| {
        let plan = plan(&[("data.mirror", root), ("data.from", from), ("data.to", to)]).unwrap();
        start(&plan, &folder.path().join("out"), 2, &|_| {}).unwrap_err()
    };
    assert!(matches!(error("2024-01-13", "2024-01-14"), Error::MarketClosed { .. }));
    let missing = error("2024-03-04", "2024-03-06");
    assert!(matches!(missing, Error::NoSource { .. }), "{missing}");
    assert!(missing.to_string().contains("no EURUSD ticks from 2024-03-04T00:00:00Z"), "{missing}");
}

#[test]
fn too_few_bars_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    write_mirror(folder.path());
    let root = folder.path().to_str().unwrap();
    let settings = [("data.mirror", root), ("data.from", "2024-01-08"), ("data.to", "2024-01-08T03:00:00Z")];
    let error = start(&plan(&settings).unwrap(), &folder.path().join("out"), 2, &|_| {}).unwrap_err();
    assert!(matches!(error, Error::TooFewBars { .. }), "{error}");
}

#[test]
fn an_output_folder_that_cannot_be_made_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let out = file.path().join("results");
    let error = start(&plan(&[("data.sample", "true")]).unwrap(), &out, 2, &|_| {}).unwrap_err();
    assert_eq!(error.to_string(), format!("cannot write {}", out.display()));
    assert!(error.source().is_some());
}
