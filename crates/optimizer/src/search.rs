use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use backtest::{Account, Market, Metrics, Plan, Report, Scratch};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use strategy::Params;

use crate::Error;

/// Candidates that one thread takes at a time: enough to share what they read, few enough to share the work evenly.
const CHUNK: usize = 64;

/// A strategy with the values of its inputs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Position of the strategy among the plans.
    pub strategy: usize,
    /// A value for each of its inputs.
    pub params: Params,
}

/// What is tried on which market. All candidates of a run stay the same from search to ranking: results name them by
/// their position.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a, 'm> {
    /// The strategies.
    pub plans: &'a [Plan],
    /// What to try.
    pub candidates: &'a [Candidate],
    /// The bars.
    pub market: &'a Market<'m>,
    /// Money and costs. There is no search without them.
    pub account: &'a Account,
}

/// How the caller follows a run and ends it early.
#[derive(Clone, Copy)]
pub struct Control<'a> {
    /// Called from any thread with the number of candidates that have just been finished: in all one for each candidate
    /// and window of a search, and one for each finalist.
    pub on_progress: &'a (dyn Fn(usize) + Sync),
    /// Once true, the run ends with [`Error::Cancelled`] as soon as each thread is done with what it has begun.
    pub cancel: &'a AtomicBool,
}

impl std::fmt::Debug for Control<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").field("cancel", self.cancel).finish_non_exhaustive()
    }
}

/// The result of a candidate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// Position of the candidate.
    pub candidate: usize,
    /// Its figures.
    pub metrics: Metrics,
}

/// Back-tests every candidate over the bars `window`, in the caller's rayon pool. The results are in the order of the
/// candidates and equal, bit for bit, whatever the number of threads.
///
/// # Errors
/// [`Error::NoCandidates`], [`Error::UnknownStrategy`], [`Error::Window`]; [`Error::Backtest`] for the first candidate
/// whose back-test fails; [`Error::Cancelled`].
pub fn search(job: &Job<'_, '_>, window: Range<usize>, control: &Control<'_>) -> Result<Vec<Trial>, Error> {
    job.check(&window)?;
    let chunk = |scratch: &mut Scratch, first: usize, candidates: &[Candidate]| {
        if control.cancel.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        let trials = job.evaluate_many(first, candidates, &window, scratch);
        (control.on_progress)(candidates.len());
        trials
    };
    let chunks: Vec<Result<Vec<Trial>, Error>> = job
        .candidates
        .par_chunks(CHUNK)
        .enumerate()
        .map_init(Scratch::default, |scratch, (index, candidates)| chunk(scratch, index * CHUNK, candidates))
        .collect();
    if control.cancel.load(Ordering::Relaxed) {
        return Err(Error::Cancelled);
    }
    let mut trials = Vec::with_capacity(job.candidates.len());
    for chunk in chunks {
        trials.extend(chunk?);
    }
    Ok(trials)
}

impl Job<'_, '_> {
    /// Figures of neighbouring candidates, the first of which stands at `first`.
    fn evaluate_many(
        &self,
        first: usize,
        candidates: &[Candidate],
        window: &Range<usize>,
        scratch: &mut Scratch,
    ) -> Result<Vec<Trial>, Error> {
        let mut trials = Vec::with_capacity(candidates.len());
        for of_strategy in candidates.chunk_by(|one, next| one.strategy == next.strategy) {
            let sets: Vec<&Params> = of_strategy.iter().map(|candidate| &candidate.params).collect();
            let plan = &self.plans[of_strategy[0].strategy];
            for result in backtest::evaluate_many(plan, &sets, self.market, window.clone(), self.account, scratch) {
                let candidate = first + trials.len();
                let metrics = result.map_err(|error| self.failed(candidate, error))?;
                trials.push(Trial { candidate, metrics });
            }
        }
        Ok(trials)
    }

    /// Figures of a candidate over a window.
    pub(crate) fn evaluate(
        &self,
        candidate: usize,
        window: Range<usize>,
        scratch: &mut Scratch,
    ) -> Result<Metrics, Error> {
        self.evaluate_params(candidate, &self.candidates[candidate].params, window, scratch)
    }

    /// Figures over a window of a candidate's strategy with other parameters.
    pub(crate) fn evaluate_params(
        &self,
        candidate: usize,
        params: &Params,
        window: Range<usize>,
        scratch: &mut Scratch,
    ) -> Result<Metrics, Error> {
        let plan = &self.plans[self.candidates[candidate].strategy];
        backtest::evaluate(plan, params, self.market, window, self.account, scratch)
            .map_err(|error| self.failed(candidate, error))
    }

    /// Trades and equity of a candidate over a window.
    pub(crate) fn run(&self, candidate: usize, window: Range<usize>, scratch: &mut Scratch) -> Result<Report, Error> {
        let Candidate { strategy, params } = &self.candidates[candidate];
        backtest::run(&self.plans[*strategy], params, self.market, window, self.account, scratch)
            .map_err(|error| self.failed(candidate, error))
    }

    fn failed(&self, candidate: usize, error: backtest::Error) -> Error {
        let strategy = self.plans[self.candidates[candidate].strategy].strategy().name.clone();
        Error::Backtest { candidate, strategy, source: Box::new(error) }
    }

    /// Whether the candidates name strategies and the window lies inside the bars.
    pub(crate) fn check(&self, window: &Range<usize>) -> Result<(), Error> {
        if self.candidates.is_empty() {
            return Err(Error::NoCandidates);
        }
        let n_strategies = self.plans.len();
        for (candidate, Candidate { strategy, .. }) in self.candidates.iter().enumerate() {
            if *strategy >= n_strategies {
                return Err(Error::UnknownStrategy { candidate, strategy: *strategy, n_strategies });
            }
        }
        let n_bars = self.market.bars().len();
        if window.len() < 2 || window.end > n_bars {
            return Err(Error::Window { start: window.start, end: window.end, n_bars });
        }
        Ok(())
    }
}

/// Return of each bar of a report, as a fraction of the equity before it; 0 once the equity is used up.
pub fn bar_returns(report: &Report, initial_cash: f64) -> Vec<f64> {
    let mut before = initial_cash;
    let of = |&equity: &f64| {
        let change = if before > 0.0 { equity / before - 1.0 } else { 0.0 };
        before = equity;
        change
    };
    report.equity.iter().map(of).collect()
}
