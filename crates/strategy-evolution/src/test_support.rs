//! What several test modules start from.

use strategy::{SizeRule, Strategy};

use crate::{Grammar, Sides, Vocabulary};

pub(crate) fn grammar_of(sides: Sides) -> Grammar {
    Grammar::new(Vocabulary::standard(sides, [SizeRule::Units(1_000.0), SizeRule::RiskFraction(0.01)])).unwrap()
}

pub(crate) fn grammar() -> Grammar {
    grammar_of(Sides::Both)
}

pub(crate) fn strategies(grammar: &Grammar, n: u64) -> Vec<Strategy> {
    (0..n).map(|seed| grammar.random(seed)).collect()
}
