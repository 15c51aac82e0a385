use crate::moments::{finite, moments};
use crate::sum::sums;

/// Bias-corrected skewness G₁ = g₁·√(n(n − 1))/(n − 2), as spreadsheets, pandas and quantstats print it;
/// [`skewness`](crate::skewness) is g₁.
///
/// `None` for fewer than 3 values, equal values, or one that is not finite.
///
/// Source: D. N. Joanes, C. A. Gill, *Comparing Measures of Sample Skewness and Kurtosis*, The Statistician 47 (1998).
///
/// ```
/// let g = trade_stats::adjusted_skewness(&[1.0, 2.0, 6.0]).ok_or("too few values")?;
/// assert!((g - 1.457_863).abs() < 1e-6);
/// # Ok::<(), &str>(())
/// ```
pub fn adjusted_skewness(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    if values.len() < 3 {
        return None;
    }
    finite(moments(values)?.skewness? * (n * (n - 1.0)).sqrt() / (n - 2.0))
}

/// Excess kurtosis g₂ = m₄/m₂² − 3: 0 for a normal distribution. [`kurtosis`](crate::kurtosis) is the raw one.
///
/// `None` for fewer than 2 values, equal values, or one that is not finite.
///
/// ```
/// assert_eq!(trade_stats::excess_kurtosis(&[-1.0, 1.0]), Some(-2.0));
/// ```
pub fn excess_kurtosis(values: &[f64]) -> Option<f64> {
    Some(moments(values)?.kurtosis? - 3.0)
}

/// Bias-corrected excess kurtosis G₂ = (n − 1)/((n − 2)(n − 3))·((n + 1)·g₂ + 6), as spreadsheets, pandas and
/// quantstats print it. The formulas of the probabilistic Sharpe ratio want the **raw** kurtosis: putting this one into
/// (γ₄ − 1)/4 is a common mistake.
///
/// `None` for fewer than 4 values, equal values, or one that is not finite.
///
/// Source: D. N. Joanes, C. A. Gill, *Comparing Measures of Sample Skewness and Kurtosis*, The Statistician 47 (1998).
///
/// ```
/// let g = trade_stats::adjusted_excess_kurtosis(&[1.0, 2.0, 3.0, 4.0]).ok_or("too few values")?;
/// assert!((g + 1.2).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn adjusted_excess_kurtosis(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    if values.len() < 4 {
        return None;
    }
    finite((n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * excess_kurtosis(values)? + 6.0))
}

/// Stability of the growth: R² of the straight line through the cumulated logarithmic returns over time, 0 to 1.
///
/// It says how straight the curve is, not whether it rises: a steady loss is as stable as a steady gain.
///
/// `None` for fewer than 2 returns, a return of −1 or below, a flat curve, or values that are not finite.
///
/// Source: empyrical's `stability_of_timeseries`.
///
/// ```
/// let steady = trade_stats::stability(&[0.01; 20]).ok_or("flat")?;
/// assert!((steady - 1.0).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn stability(returns: &[f64]) -> Option<f64> {
    let n = returns.len();
    if n < 2 || returns.iter().any(|r| *r <= -1.0) {
        return None;
    }
    let mut total = 0.0;
    let curve: Vec<f64> = returns
        .iter()
        .map(|r| {
            total += libm::log1p(*r);
            total
        })
        .collect();
    let height = crate::mean(&curve)?;
    let middle = (n as f64 - 1.0) / 2.0;
    let [xx, yy, xy] = sums(0..n, &|i| {
        let (x, y) = (i as f64 - middle, curve[i] - height);
        [x * x, y * y, x * y]
    });
    if !crate::moments::varies(&curve) {
        return None;
    }
    // Rounding may carry a perfect line past 1.
    Some(finite(xy / xx * (xy / yy))?.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corrections_need_enough_values() {
        assert_eq!(adjusted_skewness(&[1.0, 2.0]), None);
        assert_eq!(adjusted_excess_kurtosis(&[1.0, 2.0, 4.0]), None);
        assert_eq!(adjusted_skewness(&[0.1; 5]), None);
        assert_eq!(adjusted_excess_kurtosis(&[0.1; 5]), None);
        assert_eq!(excess_kurtosis(&[f64::NAN, 1.0, 2.0]), None);
    }

    #[test]
    fn a_curve_that_ends_or_does_not_move_has_no_stability() {
        assert_eq!(stability(&[0.1, -1.0, 0.1]), None);
        assert_eq!(stability(&[0.0; 5]), None);
        assert_eq!(stability(&[0.1]), None);
        assert_eq!(stability(&[0.1, f64::NAN, 0.1]), None);
    }
}
