use std::cmp::Ordering;

use super::{Found, Parsimony};
use crate::random::Stream;

/// The strategies that parents are chosen from, best first.
#[derive(Debug)]
pub(super) struct Parents<'p> {
    ranked: Vec<&'p Found>,
    tournament: usize,
    /// Probability that the smaller of two winners is taken.
    smaller: Option<f64>,
}

impl<'p> Parents<'p> {
    pub(super) fn new(population: &'p [Found], tournament: usize, parsimony: Parsimony) -> Self {
        let per_node = match parsimony {
            Parsimony::Covariant => covariant(population),
            other => other.per_node(),
        };
        let mut ranked: Vec<&Found> = population.iter().collect();
        ranked.sort_by(|one, other| order(one, other, per_node));
        let smaller = match parsimony {
            Parsimony::Double { smaller } => Some(smaller),
            Parsimony::Ties | Parsimony::Linear { .. } | Parsimony::Covariant => None,
        };
        Self { ranked, tournament, smaller }
    }

    /// # Panics
    /// If there are none.
    pub(super) fn choose(&self, random: &mut Stream) -> &'p Found {
        let Some(smaller) = self.smaller else { return self.ranked[self.winner(random)] };
        let (first, second) = (self.ranked[self.winner(random)], self.ranked[self.winner(random)]);
        let (small, large) = if second.nodes < first.nodes { (second, first) } else { (first, second) };
        // Of two equally large ones either is as good as the other: both came from a tournament.
        if first.nodes == second.nodes || random.chance(smaller) { small } else { large }
    }

    /// The best rank of a tournament, drawn with replacement.
    fn winner(&self, random: &mut Stream) -> usize {
        (0..self.tournament).map(|_| random.below(self.ranked.len())).min().unwrap_or(0)
    }
}

impl Parsimony {
    /// What a node costs where values are compared for other purposes than choosing parents.
    pub(super) fn per_node(self) -> f64 {
        match self {
            Self::Linear { per_node } => per_node,
            Self::Ties | Self::Covariant | Self::Double { .. } => 0.0,
        }
    }
}

/// Better ones first: by value less the cost of the nodes, then the smaller, then the earlier.
pub(super) fn order(one: &Found, other: &Found, per_node: f64) -> Ordering {
    // Adding 0 makes −0 equal to 0 for the total order.
    let score = |found: &Found| found.value - per_node * found.nodes as f64 + 0.0;
    score(other).total_cmp(&score(one)).then(one.nodes.cmp(&other.nodes)).then(one.id.cmp(&other.id))
}

/// Cov(nodes, value) / Var(nodes); 0 where all have one size.
fn covariant(population: &[Found]) -> f64 {
    let n = population.len() as f64;
    let mean = |of: &dyn Fn(&Found) -> f64| population.iter().map(of).sum::<f64>() / n;
    let (nodes, value) = (mean(&|found| found.nodes as f64), mean(&|found| found.value));
    let (mut covariance, mut variance) = (0.0, 0.0);
    for found in population {
        let distance = found.nodes as f64 - nodes;
        covariance += distance * (found.value - value);
        variance += distance * distance;
    }
    let slope = covariance / variance;
    if slope.is_finite() { slope } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::{golden, grammar, strategies};

    fn population(of: impl Fn(u32) -> (f64, usize)) -> Vec<Found> {
        let strategies = strategies(&grammar(), 10).into_iter().enumerate();
        let found = |(index, strategy)| {
            let (value, nodes) = of(u32::try_from(index).unwrap());
            Found { id: index as u64, strategy, nodes, value, behaviour: None }
        };
        strategies.map(found).collect()
    }

    fn shares(parents: &Parents<'_>, draws: u32) -> Vec<f64> {
        let mut random = Stream::new(11, 0);
        let mut counts = vec![0.0; parents.ranked.len()];
        for _ in 0..draws {
            counts[usize::try_from(parents.choose(&mut random).id).unwrap()] += 1.0 / f64::from(draws);
        }
        counts
    }

    #[test]
    fn a_tournament_chooses_each_rank_as_often_as_theory_says() {
        // Best first: P(rank i of N) = ((N − i)^k − (N − i − 1)^k) / N^k.
        let population = population(|index| (-f64::from(index), 5));
        let found = shares(&Parents::new(&population, 3, Parsimony::Ties), 100_000);
        for (rank, share) in (0_i32..).zip(found) {
            let expected = f64::from((10 - rank).pow(3) - (9 - rank).pow(3)) / 1_000.0;
            assert!((share - expected).abs() < 0.006, "rank {rank}: {share}, expected {expected}");
        }
    }

    #[test]
    fn a_double_tournament_chooses_each_as_often_as_that_of_deap() {
        // The sizes that the generator script gives the ten, best first.
        const NODES: [usize; 10] = [5, 9, 12, 7, 30, 8, 8, 20, 3, 11];
        let population = population(|index| (-f64::from(index), NODES[index as usize]));
        let found = shares(&Parents::new(&population, 3, Parsimony::Double { smaller: 0.7 }), 100_000);
        let expected = golden("rank");
        assert_eq!(expected.len(), 10);
        for (rank, share) in expected {
            let tolerance = 5.0 * (share * (1.0 - share) * (1.0 / 100_000.0 + 1.0 / 400_000.0)).sqrt();
            assert!((found[rank] - share).abs() < tolerance, "rank {rank}: {}, DEAP {share}", found[rank]);
        }
    }

    #[test]
    fn the_covariant_cost_takes_the_correlation_of_size_and_value_away() {
        let population = population(|index| (2.0 * f64::from(index) + f64::from(index % 3), 10 + index as usize));
        let per_node = covariant(&population);
        let adjusted: Vec<Found> = population
            .iter()
            .map(|found| Found { value: found.value - per_node * found.nodes as f64, ..found.clone() })
            .collect();
        assert!(per_node > 1.5 && covariant(&adjusted).abs() < 1e-12, "{per_node}");
        let same_size = population.iter().map(|found| Found { nodes: 9, ..found.clone() }).collect::<Vec<_>>();
        assert_eq!(covariant(&same_size), 0.0);
    }

    #[test]
    fn a_linear_cost_ranks_the_smaller_of_nearly_equal_ones_first() {
        let population = population(|index| (1.0 + 0.01 * f64::from(index), 5 + 10 * index as usize));
        let first = |parsimony| Parents::new(&population, 1, parsimony).ranked[0].id;
        assert_eq!((first(Parsimony::Linear { per_node: 0.01 }), first(Parsimony::Linear { per_node: 0.0 })), (0, 9));
    }
}
