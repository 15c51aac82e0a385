use crate::moments::{finite, mean, moments, varies};
use crate::sum::sums;

/// Pearson correlation of two series, from −1 to 1.
///
/// `None` for fewer than 2 values, a series without variance, or values that are not finite.
///
/// # Panics
/// If the series differ in length.
///
/// ```
/// let r = trade_stats::correlation(&[1.0, 2.0, 3.0], &[2.0, 4.0, 7.0]).ok_or("no variance")?;
/// assert!((r - 0.993_399).abs() < 1e-6);
/// # Ok::<(), &str>(())
/// ```
pub fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    assert_eq!(a.len(), b.len(), "correlation: the series differ in length");
    if !(varies(a) && varies(b)) {
        return None;
    }
    let (mean_a, mean_b) = (mean(a)?, mean(b)?);
    let [aa, bb, ab] = sums(0..a.len(), &|i| {
        let (x, y) = (a[i] - mean_a, b[i] - mean_b);
        [x * x, y * y, x * y]
    });
    // Rounding may carry a perfect correlation past its bound by one unit in the last place.
    Some(finite(ab / (aa.sqrt() * bb.sqrt()))?.clamp(-1.0, 1.0))
}

/// Mean correlation of all pairs of different series, in one pass over each: with the series scaled to mean 0 and
/// length 1, (|Σz|² − m) / (m·(m − 1)).
///
/// Series without variance (a strategy that never traded) are left out. `None` if fewer than 2 remain, or for values
/// that are not finite.
///
/// # Panics
/// If the series differ in length.
///
/// ```
/// let r = trade_stats::mean_correlation(&[&[1.0, 2.0, 3.0], &[3.0, 5.0, 7.0], &[2.0, 1.0, 0.0]]).ok_or("too few")?;
/// assert!((r - (1.0 - 1.0 - 1.0) / 3.0).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn mean_correlation(series: &[&[f64]]) -> Option<f64> {
    let len = series.first()?.len();
    let mut total = vec![0.0; len];
    let mut count = 0.0;
    for values in series {
        assert_eq!(values.len(), len, "mean_correlation: the series differ in length");
        let m = moments(values)?;
        if m.std == 0.0 {
            continue;
        }
        let length = m.std * (m.n as f64 - 1.0).sqrt();
        for (sum, value) in total.iter_mut().zip(*values) {
            *sum += (value - m.mean) / length;
        }
        count += 1.0;
    }
    if count < 2.0 {
        return None;
    }
    let [square] = sums(0..len, &|i| [total[i] * total[i]]);
    finite((square - count) / (count * (count - 1.0)))
}

/// Number of independent tries that `n_trials` correlated ones are worth: ρ̄ + (1 − ρ̄)·N.
///
/// - `mean_correlation`: mean correlation ρ̄ of the tries' returns, at most 1 ([`mean_correlation`]). At or below 0 the
///   tries count in full: tries against each other do not make more of them.
///
/// `None` for fewer than 1 try or a correlation outside of −1..=1.
///
/// Source: D. H. Bailey, M. López de Prado, *The Deflated Sharpe Ratio*, Journal of Portfolio Management 40 (2014),
/// appendix on the implied number of independent trials.
///
/// ```
/// assert_eq!(trade_stats::effective_trials(100.0, 0.5), Some(50.5));
/// ```
pub fn effective_trials(n_trials: f64, mean_correlation: f64) -> Option<f64> {
    if !(n_trials >= 1.0 && (-1.0..=1.0).contains(&mean_correlation)) {
        return None;
    }
    if mean_correlation <= 0.0 {
        return finite(n_trials);
    }
    finite(mean_correlation + (1.0 - mean_correlation) * n_trials)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_series_has_no_correlation() {
        assert_eq!(correlation(&[0.1; 3], &[1.0, 2.0, 3.0]), None);
        assert_eq!(correlation(&[], &[]), None);
        assert_eq!(correlation(&[f64::NAN, 1.0], &[1.0, 2.0]), None);
    }

    #[test]
    fn the_mean_correlation_is_that_of_the_pairs() {
        let series: [&[f64]; 4] =
            [&[0.1, -0.2, 0.3, 0.05], &[0.2, 0.1, -0.3, 0.4], &[0.0; 4], &[-0.1, 0.15, 0.2, -0.3]];
        let pairs = [(0, 1), (0, 3), (1, 3)].map(|(i, j)| correlation(series[i], series[j]).unwrap());
        let expected = pairs.iter().sum::<f64>() / 3.0;
        assert!((mean_correlation(&series).unwrap() - expected).abs() < 1e-12);
    }

    #[test]
    fn opposite_tries_count_in_full_and_equal_ones_once() {
        assert_eq!(effective_trials(10.0, -0.3), Some(10.0));
        assert_eq!(effective_trials(10.0, 1.0), Some(1.0));
        assert_eq!(effective_trials(0.0, 0.5), None);
        assert_eq!(effective_trials(10.0, 1.5), None);
    }
}
