use serde::{Deserialize, Serialize};

use crate::{Candidate, Trial};

/// Everything that a study tried.
///
/// [`finalists`](crate::finalists), [`rank`](crate::rank) and [`evidence`](crate::evidence) take it as they take the
/// results of [`search`](crate::search): a [`Job`](crate::Job) of these candidates, and the trials. What evidence says of
/// luck must know of every try, the pruned ones too: see [`Evidence::of_all_tries`](crate::Evidence::of_all_tries).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudyOutcome {
    /// What was tried, in the order of asking; as many as there were tries.
    pub candidates: Vec<Candidate>,
    /// What became of each.
    pub fates: Vec<Fate>,
    /// Figures over the whole window of those that were not pruned, by position in `candidates`, rising.
    pub trials: Vec<Trial>,
    /// Positions of the best: with one objective the best at most, with several all that no other one dominates.
    pub best: Vec<usize>,
}

impl StudyOutcome {
    /// Number of tries, those that were pruned and those that did not count included.
    pub fn n_tried(&self) -> usize {
        self.candidates.len()
    }
}

/// What became of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fate {
    /// It traded the whole window and its result counted.
    Counted,
    /// It traded the whole window, with too few trades or without a defined, finite objective. Samplers hear that it
    /// failed.
    NotCounted,
    /// It was given up after a part of the window.
    Pruned,
}

impl Fate {
    /// Its name in snake case, as in the serialised form.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::NotCounted => "not_counted",
            Self::Pruned => "pruned",
        }
    }
}
