/// Whether `a` is nowhere worse than `b` and somewhere better, smaller being better.
///
/// # Panics
/// If they have different lengths.
///
/// ```
/// assert!(param_search::dominates(&[1.0, 2.0], &[1.0, 3.0]));
/// assert!(!param_search::dominates(&[1.0, 2.0], &[0.5, 3.0]));
/// ```
pub fn dominates(a: &[f64], b: &[f64]) -> bool {
    assert_eq!(a.len(), b.len(), "dominates: equally many objectives");
    let pairs = || a.iter().zip(b);
    pairs().all(|(a, b)| a <= b) && pairs().any(|(a, b)| a < b)
}

/// The front that each point belongs to: 0 for those that none dominates, 1 for those that only these dominate, and so
/// on.
///
/// Source: K. Deb et al., *A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II* (2002), section III.A.
///
/// # Panics
/// If points have different lengths.
///
/// ```
/// let ranks = param_search::non_dominated_ranks(&[vec![1.0, 4.0], vec![2.0, 2.0], vec![3.0, 3.0]]);
/// assert_eq!(ranks, [0, 0, 1]);
/// ```
pub fn non_dominated_ranks(points: &[Vec<f64>]) -> Vec<usize> {
    let n = points.len();
    let mut ranks = vec![0; n];
    // In lexicographic order a point can only be dominated by one before it.
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| {
        let pairs = points[a].iter().zip(&points[b]);
        pairs.map(|(a, b)| a.total_cmp(b)).find(|order| order.is_ne()).unwrap_or(a.cmp(&b))
    });
    let mut fronts: Vec<Vec<usize>> = Vec::new();
    for point in order {
        let beats = |other: &usize| dominates(&points[*other], &points[point]);
        // Fronts are nested: whoever is beaten in one front is beaten in all before it.
        let rank = fronts.partition_point(|front| front.iter().rev().any(beats));
        ranks[point] = rank;
        match fronts.get_mut(rank) {
            Some(front) => front.push(point),
            None => fronts.push(vec![point]),
        }
    }
    ranks
}
