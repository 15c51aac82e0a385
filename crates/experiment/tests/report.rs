//! The report of a real run: in a browser, beside its files, and rebuilt from the folder.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

#[path = "../../trade-report/tests/it/browser.rs"]
#[expect(dead_code, reason = "the driver of the page's own tests can do more than these ask for")]
mod browser;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use experiment::{ConfigLayers, Error, PerformanceReport, RunOptions, RunPlan, load_config, rebuild, run};
use serde_json::Value;
use tempfile::TempDir;

use crate::browser::Browser;

const FILES: [&str; 5] = ["report.html", "performance_report.json", "metrics.json", "trades.csv", "equity.csv"];

/// One run for all tests, which must leave it as it is.
fn finished() -> &'static Path {
    static RUN: OnceLock<TempDir> = OnceLock::new();
    RUN.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let settings = [("data.sample", "true"), ("search.parameter_sets", "140"), ("search.folds", "2")];
        let overrides = settings.map(|(key, value)| (key.to_owned(), vec![value.to_owned()])).to_vec();
        let config = load_config(&ConfigLayers { overrides, ..ConfigLayers::default() }).unwrap();
        let now = "2026-11-22".parse().unwrap();
        let plan = RunPlan::resolve(&config, Path::new("/"), now).unwrap();
        let out = Some(folder.path().to_owned());
        let options = RunOptions { out, results: PathBuf::from("unused"), threads: Some(2), memory_bytes: None, now };
        run(&plan, &options, &|_| {}).unwrap();
        folder
    })
    .path()
}

/// A copy of the run that a test may spoil.
fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("stages")).unwrap();
    for below in ["", "stages"] {
        for entry in fs::read_dir(finished().join(below)).unwrap() {
            let entry = entry.unwrap();
            if entry.path().is_file() {
                fs::copy(entry.path(), folder.path().join(below).join(entry.file_name())).unwrap();
            }
        }
    }
    folder
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn performance() -> PerformanceReport {
    serde_json::from_slice(&fs::read(finished().join("performance_report.json")).unwrap()).unwrap()
}

#[test]
fn the_page_of_a_run_works_in_a_browser() {
    let Some(mut browser) = Browser::open_file(&finished().join("report.html")) else { return };
    let report = performance();
    let title = browser.text("document.querySelector('#verdict h2').textContent");
    assert_eq!(title, format!("Verdict: {}", report.verdict.headline));
    let n_bars = browser.number("TradeReport.report.candles.close.length");
    assert!((n_bars - report.data.n_bars as f64).abs() < 0.5, "{n_bars} candles of {} bars", report.data.n_bars);
    let blank = "[...document.querySelectorAll('canvas')].filter((canvas) => {
        const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
        return new Set(new Uint32Array(data.buffer)).size < 10; }).map((canvas) => canvas.id || canvas.dataset.map)";
    assert_eq!(browser.eval(blank), serde_json::json!([]), "blank pictures");
    for part in ["top", "trades", "walk-forward", "overfitting", "search", "evidence", "data-quality", "correlation"] {
        assert!(browser.eval(&format!("document.getElementById('{part}') !== null")) == true, "{part} is missing");
    }
    assert!(browser.number("document.querySelectorAll('canvas.heat').length") >= 2.0);
    browser.focus("#candles");
    browser.key("n");
    let readout = browser.text("document.getElementById('status').textContent");
    assert!(readout.starts_with("Trade 1 of "), "{readout}");
    browser.resize(360, 800);
    browser.settle();
    assert!(browser.number("document.scrollingElement.scrollWidth") <= 360.0);
    assert_eq!(browser.complaints(), [""; 0]);
}

#[test]
fn what_the_page_downloads_is_the_file_beside_it() {
    let Some(mut browser) = Browser::open_file(&finished().join("report.html")) else { return };
    let trades = fs::read_to_string(finished().join("trades.csv")).unwrap();
    assert_eq!(browser.text("TradeReport.download.tradesCsv(TradeReport.report)"), trades);
    let metrics: Value =
        serde_json::from_str(&browser.text("document.getElementById('report-metrics').textContent")).unwrap();
    assert_eq!(metrics, json(&finished().join("metrics.json")));
}

#[test]
fn every_file_says_the_same() {
    let (report, metrics) = (performance(), json(&finished().join("metrics.json")));
    assert!(!report.top.is_empty() && !report.recommendations.is_empty());
    let equity = fs::read_to_string(finished().join("equity.csv")).unwrap();
    let last: Vec<&str> = equity.lines().last().unwrap().split(',').collect();
    let trades = fs::read_to_string(finished().join("trades.csv")).unwrap();
    assert_eq!(equity.lines().count(), report.data.n_bars + 1);
    for (index, strategy) in report.top.iter().enumerate() {
        let of_page = &metrics["strategies"][index];
        assert_eq!(of_page["score"], strategy.score);
        assert_eq!(of_page["allocation"], strategy.allocation);
        let cells = |name: &str| {
            let all = of_page["metrics"].as_array().unwrap();
            let metric = all.iter().find(|metric| metric["name"] == name).unwrap();
            [0, 1].map(|column| metric["cells"][column]["value"].as_f64())
        };
        let (seen, unseen) = (&strategy.in_sample, &strategy.out_of_sample);
        assert_eq!(cells("Return"), [Some(seen.total_return), Some(unseen.total_return)]);
        let annual = |metrics: &backtest::Metrics| metrics.sharpe.map(trade_stats::Sharpe::annual);
        assert_eq!(cells("Sharpe ratio p.a."), [annual(seen), annual(unseen)]);
        let rank = format!("{},", index + 1);
        assert_eq!(
            trades.lines().filter(|line| line.starts_with(&rank)).count(),
            seen.n_trades + unseen.n_trades,
            "trades of {}",
            strategy.name
        );
        let grown = (1.0 + seen.total_return) * (1.0 + unseen.total_return) * 10_000.0;
        let in_file: f64 = last[2 + 2 * index].parse().unwrap();
        assert!((in_file - grown).abs() < 1e-6, "{in_file} and {grown}");
    }
    let folds = metrics["walk_forward"]["folds"].as_array().unwrap();
    assert_eq!(folds.len(), report.walk_forward.folds.len());
    let of_fold = folds[0]["cells"][1]["out_of_sample"].as_f64();
    assert_eq!(of_fold, report.walk_forward.folds[0].choice.as_ref().map(|choice| choice.out_of_sample.total_return));
}

#[test]
fn nothing_is_allocated_without_an_edge() {
    let report = performance();
    let shares: Vec<f64> = report.top.iter().map(|strategy| strategy.allocation).collect();
    let sum: f64 = shares.iter().sum();
    if report.verdict.edge_found {
        assert!(sum > 0.0 && sum < 1.0 + 1e-9, "{shares:?}");
    } else {
        assert!(shares.iter().all(|&share| share == 0.0), "{shares:?}");
        assert!(report.recommendations[0].starts_with("Do not trade"), "{:?}", report.recommendations);
    }
}

#[test]
fn a_rebuilt_report_has_the_bytes_of_the_run() {
    let folder = copy();
    for name in FILES {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    let outcome = rebuild(folder.path()).unwrap();
    assert_eq!(outcome.report, performance());
    for name in FILES {
        let same = fs::read(folder.path().join(name)).unwrap() == fs::read(finished().join(name)).unwrap();
        assert!(same, "{name} differs");
    }
}

#[test]
fn a_folder_without_all_results_is_refused_by_name() {
    for lost in ["stages/search.json", "stages/analyse.json", "stages/bars.parquet", "manifest.json"] {
        let folder = copy();
        fs::remove_file(folder.path().join(lost)).unwrap();
        let error = rebuild(folder.path()).unwrap_err();
        assert!(matches!(&error, Error::Unfinished { missing, .. } if missing == lost), "{lost}: {error}");
    }
    let folder = copy();
    fs::remove_file(folder.path().join("stages/run-id")).unwrap();
    assert!(matches!(rebuild(folder.path()).unwrap_err(), Error::NotARun { .. }));
}

#[test]
fn results_that_do_not_fit_together_are_refused() {
    let damaged = |spoil: &dyn Fn(&Path), file: &str| {
        let folder = copy();
        spoil(&folder.path().join("stages"));
        let error = rebuild(folder.path()).unwrap_err();
        assert!(matches!(&error, Error::Damaged { path, .. } if path.ends_with(file)), "{file}: {error}");
    };
    let shorten = |stages: &Path| {
        let path = stages.join("bars.parquet");
        let bars = market_files::read_bars(&path, &market_files::ReadOptions::strict()).unwrap().bars;
        market_files::write_bars(&path, bars.view().slice(0..bars.len() - 100)).unwrap();
    };
    damaged(&shorten, "stages/bars.parquet");
    let with_candidate = |stages: &Path| {
        let path = stages.join("search.json");
        let mut searched = json(&path);
        searched["ranking"]["top"][0]["candidate"] = 9_999.into();
        fs::write(&path, searched.to_string()).unwrap();
    };
    damaged(&with_candidate, "stages/search.json");
    damaged(&|stages| fs::write(stages.join("bars.parquet"), "PAR1").unwrap(), "stages/bars.parquet");
}

#[test]
fn results_of_another_version_or_run_are_refused() {
    let folder = copy();
    let manifest = folder.path().join("manifest.json");
    let whole = json(&manifest);
    let with = |change: &dyn Fn(&mut Value)| {
        let mut changed = whole.clone();
        change(&mut changed);
        fs::write(&manifest, changed.to_string()).unwrap();
        rebuild(folder.path()).unwrap_err()
    };
    let other = with(&|manifest| manifest["versions"]["aio-backtest"] = "0.0.9".into());
    assert!(
        matches!(&other, Error::OtherVersion { name, found, .. } if name == "aio-backtest" && found == "0.0.9"),
        "{other}"
    );
    let newer = with(&|manifest| manifest["versions"]["aio-fortune"] = "1.0.0".into());
    assert!(newer.to_string().contains("written by aio-fortune 1.0.0 and this is none"), "{newer}");
    let spoiled = with(&|manifest| manifest["plan"]["seed"] = 99.into());
    assert!(matches!(&spoiled, Error::Damaged { path, .. } if path.ends_with("manifest.json")), "{spoiled}");
    fs::write(&manifest, "{").unwrap();
    assert!(matches!(rebuild(folder.path()).unwrap_err(), Error::Damaged { .. }));
    fs::write(&manifest, whole.to_string()).unwrap();
    fs::write(folder.path().join("stages/validate.json"), "[]").unwrap();
    let broken = rebuild(folder.path()).unwrap_err();
    assert!(matches!(&broken, Error::Damaged { path, .. } if path.ends_with("validate.json")), "{broken}");
}
