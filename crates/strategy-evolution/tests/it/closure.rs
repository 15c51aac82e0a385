//! Whatever is drawn, varied or turned around is a strategy of the vocabulary.

use std::collections::BTreeSet;

use proptest::prelude::*;
use strategy::{Num, Strategy as Rules};
use strategy_evolution::{Grammar, Operator, Sides, Span, Vocabulary};

use crate::{ALL_SIDES, grammar};

fn holds(grammar: &Grammar, strategy: &Rules) {
    strategy.validate_in(grammar.vocabulary().profile).unwrap();
    if let Err(refusal) = grammar.check(strategy) {
        panic!("{refusal}: {}", strategy.to_json());
    }
    assert!(Grammar::nodes(strategy) <= grammar.vocabulary().limits.max_nodes);
    assert_eq!(&Grammar::canonical(strategy.clone()), strategy, "not in its simplest form");
}

#[test]
fn ten_thousand_random_strategies_of_each_kind_are_of_the_vocabulary() {
    for sides in ALL_SIDES {
        let grammar = grammar(sides);
        let mut known = BTreeSet::new();
        for seed in 0..10_000 {
            let strategy = grammar.random(seed);
            holds(&grammar, &strategy);
            known.insert(Grammar::fingerprint(&strategy));
        }
        assert!(known.len() > 9_500, "{sides:?}: only {} differ", known.len());
    }
}

#[test]
fn every_operator_keeps_to_the_vocabulary_and_finds_something_to_do() {
    for sides in ALL_SIDES {
        let grammar = grammar(sides);
        for operator in Operator::ALL {
            let (mut found, mut changed) = (0, 0);
            for seed in 0..500 {
                let (mother, father) = (grammar.random(seed), grammar.random(seed + 1_000));
                let child = if operator == Operator::Crossover {
                    grammar.crossover(&mother, &father, seed)
                } else {
                    grammar.mutate(&mother, operator, seed)
                };
                let Some(child) = child else { continue };
                holds(&grammar, &child);
                found += 1;
                changed += usize::from(Grammar::fingerprint(&child) != Grammar::fingerprint(&mother));
            }
            assert!(found > 200 && changed > 150, "{sides:?} {operator:?}: {found} found, {changed} differ");
        }
    }
}

#[test]
fn long_chains_of_variation_stay_inside_the_limits() {
    for sides in ALL_SIDES {
        let grammar = grammar(sides);
        let mut strategy = grammar.random(0);
        let mut largest = 0;
        for step in 0..4_000_u64 {
            let operator = Operator::ALL[usize::try_from(step % 8).unwrap()];
            let father = grammar.random(step);
            let child = match operator {
                Operator::Crossover => grammar.crossover(&strategy, &father, step),
                other => grammar.mutate(&strategy, other, step),
            };
            if let Some(child) = child {
                holds(&grammar, &child);
                strategy = child;
            }
            largest = largest.max(Grammar::nodes(&strategy));
        }
        assert!(largest > 20, "{sides:?}: never more than {largest} nodes");
    }
}

#[test]
fn every_word_occurs() {
    let grammar = grammar(Sides::Both);
    let words = grammar.vocabulary();
    let mut texts = BTreeSet::new();
    let mut sessions = BTreeSet::new();
    for seed in 0..6_000 {
        let strategy = grammar.random(seed);
        strategy.for_each_indicator(&mut |call, _| {
            let source = call.source.map(|source| format!("{source:?}")).unwrap_or_default();
            texts.insert(format!("{} {} {source}", call.kind, call.output));
        });
        let text = serde_json::to_string(&strategy).unwrap();
        for price in &words.prices {
            let name = serde_json::to_string(&Num::Price(*price)).unwrap();
            if text.contains(&name) {
                texts.insert(name);
            }
        }
        for session in &words.sessions {
            let (from, to) = (session.from_minute, session.to_minute);
            if text.contains(&format!("\"from_minute\":{from},\"to_minute\":{to}")) {
                sessions.insert((from, to));
            }
        }
    }
    for term in &words.terms {
        let names: Vec<String> = term.sources.iter().map(|source| format!("{source:?}")).collect();
        for source in if names.is_empty() { vec![String::new()] } else { names } {
            let name = format!("{} {} {source}", term.kind, term.output);
            assert!(texts.contains(&name), "{name} does not occur");
        }
    }
    for price in &words.prices {
        assert!(texts.contains(&serde_json::to_string(&Num::Price(*price)).unwrap()), "{price:?} does not occur");
    }
    assert_eq!(sessions.len(), words.sessions.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn json_gives_back_the_very_strategy(seed in any::<u64>(), sides in 0..4_usize) {
        let grammar = grammar(ALL_SIDES[sides]);
        let strategy = grammar.random(seed);
        prop_assert_eq!(Rules::from_json(&strategy.to_json()).unwrap(), strategy);
    }

    #[test]
    fn lifted_numbers_have_their_values_as_defaults(seed in any::<u64>(), near in 0..4_usize) {
        let grammar = grammar(Sides::Both);
        let strategy = grammar.random(seed);
        for span in [Span::Vocabulary, Span::Near(near + 1)] {
            let lifted = grammar.lift(&strategy, span);
            prop_assert!(lifted.validate().is_ok(), "{:?}", lifted.validate());
            grammar.check(&lifted).unwrap();
            prop_assert_eq!(Grammar::fingerprint(&strategy), Grammar::fingerprint(&lifted));
        }
    }

    #[test]
    fn a_mirror_image_of_a_mirror_image_is_the_rule(seed in any::<u64>()) {
        let grammar = grammar(Sides::Mirrored);
        let strategy = grammar.random(seed);
        let (long, short) = (strategy.long.unwrap(), strategy.short.unwrap());
        prop_assert_eq!(grammar.mirror_rule(&short).unwrap(), long);
    }
}

#[test]
fn a_vocabulary_survives_json() {
    let words = grammar(Sides::Mirrored).vocabulary().clone();
    let text = serde_json::to_string(&words).unwrap();
    assert_eq!(serde_json::from_str::<Vocabulary>(&text).unwrap(), words);
}
