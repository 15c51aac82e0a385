//! How strategies are varied.

mod crossover;
mod mutate;

use serde::{Deserialize, Serialize};
use strategy::Strategy;

use crate::grammar::{Finished, Grammar};
use crate::random::Stream;

/// Draws of an operator until it gives a strategy that fits.
const ATTEMPTS: usize = 8;

/// A way to make a strategy from another one, or from two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Operator {
    /// A condition, or a number, takes the place of one of the same type and measure in another strategy: nine times of
    /// ten a condition (Koza's preference for inner nodes).
    Crossover,
    /// A random condition, or number of the same measure, takes the place of one.
    Subtree,
    /// One node becomes another of its kind: the operator, the indicator, the price, the session, "all" for "any".
    Point,
    /// One number moves on its grid, mostly by one step.
    Number,
    /// A condition gives way to one of its parts, a calculation to one of its terms.
    Hoist,
    /// A random comparison is joined to a condition.
    Insert,
    /// An exit condition comes, goes or is drawn anew.
    Exit,
    /// Stop, target or size is drawn anew, or goes where it may.
    Risk,
}

impl Operator {
    /// All, in the order of this page.
    pub const ALL: [Self; 8] =
        [Self::Crossover, Self::Subtree, Self::Point, Self::Number, Self::Hoist, Self::Insert, Self::Exit, Self::Risk];
}

impl Grammar {
    /// A strategy that differs from `strategy` in one subtree or setting, before it is simplified. `None` if the operator
    /// finds nothing to change in a few draws, or all it gives cannot trade or is too large. [`Operator::Crossover`] takes
    /// the strategy for both parents.
    pub fn mutate(&self, strategy: &Strategy, operator: Operator, seed: u64) -> Option<Strategy> {
        self.vary(operator, strategy, strategy, &mut Stream::new(seed, 0)).map(|child| child.strategy)
    }

    /// `mother` with one condition or number of `father` in place of one of the same type and measure.
    pub fn crossover(&self, mother: &Strategy, father: &Strategy, seed: u64) -> Option<Strategy> {
        self.vary(Operator::Crossover, mother, father, &mut Stream::new(seed, 0)).map(|child| child.strategy)
    }

    pub(crate) fn vary(
        &self,
        operator: Operator,
        mother: &Strategy,
        father: &Strategy,
        random: &mut Stream,
    ) -> Option<Finished> {
        (0..ATTEMPTS).find_map(|_| {
            let mut child = self.working_copy(mother);
            self.apply(operator, &mut child, father, random)?;
            self.finish(child).ok()
        })
    }

    /// One application of an operator, before the result is simplified and judged.
    pub(crate) fn apply(
        &self,
        operator: Operator,
        child: &mut Strategy,
        father: &Strategy,
        random: &mut Stream,
    ) -> Option<()> {
        match operator {
            Operator::Crossover => self.cross(child, father, random),
            Operator::Subtree => self.subtree(child, random),
            Operator::Point => self.point(child, random),
            Operator::Number => self.number(child, random),
            Operator::Hoist => self.hoist(child, random),
            Operator::Insert => self.insert(child, random),
            Operator::Exit => {
                self.vary_exit(child, random);
                Some(())
            }
            Operator::Risk => {
                self.vary_risk(child, random);
                Some(())
            }
        }
    }

    /// What is varied: where sides are mirror images, the long one alone.
    pub(crate) fn working_copy(&self, strategy: &Strategy) -> Strategy {
        let mut copy = strategy.clone();
        if self.vocabulary().sides == crate::Sides::Mirrored {
            copy.short = None;
        }
        copy
    }
}

#[cfg(test)]
mod tests {
    use strategy::Cond;

    use super::*;
    use crate::test_support::{grammar, strategies};
    use crate::tree::roots;

    /// In how many places, none inside another, two conditions differ.
    fn places(one: &Cond, other: &Cond) -> usize {
        match (one, other) {
            _ if one == other => 0,
            (Cond::All(a), Cond::All(b)) | (Cond::Any(a), Cond::Any(b)) if a.len() == b.len() => {
                a.iter().zip(b).map(|(a, b)| places(a, b)).sum()
            }
            (Cond::Not(a), Cond::Not(b)) => places(a, b),
            _ => 1,
        }
    }

    #[test]
    fn an_operator_changes_one_subtree_or_one_setting() {
        let grammar = grammar();
        let parents = strategies(&grammar, 400);
        for operator in Operator::ALL {
            for (index, mother) in parents.iter().enumerate() {
                let father = &parents[(index + 1) % parents.len()];
                let mut child = mother.clone();
                let mut random = Stream::new(9, index as u64);
                if grammar.apply(operator, &mut child, father, &mut random).is_none() {
                    continue;
                }
                let changed: Vec<usize> = if roots(mother).count() == roots(&child).count() {
                    roots(mother).zip(roots(&child)).map(|(a, b)| places(a, b)).filter(|&n| n > 0).collect()
                } else {
                    vec![1; roots(mother).count().abs_diff(roots(&child).count())]
                };
                let setting = usize::from(mother.risk != child.risk || mother.sizing != child.sizing);
                assert!(changed.len() + setting <= 1, "{operator:?} changed {changed:?} and {setting} settings");
                // A subtree may give way to one of its shape, which then differs in several places.
                let one_node = matches!(operator, Operator::Point | Operator::Number);
                assert!(!one_node || changed.iter().all(|&n| n == 1), "{operator:?} changed {changed:?} places");
                assert!(operator != Operator::Risk || changed.is_empty(), "the risk changed a condition");
            }
        }
    }
}
