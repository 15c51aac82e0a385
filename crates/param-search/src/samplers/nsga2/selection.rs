use std::cmp::Ordering;

use crate::pareto::{crowding_distances, non_dominated_ranks};

/// A trial with a result.
#[derive(Clone, Debug)]
pub(super) struct Individual {
    pub(super) genes: Vec<f64>,
    pub(super) losses: Vec<f64>,
    pub(super) violation: f64,
    /// Front, and distance of the neighbours within it; set by [`select`].
    rank: usize,
    crowding: f64,
}

impl Individual {
    pub(super) fn new(genes: Vec<f64>, losses: Vec<f64>, violation: f64) -> Self {
        Self { genes, losses, violation, rank: 0, crowding: 0.0 }
    }

    /// The lower front is better, then the lonelier place.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.rank.cmp(&other.rank).then(other.crowding.total_cmp(&self.crowding))
    }
}

/// The `n` best of a pool: by constrained domination, then by crowding.
///
/// Those that meet all conditions come first, front by front; the others after them, each amount of violation a front
/// of its own. Source: K. Deb et al., *NSGA-II* (2002), section VI.A.
pub(super) fn select(mut pool: Vec<Individual>, n: usize) -> Vec<Individual> {
    rank(&mut pool);
    let mut order: Vec<usize> = (0..pool.len()).collect();
    order.sort_by(|&a, &b| pool[a].order(&pool[b]).then(a.cmp(&b)));
    order.truncate(n);
    order.into_iter().map(|i| pool[i].clone()).collect()
}

fn rank(pool: &mut [Individual]) {
    let (feasible, mut broken): (Vec<usize>, Vec<usize>) = (0..pool.len()).partition(|&i| pool[i].violation <= 0.0);
    let losses: Vec<Vec<f64>> = feasible.iter().map(|&i| pool[i].losses.clone()).collect();
    let ranks = non_dominated_ranks(&losses);
    let n_fronts = ranks.iter().max().map_or(0, |last| last + 1);
    for (&i, rank) in feasible.iter().zip(ranks) {
        pool[i].rank = rank;
    }
    broken.sort_by(|&a, &b| pool[a].violation.total_cmp(&pool[b].violation));
    let mut rank = n_fronts;
    for (at, &i) in broken.iter().enumerate() {
        rank += usize::from(at > 0 && pool[i].violation > pool[broken[at - 1]].violation);
        pool[i].rank = rank;
    }
    for front in 0..=rank {
        let members: Vec<usize> = (0..pool.len()).filter(|&i| pool[i].rank == front).collect();
        let losses: Vec<Vec<f64>> = members.iter().map(|&i| pool[i].losses.clone()).collect();
        for (i, distance) in members.into_iter().zip(crowding_distances(&losses)) {
            pool[i].crowding = distance;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasible_ones_come_first_and_the_loneliest_of_the_last_front_stay() {
        let of = |a: f64, b: f64, violation| Individual::new(vec![a], vec![a, b], violation);
        let pool = vec![
            of(0.0, 1.0, 0.0),
            of(0.4, 0.6, 0.0),
            of(0.45, 0.55, 0.0),
            of(1.0, 0.0, 0.0),
            of(-9.0, -9.0, 0.5),
            of(-9.0, -9.0, 0.1),
        ];
        let genes = |n| select(pool.clone(), n).into_iter().map(|i| i.genes[0]).collect::<Vec<_>>();
        assert_eq!(genes(3)[..2], [0.0, 1.0]);
        assert_eq!(genes(6)[4..], [-9.0, -9.0]);
        assert!(select(pool.clone(), 5).iter().all(|i| i.violation <= 0.1));
    }
}
