//! Configuration: precedence of its layers, and errors that name the key.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::collections::HashMap;
use std::error::Error as _;
use std::path::Path;

use experiment::{ConfigLayers, Error, RunPlan, load_config};

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
    RunPlan::resolve(&load_config(&layers(None, &[], overrides)).unwrap(), Path::new("/base"))
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
    let cases: [(&[(&str, &str)], &str); 12] = [
        (&[], "setting `data` is missing: give --sample, --mirror DIR or --bars FILE"),
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
        (&[("data.sample", "true"), ("search.holdout_fraction", "0.9")], "setting `search.holdout_fraction` is `0.9`"),
        (&[("data.sample", "true"), ("search.sampler", "best")], "setting `search.sampler` is `best`"),
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
        RunPlan::resolve(&config, folder.path()).unwrap()
    };
    let name = folder.path().file_name().unwrap().to_str().unwrap();
    assert_eq!(spelled("bars.csv"), spelled(&format!("../{name}/bars.csv")));
}
