//! What a library does, the same on every backend.

use pattern_library::{Criterion, Error, Library, Pattern, Ranking, Role, Run, RunProblem, RunSummary};
use serde_json::json;

use crate::common::{entry, figures, level, on_each_backend, run, small_run, strategy};

async fn id_of(library: &mut Library, name: &str, at: f64) -> pattern_library::StrategyId {
    library.store_strategy(&strategy(name), &level(at)).await.expect("the strategy is valid")
}

#[test]
fn a_run_is_read_back_as_it_was_stored() {
    on_each_backend("read_back", async |mut library| {
        let run = Run { recorded_at_ns: Some(1_556_668_800_000_000_001), ..small_run("a") };
        library.store_run(&run).await.unwrap();
        assert_eq!(library.run("a").await.unwrap(), Some(run));
        assert_eq!(library.run("b").await.unwrap(), None);
    });
}

#[test]
fn entries_and_outcomes_come_back_in_order() {
    on_each_backend("in_order", async |mut library| {
        let mut shuffled = small_run("a");
        shuffled.entries.reverse();
        shuffled.entries.iter_mut().for_each(|entry| entry.outcomes.reverse());
        library.store_run(&shuffled).await.unwrap();
        assert_eq!(library.run("a").await.unwrap(), Some(small_run("a")));
    });
}

#[test]
fn storing_a_run_again_changes_nothing() {
    on_each_backend("again", async |mut library| {
        for _ in 0..3 {
            library.store_run(&small_run("a")).await.unwrap();
        }
        assert_eq!(library.run("a").await.unwrap(), Some(small_run("a")));
        assert_eq!(library.strategies().await.unwrap().len(), 2);
        assert_eq!(library.ranking(&Ranking::by(Criterion::NTrades, Role::InSample)).await.unwrap().len(), 2);
    });
}

#[test]
fn a_run_of_the_same_id_is_replaced() {
    on_each_backend("replaced", async |mut library| {
        library.store_run(&small_run("a")).await.unwrap();
        let figures = figures(0.1, 1.0, 0.5, 3);
        let shorter = run("a", vec![entry(1, "Other", 1.0, figures, figures)]);
        library.store_run(&shorter).await.unwrap();
        assert_eq!(library.run("a").await.unwrap(), Some(shorter));
        assert_eq!(library.strategies().await.unwrap().len(), 3, "strategies stay");
    });
}

#[test]
fn a_run_without_entries_is_a_run() {
    on_each_backend("no_entries", async |mut library| {
        library.store_run(&run("a", vec![])).await.unwrap();
        assert_eq!(library.run("a").await.unwrap(), Some(run("a", vec![])));
        let summary = RunSummary { id: "a".to_owned(), recorded_at_ns: None, n_strategies: 0 };
        assert_eq!(library.runs().await.unwrap(), [summary]);
    });
}

#[test]
fn runs_are_listed_by_time_and_id_and_can_be_deleted() {
    on_each_backend("listed", async |mut library| {
        for (id, recorded_at_ns) in [("d", Some(5)), ("B", None), ("c", Some(-7)), ("a", None)] {
            library.store_run(&Run { recorded_at_ns, ..small_run(id) }).await.unwrap();
        }
        let ids = async |library: &mut Library| -> Vec<String> {
            library.runs().await.unwrap().into_iter().map(|run| run.id).collect()
        };
        // Upper case first, whatever the server's language.
        assert_eq!(ids(&mut library).await, ["B", "a", "c", "d"]);
        assert!(library.runs().await.unwrap().iter().all(|run| run.n_strategies == 2));
        assert!(library.delete_run("c").await.unwrap());
        assert!(!library.delete_run("c").await.unwrap());
        assert_eq!(ids(&mut library).await, ["B", "a", "d"]);
    });
}

#[test]
fn a_strategy_is_known_by_its_content() {
    on_each_backend("by_content", async |mut library| {
        let id = id_of(&mut library, "Breakout", 1.2).await;
        assert_eq!(id_of(&mut library, "Breakout", 1.2).await, id);
        assert_ne!(id_of(&mut library, "Breakout", 1.3).await, id);
        assert_ne!(id_of(&mut library, "Fade", 1.2).await, id);
        let stored = library.strategy(id).await.unwrap().expect("it was stored");
        assert_eq!((stored.id, stored.strategy, stored.params), (id, strategy("Breakout"), level(1.2)));
        let names: Vec<_> = library.strategies().await.unwrap().into_iter().map(|strategy| strategy.name).collect();
        assert_eq!(names, ["Breakout", "Breakout", "Fade"]);
    });
}

#[test]
fn a_strategy_in_use_cannot_be_deleted() {
    on_each_backend("in_use", async |mut library| {
        library.store_run(&small_run("a")).await.unwrap();
        let id = id_of(&mut library, "Breakout", 1.2).await;
        let error = library.delete_strategy(id).await.expect_err("run a refers to it");
        assert!(matches!(error, Error::StrategyInUse { strategy, n_results: 2 } if strategy == id), "{error}");
        assert!(library.delete_run("a").await.unwrap());
        assert!(library.delete_strategy(id).await.unwrap());
        assert!(!library.delete_strategy(id).await.unwrap());
        assert_eq!(library.strategy(id).await.unwrap(), None);
    });
}

#[test]
fn history_has_every_run_of_a_strategy_in_time() {
    on_each_backend("history", async |mut library| {
        for (id, recorded_at_ns) in [("late", Some(9)), ("early", Some(2)), ("some_day", None)] {
            library.store_run(&Run { recorded_at_ns, ..small_run(id) }).await.unwrap();
        }
        let id = id_of(&mut library, "Fade", 0.9).await;
        let history = library.history(id).await.unwrap();
        let places: Vec<_> = history.iter().map(|entry| (entry.run_id.as_str(), entry.outcome.role)).collect();
        let both = |run| [(run, Role::InSample), (run, Role::OutOfSample)];
        assert_eq!(places, [both("some_day"), both("early"), both("late")].concat());
        assert!(history.iter().all(|entry| entry.rank == 2));
        assert_eq!(history[0].outcome, small_run("a").entries[1].outcomes[0]);
        let unknown = id_of(&mut library, "Unused", 1.0).await;
        assert_eq!(library.history(unknown).await.unwrap(), []);
    });
}

#[test]
fn ranking_goes_by_each_criterion() {
    on_each_backend("criteria", async |mut library| {
        let out = [
            figures(0.5, 300.0, 0.20, 10),
            figures(None, 400.0, 0.30, 40),
            figures(1.5, -100.0, 0.10, 30),
            figures(-2.0, 200.0, 0.05, 20),
        ];
        let other_role = figures(9.0, 9e9, 0.0, 999);
        let names = ["A", "B", "C", "D"];
        let entries = (1..).zip(names).zip(out).map(|((rank, name), out)| entry(rank, name, 1.0, other_role, out));
        library.store_run(&run("a", entries.collect())).await.unwrap();
        let mut order = async |criterion| -> String {
            let ranked = library.ranking(&Ranking::by(criterion, Role::OutOfSample)).await.unwrap();
            ranked.into_iter().map(|ranked| ranked.name).collect()
        };
        assert_eq!(order(Criterion::Sharpe).await, "CADB", "an undefined ratio comes last");
        assert_eq!(order(Criterion::NetProfit).await, "BADC");
        assert_eq!(order(Criterion::MaxDrawdown).await, "DCAB");
        assert_eq!(order(Criterion::NTrades).await, "BCDA");
    });
}

#[test]
fn ranking_can_be_limited_to_a_run_a_number_and_enough_trades() {
    on_each_backend("limited", async |mut library| {
        library.store_run(&small_run("a")).await.unwrap();
        library.store_run(&small_run("b")).await.unwrap();
        let all = Ranking::by(Criterion::NetProfit, Role::InSample);
        let mut count = async |ranking: Ranking<'_>| library.ranking(&ranking).await.unwrap().len();
        assert_eq!(count(all).await, 4);
        assert_eq!(count(Ranking { run: Some("b"), ..all }).await, 2);
        assert_eq!(count(Ranking { run: Some("c"), ..all }).await, 0);
        assert_eq!(count(Ranking { limit: 3, ..all }).await, 3);
        assert_eq!(count(Ranking { limit: 0, ..all }).await, 0);
        assert_eq!(count(Ranking { min_trades: 80, ..all }).await, 2);
        assert_eq!(count(Ranking { min_trades: 81, ..all }).await, 0);
        assert_eq!(count(Ranking { min_trades: u64::MAX, ..all }).await, 0);
    });
}

#[test]
fn patterns_are_stored_replaced_listed_and_deleted() {
    on_each_backend("patterns", async |mut library| {
        let pattern = |name: &str, kind: &str| Pattern {
            name: name.to_owned(),
            kind: kind.to_owned(),
            definition: json!({"body_fraction_max": 0.1, "note": "quotes ' and \" stay"}),
            source: "rules".to_owned(),
        };
        let (doji, line) = (pattern("doji", "candlestick"), pattern("channel", "trend_line"));
        library.store_pattern(&pattern("doji", "other")).await.unwrap();
        library.store_pattern(&doji).await.unwrap();
        library.store_pattern(&line).await.unwrap();
        assert_eq!(library.pattern("doji").await.unwrap(), Some(doji.clone()));
        assert_eq!(library.patterns(None).await.unwrap(), [line, doji.clone()]);
        assert_eq!(library.patterns(Some("candlestick")).await.unwrap(), [doji]);
        assert!(library.delete_pattern("doji").await.unwrap());
        assert!(!library.delete_pattern("doji").await.unwrap());
        assert_eq!(library.pattern("doji").await.unwrap(), None);
    });
}

#[test]
fn rejects_unusable_names() {
    on_each_backend("names", async |mut library| {
        for id in ["", "a\nb", "nul\0", &"x".repeat(201)] {
            let error = library.store_run(&run(id, vec![])).await.expect_err(id);
            assert!(matches!(error, Error::InvalidText { what: "run id", .. }), "{error}");
        }
        let pattern =
            Pattern { name: "doji".into(), kind: String::new(), definition: json!(1), source: "rules".into() };
        let error = library.store_pattern(&pattern).await.expect_err("the kind is empty");
        assert!(matches!(error, Error::InvalidText { what: "pattern kind", .. }), "{error}");
    });
}

#[test]
fn rejects_a_run_that_contradicts_itself_and_keeps_the_old_one() {
    on_each_backend("contradiction", async |mut library| {
        library.store_run(&small_run("a")).await.unwrap();
        for (change, expected) in contradictions() {
            let mut broken = small_run("a");
            change(&mut broken);
            let error = library.store_run(&broken).await.expect_err("the run is broken");
            assert!(matches!(&error, Error::InvalidRun { problem, .. } if *problem == expected), "{error}");
        }
        assert_eq!(library.run("a").await.unwrap(), Some(small_run("a")));
    });
}

type Change = fn(&mut Run);

fn contradictions() -> Vec<(Change, RunProblem)> {
    let (rank, role) = (2, Role::InSample);
    vec![
        (|run| run.entries[0].rank = 0, RunProblem::RankZero),
        (|run| run.entries[0].rank = 2, RunProblem::RankTwice { rank }),
        (|run| run.entries[1].outcomes.clear(), RunProblem::NoOutcome { rank }),
        (|run| run.entries[1].outcomes[1].role = Role::InSample, RunProblem::RoleTwice { rank, role }),
        (
            |run| {
                run.entries[1].strategy = run.entries[0].strategy.clone();
                run.entries[1].params = run.entries[0].params.clone();
            },
            RunProblem::StrategyTwice { first: 1, second: 2 },
        ),
        (
            |run| run.entries[1].outcomes[0].figures.sharpe = Some(f64::INFINITY),
            RunProblem::Figure { rank, role, figure: "sharpe", value: f64::INFINITY },
        ),
        (
            |run| run.entries[1].outcomes[0].figures.net_profit = f64::NEG_INFINITY,
            RunProblem::Figure { rank, role, figure: "net_profit", value: f64::NEG_INFINITY },
        ),
        (
            |run| run.entries[1].outcomes[0].figures.max_drawdown = f64::INFINITY,
            RunProblem::Figure { rank, role, figure: "max_drawdown", value: f64::INFINITY },
        ),
        (
            |run| run.entries[1].outcomes[0].figures.n_trades = u64::MAX,
            RunProblem::Figure { rank, role, figure: "n_trades", value: u64::MAX as f64 },
        ),
    ]
}

#[test]
fn rejects_an_invalid_strategy_and_parameters_that_do_not_fit() {
    on_each_backend("invalid", async |mut library| {
        let mut no_rule = strategy("No rule");
        no_rule.long = None;
        for (strategy, params) in [
            (no_rule, level(1.0)),
            (strategy("Outside"), level(2.5)),
            (strategy("Not a number"), level(f64::NAN)),
            (strategy("Too many"), strategy::Params::new(vec![1.0, 1.0])),
        ] {
            let error = library.store_strategy(&strategy, &params).await.expect_err(&strategy.name);
            assert!(matches!(&error, Error::InvalidStrategy { name, .. } if *name == strategy.name), "{error}");
        }
        assert_eq!(library.strategies().await.unwrap(), []);
    });
}

#[test]
fn a_call_given_up_half_way_happens_as_a_whole_or_not_at_all() {
    on_each_backend("given_up", async |mut library| {
        let figures = figures(1.0, 1.0, 0.1, 10);
        let many = (1..=100).map(|rank| entry(rank, "Breakout", 0.5 + f64::from(rank) / 100.0, figures, figures));
        let many = run("a", many.collect());
        for wait_ms in [0, 1, 2, 4, 8] {
            let wait = std::time::Duration::from_millis(wait_ms);
            let _ = tokio::time::timeout(wait, library.store_run(&many)).await;
            let found = library.run("a").await.unwrap();
            assert!(found.is_none() || found.as_ref() == Some(&many), "a part of the run is stored");
            library.delete_run("a").await.unwrap();
        }
        library.store_run(&many).await.unwrap();
        assert_eq!(library.run("a").await.unwrap(), Some(many));
    });
}

#[test]
fn calls_can_move_between_threads() {
    fn is_send<T: Send>(_: &T) {}
    on_each_backend("send", async |mut library| {
        let run = small_run("a");
        is_send(&library.store_run(&run));
        is_send(&library.ranking(&Ranking::by(Criterion::Sharpe, Role::InSample)));
        is_send(&library);
    });
}
