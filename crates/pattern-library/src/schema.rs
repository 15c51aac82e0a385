//! The tables and their versions.

use crate::Error;
use crate::database::{Connection, Dialect, Session};
use crate::row::Fields;

/// A step from one version of the tables to the next. Steps are only ever added.
struct Migration {
    version: i64,
    name: &'static str,
    sqlite: &'static str,
    #[cfg(feature = "postgres")]
    postgres: &'static str,
}

const MIGRATIONS: [Migration; 1] = [Migration {
    version: 1,
    name: "first_tables",
    sqlite: include_str!("migrations/sqlite/0001_first_tables.sql"),
    #[cfg(feature = "postgres")]
    postgres: include_str!("migrations/postgres/0001_first_tables.sql"),
}];

/// Newest version known.
const KNOWN: i64 = MIGRATIONS[MIGRATIONS.len() - 1].version;

/// `application_id` of a SQLite file with a library in it, and key of the lock on a server: "AIOL".
pub(crate) const APPLICATION_ID: i64 = 0x4149_4f4c;

/// Brings the tables to the newest version. A library that has it is not written to.
pub(crate) async fn prepare(connection: &mut Connection) -> Result<(), Error> {
    if version(&mut connection.session()).await? == KNOWN {
        return Ok(());
    }
    let mut transaction = connection.begin().await?;
    let mut session = transaction.session();
    // A server lets several transactions write; a SQLite file only one.
    #[cfg(feature = "postgres")]
    if matches!(session.dialect(), Dialect::Postgres) {
        session.execute("SELECT pg_advisory_xact_lock($1)", &[APPLICATION_ID.into()]).await?;
    }
    // Another program may have done it in the meantime.
    let from = version(&mut session).await?;
    for migration in MIGRATIONS.iter().filter(|migration| migration.version > from) {
        let script = match session.dialect() {
            Dialect::Sqlite => migration.sqlite,
            #[cfg(feature = "postgres")]
            Dialect::Postgres => migration.postgres,
        };
        session.script(script).await?;
        let args = [migration.version.into(), migration.name.into()];
        session.execute("INSERT INTO migrations (version, name) VALUES ($1, $2)", &args).await?;
    }
    transaction.commit().await
}

/// Version of the tables, 0 where there are none.
async fn version(session: &mut Session<'_>) -> Result<i64, Error> {
    let (tables, mark, expected) = match session.dialect() {
        Dialect::Sqlite => ("SELECT count(*) FROM sqlite_schema", "PRAGMA application_id", APPLICATION_ID),
        #[cfg(feature = "postgres")]
        Dialect::Postgres => (
            "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema()",
            "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema() AND tablename = 'migrations'",
            1,
        ),
    };
    if number(session, tables).await? == 0 {
        return Ok(0);
    }
    let location = session.location().to_owned();
    if number(session, mark).await? != expected {
        return Err(Error::NotALibrary { location });
    }
    let found = number(session, "SELECT max(version) FROM migrations").await?;
    if found > KNOWN {
        return Err(Error::NewerSchema { location, found, known: KNOWN });
    }
    Ok(found)
}

/// The one number that a query gives.
async fn number(session: &mut Session<'_>, sql: &'static str) -> Result<i64, Error> {
    let location = session.location();
    let cells = session.rows(sql, &[]).await?.pop().unwrap_or_default();
    Fields::new(location, "migrations", cells).unsigned("version")
}
