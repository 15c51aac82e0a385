//! Searches whose next candidates depend on the results so far: samplers of `param_search` over strategies.

mod batch;
mod folds;
mod goal;
mod outcome;
mod run;
mod space;
mod tries;

use std::ops::Range;

use backtest::{Account, Market, Plan};

pub use self::folds::{StudyFolds, study_folds};
pub use self::goal::Goal;
pub use self::outcome::{Fate, StudyOutcome};
pub use self::run::StudyRun;
pub use self::space::StrategySpace;

/// What a study trades.
#[derive(Clone, Copy, Debug)]
pub struct StudyJob<'a, 'm> {
    /// The strategies.
    pub plans: &'a [Plan],
    /// Their inputs, from the same strategies.
    pub space: &'a StrategySpace,
    /// The bars.
    pub market: &'a Market<'m>,
    /// Money and costs.
    pub account: &'a Account,
}

/// How a study searches.
#[derive(Clone, Debug, PartialEq)]
pub struct StudySettings {
    /// What for.
    pub goal: Goal,
    /// Trials that are asked for before any of them is told, at least 1. A sampler that learns does so once a batch; the
    /// number of threads has no part in it, so that results do not depend on them. At least as many as threads keep all
    /// of them busy.
    pub batch: usize,
    /// Equal parts of the window that a trial trades one by one, oldest first, before it trades the whole; after each,
    /// the study's pruner is asked whether to go on. 0 without pruning. A part in which the objective is undefined is not
    /// reported.
    pub parts: usize,
}

impl StudySettings {
    /// The parts of a window.
    fn parts_of(&self, window: &Range<usize>) -> Vec<Range<usize>> {
        let bound = |part: usize| window.start + window.len() * part / self.parts;
        (0..self.parts).map(|part| bound(part)..bound(part + 1)).collect()
    }
}
