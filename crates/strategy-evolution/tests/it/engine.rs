//! The search goes on the same way whatever interrupts it, and selection does what it says.

use strategy::{SizeRule, Strategy as Rules};
use strategy_evolution::{
    Error, Evolution, Grammar, Grid, Limits, Measure, Origin, Outcome, Parsimony, Refusal, Settings, Sides, Snapshot,
    Vocabulary,
};

fn words() -> Vocabulary {
    Vocabulary::standard(Sides::Both, [SizeRule::Units(1_000.0)])
}

fn settings() -> Settings {
    Settings { population: 30, elites: 3, best: 5, ..Settings::default() }
}

/// A value that depends on the strategy alone, with failures and repeated behaviour.
fn judge(strategy: &Rules) -> Outcome {
    let mut calls = 0_u32;
    strategy.for_each_indicator(&mut |call, _| calls += u32::from(call.kind.name() == "rsi") * 3 + 1);
    let print = Grammar::fingerprint(strategy).0;
    if print.is_multiple_of(11) {
        return Outcome::Failed;
    }
    let nodes = Grammar::nodes(strategy) as f64;
    Outcome::Value { value: f64::from(calls) - 0.1 * nodes, behaviour: u64::try_from(print % 997).ok() }
}

fn run(evolution: &mut Evolution, generations: u64) {
    let end = evolution.generation() + generations;
    while evolution.generation() < end {
        for proposal in evolution.ask(7) {
            evolution.tell(proposal.id, judge(&proposal.strategy)).unwrap();
        }
    }
}

fn written(evolution: &Evolution) -> String {
    serde_json::to_string(&evolution.snapshot()).unwrap()
}

#[test]
fn the_order_of_outcomes_changes_nothing() {
    let mut forward = Evolution::new(words(), settings(), 5).unwrap();
    let mut backward = forward.clone();
    run(&mut forward, 6);
    for _ in 0..6 {
        let mut proposals = backward.ask(usize::MAX);
        proposals.reverse();
        for proposal in proposals {
            backward.tell(proposal.id, judge(&proposal.strategy)).unwrap();
        }
    }
    assert_eq!(written(&forward), written(&backward));
    let mut other = Evolution::new(words(), settings(), 6).unwrap();
    run(&mut other, 6);
    assert_ne!(forward.best(), other.best());
}

#[test]
fn a_resumed_search_goes_on_bit_for_bit() {
    let mut whole = Evolution::new(words(), settings(), 8).unwrap();
    run(&mut whole, 5);
    for told in [0, 1, 29, 30, 31, 77] {
        let mut part = Evolution::new(words(), settings(), 8).unwrap();
        let mut left = told;
        while left > 0 {
            for proposal in part.ask(left.min(4)) {
                part.tell(proposal.id, judge(&proposal.strategy)).unwrap();
                left -= 1;
            }
        }
        part.ask(3); // under way when the machine stops
        let snapshot: Snapshot = serde_json::from_str(&written(&part)).unwrap();
        let mut resumed = Evolution::resume(snapshot).unwrap();
        let generation = resumed.generation();
        run(&mut resumed, 5 - generation);
        assert_eq!(written(&whole), written(&resumed), "after {told} outcomes");
    }
}

#[test]
fn nothing_is_proposed_twice_and_all_is_counted() {
    let mut evolution = Evolution::new(words(), settings(), 1).unwrap();
    let mut known = std::collections::BTreeSet::new();
    let (mut asked, mut failed) = (0, 0);
    for _ in 0..60 {
        for proposal in evolution.ask(usize::MAX) {
            assert!(known.insert(Grammar::fingerprint(&proposal.strategy)));
            let outcome = judge(&proposal.strategy);
            (asked, failed) = (asked + 1, failed + u64::from(outcome == Outcome::Failed));
            evolution.tell(proposal.id, outcome).unwrap();
        }
    }
    assert_eq!((evolution.n_evaluated(), evolution.n_failed()), (asked, failed));
    assert!(failed > 0 && evolution.n_duplicates() > 0, "{failed} failed, {} left out", evolution.n_duplicates());
    let best: Vec<f64> = evolution.best().iter().map(|found| found.value).collect();
    assert!(best.is_sorted_by(|one, next| one >= next) && best.len() == 5);
    let first = evolution.history()[0];
    assert!(best[0] > first.best.unwrap(), "{best:?} against {first:?}");
    let parents: Vec<Option<u64>> = evolution.population().iter().map(|found| found.behaviour).collect();
    let different: std::collections::BTreeSet<_> = parents.iter().collect();
    assert_eq!(different.len(), parents.len(), "two parents behave alike");
}

#[test]
fn outcomes_that_make_no_sense_are_errors_and_change_nothing() {
    let mut evolution = Evolution::new(words(), settings(), 1).unwrap();
    assert!(matches!(evolution.tell(0, Outcome::value(1.0)), Err(Error::NotWaiting { id: 0 })));
    let proposal = evolution.ask(1).remove(0);
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let told = evolution.tell(proposal.id, Outcome::value(value));
        assert!(matches!(told, Err(Error::NotFinite { .. })));
    }
    assert!(matches!(evolution.tell(1, Outcome::value(1.0)), Err(Error::NotWaiting { id: 1 })));
    evolution.tell(proposal.id, Outcome::value(1.0)).unwrap();
    assert!(matches!(evolution.tell(proposal.id, Outcome::value(1.0)), Err(Error::NotWaiting { .. })));
}

#[test]
fn a_generation_of_failures_is_followed_by_random_strategies() {
    let mut evolution = Evolution::new(words(), settings(), 1).unwrap();
    for proposal in evolution.ask(usize::MAX) {
        evolution.tell(proposal.id, Outcome::Failed).unwrap();
    }
    let next = evolution.ask(usize::MAX);
    assert_eq!(next.len(), 30);
    assert!(next.iter().all(|proposal| proposal.origin == Origin::Random));
    assert_eq!((evolution.best().len(), evolution.history()[0].best), (0, None));
}

#[test]
fn stagnation_brings_immigrants() {
    let settings = Settings { stagnation: Some(2), immigrants: 0.0, population: 100, ..settings() };
    let mut evolution = Evolution::new(words(), settings, 1).unwrap();
    for _ in 0..6 {
        for proposal in evolution.ask(usize::MAX) {
            evolution.tell(proposal.id, Outcome::value(1.0)).unwrap();
        }
    }
    // Generation 0 sets the best; 1 and 2 are no better, so that 3 has immigrants; 4 is bred again.
    let random: Vec<usize> = evolution.history().iter().map(|generation| generation.random).collect();
    assert!(random[0] == 100 && (30..70).contains(&random[3]), "{random:?}");
    assert!(random[1] < 20 && random[2] < 20 && random[4] < 20, "{random:?}");
}

#[test]
fn parsimony_keeps_strategies_small_where_size_pays_by_chance_only() {
    let run = |parsimony, seed| {
        let settings = Settings { parsimony, population: 60, ..settings() };
        let mut words = words();
        words.limits = Limits { max_nodes: 300, max_depth: 14, initial_depth: 3 };
        let mut evolution = Evolution::new(words, settings, seed).unwrap();
        for _ in 0..15 {
            for proposal in evolution.ask(usize::MAX) {
                // Every node brings a little, as it does where a strategy is fitted to noise.
                let luck = u8::try_from(Grammar::fingerprint(&proposal.strategy).0 % 256).unwrap();
                let value = 0.02 * proposal.nodes as f64 + f64::from(luck) / 64.0;
                evolution.tell(proposal.id, Outcome::value(value)).unwrap();
            }
        }
        evolution.history()[14].mean_nodes.unwrap()
    };
    let mean_nodes = |parsimony| (0..3).map(|seed| run(parsimony, seed)).sum::<f64>() / 3.0;
    let free = mean_nodes(Parsimony::Ties);
    for parsimony in [Parsimony::Double { smaller: 0.7 }, Parsimony::Covariant, Parsimony::Linear { per_node: 0.03 }] {
        let held = mean_nodes(parsimony);
        println!("{parsimony:?}: {held:.1} nodes, {free:.1} without");
        assert!(held < 0.75 * free, "{parsimony:?}: {held} nodes, {free} without");
    }
}

#[test]
fn a_proposal_of_a_model_is_asked_for_first_and_becomes_a_parent() {
    let mut evolution = Evolution::new(words(), settings(), 1).unwrap();
    let mut idea = evolution.grammar().random(77);
    idea.name = "a model's idea".into();
    evolution.enqueue(idea.clone()).unwrap();
    assert!(matches!(evolution.enqueue(idea.clone()), Err(Error::Refused { reason: Refusal::Known, .. })));
    let first = evolution.ask(1).remove(0);
    assert_eq!((first.origin, &first.strategy), (Origin::Enqueued, &idea));
    evolution.tell(first.id, Outcome::value(1e6)).unwrap();
    for proposal in evolution.ask(usize::MAX) {
        evolution.tell(proposal.id, Outcome::value(0.0)).unwrap();
    }
    assert_eq!(evolution.best()[0].strategy.name, "a model's idea");
    assert_eq!(evolution.population()[0].strategy, idea);
}

#[test]
fn a_small_vocabulary_is_exhausted_and_the_search_ends() {
    let mut words = words();
    words.sides = Sides::Long;
    words.terms.retain(|term| term.kind.name() == "rsi");
    words.terms[0].args = vec![Grid::list([14.0])];
    words.terms[0].levels = Some(Grid::list([30.0]));
    assert_eq!(words.terms[0].measure, Measure::Own);
    (words.prices, words.lags, words.sessions) = (Vec::new(), Vec::new(), Vec::new());
    words.limits = Limits { max_nodes: 8, max_depth: 2, initial_depth: 1 };
    words.risk.targets.clear();
    let mut evolution = Evolution::new(words, settings(), 1).unwrap();
    let mut n_evaluated = 0;
    for _ in 0..40 {
        for proposal in evolution.ask(usize::MAX) {
            n_evaluated += 1;
            evolution.tell(proposal.id, Outcome::value(1.0)).unwrap();
        }
    }
    // 2 comparisons and 2 crossings, an exit of the same or none, 3 periods and 12 multiples of the stop.
    assert!(n_evaluated <= 4 * 5 * 36 && n_evaluated > 500, "{n_evaluated}");
}

#[test]
fn a_damaged_snapshot_is_refused() {
    let mut evolution = Evolution::new(words(), settings(), 1).unwrap();
    run(&mut evolution, 2);
    let good = serde_json::to_value(evolution.snapshot()).unwrap();
    let resumed = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut value = good.clone();
        change(&mut value);
        Evolution::resume(serde_json::from_value(value).unwrap())
    };
    assert!(resumed(&|_| {}).is_ok());
    assert!(matches!(resumed(&|value| value["state"]["next_id"] = 3.into()), Err(Error::Snapshot { .. })));
    assert!(matches!(resumed(&|value| value["state"]["generation"] = 9.into()), Err(Error::Snapshot { .. })));
    assert!(matches!(resumed(&|value| value["state"]["seen"] = serde_json::json!([])), Err(Error::Snapshot { .. })));
    assert!(matches!(resumed(&|value| value["settings"]["population"] = 0.into()), Err(Error::Setting { .. })));
    let foreign = |value: &mut serde_json::Value| value["vocabulary"]["sizes"] = serde_json::json!([{ "units": 7.0 }]);
    assert!(matches!(resumed(&foreign), Err(Error::Refused { .. })));
}

#[test]
fn settings_outside_their_range_are_named() {
    let refused = |settings: Settings| Evolution::new(words(), settings, 1).unwrap_err().to_string();
    assert!(refused(Settings { population: 1, elites: 0, ..settings() }).contains("population"));
    assert!(refused(Settings { elites: 30, ..settings() }).contains("elites"));
    assert!(refused(Settings { tournament: 0, ..settings() }).contains("tournament"));
    assert!(refused(Settings { immigrants: f64::NAN, ..settings() }).contains("immigrants"));
    assert!(refused(Settings { operators: Vec::new(), ..settings() }).contains("weights"));
    assert!(refused(Settings { parsimony: Parsimony::Double { smaller: 0.2 }, ..settings() }).contains("smaller"));
}
