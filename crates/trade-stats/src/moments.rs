use crate::sum::{sum, sums};

/// Mean, standard deviation and shape of a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Moments {
    /// Number of values, at least 2.
    pub n: usize,
    /// Arithmetic mean.
    pub mean: f64,
    /// Sample standard deviation (divisor n − 1); exactly 0 where all values are equal.
    pub std: f64,
    /// Third standardised moment, as [`skewness`] defines it; `None` where all values are equal.
    pub skewness: Option<f64>,
    /// Fourth standardised moment, raw, as [`kurtosis`] defines it; `None` where all values are equal.
    pub kurtosis: Option<f64>,
}

/// Arithmetic mean; `None` for no values or one that is not finite.
///
/// ```
/// assert_eq!(trade_stats::mean(&[1.0, 2.0, 6.0]), Some(3.0));
/// assert_eq!(trade_stats::mean(&[]), None);
/// ```
pub fn mean(values: &[f64]) -> Option<f64> {
    finite(sum(values) / values.len() as f64)
}

/// Sample standard deviation √(Σ(x − x̄)² / (n − 1)); `None` for fewer than 2 values or one that is not finite.
///
/// ```
/// assert_eq!(trade_stats::std_dev(&[1.0, 3.0]), Some(std::f64::consts::SQRT_2));
/// assert_eq!(trade_stats::std_dev(&[0.1, 0.1, 0.1]), Some(0.0));
/// ```
pub fn std_dev(values: &[f64]) -> Option<f64> {
    moments(values).map(|m| m.std)
}

/// Skewness γ₃ = m₃ / m₂^1.5 from central moments with divisor n (the biased `g₁`, as in scipy's default and in the
/// papers on the Sharpe ratio); 0 for symmetric values. Spreadsheets and quantstats print the bias-corrected `G₁`.
///
/// `None` for fewer than 2 values, equal values, or one that is not finite.
///
/// ```
/// assert_eq!(trade_stats::skewness(&[-1.0, 0.0, 1.0]), Some(0.0));
/// ```
pub fn skewness(values: &[f64]) -> Option<f64> {
    moments(values)?.skewness
}

/// Raw kurtosis γ₄ = m₄ / m₂² from central moments with divisor n; 3 for a normal distribution, at least 1.
/// The *excess* kurtosis that many libraries print is 3 less, and often bias-corrected.
///
/// `None` for fewer than 2 values, equal values, or one that is not finite.
///
/// ```
/// assert_eq!(trade_stats::kurtosis(&[-1.0, 1.0, -1.0, 1.0]), Some(1.0));
/// ```
pub fn kurtosis(values: &[f64]) -> Option<f64> {
    moments(values)?.kurtosis
}

/// All moments in two passes; `None` for fewer than 2 values, one that is not finite, or an overflow.
///
/// ```
/// let m = trade_stats::moments(&[1.0, 2.0, 3.0, 4.0]).ok_or("too few values")?;
/// assert_eq!((m.n, m.mean, m.skewness), (4, 2.5, Some(0.0)));
/// # Ok::<(), &str>(())
/// ```
pub fn moments(values: &[f64]) -> Option<Moments> {
    let n = values.len();
    if n < 2 {
        return None;
    }
    let mean = mean(values)?;
    // The mean of equal values need not round to the value, so equal values are asked for, not inferred.
    if !varies(values) {
        return Some(Moments { n, mean: values[0], std: 0.0, skewness: None, kurtosis: None });
    }
    let [d1, d2, d3, d4] = sums(0..n, &|i| {
        let d = values[i] - mean;
        let square = d * d;
        [d, square, square * d, square * square]
    });
    let count = n as f64;
    let squares = d2 - d1 * d1 / count;
    let m2 = squares / count;
    Some(Moments {
        n,
        mean,
        std: finite((squares / (count - 1.0)).sqrt())?,
        skewness: finite(d3 / count / (m2 * m2.sqrt())),
        kurtosis: finite(d4 / count / (m2 * m2)),
    })
}

/// Whether a value differs from the first.
pub(crate) fn varies(values: &[f64]) -> bool {
    values.iter().any(|value| value - values[0] != 0.0)
}

/// The value, unless it is infinite or NaN.
pub(crate) fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_no_deviation_and_no_shape() {
        let m = moments(&[0.1; 7]).unwrap();
        assert_eq!((m.mean, m.std, m.skewness, m.kurtosis), (0.1, 0.0, None, None));
    }

    #[test]
    fn values_that_are_not_finite_have_no_moments() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(moments(&[1.0, bad, 2.0]), None);
            assert_eq!(mean(&[bad]), None);
        }
        assert_eq!(moments(&[1.0]), None);
    }

    #[test]
    fn a_large_offset_does_not_spoil_the_deviation() {
        let shifted: Vec<f64> = (0..1_000).map(|i| 1e9 + f64::from(i % 2)).collect();
        let m = moments(&shifted).unwrap();
        assert!((m.std - (250.0_f64 / 999.0).sqrt()).abs() < 1e-12, "{m:?}");
    }
}
