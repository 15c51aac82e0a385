//! Backends and contents for the tests.

use pattern_library::{Entry, Figures, Library, Outcome, Role, Run};
use serde_json::json;
use strategy::{Params, Strategy};

/// Runs `test` on a library in memory, on one in a file and, where there is a server, on PostgreSQL. `name` keeps the
/// tests apart on the server.
pub(crate) fn on_each_backend(name: &str, test: impl AsyncFn(Library)) {
    runtime().block_on(async {
        test(Library::open_in_memory().await.expect("SQLite starts")).await;
        let folder = tempfile::tempdir().expect("a temporary folder");
        test(Library::open(&folder.path().join("library.sqlite")).await.expect("the folder is writable")).await;
        #[cfg(feature = "postgres")]
        on_postgres(name, test).await;
        #[cfg(not(feature = "postgres"))]
        println!("skipped: {name} on PostgreSQL, because the feature `postgres` is off");
    });
}

#[cfg(feature = "postgres")]
async fn on_postgres(name: &str, test: impl AsyncFn(Library)) {
    let Some(url) = postgres_url() else { return };
    drop_schema(&url, name).await;
    test(Library::connect_postgres(&url, name).await.expect("the server lets us in")).await;
    drop_schema(&url, name).await;
}

#[cfg(feature = "postgres")]
pub(crate) fn postgres_url() -> Option<String> {
    let url = std::env::var_os("AIO_TEST_POSTGRES_URL").and_then(|url| url.into_string().ok());
    if url.is_none() {
        println!("skipped: PostgreSQL, because AIO_TEST_POSTGRES_URL is not set (`cargo xtask test` sets it)");
    }
    url
}

#[cfg(feature = "postgres")]
pub(crate) async fn drop_schema(url: &str, name: &str) {
    use sqlx::Connection;
    let mut connection = sqlx::PgConnection::connect(url).await.expect("the server lets us in");
    let sql = sqlx::AssertSqlSafe(format!("DROP SCHEMA IF EXISTS {name} CASCADE"));
    sqlx::raw_sql(sql).execute(&mut connection).await.expect("the schema is ours");
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts")
}

/// A valid strategy with one input from 0.5 to 2.
pub(crate) fn strategy(name: &str) -> Strategy {
    let level = json!({"name": "level", "kind": {"float": {"default": 1.1, "min": 0.5, "max": 2.0, "step": 0.01}}});
    let long = json!({
        "entry": {"compare": ["gt", {"price": "close"}, {"input": 0}]},
        "exit": {"compare": ["lt", {"price": "close"}, {"input": 0}]},
    });
    let tree = json!({
        "name": name, "inputs": [level], "long": long, "short": null, "risk": {}, "sizing": {"rule": {"units": 1000.0}},
    });
    serde_json::from_value(tree).expect("the tree has the shape of a strategy")
}

pub(crate) fn level(value: f64) -> Params {
    Params::new(vec![value])
}

pub(crate) fn figures(sharpe: impl Into<Option<f64>>, net_profit: f64, max_drawdown: f64, n_trades: u64) -> Figures {
    Figures { sharpe: sharpe.into(), net_profit, max_drawdown, n_trades }
}

pub(crate) fn outcome(role: Role, figures: Figures) -> Outcome {
    Outcome { role, figures, metrics: json!({"win_rate": 0.1 + 0.2, "net_profit": figures.net_profit}) }
}

/// An entry with the strategy `name` at `level`, measured on both roles.
pub(crate) fn entry(rank: u32, name: &str, at: f64, in_sample: Figures, out_of_sample: Figures) -> Entry {
    let outcomes = vec![outcome(Role::InSample, in_sample), outcome(Role::OutOfSample, out_of_sample)];
    Entry { rank, strategy: strategy(name), params: level(at), outcomes }
}

pub(crate) fn run(id: &str, entries: Vec<Entry>) -> Run {
    Run { id: id.to_owned(), recorded_at_ns: None, manifest: json!({"seed": 42, "step": 0.1}), entries }
}

/// A run of two entries.
pub(crate) fn small_run(id: &str) -> Run {
    let first = entry(1, "Breakout", 1.2, figures(1.9, 900.0, 0.05, 80), figures(0.8, 150.5, 0.07, 31));
    let second = entry(2, "Fade", 0.9, figures(1.5, 700.0, 0.04, 60), figures(None, 0.0, 0.0, 0));
    run(id, vec![first, second])
}
