//! Opening and closing.

use std::path::Path;
use std::str::FromStr;

use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use crate::database::{Connection, ConnectionKind, classify};
use crate::{Error, schema};

/// A library of strategies, patterns and results: one SQLite file, or one schema of a PostgreSQL database.
///
/// Each call is a transaction: it happens as a whole or, with an error, not at all. The calls are asynchronous and need
/// a Tokio runtime; [`BlockingLibrary`](crate::BlockingLibrary) brings its own. Any number of programs can have the same
/// library open; they write one after the other.
///
/// The SQLite file is a single file whenever no call is under way: pages of 4,096 bytes, rollback journal, every
/// transaction synced to disk. Equal calls on a new file give equal bytes.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// use pattern_library::{Library, Pattern};
///
/// let mut library = Library::open_in_memory().await?;
/// let definition = serde_json::json!({"body_fraction_max": 0.1});
/// let doji =
///     Pattern { name: "doji".into(), kind: "candlestick".into(), definition, source: "textbook".into() };
/// library.store_pattern(&doji).await?;
/// assert_eq!(library.pattern("doji").await?, Some(doji));
/// library.close().await
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Library {
    pub(crate) connection: Connection,
}

impl Library {
    /// Opens the library in the file `path`; where there is no file, or an empty one, a new library.
    ///
    /// An older library is brought to the present version of the tables; one of the present version is not changed.
    ///
    /// # Errors
    /// [`Error::Open`] if the folder is missing or not writable; [`Error::NotALibrary`] and [`Error::NewerSchema`] if
    /// the file is something else, which is then left as it is; [`Error::Full`], [`Error::ReadOnly`], [`Error::Busy`]
    /// and [`Error::Database`] as everywhere.
    pub async fn open(path: &Path) -> Result<Self, Error> {
        Self::open_sqlite(path.display().to_string(), SqliteConnectOptions::new().filename(path)).await
    }

    /// A new library that lives in memory until it is dropped.
    ///
    /// # Errors
    /// [`Error::Database`] if SQLite cannot start.
    pub async fn open_in_memory() -> Result<Self, Error> {
        let location = ":memory:";
        let options = SqliteConnectOptions::from_str("sqlite::memory:").map_err(|error| classify(location, error))?;
        Self::open_sqlite(location.to_owned(), options).await
    }

    /// Connects to the library in a schema of a PostgreSQL database, which is created where it is missing.
    ///
    /// - `url`: `postgres://USER:PASSWORD@HOST:PORT/DATABASE`. The connection is not encrypted: use it on the same
    ///   machine or inside a tunnel; a URL that demands encryption (`sslmode=require`) is refused.
    /// - `schema`: `[a-z][a-z0-9_]*`, at most 63 characters.
    ///
    /// # Errors
    /// [`Error::InvalidSchemaName`]; [`Error::Connect`] if the server cannot be reached or refuses;
    /// [`Error::NotALibrary`] if other tables are in the schema; otherwise as [`open`](Self::open).
    #[cfg(feature = "postgres")]
    pub async fn connect_postgres(url: &str, schema: &str) -> Result<Self, Error> {
        let connection = crate::postgres::connect(url, schema).await?;
        Self::prepare(connection).await
    }

    /// Closes the library and waits until it is closed; a dropped one is closed a little later.
    ///
    /// # Errors
    /// [`Error::Database`] if the database reports a failure.
    pub async fn close(self) -> Result<(), Error> {
        self.connection.close().await
    }

    async fn open_sqlite(location: String, options: SqliteConnectOptions) -> Result<Self, Error> {
        let options = options
            .create_if_missing(true)
            .page_size(4096)
            .journal_mode(SqliteJournalMode::Delete)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .disable_statement_logging();
        let connection = options.connect().await.map_err(|error| classify(&location, error))?;
        Self::prepare(Connection { location, kind: ConnectionKind::Sqlite(connection) }).await
    }

    async fn prepare(mut connection: Connection) -> Result<Self, Error> {
        match schema::prepare(&mut connection).await {
            Ok(()) => Ok(Self { connection }),
            Err(error) => {
                // The first error is the one to tell.
                let _ = connection.close().await;
                Err(error)
            }
        }
    }
}

impl std::fmt::Debug for Library {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Library").field("location", &self.connection.location).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{Error, Library, Pattern};

    fn pattern(name: &str, size_bytes: usize) -> Pattern {
        let definition = json!("x".repeat(size_bytes));
        Pattern { name: name.to_owned(), kind: "any".to_owned(), definition, source: "rules".to_owned() }
    }

    #[test]
    fn a_full_disk_is_an_error_that_leaves_the_library_as_it_was() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime starts");
        runtime.block_on(async {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let path = folder.path().join("library.sqlite");
            let mut library = Library::open(&path).await.expect("the folder is writable");
            library.store_pattern(&pattern("small", 10)).await.expect("there is space");
            // SQLite treats its own limit of pages as it treats the end of the disk.
            library.connection.session().rows("PRAGMA max_page_count = 30", &[]).await.expect("a valid pragma");
            let error = library.store_pattern(&pattern("large", 200_000)).await.expect_err("there is no space");
            let named = matches!(&error, Error::Full { location, .. } if *location == path.display().to_string());
            assert!(named, "{error}");
            assert_eq!(library.patterns(None).await.expect("the library is whole"), [pattern("small", 10)]);
        });
    }
}
