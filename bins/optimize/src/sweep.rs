//! `optimize sweep`.

use std::io::{BufWriter, Write, stdout};
use std::sync::atomic::Ordering;

use anyhow::{Context, Result, bail};
use backtest::{DropReason, Scratch};
use optimizer::{Candidate, Control, Error, Fate, Job, Sampler, StudyOutcome, candidates, search};

use crate::args::SweepArgs;
use crate::choices::Format;
use crate::interrupt;
use crate::output::{Outcome, note, print};
use crate::progress::ProgressView;
use crate::record::{Method, goal, selection};
use crate::setup::Setup;
use crate::table::{self, params_text};

/// Candidates between two looks at the best.
const SLICE: usize = 4_096;

pub(crate) fn run(options: &SweepArgs, quiet: bool) -> Result<Outcome> {
    let goal = goal(&[options.objective], options.min_trades)?;
    let method = Method::Sweep { max_points: options.max_points };
    let mut setup = Setup::new(&options.market, goal, method, options.out.as_deref(), quiet)?;
    let points = candidates(&setup.plans, &Sampler::Grid { max_points: options.max_points })?;
    let (tried, outcome) = sweep(&setup, &points, quiet)?;
    let traded = check_traded(&setup, &tried);
    if let Some(folder) = &options.out {
        setup.write(folder, &tried, outcome == Outcome::Complete)?;
        traded?;
        print(&summary(&setup, &tried))?;
    } else {
        let mut out = BufWriter::new(stdout().lock());
        match options.format {
            Format::Csv => table::write_csv(&mut out, &setup.plans, &tried)?,
            Format::Json => table::write_json(&mut out, &setup.plans, &tried)?,
        }
        out.flush()?;
        traded?;
    }
    Ok(outcome)
}

fn sweep(setup: &Setup, points: &[Candidate], quiet: bool) -> Result<(StudyOutcome, Outcome)> {
    let (market, cancel, view) = (setup.market(), interrupt::listen()?, ProgressView::new(quiet, points.len() as u64));
    let advance = |n| view.advance(n);
    let control = Control { on_progress: &advance, cancel };
    let (mut tried, selection) = (StudyOutcome::default(), selection(&setup.record.goal));
    let mut best: Option<f64> = None;
    for slice in points.chunks(SLICE) {
        let job = Job { plans: &setup.plans, candidates: slice, market: &market, account: &setup.record.account };
        let first = tried.candidates.len();
        let trials = match search(&job, setup.record.search.clone(), &control) {
            Ok(trials) => trials,
            Err(Error::Cancelled) => break,
            Err(error) => return Err(error).context("sweeping"),
        };
        for mut trial in trials {
            trial.candidate += first;
            let value = selection.value(&trial.metrics);
            tried.fates.push(if value.is_some() { Fate::Counted } else { Fate::NotCounted });
            if value.is_some_and(|value| best.is_none_or(|best| value > best)) {
                (best, tried.best) = (value, vec![trial.candidate]);
            }
            tried.trials.push(trial);
        }
        tried.candidates.extend_from_slice(slice);
        view.best(|| best.map_or_else(String::new, |best| format!("best: {}", setup.objective_text(best))));
    }
    view.finish();
    let is_complete = tried.candidates.len() == points.len() && !cancel.load(Ordering::Relaxed);
    if !is_complete {
        note(quiet, &format!("interrupted after {} of {} sets", tried.candidates.len(), points.len()));
    }
    Ok((tried, if is_complete { Outcome::Complete } else { Outcome::Interrupted }))
}

/// Says why nothing was traded, if every entry of every trial was dropped.
pub(crate) fn check_traded(setup: &Setup, tried: &StudyOutcome) -> Result<()> {
    if tried.trials.iter().any(|trial| trial.metrics.n_trades > 0) {
        return Ok(());
    }
    let Some(trial) = tried.trials.iter().find(|trial| trial.metrics.n_dropped > 0) else { return Ok(()) };
    let Candidate { strategy, params } = &tried.candidates[trial.candidate];
    let (plan, account) = (&setup.plans[*strategy], &setup.record.account);
    let window = setup.record.search.clone();
    let report = backtest::run(plan, params, &setup.market(), window, account, &mut Scratch::new())?;
    let Some(first) = report.dropped.first() else { return Ok(()) };
    let why = match first.reason {
        DropReason::BelowStep => format!(
            "its quantity is below one step of {} with {} of cash: use more --cash, a smaller --quantity-step or a larger size",
            account.quantity_step, account.initial_cash
        ),
        other => format!("the reason is {}", other.name()),
    };
    bail!("nothing was traded: every entry was dropped, the first of {} at {}: {why}", plan.strategy().name, first.time)
}

/// What was found, with the caution that it needs.
pub(crate) fn summary(setup: &Setup, tried: &StudyOutcome) -> String {
    let counted = tried.fates.iter().filter(|fate| **fate == Fate::Counted).count();
    let pruned = tried.fates.iter().filter(|fate| **fate == Fate::Pruned).count();
    let mut lines =
        vec![format!("tried {}, of which {counted} count and {pruned} were given up early", tried.n_tried())];
    let figures = |position: &usize| tried.trials.iter().find(|trial| trial.candidate == *position);
    for trial in tried.best.iter().filter_map(figures) {
        let Candidate { strategy, params } = &tried.candidates[trial.candidate];
        let (of, metrics) = (setup.plans[*strategy].strategy(), &trial.metrics);
        let sharpe = metrics.sharpe.map_or_else(|| "-".to_owned(), |sharpe| format!("{:.2}", sharpe.annual()));
        lines.push(format!(
            "best: {} {}: Sharpe p.a. {sharpe}, return {:+.2} %, drawdown {:.2} %, {} trades",
            of.name,
            params_text(of, params),
            100.0 * metrics.total_return,
            100.0 * metrics.max_drawdown,
            metrics.n_trades
        ));
    }
    lines.push(if tried.best.is_empty() {
        format!("none has {} trades and a defined objective", setup.record.goal.min_trades())
    } else {
        "These are the best of many on bars that chose them; walk-forward, rank and report tell what that is worth."
            .to_owned()
    });
    lines.join("\n") + "\n"
}
