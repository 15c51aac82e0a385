use std::ops::Range;
use std::sync::atomic::Ordering;

use backtest::{Account, Market, Metrics, Plan, Profile, Scratch};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use strategy::{Params, Strategy};
use strategy_evolution::{Evolution, Found, Generation, Outcome, Proposal};

use crate::{Control, Error, Selection};

/// How strategies are judged while they evolve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evolve {
    /// What is maximised, and the trades that each window needs for a strategy to count.
    pub selection: Selection,
    /// How the windows' figures become one.
    pub combine: Combine,
    /// Objective in the first window below which a strategy is given up without looking at the others; `None` for never.
    /// It is a fixed number, so that what is given up depends on nothing else.
    pub give_up_below: Option<f64>,
    /// Generations to go on for, at least 1.
    pub generations: u64,
}

/// How the figures of several windows become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// Their mean.
    Mean,
    /// The worst of them: what earned everything in one part of the data is worth nothing.
    Worst,
}

/// What an evolution has brought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvolutionReport {
    /// Strategies that were evaluated since the evolution began: the number of trials by which the best are to be judged,
    /// as of a deflated Sharpe ratio. All of their windows are in-sample.
    pub n_evaluated: u64,
    /// Those that did not count: too few trades, an undefined objective, or given up.
    pub n_failed: u64,
    /// Those that were given up in the first window, in this run.
    pub n_given_up: u64,
    /// What each generation brought, since the evolution began.
    pub generations: Vec<Generation>,
    /// The best of all generations, best first, each with other trades than those before it.
    pub best: Vec<Evolved>,
}

/// A strategy that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evolved {
    /// The strategy, without inputs; [`Grammar::lift`](strategy_evolution::Grammar::lift) gives it some.
    pub strategy: Strategy,
    /// Its objective over the windows, without any cost of size.
    pub value: f64,
    /// Its figures in each window.
    pub metrics: Vec<Metrics>,
}

/// Goes on with an evolution: each generation is back-tested over the windows in the caller's rayon pool. The result is
/// equal, bit for bit, whatever the number of threads.
///
/// A run that ends early, by an error or cancelled, may leave strategies of its last generation without an outcome; called
/// again it evaluates those anew. [`Evolution::snapshot`] between two calls makes it survive the machine.
///
/// Every strategy has indicators of its own, so a [`Market::with_limit`] bounds their memory: 8 bytes for each bar, output
/// and different set of parameters. Progress counts strategies.
///
/// What comes out is the best of all that were tried on these windows, and flattered by as much. For the verdict on
/// bars that no window touched, hand plans of the best to [`crate::finalists`], [`crate::rank`] and [`crate::evidence`],
/// and count [`EvolutionReport::n_evaluated`] trials.
///
/// # Errors
/// [`Error::Setting`] without windows or generations, [`Error::Window`], [`Error::Backtest`] for the first strategy whose
/// back-test fails (its candidate is the proposal's number), [`Error::Cancelled`].
///
/// # Panics
/// Never: what was asked for is told once, with a finite value.
pub fn evolve(
    evolution: &mut Evolution,
    market: &Market<'_>,
    account: &Account,
    windows: &[Range<usize>],
    settings: &Evolve,
    control: &Control<'_>,
) -> Result<EvolutionReport, Error> {
    check(market, windows, settings)?;
    let profile = evolution.grammar().vocabulary().profile;
    let judge = Judge { profile, market, account, windows, settings };
    let end = evolution.generation() + settings.generations;
    let mut n_given_up = 0;
    evolution.reopen();
    while evolution.generation() < end {
        let proposals = evolution.ask(usize::MAX);
        if proposals.is_empty() {
            break;
        }
        let outcomes: Vec<Result<Judged, Error>> = proposals
            .par_iter()
            .map_init(Scratch::default, |scratch, proposal| judge.judge_unless_cancelled(proposal, scratch, control))
            .collect();
        for (proposal, judged) in proposals.iter().zip(outcomes) {
            let Judged { outcome, given_up } = judged?;
            n_given_up += u64::from(given_up);
            evolution.tell(proposal.id, outcome).expect("it was asked for, and its value is finite");
        }
    }
    let scratch = &mut Scratch::default();
    let best = evolution.best().iter().map(|found| judge.evolved(found, scratch)).collect::<Result<_, Error>>()?;
    Ok(EvolutionReport {
        n_evaluated: evolution.n_evaluated(),
        n_failed: evolution.n_failed(),
        n_given_up,
        generations: evolution.history().to_vec(),
        best,
    })
}

fn check(market: &Market<'_>, windows: &[Range<usize>], settings: &Evolve) -> Result<(), Error> {
    if windows.is_empty() {
        return Err(Error::Setting { name: "windows", value: 0.0, expected: "at least one" });
    }
    if settings.generations == 0 {
        return Err(Error::Setting { name: "generations", value: 0.0, expected: "at least 1" });
    }
    if let Some(value) = settings.give_up_below.filter(|value| value.is_nan()) {
        return Err(Error::Setting { name: "give_up_below", value, expected: "a number" });
    }
    let n_bars = market.bars().len();
    match windows.iter().find(|window| window.len() < 2 || window.end > n_bars) {
        Some(window) => Err(Error::Window { start: window.start, end: window.end, n_bars }),
        None => Ok(()),
    }
}

/// What strategies are judged on.
#[derive(Clone, Copy)]
struct Judge<'a, 'm> {
    profile: Profile,
    market: &'a Market<'m>,
    account: &'a Account,
    windows: &'a [Range<usize>],
    settings: &'a Evolve,
}

struct Judged {
    outcome: Outcome,
    given_up: bool,
}

impl Judge<'_, '_> {
    fn judge_unless_cancelled(
        &self,
        proposal: &Proposal,
        scratch: &mut Scratch,
        control: &Control<'_>,
    ) -> Result<Judged, Error> {
        if control.cancel.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        let judged = self.judge(proposal, scratch);
        (control.on_progress)(1);
        judged
    }

    fn judge(&self, proposal: &Proposal, scratch: &mut Scratch) -> Result<Judged, Error> {
        let failed = |given_up| Ok(Judged { outcome: Outcome::Failed, given_up });
        let plan = self.compile(&proposal.strategy, proposal.id)?;
        let mut values = Vec::with_capacity(self.windows.len());
        let mut behaviour = 0;
        for (index, window) in self.windows.iter().enumerate() {
            let metrics = self.evaluate(&plan, proposal.id, window, scratch)?;
            let value = self.settings.selection.value(&metrics).filter(|value| value.is_finite());
            let Some(value) = value else { return failed(false) };
            if index == 0 && self.settings.give_up_below.is_some_and(|least| value < least) {
                return failed(true);
            }
            values.push(value);
            behaviour = mixed(behaviour, &metrics);
        }
        let outcome = Outcome::Value { value: self.settings.combine.of(&values), behaviour: Some(behaviour) };
        Ok(Judged { outcome, given_up: false })
    }

    fn evolved(&self, found: &Found, scratch: &mut Scratch) -> Result<Evolved, Error> {
        let plan = self.compile(&found.strategy, found.id)?;
        let metrics = self.windows.iter().map(|window| self.evaluate(&plan, found.id, window, scratch));
        let metrics = metrics.collect::<Result<Vec<_>, Error>>()?;
        Ok(Evolved { strategy: found.strategy.clone(), value: found.value, metrics })
    }

    fn compile(&self, strategy: &Strategy, id: u64) -> Result<Plan, Error> {
        Plan::compile_in(strategy, self.profile).map_err(|error| refused(strategy, id, error))
    }

    fn evaluate(&self, plan: &Plan, id: u64, window: &Range<usize>, scratch: &mut Scratch) -> Result<Metrics, Error> {
        let none = Params::new(Vec::new());
        backtest::evaluate(plan, &none, self.market, window.clone(), self.account, scratch)
            .map_err(|error| refused(plan.strategy(), id, error))
    }
}

impl Combine {
    fn of(self, values: &[f64]) -> f64 {
        match self {
            Self::Mean => values.iter().sum::<f64>() / values.len() as f64,
            Self::Worst => {
                values.iter().copied().fold(f64::INFINITY, |worst, value| if value < worst { value } else { worst })
            }
        }
    }
}

fn refused(strategy: &Strategy, id: u64, error: backtest::Error) -> Error {
    let candidate = usize::try_from(id).unwrap_or(usize::MAX);
    Error::Backtest { candidate, strategy: strategy.name.clone(), source: Box::new(error) }
}

/// A number that strategies with the same trades have in common: the finaliser of `SplitMix64` over their figures.
fn mixed(start: u64, metrics: &Metrics) -> u64 {
    let figures =
        [metrics.n_trades as u64, metrics.net_profit.to_bits(), metrics.costs.to_bits(), metrics.mean_return.to_bits()];
    figures.into_iter().fold(start, |hash, figure| crate::sample::mix(hash ^ figure))
}
