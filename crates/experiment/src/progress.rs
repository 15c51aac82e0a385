use std::fmt;

/// A part of the run whose result is kept, in the order of execution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Read, validate and clean market data, and aggregate it to bars.
    Data,
    /// In each fold, search on the past and trade the future.
    WalkForward,
    /// Try every parameter set on the search period and rank the best.
    Search,
    /// Trade the best where no search looked, and ask whether chance explains it.
    Validate,
    /// Let the analyst comment on the chart.
    Analyse,
    /// Write scripts, charts, tables, library and report.
    Export,
}

impl Stage {
    /// All stages, in order.
    pub const ALL: [Self; 6] =
        [Self::Data, Self::WalkForward, Self::Search, Self::Validate, Self::Analyse, Self::Export];

    /// A short lower-case name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::WalkForward => "walk-forward",
            Self::Search => "search",
            Self::Validate => "validate",
            Self::Analyse => "analyse",
            Self::Export => "export",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a run reports while it runs. It may come from any thread.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Progress {
    /// A stage begins.
    Started {
        /// Which.
        stage: Stage,
    },
    /// A stage was finished by an earlier attempt; its result is used.
    Resumed {
        /// Which.
        stage: Stage,
    },
    /// Work units done so far.
    Advanced {
        /// In which stage.
        stage: Stage,
        /// Units done.
        done: usize,
        /// Units in all.
        total: usize,
    },
    /// What is being done, for a log.
    Doing {
        /// In which stage.
        stage: Stage,
        /// In plain words.
        text: String,
    },
    /// Something that a user should know, such as a source that was passed over.
    Note {
        /// In which stage.
        stage: Stage,
        /// In plain words.
        text: String,
    },
    /// A stage is finished.
    Finished {
        /// Which.
        stage: Stage,
    },
}
