/// The `p`-quantile of `values` by linear interpolation between order statistics (Hyndman and Fan's type 7, the default
/// of numpy, pandas and R).
///
/// - `values`: in any order; they are copied and sorted, O(n log n).
/// - `p`: 0 to 1.
///
/// `None` for no values, one that is not finite, or a `p` outside of 0..=1.
///
/// Source: R. J. Hyndman, Y. Fan, *Sample Quantiles in Statistical Packages*, American Statistician 50 (1996).
///
/// ```
/// assert_eq!(trade_stats::quantile(&[4.0, 1.0, 3.0, 2.0], 0.5), Some(2.5));
/// assert_eq!(trade_stats::quantile(&[], 0.5), None);
/// ```
pub fn quantile(values: &[f64], p: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    quantile_sorted(&sorted(values)?, p)
}

/// The median: [`quantile`] at 0.5.
///
/// ```
/// assert_eq!(trade_stats::median(&[3.0, 1.0, 2.0]), Some(2.0));
/// ```
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The values in rising order; `None` where one is not finite.
pub(crate) fn sorted(values: &[f64]) -> Option<Vec<f64>> {
    if values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    Some(sorted)
}

/// The `p`-quantile, 0 ≤ p ≤ 1, of values in rising order; `None` for no values.
pub(crate) fn quantile_sorted(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = p * last as f64;
    let below = position.floor();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ below ≤ last")]
    let index = below as usize;
    let (low, high) = (sorted[index], sorted[last.min(index + 1)]);
    Some(low + (high - low) * (position - below))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_the_extremes() {
        let values = [3.0, -1.0, 2.0];
        assert_eq!((quantile(&values, 0.0), quantile(&values, 1.0)), (Some(-1.0), Some(3.0)));
        assert_eq!(quantile(&[7.0], 0.3), Some(7.0));
    }

    #[test]
    fn impossible_shares_and_values_have_no_quantile() {
        for bad in [-0.1, 1.1, f64::NAN] {
            assert_eq!(quantile(&[1.0, 2.0], bad), None);
        }
        assert_eq!(quantile(&[1.0, f64::NAN], 0.5), None);
        assert_eq!(quantile(&[1.0, f64::INFINITY], 0.5), None);
        assert_eq!(median(&[]), None);
    }
}
