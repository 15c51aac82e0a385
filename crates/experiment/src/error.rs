use std::path::{Path, PathBuf};

use market::UnixNanos;

/// What can stop a run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A configuration file does not parse or has an unknown key.
    #[error("configuration file {} is not valid", .path.display())]
    ConfigFile {
        /// The file.
        path: PathBuf,
        /// Line, column and key.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The merged configuration has an unknown key or a value of the wrong type.
    #[error("configuration: {what}")]
    Config {
        /// Key, value and origin.
        what: String,
    },
    /// A setting has a value that cannot be used.
    #[error("setting `{key}` is `{value}`: {why}")]
    Setting {
        /// The key, as in the configuration file.
        key: &'static str,
        /// Its value.
        value: String,
        /// What would do.
        why: String,
    },
    /// A setting that the others make necessary is absent.
    #[error("setting `{key}` is missing: {why}")]
    Missing {
        /// The key, as in the configuration file.
        key: &'static str,
        /// What it is needed for.
        why: &'static str,
    },
    /// Data, a search or a file of another crate failed.
    #[error("{doing}")]
    Failed {
        /// What was being done.
        doing: String,
        /// Why it failed.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The range has no data because the market was closed throughout.
    #[error("{symbol} did not trade between {from} and {to}: the market was closed; choose a range with a weekday")]
    MarketClosed {
        /// The instrument.
        symbol: String,
        /// Start of the range.
        from: UnixNanos,
        /// End of the range.
        to: UnixNanos,
    },
    /// No source has data for the range although the market was open.
    #[error("no data for {symbol}: {reasons}")]
    NoSource {
        /// The instrument.
        symbol: String,
        /// What each source lacks.
        reasons: String,
    },
    /// Hours of a download failed, and nothing else has the range.
    #[error(
        "{hours} hours of {symbol} could not be downloaded, {} names them: run again to ask for these only, or go on \
         without them by --allow-gaps",
        .gap_report.display()
    )]
    Gaps {
        /// The instrument.
        symbol: String,
        /// How many hours.
        hours: u64,
        /// A file with each gap, its source and the reason.
        gap_report: PathBuf,
    },
    /// Each bar's own spread is to be paid, and a bar has none.
    #[error("the bar at {time} has no spread: set account.spread_pips")]
    NoSpread {
        /// Open time of the first such bar.
        time: UnixNanos,
    },
    /// There are too few bars to search and to test.
    #[error("{found} bars are too few: {needed} or more are needed with these folds, embargo and holdout")]
    TooFewBars {
        /// Bars of the data.
        found: usize,
        /// Bars that would do.
        needed: usize,
    },
    /// A file could not be read.
    #[error("cannot read {}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// A file or folder could not be written.
    #[error("cannot write {}", .path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system answered.
        source: std::io::Error,
    },
    /// The output folder belongs to a run with other settings.
    #[error("{} holds the run `{found}`, not `{expected}`: choose another --out or remove it", .path.display())]
    OtherRun {
        /// The folder.
        path: PathBuf,
        /// Run id found there.
        found: String,
        /// Run id of this plan.
        expected: String,
    },
    /// A folder is not that of a run.
    #[error("{} is not the folder of a run: it has no {missing}", .path.display())]
    NotARun {
        /// The folder.
        path: PathBuf,
        /// What every run has.
        missing: &'static str,
    },
    /// A run is not finished.
    #[error("the run in {} is not finished, it has no {missing}: start it again, it goes on where it was", .path.display())]
    Unfinished {
        /// The folder.
        path: PathBuf,
        /// What a finished run has.
        missing: String,
    },
    /// A run was made by other versions of the crates whose code decides the numbers.
    #[error("{} was written by {name} {found} and this is {expected}: take that version, or run it again", .path.display())]
    OtherVersion {
        /// The folder.
        path: PathBuf,
        /// The first crate that differs.
        name: String,
        /// Its version there, or `none`.
        found: String,
        /// Its version here, or `none`.
        expected: String,
    },
    /// A file that an earlier attempt left is damaged.
    #[error("{} is damaged: remove it and run again", .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl Error {
    pub(crate) fn read(path: &Path, source: std::io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }

    pub(crate) fn write(path: &Path, source: std::io::Error) -> Self {
        Self::Write { path: path.to_owned(), source }
    }

    pub(crate) fn config(source: &config::ConfigError) -> Self {
        Self::Config { what: source.to_string() }
    }

    /// Wraps the error of another crate with what was being done.
    pub(crate) fn failed<E>(doing: impl Into<String>) -> impl FnOnce(E) -> Self
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        let doing = doing.into();
        move |source| Self::Failed { doing, source: Box::new(source) }
    }
}
