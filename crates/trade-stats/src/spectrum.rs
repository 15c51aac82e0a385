use crate::correlation::effective_trials;
use crate::error::{Error, check_count, check_table};
use crate::moments::{moments, varies};
use crate::sum::sums;

/// Correlations of all pairs of `series` (N × N, row by row, 1 on the diagonal). O(N²·T).
///
/// # Errors
/// [`Error::TooFew`] for no series or fewer than 2 periods; [`Error::Length`]; [`Error::NotFinite`]; [`Error::NoVariance`]
/// for a series whose values are all equal.
///
/// ```
/// let matrix = trade_stats::correlation_matrix(&[&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]])?;
/// assert!((matrix[1] + 1.0).abs() < 1e-12 && matrix[3] == 1.0);
/// # Ok::<(), trade_stats::Error>(())
/// ```
pub fn correlation_matrix(series: &[&[f64]]) -> Result<Vec<f64>, Error> {
    let length = check_table("series", series, 2)?;
    let n = series.len();
    let mut scaled = Vec::with_capacity(n);
    for (k, values) in series.iter().enumerate() {
        let constant = Error::NoVariance { what: "series", series: k };
        let m = moments(values).filter(|_| varies(values)).ok_or(constant)?;
        let size = m.std * (m.n as f64 - 1.0).sqrt();
        scaled.push(values.iter().map(|value| (value - m.mean) / size).collect::<Vec<f64>>());
    }
    let mut matrix = vec![1.0; n * n];
    for i in 0..n {
        for j in 0..i {
            let (a, b) = (&scaled[i], &scaled[j]);
            let [r] = sums(0..length, &|t| [a[t] * b[t]]);
            let r = r.clamp(-1.0, 1.0);
            (matrix[i * n + j], matrix[j * n + i]) = (r, r);
        }
    }
    Ok(matrix)
}

/// How many independent tries a set of correlated ones is worth, by three estimates. All are between 1 and N.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct EffectiveTrials {
    /// ρ̄ + (1 − ρ̄)·N with the mean correlation ρ̄ ([`effective_trials`]): blind to groups.
    pub by_mean_correlation: f64,
    /// Participation ratio of the eigenvalues, (Σλ)² / Σλ² = N² / Σ ρ²: a lower estimate.
    pub by_participation: f64,
    /// Nyholt's 1 + (N − 1)·(1 − Var(λ) / N): an upper estimate.
    pub by_eigenvalue_variance: f64,
}

/// The estimates from a correlation matrix ([`correlation_matrix`]). The sums of the eigenvalues and of their squares are
/// the trace and the sum of squares of the matrix, so none needs the eigenvalues themselves. O(N²).
/// [`cluster_trials`](crate::cluster_trials) counts groups instead.
///
/// # Errors
/// [`Error::TooFew`] for an empty matrix, [`Error::Length`] for one that is not square, [`Error::OutOfRange`] for a value
/// outside of −1..=1.
///
/// Source: D. R. Nyholt, *A Simple Correction for Multiple Testing for SNPs in Linkage Disequilibrium*, American Journal of
/// Human Genetics 74 (2004); the participation ratio is that of a spectrum in physics.
///
/// ```
/// // Two pairs of twins.
/// let matrix = [1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0];
/// let trials = trade_stats::effective_trials_of(&matrix)?;
/// assert_eq!(trials.by_participation, 2.0);
/// assert_eq!(trials.by_eigenvalue_variance, 3.0);
/// # Ok::<(), trade_stats::Error>(())
/// ```
pub fn effective_trials_of(matrix: &[f64]) -> Result<EffectiveTrials, Error> {
    let n = side(matrix)?;
    let count = n as f64;
    let [total, squares] = sums(0..matrix.len(), &|i| [matrix[i], matrix[i] * matrix[i]]);
    if n == 1 {
        return Ok(EffectiveTrials { by_mean_correlation: 1.0, by_participation: 1.0, by_eigenvalue_variance: 1.0 });
    }
    let mean = (total - count) / (count * (count - 1.0));
    let wrong = Error::OutOfRange { what: "mean correlation", value: mean, allowed: "-1 to 1" };
    // The eigenvalues have the mean 1, so Σ(λ − 1)² = Σλ² − N.
    let variance = (squares - count) / (count - 1.0);
    Ok(EffectiveTrials {
        by_mean_correlation: effective_trials(count, mean.clamp(-1.0, 1.0)).ok_or(wrong)?,
        by_participation: count * count / squares,
        by_eigenvalue_variance: 1.0 + (count - 1.0) * (1.0 - variance / count),
    })
}

/// Side of a correlation matrix after its values were checked.
pub(crate) fn side(matrix: &[f64]) -> Result<usize, Error> {
    check_count("values of the matrix", matrix.len(), 1)?;
    let n = matrix.len().isqrt();
    if n * n != matrix.len() {
        return Err(Error::Length { what: "correlation matrix", found: matrix.len(), expected: n * n });
    }
    match matrix.iter().find(|r| !(-1.0..=1.0).contains(*r)) {
        Some(&value) => Err(Error::OutOfRange { what: "correlation", value, allowed: "-1 to 1" }),
        None => Ok(n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn independent_tries_count_in_full_and_equal_ones_once() {
        let identity = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0];
        let all = effective_trials_of(&identity).unwrap();
        assert_eq!((all.by_mean_correlation, all.by_participation, all.by_eigenvalue_variance), (3.0, 3.0, 3.0));
        let one = effective_trials_of(&[1.0; 9]).unwrap();
        assert_eq!((one.by_mean_correlation, one.by_participation, one.by_eigenvalue_variance), (1.0, 1.0, 1.0));
        assert_eq!(effective_trials_of(&[1.0]).unwrap().by_participation.to_bits(), 1.0_f64.to_bits());
    }

    #[test]
    fn bad_matrices_are_named() {
        assert!(matches!(effective_trials_of(&[]), Err(Error::TooFew { .. })));
        assert!(matches!(effective_trials_of(&[1.0, 0.5]), Err(Error::Length { found: 2, expected: 1, .. })));
        assert!(matches!(effective_trials_of(&[1.0, 1.5, 1.5, 1.0]), Err(Error::OutOfRange { .. })));
        assert!(matches!(effective_trials_of(&[1.0, f64::NAN, 0.0, 1.0]), Err(Error::OutOfRange { .. })));
        let constant = correlation_matrix(&[&[1.0, 2.0], &[0.1, 0.1]]);
        assert_eq!(constant, Err(Error::NoVariance { what: "series", series: 1 }));
        assert!(correlation_matrix(&[]).is_err() && correlation_matrix(&[&[1.0]]).is_err());
    }
}
