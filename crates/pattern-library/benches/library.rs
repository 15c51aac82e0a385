//! Writing and ranking results. Watches the cost of one result row (encoding, one statement, four indexes), of the sync
//! at the end of a run, and that a ranking reads an index and not the table.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pattern_library::{BlockingLibrary, Entry, Figures, Outcome, Ranking, Role, Run};
use serde_json::json;
use strategy::{Params, Strategy};

fn strategy() -> Strategy {
    serde_json::from_value(json!({
        "name": "Above the level", "sizing": {"rule": {"units": 1000.0}}, "risk": {}, "short": null,
        "inputs": [{"name": "level", "kind": {"float": {"default": 1.1, "min": 0.5, "max": 2.0, "step": 0.1}}}],
        "long": {
            "entry": {"compare": ["gt", {"price": "close"}, {"input": 0}]},
            "exit": {"compare": ["lt", {"price": "close"}, {"input": 0}]},
        },
    }))
    .expect("the tree has the shape of a strategy")
}

/// A run of `n_entries` strategies with one result each.
fn run(id: &str, n_entries: u32) -> Run {
    let entries = (1..=n_entries).map(|rank| {
        // A fixed shuffle, so that index pages are not filled in order.
        let shuffled = f64::from(rank.wrapping_mul(2_654_435_761) >> 8) / f64::from(1 << 24);
        let figures =
            Figures { sharpe: Some(shuffled), net_profit: shuffled * 1e3, max_drawdown: shuffled, n_trades: 50 };
        let metrics = json!({"win_rate": 0.5, "profit_factor": 1.2, "sortino": 0.9, "costs": 12.5});
        let outcomes = vec![Outcome { role: Role::OutOfSample, figures, metrics }];
        let params = Params::new(vec![0.5 + f64::from(rank) / f64::from(n_entries)]);
        Entry { rank, strategy: strategy(), params, outcomes }
    });
    Run { id: id.to_owned(), recorded_at_ns: None, manifest: json!({}), entries: entries.collect() }
}

fn storing(c: &mut Criterion) {
    let mut group = c.benchmark_group("pattern-library/store_run");
    group.sample_size(10);
    let folder = tempfile::tempdir().expect("a temporary folder");
    for n_entries in [5, 1_000] {
        let run = run("run", n_entries);
        let mut library = BlockingLibrary::open(&folder.path().join(n_entries.to_string())).expect("a new library");
        group.throughput(Throughput::Elements(u64::from(n_entries)));
        group.bench_function(BenchmarkId::from_parameter(n_entries), |b| {
            b.iter(|| library.store_run(black_box(&run)).expect("the run is valid"));
        });
    }
    group.finish();
}

fn ranking(c: &mut Criterion) {
    let mut group = c.benchmark_group("pattern-library/ranking");
    let query = Ranking::by(pattern_library::Criterion::Sharpe, Role::OutOfSample);
    for n_results in [1_000, 10_000] {
        let mut library = BlockingLibrary::open_in_memory().expect("a new library");
        library.store_run(&run("run", n_results)).expect("the run is valid");
        group.bench_function(BenchmarkId::from_parameter(n_results), |b| {
            b.iter(|| library.ranking(black_box(&query)).expect("the library is whole"));
        });
    }
    group.finish();
}

criterion_group!(benches, storing, ranking);
criterion_main!(benches);
