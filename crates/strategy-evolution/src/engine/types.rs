use serde::{Deserialize, Serialize};
use strategy::Strategy;

use crate::Operator;

/// A strategy to be evaluated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// What its outcome is told by: 0, 1, 2, … over the whole search.
    pub id: u64,
    /// The strategy, in its simplest form.
    pub strategy: Strategy,
    /// Its size.
    pub nodes: usize,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a proposal comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Origin {
    /// Drawn at random.
    Random,
    /// Made of one or two parents.
    Bred(Operator),
    /// Given to [`Evolution::enqueue`](crate::Evolution::enqueue).
    Enqueued,
}

/// What came of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome {
    /// It was evaluated.
    Value {
        /// The larger the better; finite.
        value: f64,
        /// A number that equal behaviour has in common, such as a hash of the trades: of several with the same one only
        /// the best and smallest stays. Absent: it is like no other.
        behaviour: Option<u64>,
    },
    /// It has no value: too few trades, an undefined ratio, given up early. It is never a parent.
    Failed,
}

impl Outcome {
    /// A value of a behaviour like no other.
    pub fn value(value: f64) -> Self {
        Self::Value { value, behaviour: None }
    }
}

/// A strategy with its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// The proposal's number.
    pub id: u64,
    /// The strategy.
    pub strategy: Strategy,
    /// Its size.
    pub nodes: usize,
    /// What was told.
    pub value: f64,
    /// What was told.
    pub behaviour: Option<u64>,
}

/// What a generation brought.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Generation {
    /// Its number, from 0.
    pub generation: u64,
    /// Strategies that were evaluated.
    pub evaluated: usize,
    /// Those without a value.
    pub failed: usize,
    /// Draws that were left out because an equal strategy was part of the search already.
    pub duplicates: usize,
    /// Strategies drawn at random.
    pub random: usize,
    /// Best value; `None` if all failed, as the next two.
    pub best: Option<f64>,
    /// Median value, the lower one of two.
    pub median: Option<f64>,
    /// Mean size of those with a value.
    pub mean_nodes: Option<f64>,
    /// Different behaviours among those with a value.
    pub behaviours: usize,
}
