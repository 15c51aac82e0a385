use strategy::Strategy;

use crate::grammar::Grammar;
use crate::random::Stream;
use crate::tree::{Operand, cond_at, conds, num_at, operands};

/// How often a condition is exchanged, and not a number.
///
/// Source: J. R. Koza, *Genetic Programming* (1992), section 6.4: 90 % of the crossover points are inner nodes.
pub(super) const CONDITION: f64 = 0.9;

impl Grammar {
    pub(super) fn cross(&self, child: &mut Strategy, father: &Strategy, random: &mut Stream) -> Option<()> {
        if random.chance(CONDITION) {
            let given = (*random.pick(&conds(father))).clone();
            let index = random.below(conds(child).len());
            *cond_at(child, index)? = given;
            return Some(());
        }
        let places = operands(child);
        if places.is_empty() {
            return None;
        }
        let index = random.below(places.len());
        let (class, nested) = (self.class(places[index].num)?, places[index].nested);
        let fits = |operand: &Operand<'_>| {
            let leaf = matches!(operand.num, strategy::Num::Price(_) | strategy::Num::Indicator(_));
            (leaf || !nested) && self.class(operand.num) == Some(class)
        };
        let given: Vec<Operand<'_>> = operands(father).into_iter().filter(fits).collect();
        if given.is_empty() {
            return None;
        }
        let given = random.pick(&given).num.clone();
        *num_at(child, index)? = given;
        Some(())
    }
}
