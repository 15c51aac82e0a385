//! Exact statements about a share of successes.

/// Exact interval of a probability after `k` successes in `n` tries. Its ends are the probabilities at which `k` or more,
/// and `k` or fewer, have the chance (1 − `confidence`) / 2.
///
/// Source: C. J. Clopper, E. S. Pearson, *The Use of Confidence or Fiducial Limits Illustrated in the Case of the
/// Binomial*, Biometrika 26 (1934).
pub(crate) fn clopper_pearson(k: usize, n: usize, confidence: f64) -> [f64; 2] {
    let tail = (1.0 - confidence) / 2.0;
    let low = if k == 0 { 0.0 } else { bisect(|p| 1.0 - at_most(k - 1, n, p) < tail) };
    let high = if k == n { 1.0 } else { bisect(|p| at_most(k, n, p) > tail) };
    [low, high]
}

/// The fewest successes that come up or are exceeded with a probability of at most `tail`, less one: a count above it
/// says that the probability of a success is not `p`.
pub(crate) fn upper_bound(n: usize, p: f64, tail: f64) -> usize {
    (0..n).find(|&k| 1.0 - at_most(k, n, p) <= tail).unwrap_or(n)
}

/// Probability of `k` successes or fewer.
pub(crate) fn at_most(k: usize, n: usize, p: f64) -> f64 {
    if p <= 0.0 || k >= n {
        return 1.0;
    }
    if p >= 1.0 {
        return 0.0;
    }
    let log_of = |i: usize| {
        let choose = libm::lgamma(n as f64 + 1.0) - libm::lgamma(i as f64 + 1.0) - libm::lgamma((n - i) as f64 + 1.0);
        choose + i as f64 * libm::log(p) + (n - i) as f64 * libm::log1p(-p)
    };
    (0..=k).map(|i| libm::exp(log_of(i))).sum()
}

/// The p at which `below` turns from true to false.
fn bisect(below: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if below(middle) { low = middle } else { high = middle }
    }
    low
}
