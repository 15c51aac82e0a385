//! One connection to SQLite or PostgreSQL, behind one set of calls, so that every statement is written once.

use sqlx::sqlite::{SqliteConnection, SqliteError};
use sqlx::{
    Column as _, ColumnIndex, Connection as _, Database, Decode, Encode, SqlSafeStr, Sqlite, Type, TypeInfo as _,
    ValueRef as _,
};
#[cfg(feature = "postgres")]
use sqlx::{Postgres, postgres::PgConnection};

use crate::Error;
use crate::row::Cell;

/// An open connection and the name that errors give it.
pub(crate) struct Connection {
    pub(crate) location: String,
    pub(crate) kind: ConnectionKind,
}

pub(crate) enum ConnectionKind {
    Sqlite(SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(PgConnection),
}

/// A transaction; dropped without [`commit`](Self::commit), it is rolled back.
pub(crate) struct Transaction<'c> {
    location: &'c str,
    kind: TransactionKind<'c>,
}

enum TransactionKind<'c> {
    Sqlite(sqlx::Transaction<'c, Sqlite>),
    #[cfg(feature = "postgres")]
    Postgres(sqlx::Transaction<'c, Postgres>),
}

/// A connection, inside a transaction or not, that runs statements.
pub(crate) struct Session<'c> {
    location: &'c str,
    kind: SessionKind<'c>,
}

enum SessionKind<'c> {
    Sqlite(&'c mut SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(&'c mut PgConnection),
}

/// Which SQL is spoken.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Dialect {
    Sqlite,
    #[cfg(feature = "postgres")]
    Postgres,
}

/// A value for a placeholder `$1`, `$2`, ….
#[derive(Clone, Copy, Debug)]
pub(crate) enum Arg<'a> {
    Text(Option<&'a str>),
    Integer(Option<i64>),
    Real(Option<f64>),
}

impl Connection {
    pub(crate) fn session(&mut self) -> Session<'_> {
        let kind = match &mut self.kind {
            ConnectionKind::Sqlite(connection) => SessionKind::Sqlite(connection),
            #[cfg(feature = "postgres")]
            ConnectionKind::Postgres(connection) => SessionKind::Postgres(connection),
        };
        Session { location: &self.location, kind }
    }

    /// Begins a transaction that will write.
    pub(crate) async fn begin(&mut self) -> Result<Transaction<'_>, Error> {
        let Self { location, kind } = self;
        let failed = |error| classify(location, error);
        let kind = match kind {
            // SQLite gives the right to write at once, or makes the caller wait here and not in the middle.
            ConnectionKind::Sqlite(connection) => {
                TransactionKind::Sqlite(connection.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?)
            }
            #[cfg(feature = "postgres")]
            ConnectionKind::Postgres(connection) => {
                TransactionKind::Postgres(connection.begin().await.map_err(failed)?)
            }
        };
        Ok(Transaction { location, kind })
    }

    pub(crate) async fn close(self) -> Result<(), Error> {
        let closed = match self.kind {
            ConnectionKind::Sqlite(connection) => connection.close().await,
            #[cfg(feature = "postgres")]
            ConnectionKind::Postgres(connection) => connection.close().await,
        };
        closed.map_err(|error| classify(&self.location, error))
    }
}

impl Transaction<'_> {
    pub(crate) fn session(&mut self) -> Session<'_> {
        let kind = match &mut self.kind {
            TransactionKind::Sqlite(transaction) => SessionKind::Sqlite(transaction),
            #[cfg(feature = "postgres")]
            TransactionKind::Postgres(transaction) => SessionKind::Postgres(transaction),
        };
        Session { location: self.location, kind }
    }

    pub(crate) async fn commit(self) -> Result<(), Error> {
        let committed = match self.kind {
            TransactionKind::Sqlite(transaction) => transaction.commit().await,
            #[cfg(feature = "postgres")]
            TransactionKind::Postgres(transaction) => transaction.commit().await,
        };
        committed.map_err(|error| classify(self.location, error))
    }
}

impl<'c> Session<'c> {
    pub(crate) fn location(&self) -> &'c str {
        self.location
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self.kind {
            SessionKind::Sqlite(_) => Dialect::Sqlite,
            #[cfg(feature = "postgres")]
            SessionKind::Postgres(_) => Dialect::Postgres,
        }
    }

    /// Runs one statement; the number of rows it changed.
    pub(crate) async fn execute(&mut self, sql: &'static str, args: &[Arg<'_>]) -> Result<u64, Error> {
        let changed = match &mut self.kind {
            SessionKind::Sqlite(connection) => {
                bound::<Sqlite>(sql, args).execute(&mut **connection).await.map(|done| done.rows_affected())
            }
            #[cfg(feature = "postgres")]
            SessionKind::Postgres(connection) => {
                bound::<Postgres>(sql, args).execute(&mut **connection).await.map(|done| done.rows_affected())
            }
        };
        changed.map_err(|error| classify(self.location, error))
    }

    /// Runs one query; its rows, each with its values in the order of the columns.
    pub(crate) async fn rows(&mut self, sql: impl SqlSafeStr, args: &[Arg<'_>]) -> Result<Vec<Vec<Cell>>, Error> {
        let rows = match &mut self.kind {
            SessionKind::Sqlite(connection) => {
                let rows = bound::<Sqlite>(sql, args).fetch_all(&mut **connection).await;
                rows.and_then(|rows| rows.iter().map(cells).collect())
            }
            #[cfg(feature = "postgres")]
            SessionKind::Postgres(connection) => {
                let rows = bound::<Postgres>(sql, args).fetch_all(&mut **connection).await;
                rows.and_then(|rows| rows.iter().map(cells).collect())
            }
        };
        rows.map_err(|error| classify(self.location, error))
    }

    /// Runs the statements of a script.
    pub(crate) async fn script(&mut self, sql: &'static str) -> Result<(), Error> {
        let script = sqlx::raw_sql(sql);
        let done = match &mut self.kind {
            SessionKind::Sqlite(connection) => script.execute(&mut **connection).await.map(drop),
            #[cfg(feature = "postgres")]
            SessionKind::Postgres(connection) => script.execute(&mut **connection).await.map(drop),
        };
        done.map_err(|error| classify(self.location, error))
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Some(text))
    }
}

impl From<i64> for Arg<'_> {
    fn from(integer: i64) -> Self {
        Self::Integer(Some(integer))
    }
}

impl From<f64> for Arg<'_> {
    fn from(real: f64) -> Self {
        Some(real).into()
    }
}

impl From<Option<i64>> for Arg<'_> {
    fn from(integer: Option<i64>) -> Self {
        Self::Integer(integer)
    }
}

impl From<Option<f64>> for Arg<'_> {
    /// Zero is stored without its sign, which SQLite does not keep.
    fn from(real: Option<f64>) -> Self {
        Self::Real(real.map(|real| real + 0.0))
    }
}

impl<'a> From<Option<&'a str>> for Arg<'a> {
    fn from(text: Option<&'a str>) -> Self {
        Self::Text(text)
    }
}

/// The error of an answer of the database.
pub(crate) fn classify(location: &str, error: sqlx::Error) -> Error {
    let code = error.as_database_error().and_then(|error| {
        let code = error.code()?;
        // SQLite's extended codes carry the primary one in their lowest byte.
        let is_sqlite = error.try_downcast_ref::<SqliteError>().is_some();
        Some(if is_sqlite { (code.parse::<i32>().ok()? & 0xff).to_string() } else { code.into_owned() })
    });
    let location = location.to_owned();
    let source = Box::new(error);
    // SQLite: "Result and Error Codes"; PostgreSQL: appendix "Error Codes".
    match code.as_deref() {
        Some("14") => Error::Open { location, source },
        Some("26") => Error::NotALibrary { location },
        Some("13" | "53100") => Error::Full { location, source },
        Some("8" | "25006") => Error::ReadOnly { location, source },
        Some("5" | "6" | "55P03") => Error::Busy { location, source },
        _ => Error::Database { location, source },
    }
}

fn bound<'q, DB>(sql: impl SqlSafeStr, args: &[Arg<'_>]) -> sqlx::query::Query<'q, DB, DB::Arguments>
where
    DB: Database,
    for<'t> Option<&'t str>: Encode<'t, DB> + Type<DB>,
    for<'t> Option<i64>: Encode<'t, DB> + Type<DB>,
    for<'t> Option<f64>: Encode<'t, DB> + Type<DB>,
{
    args.iter().fold(sqlx::query(sql), |query, arg| match *arg {
        Arg::Text(text) => query.bind(text),
        Arg::Integer(integer) => query.bind(integer),
        Arg::Real(real) => query.bind(real),
    })
}

fn cells<R>(row: &R) -> Result<Vec<Cell>, sqlx::Error>
where
    R: sqlx::Row,
    usize: ColumnIndex<R>,
    for<'r> String: Decode<'r, R::Database>,
    for<'r> i64: Decode<'r, R::Database>,
    for<'r> f64: Decode<'r, R::Database>,
{
    let cell = |index: usize| {
        let value = row.try_get_raw(index)?;
        if value.is_null() {
            return Ok(Cell::Null);
        }
        let type_info = value.type_info();
        Ok(match type_info.name() {
            "TEXT" => Cell::Text(row.try_get_unchecked(index)?),
            "INTEGER" | "INT8" => Cell::Integer(row.try_get_unchecked(index)?),
            "REAL" | "FLOAT8" => Cell::Real(row.try_get_unchecked(index)?),
            other => Cell::Other(other.to_owned()),
        })
    };
    row.columns().iter().map(|column| cell(column.ordinal())).collect()
}
