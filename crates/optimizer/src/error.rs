use crate::Criterion;

/// What can go wrong in a search.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input's range has no values.
    #[error("input `{input}` of strategy `{strategy}` has no values: its range is empty or its step is not above 0")]
    EmptyRange {
        /// Name of the strategy.
        strategy: String,
        /// Name of the input.
        input: String,
    },
    /// The grid has more points than 128 bits can count.
    #[error("the grid of strategy `{strategy}` has more than 2^128 points; use larger steps")]
    Uncountable {
        /// Name of the strategy.
        strategy: String,
    },
    /// The grid is larger than the caller allows.
    #[error(
        "the grid of strategy `{strategy}` has {n_points} points where at most {max_points} are allowed; \
         use larger steps or random sampling"
    )]
    GridTooLarge {
        /// Name of the strategy.
        strategy: String,
        /// Points of the grid, before its constraints.
        n_points: u128,
        /// Points allowed.
        max_points: u64,
    },
    /// Too few points of a large grid satisfy the strategy's constraints.
    #[error(
        "only {found} of {visited} points of strategy `{strategy}` satisfy its constraints where {wanted} are wanted"
    )]
    TooFewPoints {
        /// Name of the strategy.
        strategy: String,
        /// Points that were looked at.
        visited: u128,
        /// Points that satisfy the constraints.
        found: usize,
        /// Points wanted.
        wanted: usize,
    },
    /// No strategy, or no point of any strategy, is there to be tried.
    #[error("there are no candidates to try")]
    NoCandidates,
    /// A candidate names a strategy that is not there.
    #[error("candidate {candidate} names strategy {strategy}, but there are {n_strategies}")]
    UnknownStrategy {
        /// Position of the candidate.
        candidate: usize,
        /// The strategy it names.
        strategy: usize,
        /// Number of strategies.
        n_strategies: usize,
    },
    /// Groups of bars too short for what is left out of the training around them.
    #[error(
        "{n_bars} bars in {n_groups} groups are {group_bars} bars each, of which {left_out} may be purged and embargoed; \
         use fewer groups or more bars"
    )]
    ShortGroups {
        /// Bars of the window.
        n_bars: usize,
        /// Number of groups.
        n_groups: usize,
        /// Bars of a group.
        group_bars: usize,
        /// Bars that may be left out of a group.
        left_out: usize,
    },
    /// A setting is outside its range.
    #[error("{name} is {value}, which is not {expected}")]
    Setting {
        /// Name of the setting.
        name: &'static str,
        /// The value.
        value: f64,
        /// The range in words.
        expected: &'static str,
    },
    /// The window is too short for the folds.
    #[error(
        "{n_bars} bars are too few for {n_folds} folds with an embargo of {embargo_bars} bars; \
         take fewer folds, a shorter embargo or more data"
    )]
    TooFewBars {
        /// Bars in the window.
        n_bars: usize,
        /// Folds asked for.
        n_folds: usize,
        /// Bars left out between training and test.
        embargo_bars: usize,
    },
    /// A window does not lie inside the bars.
    #[error("the window {start}..{end} has fewer than 2 bars or reaches beyond the {n_bars} there are")]
    Window {
        /// First bar of the window.
        start: usize,
        /// Bar after the last of the window.
        end: usize,
        /// Bars there are.
        n_bars: usize,
    },
    /// The back-test of a candidate failed.
    #[error("cannot back-test candidate {candidate} (strategy `{strategy}`)")]
    Backtest {
        /// Position of the candidate; the first that failed.
        candidate: usize,
        /// Name of its strategy.
        strategy: String,
        /// What the back-test says.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A criterion that a study cannot search for.
    #[error("{criterion:?} is no figure of a single back-test, so a study cannot search for it")]
    NotSearchable {
        /// The criterion.
        criterion: Criterion,
    },
    /// A study of another space or with other objectives than its job.
    #[error("the study searches another {what} than its job and goal say")]
    OtherStudy {
        /// What differs.
        what: &'static str,
    },
    /// The results of a resumed study are not those of this job.
    #[error(
        "trial {trial} of the study has the objectives {told:?}, but these bars, strategies and costs give {found:?}: \
         its journal is of others"
    )]
    OtherResults {
        /// Number of the trial.
        trial: u64,
        /// Its objectives in the study; `None` if it did not count.
        told: Option<Vec<f64>>,
        /// Its objectives here.
        found: Option<Vec<f64>>,
    },
    /// The space, the sampler or the journal of a study refused.
    #[error("the study cannot go on")]
    Study {
        /// What `param_search` says.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A statistic could not be computed.
    #[error("cannot compute {what}")]
    Statistics {
        /// What was to be computed.
        what: &'static str,
        /// What the statistic says.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The caller cancelled.
    #[error("cancelled")]
    Cancelled,
}

impl Error {
    pub(crate) fn study(source: param_search::Error) -> Self {
        Self::Study { source: Box::new(source) }
    }
}
