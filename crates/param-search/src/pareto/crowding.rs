/// How far the neighbours of each point of a front are: the sum over the objectives of the distance between the next
/// point below and the next above, as a fraction of the objective's range. Infinite at the ends of an objective.
///
/// An objective in which all points are equal counts nothing. Points that are equal in it stand in the
/// order of the objective before, in the first one in that in which they are given.
///
/// Source: K. Deb et al., *A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II* (2002), section III.B.
///
/// ```
/// let distances = param_search::crowding_distances(&[vec![0.0, 4.0], vec![1.0, 1.0], vec![4.0, 0.0]]);
/// assert_eq!(distances, [f64::INFINITY, 2.0, f64::INFINITY]);
/// ```
pub fn crowding_distances(front: &[Vec<f64>]) -> Vec<f64> {
    let mut distances = vec![0.0; front.len()];
    let mut order: Vec<usize> = (0..front.len()).collect();
    let n_objectives = front.first().map_or(0, Vec::len);
    for column in (0..n_objectives).map(|objective| front.iter().map(|p| p[objective]).collect::<Vec<f64>>()) {
        order.sort_by(|&a, &b| column[a].total_cmp(&column[b]));
        let value = |at: usize| column[order[at]];
        let last = order.len() - 1;
        let width = value(last) - value(0);
        if width <= 0.0 {
            continue;
        }
        for at in 0..=last {
            let is_end = at == 0 || at == last;
            distances[order[at]] += if is_end { f64::INFINITY } else { (value(at + 1) - value(at - 1)) / width };
        }
    }
    distances
}
