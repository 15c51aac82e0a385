use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use backtest::Metrics;
use param_search::{Outcome, PendingTrial, Sampler, Study};

use super::batch::{Numbered, evaluate};
use super::{Fate, StudyJob, StudyOutcome, StudySettings};
use crate::{Candidate, Control, Error, Trial};

/// A study of `param_search` at work on strategies: asks for a batch, trades it in the caller's rayon pool, tells the
/// results in order.
///
/// Equal calls give equal bits on any number of threads. A trial with too few trades, or without a defined and finite
/// objective, is told as failed. With [`skip_repeats`](param_search::StudyOptions::skip_repeats) no point that has a result
/// is traded again; only inside of one batch may a sampler ask for a point twice.
///
/// A study that was resumed from its journal goes on as if it had never stopped, given the same settings: trials that were
/// pending are finished first, and the figures of those that had ended are computed again, since a journal does not have
/// them. If they differ from what it says, that is an error. The budget is the study's, and so are proposals of others
/// ([`Study::enqueue`], or [`propose`](Self::propose) here).
///
/// ```
/// use std::sync::atomic::AtomicBool;
///
/// use backtest::{Account, Market, Plan};
/// use optimizer::{
///     Control, Error, Goal, Objective, Selection, StrategySpace, StudyJob, StudyOutcome, StudyRun, StudySettings,
/// };
/// use param_search::{Study, StudyOptions, Tpe, TpeOptions};
///
/// fn tried(plans: &[Plan], market: &Market<'_>, account: &Account) -> Result<StudyOutcome, Box<dyn std::error::Error>> {
///     let space = StrategySpace::of(plans)?;
///     let goal = Goal::Single(Selection { objective: Objective::Sharpe, min_trades: 30 });
///     let sampler = Tpe::new(&goal.problem(&space)?, 42, TpeOptions::default())?;
///     let mut study = Study::new(sampler, StudyOptions { n_trials: Some(500), skip_repeats: true });
///     let job = StudyJob { plans, space: &space, market, account };
///     let settings = StudySettings { goal, batch: 16, parts: 0 };
///     let control = Control { on_progress: &|_| {}, cancel: &AtomicBool::new(false) };
///     let mut run = StudyRun::new(job, 0..market.bars().len(), &mut study, settings)?;
///     while run.step(&control)? > 0 {}
///     Ok(run.outcome(&control)?)
/// }
/// ```
#[derive(Debug)]
pub struct StudyRun<'a, 'm, S> {
    job: StudyJob<'a, 'm>,
    window: Range<usize>,
    settings: StudySettings,
    study: &'a mut Study<S>,
    /// Figures over the window of trials that have ended, by number.
    figures: BTreeMap<u64, Metrics>,
    /// Whether those of trials that had ended before are among them.
    is_restored: bool,
}

impl<'a, 'm, S: Sampler> StudyRun<'a, 'm, S> {
    /// A run over the bars `window`.
    ///
    /// # Errors
    /// [`Error::Window`]; [`Error::Setting`] for a batch of 0 or parts of fewer than 2 bars; [`Error::NotSearchable`];
    /// [`Error::OtherStudy`] if the study does not search the job's space for the goal.
    pub fn new(
        job: StudyJob<'a, 'm>,
        window: Range<usize>,
        study: &'a mut Study<S>,
        settings: StudySettings,
    ) -> Result<Self, Error> {
        let n_bars = job.market.bars().len();
        if window.len() < 2 || window.end > n_bars {
            return Err(Error::Window { start: window.start, end: window.end, n_bars });
        }
        if settings.batch == 0 {
            return Err(Error::Setting { name: "batch", value: 0.0, expected: "at least 1" });
        }
        if settings.parts > window.len() / 2 {
            let value = settings.parts as f64;
            return Err(Error::Setting { name: "parts", value, expected: "so few that each has 2 bars" });
        }
        let (searched, space) = (study.problem().space(), job.space.space());
        if searched.parameters() != space.parameters() || searched.constraints() != space.constraints() {
            return Err(Error::OtherStudy { what: "space" });
        }
        if study.problem().directions() != settings.goal.directions()? {
            return Err(Error::OtherStudy { what: "list of objectives" });
        }
        Ok(Self { job, window, settings, study, figures: BTreeMap::new(), is_restored: false })
    }

    /// The study.
    pub fn study(&self) -> &Study<S> {
        self.study
    }

    /// Puts a proposal, of a person or a model, in front of what the sampler proposes; decimal inputs are moved to the
    /// nearest step.
    ///
    /// # Errors
    /// Those of [`StrategySpace::point`](crate::StrategySpace::point), and [`Error::Study`] if the journal cannot be
    /// written.
    pub fn propose(&mut self, candidate: &Candidate) -> Result<(), Error> {
        let point = self.job.space.point(candidate.strategy, &candidate.params)?;
        self.study.enqueue(point).map_err(Error::study)
    }

    /// Trades one batch and tells what came of it; the number of trials that have ended with it, 0 once the budget or the
    /// space is used up.
    ///
    /// # Errors
    /// [`Error::Backtest`] naming the trial, [`Error::Study`], [`Error::OtherResults`] after resuming;
    /// [`Error::Cancelled`], after which the next step finishes the batch.
    pub fn step(&mut self, control: &Control<'_>) -> Result<usize, Error> {
        self.restore(control)?;
        self.ask()?;
        let batch: Vec<PendingTrial> = self.study.pending().cloned().collect();
        let pruned = self.trade_parts(&batch, control)?;
        let whole: Vec<Numbered> = self.numbered(batch.iter().filter(|trial| !pruned.contains(&trial.id)));
        let figures = evaluate(&self.job, &whole, &self.window, control)?;
        let figures: BTreeMap<u64, Metrics> = whole.iter().map(|(id, _)| *id).zip(figures).collect();
        for PendingTrial { id, .. } in &batch {
            let outcome = match figures.get(id) {
                None => Outcome::Pruned,
                Some(metrics) => self.settings.goal.values(metrics).map_or(Outcome::Failed, Outcome::values),
            };
            self.study.tell(*id, outcome).map_err(Error::study)?;
            (control.on_progress)(1);
        }
        self.figures.extend(figures);
        Ok(batch.len())
    }

    /// The best trial so far and its objective; `None` without one that counted and with several objectives.
    pub fn best(&self) -> Option<(Candidate, f64)> {
        let trial = self.study.best()?;
        Some((self.job.space.candidate(&trial.point), trial.value()?))
    }

    /// Everything that has been tried so far; a batch that was cancelled is not part of it.
    ///
    /// # Errors
    /// Those of [`step`](Self::step), if the study was resumed and no step made since.
    pub fn outcome(mut self, control: &Control<'_>) -> Result<StudyOutcome, Error> {
        self.restore(control)?;
        let mut trials: Vec<&param_search::Trial> = self.study.trials().iter().collect();
        trials.sort_by_key(|trial| trial.id);
        let mut outcome = StudyOutcome::default();
        let best: BTreeSet<u64> = match self.study.problem().directions() {
            [_] => self.study.best().into_iter().map(|trial| trial.id).collect(),
            _ => self.study.pareto_front().into_iter().map(|trial| trial.id).collect(),
        };
        for (position, trial) in trials.into_iter().enumerate() {
            outcome.candidates.push(self.job.space.candidate(&trial.point));
            outcome.fates.push(match trial.outcome {
                Outcome::Complete { .. } => Fate::Counted,
                Outcome::Failed => Fate::NotCounted,
                Outcome::Pruned => Fate::Pruned,
            });
            if let Some(&metrics) = self.figures.get(&trial.id) {
                outcome.trials.push(Trial { candidate: position, metrics });
            }
            outcome.best.extend(best.contains(&trial.id).then_some(position));
        }
        Ok(outcome)
    }

    /// Asks until a whole batch is pending, beginning with what a resumed study has pending.
    ///
    /// Batches are counted from the first trial, so that one that was interrupted while it was asked for is completed,
    /// and one that is whole already is not made longer.
    fn ask(&mut self) -> Result<(), Error> {
        let batch = self.settings.batch as u64;
        let begun = self.study.n_asked() % batch;
        let n_missing = if begun == 0 && self.study.pending().len() > 0 { 0 } else { batch - begun };
        for _ in 0..n_missing {
            match self.study.ask() {
                Ok(_) => {}
                Err(param_search::Error::Budget { .. } | param_search::Error::Exhausted) => break,
                Err(error) => return Err(Error::study(error)),
            }
        }
        Ok(())
    }

    /// Trades the parts of the window one by one; the trials that the pruner holds for hopeless.
    fn trade_parts(&mut self, batch: &[PendingTrial], control: &Control<'_>) -> Result<BTreeSet<u64>, Error> {
        let mut pruned: BTreeSet<u64> = batch.iter().filter(|trial| trial.is_hopeless).map(|trial| trial.id).collect();
        for (step, part) in (0..).zip(self.settings.parts_of(&self.window)) {
            let is_reported = |trial: &PendingTrial| trial.reports.iter().any(|report| report.step >= step);
            let trading = batch.iter().filter(|trial| !pruned.contains(&trial.id) && !is_reported(trial));
            let trading = self.numbered(trading);
            let figures = evaluate(&self.job, &trading, &part, control)?;
            for ((id, _), metrics) in trading.iter().zip(figures) {
                let Some(value) = self.settings.goal.part_value(&metrics) else { continue };
                if self.study.report(*id, step, value).map_err(Error::study)? {
                    pruned.insert(*id);
                }
            }
        }
        Ok(pruned)
    }

    /// Computes the figures of trials that ended before the study was resumed.
    fn restore(&mut self, control: &Control<'_>) -> Result<(), Error> {
        if self.is_restored {
            return Ok(());
        }
        let has_figures = |trial: &&param_search::Trial| !matches!(trial.outcome, Outcome::Pruned);
        let unknown: Vec<&param_search::Trial> = self.study.trials().iter().filter(has_figures).collect();
        let numbered: Vec<Numbered> =
            unknown.iter().map(|trial| (trial.id, self.job.space.candidate(&trial.point))).collect();
        let figures = evaluate(&self.job, &numbered, &self.window, control)?;
        for (trial, metrics) in unknown.iter().zip(&figures) {
            let (told, found) = (trial.values().map(<[f64]>::to_vec), self.settings.goal.values(metrics));
            if told != found {
                return Err(Error::OtherResults { trial: trial.id, told, found });
            }
        }
        self.figures.extend(numbered.iter().map(|(id, _)| *id).zip(figures));
        self.is_restored = true;
        Ok(())
    }

    fn numbered<'t>(&self, trials: impl Iterator<Item = &'t PendingTrial>) -> Vec<Numbered> {
        trials.map(|trial| (trial.id, self.job.space.candidate(&trial.point))).collect()
    }
}
