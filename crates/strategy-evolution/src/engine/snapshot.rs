use serde::{Deserialize, Serialize};

use super::{Evolution, Settings, State};
use crate::{Error, Grammar, Vocabulary};

/// A search at rest: all of it, with what has been asked for and told. It is written and read by serde, for which numbers
/// must come back with their very bits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    vocabulary: Vocabulary,
    settings: Settings,
    state: State,
}

impl Evolution {
    /// The search as it stands.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            vocabulary: self.grammar.vocabulary().clone(),
            settings: self.settings.clone(),
            state: self.state.clone(),
        }
    }

    /// Goes on from a snapshot: what follows is, bit for bit, what would have followed without it. Proposals that were
    /// asked for and have no outcome are asked for again.
    ///
    /// # Errors
    /// [`Error::Vocabulary`] or [`Error::Setting`] as for a new search, [`Error::Refused`] for a strategy in it that is not
    /// of the vocabulary, [`Error::Snapshot`] for numbers that do not fit together.
    pub fn resume(snapshot: Snapshot) -> Result<Self, Error> {
        let Snapshot { vocabulary, settings, state } = snapshot;
        settings.check()?;
        let grammar = Grammar::new(vocabulary)?;
        check(&grammar, &state)?;
        let mut evolution = Self { grammar, settings, state };
        evolution.reopen();
        Ok(evolution)
    }
}

fn check(grammar: &Grammar, state: &State) -> Result<(), Error> {
    let found = state.population.iter().chain(&state.best);
    let waiting = state.batch.iter().map(|slot| &slot.proposal);
    let ids = found.clone().map(|found| found.id).chain(waiting.clone().map(|proposal| proposal.id));
    let damaged = |problem: &str| Err(Error::Snapshot { problem: problem.to_owned() });
    if ids.clone().any(|id| id >= state.next_id) {
        return damaged("a proposal's number lies in the future");
    }
    if !state.batch.is_sorted_by(|one, next| one.proposal.id < next.proposal.id) {
        return damaged("the proposals are not in their order");
    }
    if found.clone().any(|found| !found.value.is_finite()) {
        return damaged("a value is not finite");
    }
    let finished = !state.batch.is_empty() && state.batch.iter().all(|slot| slot.outcome.is_some());
    if finished || state.history.len() as u64 != state.generation {
        return damaged("the generations do not fit together");
    }
    let strategies = found.map(|found| &found.strategy).chain(waiting.map(|proposal| &proposal.strategy));
    for strategy in strategies.chain(&state.queue) {
        grammar.check(strategy).map_err(|reason| Grammar::refused(strategy, reason))?;
        if !state.seen.contains(&Grammar::fingerprint(strategy)) {
            return damaged("a strategy is not among those that are known");
        }
    }
    Ok(())
}
