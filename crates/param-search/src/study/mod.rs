mod journal;
mod results;

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::io::Write;

use serde::Serialize;

use self::journal::Event;
use crate::{Error, NoPruning, Outcome, Point, Pruner, Report, Sampler, Trial};

/// Settings of a [`Study`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StudyOptions {
    /// Trials to ask for, `None` for no limit. Recorded trials do not count. May differ when a journal is resumed.
    pub n_trials: Option<u64>,
    /// Whether a point that has a result is never handed out again: the sampler is told the known result and asked
    /// anew.
    pub skip_repeats: bool,
}

/// A point to be tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Number of the trial.
    pub id: u64,
    /// The point.
    pub point: Point,
}

/// A search: hands out points, takes results, keeps all trials and, if wanted, a journal to resume from.
///
/// ```
/// use param_search::{Domain, Outcome, Parameter, Problem, Space, Study, StudyOptions, Tpe, TpeOptions};
///
/// let space = Space::new([Parameter::new("x", Domain::float(-5.0, 5.0))])?;
/// let tpe = Tpe::new(&Problem::minimize(space)?, 1, TpeOptions::default())?;
/// let mut study = Study::new(tpe, StudyOptions { n_trials: Some(60), ..StudyOptions::default() });
/// while let Ok(suggestion) = study.ask() {
///     let x = study.view(&suggestion.point).number("x").ok_or("inactive")?;
///     study.tell(suggestion.id, Outcome::value((x - 2.0) * (x - 2.0)))?;
/// }
/// assert!(study.best().and_then(|trial| trial.value()) < Some(0.1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Study<S> {
    sampler: S,
    pruner: Box<dyn Pruner + Send>,
    options: StudyOptions,
    journal: Option<Box<dyn Write + Send>>,
    queue: VecDeque<Point>,
    pending: BTreeMap<u64, PendingTrial>,
    trials: Vec<Trial>,
    /// Results of complete trials by their points, kept only if repeats are skipped.
    known: BTreeMap<Vec<(u8, u64)>, Outcome>,
    next_id: u64,
    n_asked: u64,
}

/// A trial that has been asked for and has not been told.
#[derive(Clone, Debug, PartialEq)]
pub struct PendingTrial {
    /// Its number.
    pub id: u64,
    /// Its point.
    pub point: Point,
    /// What it has reported.
    pub reports: Vec<Report>,
    /// Whether the pruner held it for hopeless at its last report.
    pub is_hopeless: bool,
}

/// After so many known points in a row nothing new is to be expected.
const MAX_REPEATS: usize = 1_000;

impl<S: Sampler> Study<S> {
    /// A study without pruning and journal.
    pub fn new(sampler: S, options: StudyOptions) -> Self {
        Self {
            sampler,
            pruner: Box::new(NoPruning),
            options,
            journal: None,
            queue: VecDeque::new(),
            pending: BTreeMap::new(),
            trials: Vec::new(),
            known: BTreeMap::new(),
            next_id: 0,
            n_asked: 0,
        }
    }

    /// The same study with a pruner.
    #[must_use]
    pub fn with_pruner(mut self, pruner: impl Pruner + Send + 'static) -> Self {
        self.pruner = Box::new(pruner);
        self
    }

    /// The next point to try: a proposal from the queue, otherwise the sampler's.
    ///
    /// # Errors
    /// [`Error::Budget`] after the last trial, the sampler's [`Error::Exhausted`] and [`Error::Unsatisfiable`], and
    /// [`Error::Io`] if the journal cannot be written.
    pub fn ask(&mut self) -> Result<Suggestion, Error> {
        let suggestion = self.next_suggestion()?;
        let point = self.sampler.problem().space().to_named(&suggestion.point);
        self.write(&Event::Ask { trial: suggestion.id, point })?;
        Ok(suggestion)
    }

    /// Up to `n` points, fewer if the budget or the space ends before.
    ///
    /// # Errors
    /// As [`Study::ask`], if there is not a single one.
    pub fn ask_batch(&mut self, n: usize) -> Result<Vec<Suggestion>, Error> {
        let mut batch = Vec::with_capacity(n);
        for _ in 0..n {
            match self.ask() {
                Ok(suggestion) => batch.push(suggestion),
                Err(Error::Budget { .. } | Error::Exhausted) if !batch.is_empty() => break,
                Err(error) => return Err(error),
            }
        }
        Ok(batch)
    }

    fn next_suggestion(&mut self) -> Result<Suggestion, Error> {
        if let Some(n_trials) = self.options.n_trials.filter(|n_trials| self.n_asked >= *n_trials) {
            return Err(Error::Budget { n_trials });
        }
        let (id, point) = match self.queue.pop_front() {
            Some(point) => {
                self.sampler.announce(self.next_id, &point);
                (self.take_id(), point)
            }
            None => self.new_point()?,
        };
        self.n_asked += 1;
        let pending = PendingTrial { id, point: point.clone(), reports: Vec::new(), is_hopeless: false };
        self.pending.insert(id, pending);
        Ok(Suggestion { id, point })
    }

    fn new_point(&mut self) -> Result<(u64, Point), Error> {
        let n_points = self.sampler.problem().space().n_points();
        if n_points.is_some_and(|n_points| self.known.len() as u128 == n_points) {
            return Err(Error::Exhausted);
        }
        for _ in 0..MAX_REPEATS {
            let id = self.take_id();
            let point = self.sampler.ask(id)?;
            match self.known.get(&point.key()).cloned() {
                Some(outcome) => self.sampler.tell(&Trial { id, point, reports: Vec::new(), outcome })?,
                None => return Ok((id, point)),
            }
        }
        Err(Error::Exhausted)
    }

    fn take_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id - 1
    }

    /// Puts a proposal, of a person or a model, in front of what the sampler proposes.
    ///
    /// # Errors
    /// An error of [`Space::check`](crate::Space::check) for a point outside of the space.
    pub fn enqueue(&mut self, point: Point) -> Result<(), Error> {
        let space = self.sampler.problem().space();
        space.check(&point)?;
        let named = space.to_named(&point);
        self.queue.push_back(point);
        self.write(&Event::Enqueue { point: named })
    }

    /// Takes the value of a pending trial at one step, such as a fold; whether the pruner holds the trial for hopeless.
    /// Then evaluate no further and tell [`Outcome::Pruned`].
    ///
    /// # Errors
    /// [`Error::NotPending`], [`Error::NotFinite`]; [`Error::BadReport`] for a step that has been reported and with
    /// several objectives.
    pub fn report(&mut self, id: u64, step: u64, value: f64) -> Result<bool, Error> {
        let directions = self.sampler.problem().directions();
        let &[direction] = directions else { return Err(Error::BadReport { trial: id, step }) };
        let pending = self.pending.get_mut(&id).ok_or(Error::NotPending { trial: id })?;
        if !value.is_finite() {
            return Err(Error::NotFinite { trial: id, what: format!("report at step {step}"), value });
        }
        if pending.reports.iter().any(|report| report.step == step) {
            return Err(Error::BadReport { trial: id, step });
        }
        pending.reports.push(Report { step, value });
        let is_hopeless = self.pruner.is_hopeless(id, &pending.reports, &self.trials, direction);
        pending.is_hopeless = is_hopeless;
        self.write(&Event::Report { trial: id, step, value })?;
        Ok(is_hopeless)
    }

    /// Takes the result of a pending trial.
    ///
    /// # Errors
    /// [`Error::NotPending`], [`Error::ObjectiveCount`] and [`Error::NotFinite`], which leave the trial pending.
    pub fn tell(&mut self, id: u64, outcome: Outcome) -> Result<(), Error> {
        let pending = self.pending.get(&id).ok_or(Error::NotPending { trial: id })?;
        let trial = Trial { id, point: pending.point.clone(), reports: pending.reports.clone(), outcome };
        let event = Event::Tell { trial: id, outcome: trial.outcome.clone() };
        self.add(trial)?;
        self.pending.remove(&id);
        self.write(&event)
    }

    /// Takes results of several pending trials in the order of their numbers, so that the order in which they came in
    /// changes nothing.
    ///
    /// # Errors
    /// As [`Study::tell`]; results before the one at fault have been taken.
    pub fn tell_batch(&mut self, mut outcomes: Vec<(u64, Outcome)>) -> Result<(), Error> {
        outcomes.sort_by_key(|(id, _)| *id);
        outcomes.into_iter().try_for_each(|(id, outcome)| self.tell(id, outcome))
    }

    /// Adds a trial that was made elsewhere, for a warm start; its number.
    ///
    /// # Errors
    /// As [`Study::tell`], and those of [`Space::check`](crate::Space::check).
    pub fn record(&mut self, point: Point, reports: Vec<Report>, outcome: Outcome) -> Result<u64, Error> {
        let space = self.sampler.problem().space();
        space.check(&point)?;
        let named = space.to_named(&point);
        let event = Event::Record { point: named, reports: reports.clone(), outcome: outcome.clone() };
        let id = self.next_id;
        self.add(Trial { id, point, reports, outcome })?;
        self.next_id += 1;
        self.write(&event)?;
        Ok(id)
    }

    fn add(&mut self, trial: Trial) -> Result<(), Error> {
        self.sampler.tell(&trial)?;
        if self.options.skip_repeats && matches!(trial.outcome, Outcome::Complete { .. }) {
            self.known.insert(trial.point.key(), trial.outcome.clone());
        }
        self.trials.push(trial);
        Ok(())
    }
}

impl<S: fmt::Debug> fmt::Debug for Study<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Study")
            .field("sampler", &self.sampler)
            .field("pruner", &self.pruner)
            .field("options", &self.options)
            .field("n_trials", &self.trials.len())
            .field("pending", &self.pending)
            .finish_non_exhaustive()
    }
}
