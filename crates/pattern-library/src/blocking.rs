//! The library for programs without an asynchronous runtime.

use std::path::Path;

use strategy::{Params, Strategy};
use tokio::runtime::{Builder, Handle, Runtime};

use crate::{
    Error, HistoryEntry, Library, Pattern, Ranked, Ranking, Run, RunSummary, StoredStrategy, StrategyId,
    StrategySummary,
};

/// A [`Library`] whose calls return when they are done. It brings a runtime of its own, on the calling thread.
///
/// Inside an asynchronous runtime every call gives [`Error::InsideRuntime`]: there, use [`Library`].
#[derive(Debug)]
pub struct BlockingLibrary {
    // Before the runtime, because the library is to be dropped while the runtime is still there.
    library: Library,
    runtime: Runtime,
}

macro_rules! blocking {
    ($($(#[$doc:meta])* $name:ident($($arg:ident: $kind:ty),*) -> $value:ty;)*) => {
        impl BlockingLibrary {
            $(
                $(#[$doc])*
                pub fn $name(&mut self, $($arg: $kind),*) -> Result<$value, Error> {
                    outside_of_runtimes()?;
                    self.runtime.block_on(self.library.$name($($arg),*))
                }
            )*
        }
    };
}

blocking! {
    /// Stores a run as a whole; see [`Library::store_run`].
    ///
    /// # Errors
    /// As there.
    store_run(run: &Run) -> ();
    /// The run with that id; see [`Library::run`].
    ///
    /// # Errors
    /// As there.
    run(id: &str) -> Option<Run>;
    /// All runs; see [`Library::runs`].
    ///
    /// # Errors
    /// As there.
    runs() -> Vec<RunSummary>;
    /// Deletes a run; see [`Library::delete_run`].
    ///
    /// # Errors
    /// As there.
    delete_run(id: &str) -> bool;
    /// Stores a strategy; see [`Library::store_strategy`].
    ///
    /// # Errors
    /// As there.
    store_strategy(strategy: &Strategy, params: &Params) -> StrategyId;
    /// The strategy with that id; see [`Library::strategy`].
    ///
    /// # Errors
    /// As there.
    strategy(id: StrategyId) -> Option<StoredStrategy>;
    /// All strategies; see [`Library::strategies`].
    ///
    /// # Errors
    /// As there.
    strategies() -> Vec<StrategySummary>;
    /// Deletes a strategy; see [`Library::delete_strategy`].
    ///
    /// # Errors
    /// As there.
    delete_strategy(id: StrategyId) -> bool;
    /// All that runs have measured for a strategy; see [`Library::history`].
    ///
    /// # Errors
    /// As there.
    history(id: StrategyId) -> Vec<HistoryEntry>;
    /// The best results; see [`Library::ranking`].
    ///
    /// # Errors
    /// As there.
    ranking(ranking: &Ranking<'_>) -> Vec<Ranked>;
    /// Stores a pattern; see [`Library::store_pattern`].
    ///
    /// # Errors
    /// As there.
    store_pattern(pattern: &Pattern) -> ();
    /// The pattern of that name; see [`Library::pattern`].
    ///
    /// # Errors
    /// As there.
    pattern(name: &str) -> Option<Pattern>;
    /// All patterns, or all of one kind; see [`Library::patterns`].
    ///
    /// # Errors
    /// As there.
    patterns(kind: Option<&str>) -> Vec<Pattern>;
    /// Deletes a pattern; see [`Library::delete_pattern`].
    ///
    /// # Errors
    /// As there.
    delete_pattern(name: &str) -> bool;
}

impl BlockingLibrary {
    /// Opens the library in a file; see [`Library::open`].
    ///
    /// # Errors
    /// As there, and [`Error::InsideRuntime`].
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::start(Library::open(path))
    }

    /// A new library in memory; see [`Library::open_in_memory`].
    ///
    /// # Errors
    /// As there, and [`Error::InsideRuntime`].
    pub fn open_in_memory() -> Result<Self, Error> {
        Self::start(Library::open_in_memory())
    }

    /// Connects to a PostgreSQL server; see [`Library::connect_postgres`].
    ///
    /// # Errors
    /// As there, and [`Error::InsideRuntime`].
    #[cfg(feature = "postgres")]
    pub fn connect_postgres(url: &str, schema: &str) -> Result<Self, Error> {
        Self::start(Library::connect_postgres(url, schema))
    }

    /// Closes the library; see [`Library::close`].
    ///
    /// # Errors
    /// As there.
    pub fn close(self) -> Result<(), Error> {
        outside_of_runtimes()?;
        self.runtime.block_on(self.library.close())
    }

    fn start(opening: impl Future<Output = Result<Library, Error>>) -> Result<Self, Error> {
        outside_of_runtimes()?;
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|source| Error::Runtime { source })?;
        let library = runtime.block_on(opening)?;
        Ok(Self { library, runtime })
    }
}

/// To block the thread of a runtime would stop the runtime.
fn outside_of_runtimes() -> Result<(), Error> {
    if Handle::try_current().is_ok() { Err(Error::InsideRuntime) } else { Ok(()) }
}
