/// How p-values of several tests are adjusted for their number. Adjusted values at most α are significant at α.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Adjustment {
    /// N·p: bounds the probability of one false discovery under any dependence.
    Bonferroni,
    /// Holm's step-down, the same bound and never weaker than Bonferroni's.
    Holm,
    /// Benjamini and Hochberg's step-up: bounds the share of false discoveries for independent tests.
    BenjaminiHochberg,
    /// Benjamini and Yekutieli's: the same bound under any dependence, by the factor Σ 1/i (the BHY of Harvey and Liu).
    BenjaminiYekutieli,
}

/// Adjusted p-values, each at most 1, in the order of `p_values`. O(N log N).
///
/// `None` for no p-values or one outside of 0..=1.
///
/// Source: S. Holm, *A Simple Sequentially Rejective Multiple Test Procedure* (1979); Y. Benjamini, Y. Hochberg,
/// *Controlling the False Discovery Rate* (1995); Y. Benjamini, D. Yekutieli, *The Control of the False Discovery Rate in
/// Multiple Testing under Dependency* (2001).
///
/// ```
/// use trade_stats::{Adjustment, adjust_p_values};
///
/// let p = adjust_p_values(&[0.25, 0.125, 0.75], Adjustment::Holm).ok_or("not probabilities")?;
/// assert_eq!(p, [0.5, 0.375, 0.75]);
/// # Ok::<(), &str>(())
/// ```
pub fn adjust_p_values(p_values: &[f64], adjustment: Adjustment) -> Option<Vec<f64>> {
    if p_values.is_empty() || p_values.iter().any(|p| !(0.0..=1.0).contains(p)) {
        return None;
    }
    let n = p_values.len();
    let count = n as f64;
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]));
    let mut adjusted = vec![1.0; n];
    match adjustment {
        Adjustment::Bonferroni => {
            for (slot, p) in adjusted.iter_mut().zip(p_values) {
                *slot = at_most_one(count * p);
            }
        }
        Adjustment::Holm => {
            let mut before = 0.0;
            for (rank, &i) in order.iter().enumerate() {
                let p = at_most_one((n - rank) as f64 * p_values[i]);
                before = if p > before { p } else { before };
                adjusted[i] = before;
            }
        }
        Adjustment::BenjaminiHochberg | Adjustment::BenjaminiYekutieli => {
            let factor = if adjustment == Adjustment::BenjaminiYekutieli { harmonic(n) } else { 1.0 };
            let mut after = 1.0;
            for (rank, &i) in order.iter().enumerate().rev() {
                let p = at_most_one(factor * count / (rank + 1) as f64 * p_values[i]);
                after = if p < after { p } else { after };
                adjusted[i] = after;
            }
        }
    }
    Some(adjusted)
}

/// p-value of an observed statistic among those of permuted (or resampled) data: (1 + number as large) / (1 + number of
/// permutations). Large statistics speak against the null hypothesis; negate them to test the other side.
///
/// It is never 0: the data itself is one of the permutations. `None` for no permutations or values that are NaN.
///
/// Source: B. Phipson, G. K. Smyth, *Permutation P-values Should Never Be Zero* (2010).
///
/// ```
/// assert_eq!(trade_stats::permutation_p_value(2.0, &[0.5, 1.0, 2.5]), Some(0.5));
/// ```
pub fn permutation_p_value(observed: f64, permuted: &[f64]) -> Option<f64> {
    if permuted.is_empty() || observed.is_nan() || permuted.iter().any(|value| value.is_nan()) {
        return None;
    }
    let as_large = permuted.iter().filter(|value| **value >= observed).count();
    Some((1.0 + as_large as f64) / (1.0 + permuted.len() as f64))
}

fn at_most_one(p: f64) -> f64 {
    if p > 1.0 { 1.0 } else { p }
}

fn harmonic(n: usize) -> f64 {
    (1..=n).rev().map(|i| 1.0 / i as f64).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_test_needs_no_adjustment() {
        for adjustment in
            [Adjustment::Bonferroni, Adjustment::Holm, Adjustment::BenjaminiHochberg, Adjustment::BenjaminiYekutieli]
        {
            assert_eq!(adjust_p_values(&[0.25], adjustment), Some(vec![0.25]));
            assert_eq!(adjust_p_values(&[], adjustment), None);
            assert_eq!(adjust_p_values(&[0.5, 1.5], adjustment), None);
            assert_eq!(adjust_p_values(&[0.5, f64::NAN], adjustment), None);
        }
    }

    #[test]
    fn permutations_without_values_have_no_p_value() {
        assert_eq!(permutation_p_value(1.0, &[]), None);
        assert_eq!(permutation_p_value(f64::NAN, &[1.0]), None);
        assert_eq!(permutation_p_value(1.0, &[f64::NAN]), None);
        assert_eq!(permutation_p_value(9.0, &[1.0]), Some(0.5));
    }
}
