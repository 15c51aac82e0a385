//! The SQLite file: its bytes, and every way in which it can be wrong.

use std::fs;
use std::path::Path;

use pattern_library::{BlockingLibrary, Criterion, Error, Pattern, Ranking, Role};
use sqlx::{Connection as _, SqliteConnection};

use crate::common::{level, runtime, small_run, strategy};

/// Runs SQL on the file as another program would.
fn sql(path: &Path, sql: &'static str) {
    runtime().block_on(async {
        let mut connection = SqliteConnection::connect_with(&options(path)).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

fn options(path: &Path) -> sqlx::sqlite::SqliteConnectOptions {
    sqlx::sqlite::SqliteConnectOptions::new().filename(path).create_if_missing(true).foreign_keys(false)
}

fn open_error(path: &Path) -> Error {
    BlockingLibrary::open(path).expect_err("this must not open")
}

/// A library with a bit of everything.
fn fill(path: &Path) {
    let mut library = BlockingLibrary::open(path).unwrap();
    for id in ["first", "second", "first"] {
        library.store_run(&small_run(id)).unwrap();
    }
    let definition = serde_json::json!({"b": 2, "a": [1.5, null]});
    let pattern = Pattern { name: "doji".into(), kind: "candlestick".into(), definition, source: "rules".into() };
    library.store_pattern(&pattern).unwrap();
    library.delete_run("second").unwrap();
    library.close().unwrap();
}

#[test]
fn equal_calls_give_equal_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let [a, b] = ["a.sqlite", "b.sqlite"].map(|name| folder.path().join(name));
    fill(&a);
    fill(&b);
    assert!(fs::read(&a).unwrap() == fs::read(&b).unwrap(), "the files differ");
}

#[test]
fn opening_and_reading_leave_every_byte_and_no_other_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.sqlite");
    fill(&path);
    let before = fs::read(&path).unwrap();
    let mut library = BlockingLibrary::open(&path).unwrap();
    assert_eq!(library.run("first").unwrap(), Some(small_run("first")));
    assert_eq!(library.ranking(&Ranking::by(Criterion::Sharpe, Role::InSample)).unwrap().len(), 2);
    library.close().unwrap();
    assert!(fs::read(&path).unwrap() == before, "the file has changed");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a journal was left behind");
}

#[test]
fn any_file_name_will_do() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["with space", "ünïcode", "query?mode=ro", "100%20#x", "file:x", ":memory:x"] {
        let path = folder.path().join(name);
        fill(&path);
        assert!(path.is_file(), "{name}");
    }
}

#[test]
fn an_empty_file_becomes_a_library() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.sqlite");
    fs::write(&path, "").unwrap();
    fill(&path);
}

#[test]
fn a_missing_folder_is_an_error_with_the_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing").join("library.sqlite");
    let error = open_error(&path);
    assert!(matches!(&error, Error::Open { location, .. } if *location == path.display().to_string()), "{error}");
    assert!(error.to_string().contains("folder"), "{error}");
}

#[test]
fn a_folder_and_a_file_in_a_file_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(open_error(folder.path()), Error::Open { .. }));
    let file = folder.path().join("file");
    fs::write(&file, "text").unwrap();
    assert!(matches!(open_error(&file.join("library.sqlite")), Error::Open { .. }));
}

#[cfg(unix)]
#[test]
fn a_folder_without_write_permission_is_an_error() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.path().join("probe"), "").is_ok() {
        println!("skipped: this user may write to any folder");
        return;
    }
    assert!(matches!(open_error(&folder.path().join("library.sqlite")), Error::Open { .. }));
}

#[cfg(unix)]
#[test]
fn a_file_without_write_permission_can_be_read_only() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.sqlite");
    fill(&path);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    if fs::OpenOptions::new().append(true).open(&path).is_ok() {
        println!("skipped: this user may write to any file");
        return;
    }
    let mut library = BlockingLibrary::open(&path).unwrap();
    assert_eq!(library.run("first").unwrap(), Some(small_run("first")));
    assert!(matches!(library.store_run(&small_run("new")), Err(Error::ReadOnly { .. })));
}

#[test]
fn a_file_that_is_no_database_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    let text = "<html>not a database</html>".repeat(100);
    fs::write(&path, &text).unwrap();
    let error = open_error(&path);
    assert!(matches!(&error, Error::NotALibrary { location } if *location == path.display().to_string()), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_database_of_another_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.sqlite");
    sql(&path, "CREATE TABLE migrations (version INTEGER); INSERT INTO migrations VALUES (1)");
    let before = fs::read(&path).unwrap();
    assert!(matches!(open_error(&path), Error::NotALibrary { .. }));
    assert!(fs::read(&path).unwrap() == before, "the file has changed");
}

#[test]
fn a_library_of_a_newer_version_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.sqlite");
    fill(&path);
    sql(&path, "INSERT INTO migrations (version, name) VALUES (7, 'later')");
    let before = fs::read(&path).unwrap();
    let error = open_error(&path);
    assert!(matches!(error, Error::NewerSchema { found: 7, known: 1, .. }), "{error}");
    assert!(fs::read(&path).unwrap() == before, "the file has changed");
}

#[test]
fn a_damaged_file_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.sqlite");
    fill(&path);
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..].fill(0x5a);
    fs::write(&path, bytes).unwrap();
    let damaged = BlockingLibrary::open(&path).and_then(|mut library| library.runs());
    assert!(matches!(&damaged, Err(Error::Database { .. })), "{damaged:?}");
}

#[test]
fn a_library_locked_by_another_program_is_an_error_after_a_while() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.sqlite");
    fill(&path);
    let mut library = BlockingLibrary::open(&path).unwrap();
    let runtime = runtime();
    let mut other = runtime.block_on(SqliteConnection::connect_with(&options(&path))).unwrap();
    runtime.block_on(sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other)).unwrap();
    let error = library.store_run(&small_run("new")).expect_err("the other program is writing");
    assert!(matches!(error, Error::Busy { .. }), "{error}");
    runtime.block_on(sqlx::raw_sql("COMMIT").execute(&mut other)).unwrap();
    library.store_run(&small_run("new")).unwrap();
}

#[test]
fn several_programs_can_open_and_fill_a_new_library_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.sqlite");
    std::thread::scope(|scope| {
        for id in ["a", "b", "c", "d"] {
            let path = &path;
            scope.spawn(move || BlockingLibrary::open(path).unwrap().store_run(&small_run(id)).unwrap());
        }
    });
    let ids: Vec<_> = BlockingLibrary::open(&path).unwrap().runs().unwrap().into_iter().map(|run| run.id).collect();
    assert_eq!(ids, ["a", "b", "c", "d"]);
}

#[test]
fn a_corrupt_row_is_an_error_with_table_and_id() {
    let strategy_id = {
        let run = small_run("first");
        let mut library = BlockingLibrary::open_in_memory().unwrap();
        library.store_strategy(&run.entries[0].strategy, &run.entries[0].params).unwrap().to_string()
    };
    // What is done to the library, and the table, id and column that the error must name.
    for (change, table, id, column) in [
        ("UPDATE runs SET manifest = '{'", "runs", "first", "manifest"),
        ("UPDATE strategies SET strategy = '{}'", "strategies", "", "strategy"),
        ("UPDATE strategies SET strategy = replace(strategy, '\"gt\"', '\"above\"')", "strategies", "", "strategy"),
        (
            "UPDATE strategies SET strategy = replace(strategy, '\"input\":0', '\"input\":9')",
            "strategies",
            "",
            "strategy",
        ),
        ("UPDATE strategies SET params = '[99.0]'", "strategies", "", "params"),
        ("UPDATE strategies SET params = '[]'", "strategies", "", "params"),
        ("UPDATE strategies SET params = '[1.25]' WHERE name = 'Breakout'", "strategies", "", "id"),
        ("UPDATE results SET metrics = 'null and void'", "results", "first/1/in_sample", "metrics"),
        ("UPDATE results SET sharpe = 9e999", "results", "first/1/in_sample", "sharpe"),
        ("UPDATE results SET rank = rank + 9999999999", "results", "first", "rank"),
    ] {
        let id = if id.is_empty() { strategy_id.as_str() } else { id };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.sqlite");
        fill(&path);
        sql(&path, change);
        let error = BlockingLibrary::open(&path).unwrap().run("first").expect_err(change);
        let named = matches!(&error, Error::CorruptRow { location, table: t, id: i, column: c, .. }
            if *location == path.display().to_string() && (*t, i.as_str(), *c) == (table, id, column));
        assert!(named, "{change}: {error}");
    }
}

#[test]
fn a_corrupt_row_is_found_by_every_way_of_reading() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.sqlite");
    fill(&path);
    let mut library = BlockingLibrary::open(&path).unwrap();
    let id = library.strategies().unwrap()[0].id;
    sql(
        &path,
        "UPDATE patterns SET definition = '{'; UPDATE strategies SET params = '{'; UPDATE results SET metrics = '{'",
    );
    let errors = [
        library.pattern("doji").map(drop),
        library.patterns(Some("candlestick")).map(drop),
        library.strategy(id).map(drop),
        library.history(id).map(drop),
    ];
    let named = errors.map(|result| match result {
        Err(Error::CorruptRow { table, id, column, .. }) => format!("{table} {id} {column}"),
        other => panic!("no corrupt row was found: {other:?}"),
    });
    let strategy = format!("strategies {id} params");
    assert_eq!(
        named,
        ["patterns doji definition", "patterns doji definition", &strategy, "results first/1/in_sample metrics"]
    );
}

#[test]
fn the_tables_refuse_what_is_no_result() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.sqlite");
    fill(&path);
    for change in [
        "UPDATE results SET role = 'sample'",
        "UPDATE results SET rank = 0",
        "UPDATE results SET n_trades = -1",
        "UPDATE results SET net_profit = NULL",
        "UPDATE results SET net_profit = 'much'",
        "UPDATE strategies SET id = NULL",
    ] {
        runtime().block_on(async {
            let mut connection = SqliteConnection::connect_with(&options(&path)).await.unwrap();
            assert!(sqlx::raw_sql(change).execute(&mut connection).await.is_err(), "{change}");
        });
    }
}

#[test]
fn a_blocking_library_refuses_to_stop_a_runtime() {
    let mut library = BlockingLibrary::open_in_memory().unwrap();
    let runtime = runtime();
    runtime.block_on(async {
        assert!(matches!(BlockingLibrary::open_in_memory(), Err(Error::InsideRuntime)));
        assert!(matches!(library.runs(), Err(Error::InsideRuntime)));
    });
    library.store_strategy(&strategy("Breakout"), &level(1.0)).unwrap();
}
