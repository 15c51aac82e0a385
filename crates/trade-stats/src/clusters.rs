use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::error::{Error, check_count};
use crate::kmeans::{k_means, renumber, squared};
use crate::moments::{mean, std_dev};
use crate::spectrum::side;

/// Settings of [`cluster_trials`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Clustering {
    /// Largest number of clusters that is tried, at least 2; N − 1 at most counts.
    pub max_clusters: usize,
    /// Starts of k-means for each number, at least 1; 10 is usual.
    pub n_starts: u32,
    /// Seed of the random numbers.
    pub seed: u64,
}

/// Groups of tries that are variants of one idea.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Clusters {
    /// Number of groups: the number of tries that a deflated Sharpe ratio should be told.
    pub count: usize,
    /// Group of each try, numbered from 0 in order of first appearance.
    pub groups: Vec<usize>,
    /// Silhouette of each try, −1 to 1: how much nearer its own group is than the next.
    pub silhouettes: Vec<f64>,
}

/// Optimal number of clusters (ONC) of a correlation matrix: the number of independent tries behind N correlated ones.
///
/// Each try is the row of its distances √((1 − ρ)/2) to all; k-means runs for 2 to `max_clusters` groups from several
/// starts, and the grouping whose silhouettes have the largest t-value (mean over deviation) wins. Groups whose own
/// t-value is below the average are then clustered again on their own, and the result is kept if the mean t-value of all
/// groups is better (the authors' code compares with that of the groups it took apart, which accepts more).
///
/// O(starts · K² · N² · rounds + N³) time, O(N²) memory: 1,000 tries in up to 20 groups take under half a
/// second a start. Equal seeds give equal groups.
///
/// - `matrix`: correlations, N × N row by row ([`correlation_matrix`](crate::correlation_matrix)), N ≥ 4.
///
/// The method always finds at least two groups.
///
/// # Errors
/// [`Error::TooFew`] for fewer than 4 tries, 2 clusters or 1 start; [`Error::Length`] for a matrix that is not square;
/// [`Error::OutOfRange`] for a value outside of −1..=1; [`Error::NoVariance`] where all tries are equally far apart (all
/// equal, say), so that no grouping is better than another.
///
/// Source: M. López de Prado, M. J. Lewis, *Detection of False Investment Strategies Using Unsupervised Learning Methods*,
/// Quantitative Finance 19 (2019).
///
/// ```
/// use trade_stats::{Clustering, cluster_trials};
///
/// // Two families of three.
/// let matrix: Vec<f64> = (0..36_u8)
///     .map(|i| match (i / 6, i % 6) {
///         (a, b) if a == b => 1.0,
///         (a, b) if a / 3 == b / 3 => 0.8 + 0.01 * f64::from(a + b),
///         _ => 0.1,
///     })
///     .collect();
/// let found = cluster_trials(&matrix, Clustering { max_clusters: 5, n_starts: 5, seed: 1 })?;
/// assert_eq!((found.count, found.groups), (2, vec![0, 0, 0, 1, 1, 1]));
/// # Ok::<(), trade_stats::Error>(())
/// ```
pub fn cluster_trials(matrix: &[f64], settings: Clustering) -> Result<Clusters, Error> {
    let n = side(matrix)?;
    check_count("tries", n, 4)?;
    check_count("max_clusters", settings.max_clusters, 2)?;
    check_count("n_starts", settings.n_starts as usize, 1)?;
    let mut random = ChaCha8Rng::seed_from_u64(settings.seed);
    let members: Vec<usize> = (0..n).collect();
    let none = Error::NoVariance { what: "distance between tries, seen from try", series: 0 };
    let groups = group(matrix, &members, settings.max_clusters, settings.n_starts, &mut random).ok_or(none)?;
    let groups = renumber(&groups);
    let silhouettes = silhouettes(&Distances::of(matrix, &members), &groups);
    Ok(Clusters { count: groups.iter().max().map_or(0, |last| last + 1), groups, silhouettes })
}

/// Silhouette of each point of a grouping: (b − a) / max(a, b), with a its mean Euclidean distance to the others of its
/// group and b the least mean distance to another group; 0 for a point alone in its group.
///
/// - `rows`: coordinates of n points, row by row, as many columns as `rows.len() / n`.
/// - `groups`: group of each point, numbered from 0.
///
/// `None` for no points, fewer than two groups, or coordinates that do not divide into the points or are not finite.
/// O(n²·columns).
///
/// Source: P. J. Rousseeuw, *Silhouettes*, Journal of Computational and Applied Mathematics 20 (1987).
///
/// ```
/// let s = trade_stats::silhouette(&[0.0, 1.0, 10.0, 11.0], &[0, 0, 1, 1]).ok_or("one group")?;
/// assert!((s[0] - 9.5 / 10.5).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn silhouette(rows: &[f64], groups: &[usize]) -> Option<Vec<f64>> {
    let n = groups.len();
    let known = groups.first()?;
    if rows.is_empty() || !rows.len().is_multiple_of(n) || groups.iter().all(|group| group == known) {
        return None;
    }
    if rows.iter().any(|value| !value.is_finite()) {
        return None;
    }
    Some(silhouettes(&Distances::between(rows, n), &renumber(groups)))
}

/// Distances between points.
struct Distances {
    n: usize,
    /// Coordinates: the points' own distances √((1 − ρ)/2) to all.
    rows: Vec<f64>,
    /// Euclidean distances of the rows, n × n.
    between: Vec<f64>,
}

impl Distances {
    fn of(matrix: &[f64], members: &[usize]) -> Self {
        let side = matrix.len().isqrt();
        let distance = |i: &usize, j: &usize| (0.5 * (1.0 - matrix[i * side + j])).sqrt();
        let rows: Vec<f64> = members.iter().flat_map(|i| members.iter().map(move |j| distance(i, j))).collect();
        Self::between(&rows, members.len())
    }

    fn between(rows: &[f64], n: usize) -> Self {
        let width = rows.len() / n;
        let row = |i: usize| &rows[i * width..(i + 1) * width];
        let mut between = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..i {
                let distance = squared(row(i), row(j)).sqrt();
                (between[i * n + j], between[j * n + i]) = (distance, distance);
            }
        }
        Self { n, rows: rows.to_vec(), between }
    }
}

/// Groups of the `members`, or `None` where no grouping has a quality.
fn group(matrix: &[f64], members: &[usize], max: usize, starts: u32, random: &mut ChaCha8Rng) -> Option<Vec<usize>> {
    let distances = Distances::of(matrix, members);
    let groups = best_grouping(&distances, max, starts, random)?;
    let values = silhouettes(&distances, &groups);
    let qualities = qualities(&values, &groups);
    let average = mean(&qualities)?;
    let poor: Vec<usize> = (0..qualities.len()).filter(|g| qualities[*g] < average).collect();
    let redo: Vec<usize> = (0..members.len()).filter(|i| poor.contains(&groups[*i])).collect();
    if poor.len() <= 1 || redo.len() < 4 {
        return Some(groups);
    }
    let again: Vec<usize> = redo.iter().map(|i| members[*i]).collect();
    let Some(found) = group(matrix, &again, max.min(redo.len() - 1), starts, random) else { return Some(groups) };
    let mut merged = groups.clone();
    for (i, new) in redo.iter().zip(found) {
        merged[*i] = qualities.len() + new;
    }
    let merged = renumber(&merged);
    let better = mean(&self::qualities(&silhouettes(&distances, &merged), &merged)).is_some_and(|new| new > average);
    Some(if better { merged } else { groups })
}

/// The k-means grouping with the best silhouettes.
fn best_grouping(distances: &Distances, max: usize, starts: u32, random: &mut ChaCha8Rng) -> Option<Vec<usize>> {
    let mut best = None;
    let mut best_quality = f64::NEG_INFINITY;
    for _ in 0..starts {
        for k in 2..=max.min(distances.n - 1) {
            let groups = k_means(&distances.rows, distances.n, k, random);
            if groups.iter().all(|group| *group == 0) {
                continue;
            }
            let found = quality(&silhouettes(distances, &groups));
            if found > best_quality {
                (best, best_quality) = (Some(groups), found);
            }
        }
    }
    best
}

/// t-value of silhouettes; one alone, or equal ones, have that of their mean only in sign: 0, as no deviation is known.
fn quality(values: &[f64]) -> f64 {
    match (mean(values), std_dev(values)) {
        (Some(mean), Some(std)) if std > 0.0 => mean / std,
        _ => 0.0,
    }
}

/// [`quality`] of each group.
fn qualities(values: &[f64], groups: &[usize]) -> Vec<f64> {
    let count = groups.iter().max().map_or(0, |last| last + 1);
    let of = |g: usize| values.iter().zip(groups).filter(|(_, of)| **of == g).map(|(v, _)| *v).collect::<Vec<f64>>();
    (0..count).map(|g| quality(&of(g))).collect()
}

fn silhouettes(distances: &Distances, groups: &[usize]) -> Vec<f64> {
    let n = distances.n;
    let count = groups.iter().max().map_or(0, |last| last + 1);
    let mut sizes = vec![0.0; count];
    for group in groups {
        sizes[*group] += 1.0;
    }
    let mut totals = vec![0.0; count];
    let mut of_point = |i: usize| {
        totals.fill(0.0);
        for (distance, group) in distances.between[i * n..(i + 1) * n].iter().zip(groups) {
            totals[*group] += distance;
        }
        let own = groups[i];
        if sizes[own] < 2.0 {
            return 0.0;
        }
        let inside = totals[own] / (sizes[own] - 1.0);
        let others = (0..count).filter(|group| *group != own).map(|group| totals[group] / sizes[group]);
        let outside = others.fold(f64::INFINITY, |least, mean| if mean < least { mean } else { least });
        let larger = if inside > outside { inside } else { outside };
        if larger > 0.0 { (outside - inside) / larger } else { 0.0 }
    };
    (0..n).map(&mut of_point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: Clustering = Clustering { max_clusters: 8, n_starts: 5, seed: 3 };

    /// Correlations of families of the given sizes; within about 0.7, between about 0.1, none alike.
    fn families(sizes: &[usize]) -> (Vec<f64>, Vec<usize>) {
        let of: Vec<usize> = sizes.iter().enumerate().flat_map(|(f, size)| vec![f; *size]).collect();
        let n = of.len();
        let mut matrix = vec![1.0; n * n];
        for i in 0..n {
            for j in 0..i {
                let noise = ((i * 31 + j * 17) % 13) as f64 / 100.0;
                let r = if of[i] == of[j] { 0.7 + noise } else { 0.05 + noise };
                (matrix[i * n + j], matrix[j * n + i]) = (r, r);
            }
        }
        (matrix, of)
    }

    #[test]
    fn planted_families_are_found() {
        for sizes in [&[6, 6, 6][..], &[3, 9, 5, 7], &[10, 4]] {
            let (matrix, of) = families(sizes);
            let found = cluster_trials(&matrix, SETTINGS).unwrap();
            assert_eq!((found.count, &found.groups), (sizes.len(), &of));
            assert!(found.silhouettes.iter().all(|s| (0.0..=1.0).contains(s)));
            assert_eq!(cluster_trials(&matrix, SETTINGS).unwrap(), found);
        }
    }

    #[test]
    fn bad_input_is_named() {
        let (matrix, _) = families(&[3, 3]);
        let test = |matrix: &[f64], settings| cluster_trials(matrix, settings).unwrap_err();
        assert!(matches!(test(&[1.0; 9], SETTINGS), Error::TooFew { what: "tries", found: 3, needed: 4 }));
        assert!(matches!(test(&matrix[1..], SETTINGS), Error::Length { .. }));
        assert!(matches!(test(&matrix, Clustering { max_clusters: 1, ..SETTINGS }), Error::TooFew { .. }));
        assert!(matches!(test(&matrix, Clustering { n_starts: 0, ..SETTINGS }), Error::TooFew { .. }));
        assert!(matches!(test(&[1.0; 25], SETTINGS), Error::NoVariance { .. }));
        assert!(matches!(test(&[f64::NAN; 25], SETTINGS), Error::OutOfRange { .. }));
    }

    #[test]
    fn silhouettes_need_two_groups() {
        assert_eq!(silhouette(&[1.0, 2.0], &[0, 0]), None);
        assert_eq!(silhouette(&[], &[]), None);
        assert_eq!(silhouette(&[1.0, 2.0, 3.0], &[0, 1]), None);
        assert_eq!(silhouette(&[1.0, f64::NAN], &[0, 1]), None);
        assert_eq!(silhouette(&[1.0, 2.0], &[5, 9]), Some(vec![0.0, 0.0]));
    }
}
