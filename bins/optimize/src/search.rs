//! `optimize search`.

use std::fs::{self, File};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result, bail};
use optimizer::{Control, Error, StrategySpace, StudyJob, StudyRun};
use param_search::{NamedPoint, Point};

use crate::args::SearchArgs;
use crate::choices::SamplerName;
use crate::output::{Outcome, note, print};
use crate::progress::ProgressView;
use crate::record::{Method, SearchRecord, goal};
use crate::sampler::{AnyStudy, settings, study};
use crate::setup::Setup;
use crate::sweep::{check_traded, summary};
use crate::table::params_text;
use crate::{folder, interrupt};

pub(crate) fn run(options: &SearchArgs, quiet: bool) -> Result<Outcome> {
    if let Some(folder) = &options.resume {
        let mut setup = Setup::load(folder, quiet)?;
        let Method::Search(search) = &mut setup.record.method else {
            bail!("{} is a sweep, which cannot be resumed", folder.display());
        };
        search.n_trials = options.trials.unwrap_or(search.n_trials);
        let search = *search;
        return go_on(setup, &search, folder, Vec::new(), quiet);
    }
    let Some(folder) = &options.out else { bail!("give --out DIR, or --resume DIR") };
    let goal = goal(&options.objective, options.min_trades)?;
    let usual = if options.objective.len() > 1 { SamplerName::Nsga2 } else { SamplerName::Tpe };
    let search = SearchRecord {
        sampler: options.sampler.unwrap_or(usual),
        n_trials: options.trials.unwrap_or(1_000),
        seed: options.seed,
        batch: usize::from(options.batch),
        prune: options.prune,
        parts: usize::from(options.parts),
    };
    let named = options.propose.as_deref().map(proposals).transpose()?.unwrap_or_default();
    let setup = Setup::new(&options.market, goal, Method::Search(search), Some(folder), quiet)?;
    let space = StrategySpace::of(&setup.plans)?;
    study(&search, &setup.record.goal, &space).context("this search cannot be begun")?;
    let point = |(at, named)| space.space().from_named(named).with_context(|| format!("proposal {}", at + 1));
    let points = named.iter().enumerate().map(point).collect::<Result<Vec<_>>>()?;
    // What the search is must be known before its first trial, so that it can be resumed.
    folder::write_json(folder, folder::RUN, &setup.record)?;
    go_on(setup, &search, folder, points, quiet)
}

/// Points to try first.
fn proposals(path: &Path) -> Result<Vec<NamedPoint>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            serde_json::from_str(line).with_context(|| format!("{}, line {}: no parameter set", path.display(), at + 1))
        })
        .collect()
}

fn go_on(
    mut setup: Setup,
    search: &SearchRecord,
    folder: &Path,
    proposals: Vec<Point>,
    quiet: bool,
) -> Result<Outcome> {
    let space = StrategySpace::of(&setup.plans)?;
    let mut study = study(search, &setup.record.goal, &space)?;
    open_journal(&mut study, folder)?;
    for point in proposals {
        study.enqueue(point)?;
    }
    let market = setup.market();
    let job = StudyJob { plans: &setup.plans, space: &space, market: &market, account: &setup.record.account };
    let settings = settings(search, &setup.record.goal);
    let (cancel, view) = (interrupt::listen()?, ProgressView::new(quiet, search.n_trials));
    let advance = |n| view.advance(n);
    let control = Control { on_progress: &advance, cancel };
    let mut run = StudyRun::new(job, setup.record.search.clone(), &mut study, settings)?;
    view.advance(run.study().trials().len());
    let outcome = loop {
        match run.step(&control) {
            Ok(0) => break Outcome::Complete,
            Ok(_) => view.best(|| best(&run, &setup)),
            Err(Error::Cancelled) => break Outcome::Interrupted,
            Err(error) => {
                view.finish();
                return Err(error.into());
            }
        }
    };
    view.finish();
    let tried = run.outcome(&Control { on_progress: &|_| {}, cancel: &AtomicBool::new(false) })?;
    drop(market);
    setup.write(folder, &tried, outcome == Outcome::Complete)?;
    if outcome == Outcome::Interrupted {
        note(quiet, &format!("interrupted; go on with: optimize search --resume {}", folder.display()));
    } else if (tried.n_tried() as u64) < search.n_trials {
        note(quiet, &format!("the space is used up after {} sets", tried.n_tried()));
    }
    check_traded(&setup, &tried)?;
    print(&summary(&setup, &tried))?;
    Ok(outcome)
}

fn open_journal(study: &mut AnyStudy, folder: &Path) -> Result<()> {
    let path = folder.join(folder::JOURNAL);
    let file = File::options().read(true).append(true).create(true).open(&path);
    let file = file.with_context(|| format!("cannot open {}", path.display()))?;
    let past = file.try_clone().with_context(|| format!("cannot open {}", path.display()))?;
    study.open_journal(past, file).with_context(|| path.display().to_string())
}

fn best(run: &StudyRun<'_, '_, Box<dyn param_search::Sampler>>, setup: &Setup) -> String {
    let Some((candidate, value)) = run.best() else {
        return format!("front of {}", run.study().pareto_front().len());
    };
    let of = setup.plans[candidate.strategy].strategy();
    format!("best: {}, {} {}", setup.objective_text(value), of.name, params_text(of, &candidate.params))
}
