//! All tests of the crate as one program.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod closure;
mod engine;
mod on_bars;
mod refusals;

use strategy::SizeRule;
use strategy_evolution::{Grammar, Sides, Vocabulary};

const ALL_SIDES: [Sides; 4] = [Sides::Long, Sides::Short, Sides::Both, Sides::Mirrored];

fn grammar(sides: Sides) -> Grammar {
    let sizes = [SizeRule::Units(1_000.0), SizeRule::RiskFraction(0.01)];
    Grammar::new(Vocabulary::standard(sides, sizes)).unwrap()
}
