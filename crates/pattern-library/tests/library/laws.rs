//! Laws over random contents.

use pattern_library::{BlockingLibrary, Criterion, Figures, Library, Ranked, Ranking, Role, Run};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::common::{entry, level, run, runtime, strategy};

fn figures() -> impl Strategy<Value = Figures> {
    // Few values, so that ties are common.
    let number = || prop_oneof![-3..=3_i8, Just(0)].prop_map(f64::from);
    (proptest::option::of(number()), number(), number(), 0..4_u64)
        .prop_map(|(sharpe, net_profit, max_drawdown, n_trades)| Figures { sharpe, net_profit, max_drawdown, n_trades })
}

fn any_number() -> impl Strategy<Value = f64> {
    use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any_number().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// The ranking as a plain sort.
fn sorted(runs: &[Run], ids: &[String], ranking: &Ranking<'_>) -> Vec<(String, String, u32)> {
    let mut rows = Vec::new();
    for run in runs.iter().filter(|run| ranking.run.is_none_or(|id| id == run.id)) {
        for entry in &run.entries {
            for outcome in entry.outcomes.iter().filter(|outcome| outcome.role == ranking.role) {
                let id = ids[usize::from(entry.strategy.name.as_bytes()[0] - b'A')].clone();
                rows.push((outcome.figures, id, run.id.clone(), entry.rank));
            }
        }
    }
    rows.retain(|(figures, ..)| figures.n_trades >= ranking.min_trades);
    // Smallest first. A difference from zero is never -0, which `total_cmp` would put before 0.
    let key = |figures: &Figures| match ranking.criterion {
        Criterion::Sharpe => figures.sharpe.map_or(f64::INFINITY, |sharpe| 0.0 - sharpe),
        Criterion::NetProfit => 0.0 - figures.net_profit,
        Criterion::MaxDrawdown => figures.max_drawdown,
        Criterion::NTrades => 0.0 - figures.n_trades as f64,
    };
    rows.sort_by(|a, b| key(&a.0).total_cmp(&key(&b.0)).then_with(|| (&a.1, &a.2).cmp(&(&b.1, &b.2))));
    rows.truncate(ranking.limit as usize);
    rows.into_iter().map(|(_, id, run, rank)| (id, run, rank)).collect()
}

fn places(ranked: Vec<Ranked>) -> Vec<(String, String, u32)> {
    ranked.into_iter().map(|ranked| (ranked.strategy_id.to_string(), ranked.run_id, ranked.rank)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_stored_is_read_back(
        at in 0.5..2.0_f64,
        manifest in any_json(),
        metrics in any_json(),
        numbers in [any_number(), any_number()],
        sharpe in proptest::option::of(any_number()),
        n_trades in 0..=i64::MAX as u64,
        recorded_at_ns in any::<Option<i64>>(),
    ) {
        let figures = Figures { sharpe, net_profit: numbers[0], max_drawdown: numbers[1], n_trades };
        let mut entry = entry(1, "Breakout", at, figures, figures);
        entry.outcomes[0].metrics = metrics;
        let run = Run { id: "a".to_owned(), recorded_at_ns, manifest, entries: vec![entry] };
        let mut library = BlockingLibrary::open_in_memory().unwrap();
        library.store_run(&run).unwrap();
        prop_assert_eq!(library.run("a").unwrap(), Some(run));
    }

    #[test]
    fn ranking_is_a_sort(
        all in proptest::collection::vec((figures(), figures()), 1..12),
        criterion in proptest::sample::select(&Criterion::ALL),
        of_run in proptest::option::of(proptest::sample::select(&["a", "b"])),
        min_trades in 0..3_u64,
        limit in 0..8_u32,
    ) {
        let names = ["A", "B", "C", "D", "E", "F"];
        let runs: Vec<Run> = ["a", "b"].into_iter().zip(all.chunks(6)).map(|(id, chunk)| {
            let entries = (1..).zip(names).zip(chunk);
            run(id, entries.map(|((rank, name), (ins, out))| entry(rank, name, 1.0, *ins, *out)).collect())
        }).collect();
        let ranking = Ranking { criterion, role: Role::OutOfSample, run: of_run, min_trades, limit };
        let (ids, found) = runtime().block_on(async {
            let mut library = Library::open_in_memory().await.unwrap();
            let mut ids = Vec::new();
            for name in names {
                ids.push(library.store_strategy(&strategy(name), &level(1.0)).await.unwrap().to_string());
            }
            for run in &runs {
                library.store_run(run).await.unwrap();
            }
            (ids, library.ranking(&ranking).await.unwrap())
        });
        prop_assert_eq!(places(found), sorted(&runs, &ids, &ranking));
    }
}

#[test]
fn numbers_that_text_often_bends_are_read_back() {
    let numbers = json!([0.1 + 0.2, 1e-310, f64::MAX, f64::MIN_POSITIVE, 1.0 / 3.0, 4.35, 5e-324]);
    let mut library = BlockingLibrary::open_in_memory().unwrap();
    let run = Run { id: "a".to_owned(), recorded_at_ns: None, manifest: numbers, entries: Vec::new() };
    library.store_run(&run).unwrap();
    assert_eq!(library.run("a").unwrap(), Some(run));
}
