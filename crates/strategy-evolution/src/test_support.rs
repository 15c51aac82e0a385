//! What several test modules start from.

use strategy::{SizeRule, Strategy};

use crate::{Grammar, Sides, Vocabulary};

/// The shares of a kind in the golden file, in its order.
pub(crate) fn golden(kind: &str) -> Vec<(usize, f64)> {
    let lines = include_str!("../tests/golden/deap.csv").lines();
    let row = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        (fields[0] == kind).then(|| (fields[1].parse().unwrap(), fields[2].parse().unwrap()))
    };
    lines.filter(|line| !line.starts_with('#')).filter_map(row).collect()
}

pub(crate) fn grammar_of(sides: Sides) -> Grammar {
    Grammar::new(Vocabulary::standard(sides, [SizeRule::Units(1_000.0), SizeRule::RiskFraction(0.01)])).unwrap()
}

pub(crate) fn grammar() -> Grammar {
    grammar_of(Sides::Both)
}

pub(crate) fn strategies(grammar: &Grammar, n: u64) -> Vec<Strategy> {
    (0..n).map(|seed| grammar.random(seed)).collect()
}
