//! The search from generation to generation.

mod breed;
mod select;
mod settings;
mod snapshot;
mod types;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use strategy::Strategy;

use self::select::order;
pub use self::settings::{Parsimony, Settings};
pub use self::snapshot::Snapshot;
pub use self::types::{Found, Generation, Origin, Outcome, Proposal};
use crate::grammar::{Finished, Grammar};
use crate::tree::Fingerprint;
use crate::{Error, Refusal, Vocabulary};

/// A search that proposes strategies and is told what came of them.
///
/// A generation ends when all of its proposals have an outcome; the next is bred from it. Which order they were told in,
/// and on which threads they were evaluated, changes nothing. Equal vocabularies, settings, seeds and outcomes give equal
/// proposals on every platform, and so does a search that was resumed from a [`Snapshot`].
///
/// No strategy is proposed twice: an equal one, however it is written, is left out and counted.
///
/// The best of many strategies owes part of its value to luck: the more were tried, the more. [`Evolution::n_evaluated`]
/// is the number of trials that a deflated Sharpe ratio needs, and only data that no outcome was computed from can say
/// what a strategy is worth.
///
/// ```
/// use strategy::SizeRule;
/// use strategy_evolution::{Evolution, Outcome, Settings, Sides, Vocabulary};
///
/// let words = Vocabulary::standard(Sides::Mirrored, [SizeRule::Units(10_000.0)]);
/// let settings = Settings { population: 20, elites: 2, ..Settings::default() };
/// let mut evolution = Evolution::new(words, settings, 1)?;
/// for _ in 0..5 {
///     for proposal in evolution.ask(usize::MAX) {
///         let value = -(proposal.nodes as f64); // a back-test goes here
///         evolution.tell(proposal.id, Outcome::value(value))?;
///     }
/// }
/// assert_eq!((evolution.generation(), evolution.n_evaluated()), (5, 100));
/// assert!(evolution.best()[0].nodes < 12);
/// # Ok::<(), strategy_evolution::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Evolution {
    grammar: Grammar,
    settings: Settings,
    state: State,
}

/// Everything that changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    seed: u64,
    generation: u64,
    next_id: u64,
    evaluated: u64,
    failed: u64,
    duplicates: u64,
    /// Generations since the best got better.
    stale: usize,
    /// Parents of the next generation, best first.
    population: Vec<Found>,
    /// Proposals of this generation by ascending number; empty between generations.
    batch: Vec<Slot>,
    /// Enqueued and not yet part of a generation.
    queue: Vec<Strategy>,
    best: Vec<Found>,
    seen: BTreeSet<Fingerprint>,
    history: Vec<Generation>,
    /// Draws left out while this generation was bred.
    left_out: usize,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Slot {
    proposal: Proposal,
    asked: bool,
    outcome: Option<Outcome>,
}

impl Evolution {
    /// A search that has not begun.
    ///
    /// # Errors
    /// [`Error::Vocabulary`] or [`Error::Setting`].
    pub fn new(vocabulary: Vocabulary, settings: Settings, seed: u64) -> Result<Self, Error> {
        settings.check()?;
        let state = State {
            seed,
            generation: 0,
            next_id: 0,
            evaluated: 0,
            failed: 0,
            duplicates: 0,
            stale: 0,
            population: Vec::new(),
            batch: Vec::new(),
            queue: Vec::new(),
            best: Vec::new(),
            seen: BTreeSet::new(),
            history: Vec::new(),
            left_out: 0,
        };
        Ok(Self { grammar: Grammar::new(vocabulary)?, settings, state })
    }

    /// Up to `n` strategies to be evaluated, enqueued ones first. None are left once the whole generation has been asked
    /// for: the next begins when all outcomes are told. None come at all where the vocabulary has no further strategies.
    pub fn ask(&mut self, n: usize) -> Vec<Proposal> {
        if self.state.batch.is_empty() {
            self.breed();
        }
        for strategy in std::mem::take(&mut self.state.queue) {
            let nodes = Grammar::nodes(&strategy);
            self.push(strategy, nodes, Origin::Enqueued);
        }
        let mut open: Vec<usize> =
            (0..self.state.batch.len()).filter(|&index| !self.state.batch[index].asked).collect();
        open.sort_by_key(|&index| self.state.batch[index].proposal.origin != Origin::Enqueued);
        open.truncate(n);
        let mut asked = Vec::with_capacity(open.len());
        for index in open {
            self.state.batch[index].asked = true;
            asked.push(self.state.batch[index].proposal.clone());
        }
        asked
    }

    /// What came of a proposal. The last outcome of a generation ends it.
    ///
    /// # Errors
    /// [`Error::NotWaiting`] for a number that was not asked for or is told already, [`Error::NotFinite`] for a value that
    /// is NaN or infinite; the proposal waits on then.
    pub fn tell(&mut self, id: u64, outcome: Outcome) -> Result<(), Error> {
        if let Outcome::Value { value, .. } = outcome
            && !value.is_finite()
        {
            return Err(Error::NotFinite { id, value });
        }
        let batch = &mut self.state.batch;
        let found = batch.binary_search_by_key(&id, |slot| slot.proposal.id).ok();
        let waiting = found.map(|index| &mut batch[index]).filter(|slot| slot.asked && slot.outcome.is_none());
        waiting.ok_or(Error::NotWaiting { id })?.outcome = Some(outcome);
        if batch.iter().all(|slot| slot.outcome.is_some()) {
            self.advance();
        }
        Ok(())
    }

    /// Proposals that were asked for and have no outcome will be asked for again: what was under way is lost.
    pub fn reopen(&mut self) {
        self.state.batch.iter_mut().filter(|slot| slot.outcome.is_none()).for_each(|slot| slot.asked = false);
    }

    /// Adds a strategy of a person, a model or an earlier search; it is the next to be asked for. Inputs are set to their
    /// defaults, and where sides are mirror images a single side is completed.
    ///
    /// # Errors
    /// [`Error::Refused`] with what is wrong with it, in words that a model can act on.
    pub fn enqueue(&mut self, strategy: Strategy) -> Result<(), Error> {
        let name = strategy.name.clone();
        let refused = |reason| Error::Refused { name: name.clone(), reason };
        let mut accepted = self.grammar.accept(strategy).map_err(refused)?;
        let Finished { fingerprint, .. } = Finished::of(accepted.clone());
        if !self.state.seen.insert(fingerprint) {
            return Err(refused(Refusal::Known));
        }
        accepted.name.clone_from(&name);
        self.state.queue.push(accepted);
        Ok(())
    }

    /// The vocabulary, ready for use.
    pub fn grammar(&self) -> &Grammar {
        &self.grammar
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Number of the generation that is asked for, from 0.
    pub fn generation(&self) -> u64 {
        self.state.generation
    }

    /// The best strategies of all generations that have ended, best first, each of another behaviour. With
    /// [`Parsimony::Linear`] the cost of size is part of the order.
    pub fn best(&self) -> &[Found] {
        &self.state.best
    }

    /// The parents of the next generation, best first.
    pub fn population(&self) -> &[Found] {
        &self.state.population
    }

    /// What each generation brought.
    pub fn history(&self) -> &[Generation] {
        &self.state.history
    }

    /// Strategies with an outcome in all generations that have ended, failed ones among them: the number of trials by
    /// which the best is to be judged.
    pub fn n_evaluated(&self) -> u64 {
        self.state.evaluated
    }

    /// Those of them without a value.
    pub fn n_failed(&self) -> u64 {
        self.state.failed
    }

    /// Draws that were left out because an equal strategy was part of the search already.
    pub fn n_duplicates(&self) -> u64 {
        self.state.duplicates
    }

    fn push(&mut self, strategy: Strategy, nodes: usize, origin: Origin) {
        let proposal = Proposal { id: self.state.next_id, strategy, nodes, origin };
        self.state.next_id += 1;
        self.state.batch.push(Slot { proposal, asked: false, outcome: None });
    }

    /// Ends the generation: counts, keeps the best, and makes the next parents of the elites and all that was told.
    fn advance(&mut self) {
        let batch = std::mem::take(&mut self.state.batch);
        let random = batch.iter().filter(|slot| slot.proposal.origin == Origin::Random).count();
        let evaluated = batch.len();
        let told: Vec<Found> = batch.into_iter().filter_map(found).collect();
        let failed = evaluated - told.len();
        let per_node = self.settings.parsimony.per_node();
        let told = distinct(told, per_node);
        self.record(&told, evaluated, failed, random);
        let score = |found: &Found| found.value - per_node * found.nodes as f64;
        let before = self.state.best.first().map(score);
        self.state.best.extend(told.iter().cloned());
        self.state.best = distinct(std::mem::take(&mut self.state.best), per_node);
        self.state.best.truncate(self.settings.best);
        let better = self.state.best.first().map(score) > before;
        self.state.stale = if better { 0 } else { self.state.stale + 1 };
        self.state.population.truncate(self.settings.elites);
        self.state.population.extend(told);
        self.state.population = distinct(std::mem::take(&mut self.state.population), per_node);
        self.state.population.truncate(self.settings.population);
        self.state.generation += 1;
    }

    fn record(&mut self, told: &[Found], evaluated: usize, failed: usize, random: usize) {
        let state = &mut self.state;
        state.evaluated += evaluated as u64;
        state.failed += failed as u64;
        state.duplicates += state.left_out as u64;
        let mut values: Vec<f64> = told.iter().map(|found| found.value).collect();
        values.sort_by(f64::total_cmp);
        let nodes: usize = told.iter().map(|found| found.nodes).sum();
        state.history.push(Generation {
            generation: state.generation,
            evaluated,
            failed,
            duplicates: std::mem::take(&mut state.left_out),
            random,
            best: values.last().copied(),
            median: values.get(values.len().saturating_sub(1) / 2).copied(),
            mean_nodes: (!told.is_empty()).then(|| nodes as f64 / told.len() as f64),
            behaviours: told.len(),
        });
    }
}

fn found(slot: Slot) -> Option<Found> {
    let Proposal { id, strategy, nodes, .. } = slot.proposal;
    match slot.outcome? {
        Outcome::Value { value, behaviour } => Some(Found { id, strategy, nodes, value, behaviour }),
        Outcome::Failed => None,
    }
}

/// Best first; of equal behaviour the first only.
fn distinct(mut found: Vec<Found>, per_node: f64) -> Vec<Found> {
    found.sort_by(|one, other| order(one, other, per_node));
    let mut known = BTreeSet::new();
    found.retain(|one| one.behaviour.is_none_or(|behaviour| known.insert(behaviour)));
    found
}
