use super::select::Parents;
use super::{Evolution, Origin};
use crate::grammar::Finished;
use crate::random::Stream;

/// Draws of a child until one is new; then random strategies are drawn as often.
const ATTEMPTS: usize = 20;

impl Evolution {
    /// Fills the batch with the next generation.
    pub(super) fn breed(&mut self) {
        let stagnant = self.settings.stagnation.is_some_and(|limit| self.state.stale >= limit);
        if stagnant {
            self.state.stale = 0;
        }
        let immigrants = if stagnant && self.settings.immigrants < 0.5 { 0.5 } else { self.settings.immigrants };
        let population = std::mem::take(&mut self.state.population);
        let parents = Parents::new(&population, self.settings.tournament, self.settings.parsimony);
        for _ in 0..self.settings.population {
            let mut random = Stream::new(self.state.seed, self.state.next_id);
            let bred = !population.is_empty() && !random.chance(immigrants);
            let child = if bred { self.child(&parents, &mut random) } else { None };
            let new = child.or_else(|| {
                let drawn = self.unseen(|evolution, random| Some(evolution.grammar.draw(random)), &mut random)?;
                Some((drawn, Origin::Random))
            });
            if let Some((Finished { strategy, nodes, .. }, origin)) = new {
                self.push(strategy, nodes, origin);
            }
        }
        drop(parents);
        self.state.population = population;
    }

    fn child(&mut self, parents: &Parents<'_>, random: &mut Stream) -> Option<(Finished, Origin)> {
        let weights = self.settings.operators.clone();
        let index = random.weighted(weights.iter().map(|&(_, weight)| weight))?;
        let operator = weights[index].0;
        let vary = |evolution: &Self, random: &mut Stream| {
            let (mother, father) = (parents.choose(random), parents.choose(random));
            evolution.grammar.vary(operator, &mother.strategy, &father.strategy, random)
        };
        Some((self.unseen(vary, random)?, Origin::Bred(operator)))
    }

    /// The first of a few draws that the search does not know.
    fn unseen(
        &mut self,
        mut draw: impl FnMut(&Self, &mut Stream) -> Option<Finished>,
        random: &mut Stream,
    ) -> Option<Finished> {
        for _ in 0..ATTEMPTS {
            let Some(drawn) = draw(self, random) else { continue };
            if self.state.seen.insert(drawn.fingerprint) {
                return Some(drawn);
            }
            self.state.left_out += 1;
        }
        None
    }
}
