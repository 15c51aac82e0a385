//! What only a PostgreSQL server can get wrong.

use pattern_library::{Error, Library};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::common::{drop_schema, postgres_url, runtime, small_run};

async fn sql(url: &str, sql: String) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
}

#[test]
fn rejects_schema_names_that_would_need_quotes() {
    runtime().block_on(async {
        for name in ["", "Upper", "1st", "a-b", "a;b", "a\"b", &"x".repeat(64)] {
            let refused = Library::connect_postgres("postgres://127.0.0.1:1/x", name).await;
            assert!(matches!(refused, Err(Error::InvalidSchemaName { .. })), "{name}");
        }
    });
}

#[test]
fn an_unreachable_server_is_an_error_that_names_it_but_not_the_password() {
    runtime().block_on(async {
        for url in ["postgres://user:secret@127.0.0.1:1/x", "secret"] {
            let error = Library::connect_postgres(url, "s").await.expect_err("nobody listens there");
            assert!(matches!(error, Error::Connect { .. }), "{error}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    });
}

#[test]
fn a_schema_of_another_program_is_left_alone() {
    runtime().block_on(async {
        let Some(url) = postgres_url() else { return };
        drop_schema(&url, "of_another").await;
        sql(&url, "CREATE SCHEMA of_another; CREATE TABLE of_another.runs (id TEXT)".to_owned()).await;
        let error = Library::connect_postgres(&url, "of_another").await.expect_err("the table runs is not ours");
        assert!(matches!(error, Error::NotALibrary { .. }), "{error}");
        drop_schema(&url, "of_another").await;
    });
}

#[test]
fn a_library_of_a_newer_version_is_left_alone() {
    runtime().block_on(async {
        let Some(url) = postgres_url() else { return };
        drop_schema(&url, "newer").await;
        Library::connect_postgres(&url, "newer").await.unwrap().close().await.unwrap();
        sql(&url, "INSERT INTO newer.migrations (version, name) VALUES (7, 'later')".to_owned()).await;
        let error = Library::connect_postgres(&url, "newer").await.expect_err("version 7 is unknown");
        assert!(matches!(error, Error::NewerSchema { found: 7, known: 1, .. }), "{error}");
        drop_schema(&url, "newer").await;
    });
}

#[test]
fn a_corrupt_row_is_an_error_with_table_and_id() {
    runtime().block_on(async {
        let Some(url) = postgres_url() else { return };
        drop_schema(&url, "corrupt").await;
        let mut library = Library::connect_postgres(&url, "corrupt").await.unwrap();
        library.store_run(&small_run("a")).await.unwrap();
        sql(&url, "UPDATE corrupt.results SET max_drawdown = 'NaN' WHERE rank = 2".to_owned()).await;
        let error = library.run("a").await.expect_err("a drawdown is a number");
        let named = matches!(&error, Error::CorruptRow { table: "results", id, column: "max_drawdown", .. }
            if id == "a/2/in_sample");
        assert!(named, "{error}");
        drop_schema(&url, "corrupt").await;
    });
}

#[test]
fn several_programs_can_open_and_fill_a_new_library_at_once() {
    let Some(url) = postgres_url() else { return };
    runtime().block_on(drop_schema(&url, "at_once"));
    std::thread::scope(|scope| {
        for id in ["a", "b", "c", "d"] {
            let url = &url;
            scope.spawn(move || {
                let mut library = pattern_library::BlockingLibrary::connect_postgres(url, "at_once").unwrap();
                library.store_run(&small_run(id)).unwrap();
            });
        }
    });
    runtime().block_on(async {
        let mut library = Library::connect_postgres(&url, "at_once").await.unwrap();
        assert_eq!(library.runs().await.unwrap().len(), 4);
        drop_schema(&url, "at_once").await;
    });
}
