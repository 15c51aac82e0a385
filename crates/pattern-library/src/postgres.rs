//! Connecting to a PostgreSQL server.

use std::str::FromStr;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};

use crate::Error;
use crate::database::{Connection, ConnectionKind, classify};

/// A connection whose tables are those of `schema`.
pub(crate) async fn connect(url: &str, schema: &str) -> Result<Connection, Error> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if schema.len() > 63 || !schema.starts_with(|c: char| c.is_ascii_lowercase()) || !schema.bytes().all(is_plain) {
        return Err(Error::InvalidSchemaName { name: schema.to_owned() });
    }
    let refused = |location: &str, source| Error::Connect { location: location.to_owned(), source: Box::new(source) };
    // The URL itself is not told: it may hold a password.
    let options = PgConnectOptions::from_str(url).map_err(|error| refused("of the PostgreSQL URL given", error))?;
    let database = options.get_database().unwrap_or_else(|| options.get_username());
    let location = format!("postgres://{}:{}/{database} (schema {schema})", options.get_host(), options.get_port());
    let options = options.options([("search_path", schema)]).disable_statement_logging();
    let mut connection = options.connect().await.map_err(|error| refused(&location, error))?;
    create_schema(&mut connection, schema).await.map_err(|error| classify(&location, error))?;
    Ok(Connection { location, kind: ConnectionKind::Postgres(connection) })
}

/// Looks before it creates: the right to create is needed only where the schema is missing.
async fn create_schema(connection: &mut PgConnection, schema: &str) -> Result<(), sqlx::Error> {
    let known = sqlx::query("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1").bind(schema);
    if known.fetch_optional(&mut *connection).await?.is_none() {
        // Both statements are one transaction; the lock makes a program that does the same wait.
        let lock = crate::schema::APPLICATION_ID;
        let create = format!("SELECT pg_advisory_xact_lock({lock}); CREATE SCHEMA IF NOT EXISTS {schema}");
        sqlx::raw_sql(AssertSqlSafe(create)).execute(connection).await?;
    }
    Ok(())
}
