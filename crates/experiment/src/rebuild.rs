use std::path::Path;

use backtest::Market;
use optimizer::{Job, WalkForwardReport};

use crate::export::manifest::{self, Manifest};
use crate::export::traded::trade;
use crate::files::{hash_file, write_atomically};
use crate::report::build::Results;
use crate::report::files::files;
use crate::run::{Outcome, compile, read_bars, run_id};
use crate::source::Chosen;
use crate::stages::search::{Searched, parameter_sets};
use crate::stages::split::{Split, split};
use crate::state::{kept, kept_run_id};
use crate::{Error, Stage};

/// Writes the report of a finished run again, from what its folder keeps: `report.html`, `performance_report.json`,
/// `metrics.json`, `trades.csv` and `equity.csv`, to the bytes that the run wrote. Nothing outside of the folder is read.
///
/// # Errors
/// [`Error::NotARun`] for another folder, [`Error::Unfinished`] for a run without all of its results,
/// [`Error::OtherVersion`] for one of another version, [`Error::Damaged`] for results that do not belong together;
/// [`Error::Write`].
pub fn rebuild(out: &Path) -> Result<Outcome, Error> {
    let id = kept_run_id(out)?;
    let Manifest { run_id, plan, source, passed_over, inputs, .. } = manifest_of(out)?;
    let chosen =
        Chosen { source: source.into_owned(), inputs: inputs.into_owned(), passed_over: passed_over.into_owned() };
    if run_id != id || self::run_id(&plan, &chosen) != id {
        let source = format!("it is of the run {run_id} and the results are of {id}").into();
        return Err(Error::Damaged { path: out.join("manifest.json"), source });
    }
    let result = |stage: Stage| format!("stages/{}.json", stage.name());
    let bars_path = out.join("stages/bars.parquet");
    let quality = kept(out, &result(Stage::Data))?;
    if !bars_path.exists() {
        return Err(Error::Unfinished { path: out.to_owned(), missing: "stages/bars.parquet".to_owned() });
    }
    let bars = read_bars(&bars_path)?;
    let split = split(bars.len(), &plan.search)?;
    let plans = compile(&plan)?;
    let candidates = parameter_sets(&plans, &plan.search, plan.seed)?;
    let market = Market::new(bars.view());
    let job = Job { plans: &plans, candidates: &candidates, market: &market, account: &plan.account };
    let walked: WalkForwardReport = kept(out, &result(Stage::WalkForward))?;
    let searched: Searched = kept(out, &result(Stage::Search))?;
    refuse_others(out, &walked, &searched, &split, candidates.len())?;
    let top = trade(&job, &split, &searched.ranking.top)?;
    let results = Results {
        run_id: &id,
        plan: &plan,
        bars: bars.view(),
        quality: &quality,
        split: &split,
        walk_forward: &walked,
        searched: &searched,
        validated: &kept(out, &result(Stage::Validate))?,
        analyst: &kept(out, &result(Stage::Analyse))?,
        top: &top,
        data_hash: &hash_file(&bars_path)?,
        source: &chosen.source,
        passed_over: &chosen.passed_over,
    };
    let (report, files) = files(&results, &job)?;
    for (name, bytes) in files {
        write_atomically(&out.join(name), &bytes)?;
    }
    Ok(Outcome { out: out.to_owned(), report })
}

/// Refuses results of other bars or other parameter sets than those at hand.
fn refuse_others(
    out: &Path,
    walked: &WalkForwardReport,
    searched: &Searched,
    split: &Split,
    n_candidates: usize,
) -> Result<(), Error> {
    let damaged = |name: &str, why: &str| Error::Damaged { path: out.join("stages").join(name), source: why.into() };
    if !walked.folds.iter().map(|result| &result.fold).eq(&split.folds) {
        return Err(damaged("bars.parquet", "the walk-forward was made of other bars"));
    }
    let of_folds = walked.folds.iter().filter_map(|result| result.choice.as_ref()).map(|choice| choice.candidate);
    let mut of_ranking = searched.ranking.top.iter().map(|ranked| ranked.candidate);
    if of_folds.max().is_some_and(|candidate| candidate >= n_candidates) {
        return Err(damaged("walk-forward.json", "it names a parameter set that was not tried"));
    }
    if of_ranking.any(|candidate| candidate >= n_candidates) {
        return Err(damaged("search.json", "it names a parameter set that was not tried"));
    }
    Ok(())
}

/// The manifest, if this version can make the same of it.
fn manifest_of(out: &Path) -> Result<Manifest<'static>, Error> {
    let text: serde_json::Value = kept(out, "manifest.json")?;
    let damaged = |source| Error::Damaged { path: out.join("manifest.json"), source: Box::new(source) };
    let found: std::collections::BTreeMap<String, String> =
        serde_json::from_value(text["versions"].clone()).map_err(damaged)?;
    let expected = manifest::versions();
    let names = expected.keys().map(AsRef::as_ref).chain(found.keys().map(String::as_str));
    for name in names {
        let (found, expected) = (found.get(name).map(String::as_str), expected.get(name).map(AsRef::as_ref));
        if found != expected {
            let version = |version: Option<&str>| version.unwrap_or("none").to_owned();
            let (found, expected) = (version(found), version(expected));
            return Err(Error::OtherVersion { path: out.to_owned(), name: name.to_owned(), found, expected });
        }
    }
    serde_json::from_value(text).map_err(damaged)
}
