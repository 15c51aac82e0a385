//! `optimize walk-forward`.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};
use optimizer::{
    Candidate, Control, CrossValidation, CrossValidationReport, Error, Fold, Job, StrategySpace, StudyJob,
    StudyOutcome, WalkForward, WalkForwardReport, cross_validate, study_folds, trade_folds, walk_forward,
};
use serde::{Deserialize, Serialize};

use crate::args::WalkForwardArgs;
use crate::choices::Print;
use crate::output::{Outcome, note, print};
use crate::progress::ProgressView;
use crate::record::{SearchRecord, selection};
use crate::setup::Setup;
use crate::table::params_text;
use crate::{folder, interrupt, sampler};

/// What stands in `walk_forward.json`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WalkedForward {
    pub(crate) settings: WalkForward,
    /// Whether each fold was searched anew, because the search learns.
    pub(crate) searched_anew: bool,
    /// What the choices of the report name by position.
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) report: WalkForwardReport,
}

/// What stands in `cross_validation.json`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CrossValidated {
    settings: CrossValidation,
    pub(crate) report: CrossValidationReport,
}

pub(crate) fn run(options: &WalkForwardArgs, quiet: bool) -> Result<Outcome> {
    let setup = Setup::load(&options.folder, quiet)?;
    let tried = setup.tried(&options.folder)?;
    let done = if options.cross_validate {
        validate(options, &setup, &tried, quiet)
    } else {
        walk(options, &setup, &tried, quiet)
    };
    match done {
        Err(error) if matches!(error.downcast_ref::<Error>(), Some(Error::Cancelled)) => {
            note(quiet, "interrupted; nothing was written");
            Ok(Outcome::Interrupted)
        }
        done => done.map(|()| Outcome::Complete),
    }
}

/// The folds of a run that was not walked forward with others.
pub(crate) fn usual_folds(setup: &Setup) -> WalkForward {
    WalkForward { n_folds: 5, train_fraction: 0.75, embargo_bars: setup.record.embargo_bars, anchored: false }
}

fn walk(options: &WalkForwardArgs, setup: &Setup, tried: &StudyOutcome, quiet: bool) -> Result<()> {
    let settings = WalkForward {
        n_folds: options.folds,
        train_fraction: options.train,
        embargo_bars: options.embargo.unwrap_or(setup.record.embargo_bars),
        anchored: options.anchored,
    };
    let folds = settings.folds(setup.record.search.clone())?;
    let learnt = setup.record.method.learnt().copied();
    if learnt.is_some() {
        note(quiet, "the sampler learns, so each training is searched anew");
    }
    let total = learnt.map_or(tried.candidates.len() as u64, |search| search.n_trials) * folds.len() as u64;
    let view = ProgressView::new(quiet, total);
    let advance = |n| view.advance(n);
    let control = Control { on_progress: &advance, cancel: interrupt::listen()? };
    let walked = if let Some(search) = learnt {
        anew(setup, &search, &folds, &control)
    } else {
        let market = setup.market();
        let report = walk_forward(&setup.job(tried, &market), &folds, &selection(&setup.record.goal), &control);
        report.map(|report| (tried.candidates.clone(), report)).map_err(Into::into)
    };
    view.finish();
    let (candidates, report) = walked?;
    let (candidates, report) = only_chosen(&candidates, report);
    let walked = WalkedForward { settings, searched_anew: learnt.is_some(), candidates, report };
    let path = folder::write_json(&options.folder, folder::WALK_FORWARD, &walked)?;
    match options.format {
        Print::Json => print(&format!("{}\n", serde_json::to_string(&walked)?)),
        Print::Human => print(&(folds_text(setup, &walked) + &format!("written: {}\n", path.display()))),
    }
}

/// A search of each training.
fn anew(
    setup: &Setup,
    search: &SearchRecord,
    folds: &[Fold],
    control: &Control<'_>,
) -> Result<(Vec<Candidate>, WalkForwardReport)> {
    let (space, market) = (StrategySpace::of(&setup.plans)?, setup.market());
    let (goal, account) = (&setup.record.goal, &setup.record.account);
    let job = StudyJob { plans: &setup.plans, space: &space, market: &market, account };
    let settings = sampler::settings(search, goal);
    // A study that could be made once can be made again.
    sampler::study(search, goal, &space)?;
    let mut study =
        |_| sampler::study(search, goal, &space).map_err(|error| Error::Study { source: error.into_boxed_dyn_error() });
    let tried = study_folds(job, folds, &settings, &mut study, control)?;
    let job = Job { plans: &setup.plans, candidates: &tried.candidates, market: &market, account };
    let report = trade_folds(&job, folds, &tried.in_sample, &selection(goal), control)?;
    Ok((tried.candidates, report))
}

/// The report with the candidates that it names and no others.
fn only_chosen(candidates: &[Candidate], mut report: WalkForwardReport) -> (Vec<Candidate>, WalkForwardReport) {
    let mut chosen = Vec::new();
    for choice in report.folds.iter_mut().filter_map(|fold| fold.choice.as_mut()) {
        chosen.push(candidates[choice.candidate].clone());
        choice.candidate = chosen.len() - 1;
    }
    (chosen, report)
}

/// The folds as a table.
fn folds_text(setup: &Setup, walked: &WalkedForward) -> String {
    let (report, heads) = (&walked.report, ["fold", "traded", "in-sample", "traded", "trades"]);
    let [fold, when, before, after, trades] = heads;
    let mut lines = vec![format!("{fold:>4}  {when:<43}  {before:>9}  {after:>9}  {trades:>6}  choice")];
    for (at, fold) in report.folds.iter().enumerate() {
        let (number, traded) = (at + 1, setup.times(&fold.fold.test));
        let Some(choice) = &fold.choice else {
            lines.push(format!("{number:>4}  {traded:<43}  {:>9}  {:>9}  {:>6}  none counts", "-", "-", 0));
            continue;
        };
        let Candidate { strategy, params } = &walked.candidates[choice.candidate];
        let of = setup.plans[*strategy].strategy();
        lines.push(format!(
            "{number:>4}  {traded:<43}  {:>+8.2}%  {:>+8.2}%  {:>6}  {} {}",
            100.0 * choice.in_sample.total_return,
            100.0 * choice.out_of_sample.total_return,
            choice.out_of_sample.n_trades,
            of.name,
            params_text(of, params)
        ));
    }
    let sharpe = trade_stats::sharpe(&report.returns, setup.bars_per_year());
    let or_dash = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
    lines.push(format!(
        "out-of-sample: profit {:+.2} after costs of {:.2}, {} trades, Sharpe p.a. {}, efficiency {}\n",
        report.net_profit,
        report.costs,
        report.n_trades,
        or_dash(sharpe.map(trade_stats::Sharpe::annual)),
        or_dash(report.efficiency)
    ));
    lines.join("\n")
}

fn validate(options: &WalkForwardArgs, setup: &Setup, tried: &StudyOutcome, quiet: bool) -> Result<()> {
    if setup.record.method.learnt().is_some() {
        bail!(
            "cross-validation chooses among fixed parameter sets, and those of a sampler that learns have seen all bars: \
             make a sweep, or a search with --sampler sobol, random or grid"
        );
    }
    let settings = CrossValidation {
        n_groups: options.groups,
        n_test_groups: options.test_groups,
        purge_bars: options.purge,
        embargo_bars: options.embargo.unwrap_or(setup.record.embargo_bars),
    };
    let view = ProgressView::new(quiet, 0);
    let advance = |n| view.advance(n);
    let control = Control { on_progress: &advance, cancel: interrupt::listen()? };
    let (market, window) = (setup.market(), setup.record.search.clone());
    let (job, selection) = (setup.job(tried, &market), selection(&setup.record.goal));
    let report = cross_validate(&job, window, &settings, &selection, setup.bars_per_year(), &control);
    view.finish();
    let validated = CrossValidated { settings, report: report? };
    let path = folder::write_json(&options.folder, folder::CROSS_VALIDATION, &validated)?;
    match options.format {
        Print::Json => print(&format!("{}\n", serde_json::to_string(&validated)?)),
        Print::Human => print(&paths(&validated, &path).context("writing the paths")?),
    }
}

fn paths(validated: &CrossValidated, file: &Path) -> Result<String> {
    let paths = &validated.report.paths;
    let mut text = format!("{:>4}  {:>11}  {:>10}  {:>6}\n", "path", "Sharpe p.a.", "profit", "trades");
    for (at, path) in paths.iter().enumerate() {
        let sharpe = path.sharpe.map_or_else(|| "-".to_owned(), |sharpe| format!("{:.2}", sharpe.annual()));
        writeln!(text, "{:>4}  {sharpe:>11}  {:>+10.2}  {:>6}", at + 1, path.net_profit, path.n_trades)?;
    }
    let mut annual: Vec<f64> = paths.iter().filter_map(|path| path.sharpe).map(trade_stats::Sharpe::annual).collect();
    annual.sort_by(f64::total_cmp);
    if let (Some(lowest), Some(highest), Some(median)) = (annual.first(), annual.last(), trade_stats::median(&annual)) {
        let gains = paths.iter().filter(|path| path.net_profit > 0.0).count();
        writeln!(
            text,
            "{} paths of {} splits: Sharpe p.a. from {lowest:.2} to {highest:.2}, median {median:.2}; {gains} earned money",
            paths.len(),
            validated.report.splits.len()
        )?;
    }
    writeln!(text, "written: {}", file.display())?;
    Ok(text)
}
