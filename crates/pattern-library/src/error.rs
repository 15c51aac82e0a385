use crate::{Role, StrategyId};

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// What can go wrong in a library. `location` is the path of the file, or the server, database and schema.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file can be neither opened nor created.
    #[error("cannot open or create the library {location}; its folder must exist and be writable")]
    Open {
        /// The file.
        location: String,
        /// What SQLite answered.
        source: Cause,
    },
    /// The server does not let us in.
    #[error("cannot connect to the library {location}")]
    Connect {
        /// The server.
        location: String,
        /// What the driver answered.
        source: Cause,
    },
    /// The file is no SQLite database, or the file or schema belongs to something else. It was left as it is.
    #[error("{location} exists and is not a pattern library; choose another place or remove it")]
    NotALibrary {
        /// The library.
        location: String,
    },
    /// A later version of this program has written the library. It was left as it is.
    #[error("the library {location} has schema version {found}, this program knows 1 to {known}; use a newer program")]
    NewerSchema {
        /// The library.
        location: String,
        /// Version of its tables.
        found: i64,
        /// Newest version known here.
        known: i64,
    },
    /// The disk is full. The change was undone.
    #[error("no space is left for the library {location}; free some and try again")]
    Full {
        /// The library.
        location: String,
        /// What the database answered.
        source: Cause,
    },
    /// The library may be read only.
    #[error("the library {location} is read-only")]
    ReadOnly {
        /// The library.
        location: String,
        /// What the database answered.
        source: Cause,
    },
    /// Another program was writing for too long.
    #[error("the library {location} is locked by another program; try again when it has ended")]
    Busy {
        /// The library.
        location: String,
        /// What the database answered.
        source: Cause,
    },
    /// Any other refusal of the database, damage of the file for instance. The change was undone.
    #[error("the database of the library {location} failed")]
    Database {
        /// The library.
        location: String,
        /// What the database answered.
        source: Cause,
    },
    /// A stored value cannot be what this program has written.
    #[error("corrupt row in the library {location}: table {table}, id {id}, column {column}")]
    CorruptRow {
        /// The library.
        location: String,
        /// The table.
        table: &'static str,
        /// Primary key of the row, its parts joined by `/`.
        id: String,
        /// The column.
        column: &'static str,
        /// What is wrong with it.
        source: Cause,
    },
    /// A strategy is not valid, its parameters do not fit it, or it does not survive being written.
    #[error("strategy {name:?} cannot be stored")]
    InvalidStrategy {
        /// The strategy's name.
        name: String,
        /// What is wrong with it.
        source: Cause,
    },
    /// A run contradicts itself.
    #[error("run {run:?} cannot be stored: {problem}")]
    InvalidRun {
        /// The run's id.
        run: String,
        /// What is wrong with it.
        problem: RunProblem,
    },
    /// A text that must identify or label something is empty or has control characters.
    #[error("{text:?} is not a {what}: it must have 1 to 200 characters and no control characters")]
    InvalidText {
        /// What it should be: `run id`, `pattern name`, ….
        what: &'static str,
        /// The text.
        text: String,
    },
    /// A text is not the id of a strategy.
    #[error("{text:?} is not a strategy id (64 lower-case hexadecimal digits)")]
    InvalidStrategyId {
        /// The text.
        text: String,
    },
    /// The name of a PostgreSQL schema has other characters than `a` to `z`, digits and `_`.
    #[error("{name:?} is not a schema name ([a-z][a-z0-9_]*, at most 63 characters)")]
    InvalidSchemaName {
        /// The name.
        name: String,
    },
    /// A strategy that runs refer to cannot be deleted; delete the runs first.
    #[error("strategy {strategy} has {n_results} results; delete their runs first")]
    StrategyInUse {
        /// The strategy.
        strategy: StrategyId,
        /// Results that refer to it.
        n_results: u64,
    },
    /// A text is not the name of a criterion.
    #[error("{text:?} is not a criterion (sharpe, net_profit, max_drawdown, n_trades)")]
    UnknownCriterion {
        /// The text.
        text: String,
    },
    /// The system refuses what an asynchronous runtime needs.
    #[error("cannot start a runtime for the library")]
    Runtime {
        /// What the system answered.
        source: std::io::Error,
    },
    /// A blocking call inside an asynchronous program, which would stop it for ever; use [`Library`](crate::Library).
    #[error("a blocking library was used inside an asynchronous runtime")]
    InsideRuntime,
}

/// What can be wrong with a [`Run`](crate::Run).
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RunProblem {
    /// Ranks start at 1.
    #[error("an entry has rank 0")]
    RankZero,
    /// Two entries share a rank.
    #[error("two entries have rank {rank}")]
    RankTwice {
        /// The rank.
        rank: u32,
    },
    /// Two entries hold the same strategy with the same parameters.
    #[error("the entries ranked {first} and {second} are the same strategy with the same parameters")]
    StrategyTwice {
        /// The better rank.
        first: u32,
        /// The other rank.
        second: u32,
    },
    /// An entry was measured nowhere.
    #[error("the entry ranked {rank} has no outcome")]
    NoOutcome {
        /// The entry's rank.
        rank: u32,
    },
    /// An entry has two outcomes for the same role.
    #[error("the entry ranked {rank} has two {role} outcomes")]
    RoleTwice {
        /// The entry's rank.
        rank: u32,
        /// The role.
        role: Role,
    },
    /// A figure is NaN, infinite or too large to be stored.
    #[error("{figure} of the entry ranked {rank} ({role}) is {value}, which cannot be stored")]
    Figure {
        /// The entry's rank.
        rank: u32,
        /// The outcome's role.
        role: Role,
        /// Name of the figure.
        figure: &'static str,
        /// Its value.
        value: f64,
    },
}
