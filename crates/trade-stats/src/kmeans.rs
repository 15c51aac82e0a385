use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::RngCore;

/// Rounds after which a clustering is taken as it is.
const MAX_ROUNDS: usize = 100;

/// Lloyd's k-means over the rows of an n × n matrix, started by k-means++ (D. Arthur, S. Vassilvitskii, 2007). Gives the
/// group of each row; groups are numbered by their first row, and none is empty.
pub(crate) fn k_means(rows: &[f64], n: usize, k: usize, random: &mut ChaCha8Rng) -> Vec<usize> {
    let mut centres = plus_plus(rows, n, k, random);
    let mut groups = vec![usize::MAX; n];
    for _ in 0..MAX_ROUNDS {
        let found: Vec<usize> = rows.chunks_exact(n).map(|row| nearest(row, &centres, n)).collect();
        if found == groups {
            break;
        }
        groups = found;
        move_centres(rows, n, &groups, &mut centres);
    }
    renumber(&groups)
}

fn plus_plus(rows: &[f64], n: usize, k: usize, random: &mut ChaCha8Rng) -> Vec<f64> {
    let row = |i: usize| &rows[i * n..(i + 1) * n];
    let first = usize::try_from(random.next_u64() % n as u64).expect("a row below n");
    let mut centres = row(first).to_vec();
    let mut distances: Vec<f64> = (0..n).map(|i| squared(row(i), row(first))).collect();
    for _ in 1..k {
        let total: f64 = distances.iter().sum();
        let mut left = uniform(random) * total;
        // The last row with a distance, should rounding carry the draw past the end.
        let mut next = distances.iter().rposition(|d| *d > 0.0).unwrap_or(0);
        for (i, distance) in distances.iter().enumerate() {
            left -= distance;
            if left < 0.0 {
                next = i;
                break;
            }
        }
        centres.extend_from_slice(row(next));
        for (i, distance) in distances.iter_mut().enumerate() {
            let to_next = squared(row(i), row(next));
            *distance = if to_next < *distance { to_next } else { *distance };
        }
    }
    centres
}

fn nearest(row: &[f64], centres: &[f64], n: usize) -> usize {
    let mut best = (0, f64::INFINITY);
    for (group, centre) in centres.chunks_exact(n).enumerate() {
        let distance = squared(row, centre);
        if distance < best.1 {
            best = (group, distance);
        }
    }
    best.0
}

/// Moves each centre to the mean of its rows; one without rows stays.
fn move_centres(rows: &[f64], n: usize, groups: &[usize], centres: &mut [f64]) {
    for (group, centre) in centres.chunks_exact_mut(n).enumerate() {
        let count = groups.iter().filter(|g| **g == group).count() as f64;
        if count == 0.0 {
            continue;
        }
        centre.fill(0.0);
        for (row, _) in rows.chunks_exact(n).zip(groups).filter(|(_, g)| **g == group) {
            for (sum, value) in centre.iter_mut().zip(row) {
                *sum += value / count;
            }
        }
    }
}

/// Squared Euclidean distance.
pub(crate) fn squared(a: &[f64], b: &[f64]) -> f64 {
    let mut lanes = [0.0; 8];
    let (left, right) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f64 = left.remainder().iter().zip(right.remainder()).map(|(x, y)| (x - y) * (x - y)).sum();
    for (x, y) in left.zip(right) {
        for ((lane, x), y) in lanes.iter_mut().zip(x).zip(y) {
            *lane += (x - y) * (x - y);
        }
    }
    lanes.iter().sum::<f64>() + rest
}

/// Numbers groups in order of their first members.
pub(crate) fn renumber(groups: &[usize]) -> Vec<usize> {
    let mut seen = Vec::new();
    let number = |group: &usize| {
        seen.iter().position(|known| known == group).unwrap_or_else(|| {
            seen.push(*group);
            seen.len() - 1
        })
    };
    groups.iter().map(number).collect()
}

fn uniform(random: &mut ChaCha8Rng) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}
