//! Configuration: precedence of its layers, and errors that name the key.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::collections::HashMap;
use std::error::Error as _;
use std::path::Path;

use experiment::{ConfigLayers, DownloadPlan, Error, RunPlan, SourcePlan, load_config};
use market::UnixNanos;

fn layers(file: Option<&Path>, environment: &[(&str, &str)], overrides: &[(&str, &str)]) -> ConfigLayers {
    ConfigLayers {
        file: file.map(Path::to_owned),
        environment: environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect::<HashMap<_, _>>(),
        overrides: overrides.iter().map(|(k, v)| ((*k).to_owned(), vec![(*v).to_owned()])).collect(),
    }
}

fn file(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

fn plan(overrides: &[(&str, &str)]) -> Result<RunPlan, Error> {
    RunPlan::resolve(&load_config(&layers(None, &[], overrides)).unwrap(), Path::new("/base"), now())
}

fn now() -> UnixNanos {
    "2026-11-22T17:30:00Z".parse().unwrap()
}

/// Start and end of the plan's range.
fn range(overrides: &[(&str, &str)]) -> [Option<String>; 2] {
    let data = plan(overrides).unwrap().data;
    [data.from, data.to].map(|time| time.map(|time| time.to_string()))
}

fn days(from: &str, to: &str) -> [Option<String>; 2] {
    [from, to].map(|day| Some(format!("{day}T00:00:00Z")))
}

#[test]
fn flags_beat_environment_beats_file() {
    let file = file("seed = 3\n[search]\nfolds = 5\nembargo_bars = 10\nparameter_sets = 100\n");
    let environment =
        [("AIO__SEARCH__FOLDS", "6"), ("AIO__SEARCH__EMBARGO_BARS", "20"), ("AIOX", "1"), ("PATH", "/bin")];
    let config = load_config(&layers(Some(file.path()), &environment, &[("search.folds", "7")])).unwrap();
    assert_eq!(config.search.folds, Some(7));
    assert_eq!(config.search.embargo_bars, Some(20));
    assert_eq!(config.search.parameter_sets, Some(100));
    assert_eq!(config.seed, Some(3));
}

#[test]
fn texts_that_look_like_numbers_stay_texts() {
    let config = load_config(&layers(None, &[("AIO__DATA__FROM", "2014-05-01")], &[("analyst.model", "7")])).unwrap();
    assert_eq!(config.data.from.as_deref(), Some("2014-05-01"));
    assert_eq!(config.analyst.model.as_deref(), Some("7"));
}

#[test]
fn lists_come_from_the_environment_and_from_flags() {
    let from_environment = load_config(&layers(None, &[("AIO__SEARCH__STRATEGIES", "a.json,b.json")], &[])).unwrap();
    assert_eq!(from_environment.search.strategies.unwrap().len(), 2);
    let from_flags = load_config(&layers(None, &[], &[("search.strategies", "a.json")])).unwrap();
    assert_eq!(from_flags.search.strategies.unwrap(), [Path::new("a.json")]);
}

#[test]
fn an_unknown_key_in_the_file_is_named_with_its_line() {
    let file = file("seed = 3\n[search]\nflods = 5\n");
    let error = load_config(&layers(Some(file.path()), &[], &[])).unwrap_err();
    let cause = error.source().unwrap().to_string();
    assert!(
        error.to_string().contains("is not valid") && cause.contains("flods") && cause.contains("line 3"),
        "{cause}"
    );
}

#[test]
fn an_unknown_key_in_the_environment_is_named() {
    let error = load_config(&layers(None, &[("AIO__SEARCH__FLODS", "5")], &[])).unwrap_err().to_string();
    assert!(error.contains("flods"), "{error}");
}

#[test]
fn a_value_of_the_wrong_type_is_named() {
    let error = load_config(&layers(None, &[("AIO__SEARCH__FOLDS", "many")], &[])).unwrap_err().to_string();
    assert!(error.contains("many") && error.contains("folds"), "{error}");
}

#[test]
fn a_missing_file_is_named() {
    let error = load_config(&layers(Some(Path::new("/nowhere/aio.toml")), &[], &[])).unwrap_err();
    assert_eq!(error.to_string(), "cannot read /nowhere/aio.toml");
}

#[test]
fn every_setting_out_of_range_is_an_error_that_names_it() {
    let cases: [(&[(&str, &str)], &str); 22] = [
        (&[], "setting `data` is missing: give --sample, --mirror DIR, --bars FILE, or a range to download"),
        (&[("data.edge", "none")], "setting `data.sample` is missing"),
        (&[("data.sample", "true"), ("data.edge", "big")], "setting `data.edge` is `big`"),
        (&[("data.sample", "true"), ("data.bars", "x.csv")], "setting `data.sample` is `true`"),
        (&[("data.sample", "true"), ("data.instrument", "USDJPY")], "setting `data.instrument` is `USDJPY`"),
        (&[("data.bars", "x.csv"), ("data.instrument", "EURUSB")], "setting `data.instrument` is `EURUSB`"),
        (&[("data.bars", "x.csv"), ("data.timeframe", "5 apples")], "setting `data.timeframe` is `5 apples`"),
        (&[("data.mirror", "m")], "setting `data.to` is missing"),
        (
            &[("data.mirror", "m"), ("data.from", "2014-05-02"), ("data.to", "2014-05-02")],
            "setting `data.from` is `2014-05-02T00:00:00Z`: the range is empty",
        ),
        (&[("data.sample", "true"), ("data.days", "30")], "setting `data.days` is `30`: the sample has its own length"),
        (&[("data.sample", "true"), ("data.download", "true")], "setting `data.sample` is `true`"),
        (&[("data.days", "0")], "setting `data.days` is `0`: it must be from 1 to 36525"),
        (
            &[("data.from", "2014-05-01"), ("data.to", "2014-05-15"), ("data.days", "14")],
            "setting `data.days` is `14`: data.from and data.to are the range",
        ),
        (&[("data.from", "2262-01-01"), ("data.days", "36525")], "setting `data.days` is `36525`: from 2262-01-01"),
        (&[("data.bars", "x.csv"), ("data.days", "14")], "setting `data.to` is missing: data.days counts back from it"),
        (&[("data.from", "2026-11-22")], "setting `data.from` is `2026-11-22T00:00:00Z`: the range is empty"),
        (&[("data.days", "1"), ("data.sources", "ftp")], "setting `data.sources` is `ftp`: `ftp` is not a source"),
        (&[("data.days", "1"), ("data.download", "false")], "setting `data` is missing"),
        (&[("data.sample", "true"), ("search.holdout_fraction", "0.9")], "setting `search.holdout_fraction` is `0.9`"),
        (&[("data.sample", "true"), ("search.sampler", "best")], "setting `search.sampler` is `best`"),
        (
            &[("data.sample", "true"), ("backtest.profile", "exact")],
            "setting `backtest.profile` is `exact`: write talib, tradingview, fast",
        ),
        (&[("data.sample", "true"), ("analyst.backend", "ollama")], "setting `analyst.model` is missing"),
    ];
    for (overrides, expected) in cases {
        let error = plan(overrides).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{overrides:?}: {error}");
    }
}

#[test]
fn relative_paths_are_taken_from_the_base() {
    let plan = plan(&[("data.bars", "bars.csv")]).unwrap();
    let text = serde_json::to_string(&plan).unwrap();
    assert!(text.contains("/base/bars.csv"), "{text}");
}

#[test]
fn two_spellings_of_a_path_are_one_plan() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bars.csv"), "").unwrap();
    let spelled = |path: &str| {
        let config = load_config(&layers(None, &[], &[("data.bars", path)])).unwrap();
        RunPlan::resolve(&config, folder.path(), now()).unwrap()
    };
    let name = folder.path().file_name().unwrap().to_str().unwrap();
    assert_eq!(spelled("bars.csv"), spelled(&format!("../{name}/bars.csv")));
}

#[test]
fn a_range_without_end_counts_back_from_the_last_midnight() {
    assert_eq!(range(&[("data.days", "14")]), days("2026-11-08", "2026-11-22"));
    assert_eq!(range(&[("data.from", "2026-11-01")]), days("2026-11-01", "2026-11-22"));
    assert_eq!(range(&[("data.download", "true")]), days("2026-11-08", "2026-11-22"));
    assert_eq!(range(&[("data.days", "3"), ("data.to", "2014-05-15")]), days("2014-05-12", "2014-05-15"));
    assert_eq!(range(&[("data.days", "3"), ("data.from", "2014-05-12")]), days("2014-05-12", "2014-05-15"));
    assert_eq!(range(&[("data.mirror", "m"), ("data.to", "2014-05-15")]), days("2014-05-01", "2014-05-15"));
    assert_eq!(range(&[("data.bars", "x.csv")]), [None, None]);
}

/// The names of the sources, and where a download goes.
fn sources(overrides: &[(&str, &str)]) -> (Vec<&'static str>, Option<DownloadPlan>) {
    let sources = plan(overrides).unwrap().data.sources;
    let name = |source: &SourcePlan| match source {
        SourcePlan::Sample { .. } => "sample",
        SourcePlan::Mirror(_) => "mirror",
        SourcePlan::Download(_) => "download",
        SourcePlan::Bars(_) => "bars",
    };
    let names = sources.iter().map(name).collect();
    let download = sources.into_iter().find_map(|source| match source {
        SourcePlan::Download(download) => Some(download),
        _ => None,
    });
    (names, download)
}

#[test]
fn a_download_is_what_a_range_alone_means_and_comes_between_mirror_and_bars() {
    let names = |overrides: &[(&str, &str)]| sources(overrides).0;
    let files = [("data.mirror", "m"), ("data.bars", "x.csv"), ("data.to", "2014-05-15")];
    let with = |more: (&'static str, &'static str)| names(&[files.as_slice(), &[more]].concat());
    assert_eq!(names(&[("data.days", "14")]), ["download"]);
    assert_eq!(names(&files), ["mirror", "bars"]);
    assert_eq!(with(("data.download", "true")), ["mirror", "download", "bars"]);
    assert_eq!(with(("data.cache", "c")), ["mirror", "download", "bars"]);
    assert_eq!(with(("data.base_url", "http://127.0.0.1:1")), ["mirror", "download", "bars"]);
    assert_eq!(names(&[&files[..], &[("data.cache", "c"), ("data.download", "false")]].concat()), ["mirror", "bars"]);
}

#[test]
fn a_download_has_its_folder_and_addresses() {
    let spelled = |download: &DownloadPlan| download.sources.iter().map(ToString::to_string).collect::<Vec<_>>();
    let download = sources(&[("data.days", "14")]).1.unwrap();
    assert_eq!(download.cache, Path::new("/base/data/dukascopy"));
    assert_eq!(spelled(&download), ["day", "hour", "json"]);
    assert!(!download.allow_gaps);

    let environment = [("AIO__DATA__SOURCES", "folder:old,hour,json@http://127.0.0.1:2"), ("AIO__DATA__DAYS", "14")];
    let flags = [("data.base_url", "http://127.0.0.1:1"), ("data.cache", "/c"), ("data.allow_gaps", "true")];
    let config = load_config(&layers(None, &environment, &flags)).unwrap();
    let plan = RunPlan::resolve(&config, Path::new("/base"), now()).unwrap();
    let [SourcePlan::Download(download)] = &plan.data.sources[..] else { panic!("{:?}", plan.data.sources) };
    assert_eq!(spelled(download), ["folder:/base/old", "hour@http://127.0.0.1:1", "json@http://127.0.0.1:2"]);
    assert!(download.cache == Path::new("/c") && download.allow_gaps);
    let text = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<RunPlan>(&text).unwrap(), plan);
}
