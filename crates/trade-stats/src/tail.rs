use crate::moments::{Moments, finite, mean, moments};
use crate::normal::{normal_density, normal_quantile};
use crate::quantile::{quantile, quantile_sorted, sorted};
use crate::sum::sum;

/// How a value at risk is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ValueAtRisk {
    /// The quantile of the returns themselves, interpolated ([`quantile`]): empyrical's `value_at_risk`.
    Historical,
    /// x̄ + Z(α)·s of a normal distribution: quantstats' `value_at_risk`.
    Gaussian,
    /// The normal quantile corrected for skewness γ₃ and excess kurtosis κ = γ₄ − 3 before it is scaled:
    /// z + (z² − 1)·γ₃/6 + (z³ − 3z)·κ/24 − (2z³ − 5z)·γ₃²/36.
    CornishFisher,
}

/// How an expected shortfall (conditional value at risk) is estimated. The four disagree by design: on one series the
/// peers print −1.89 % and −1.66 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Shortfall {
    /// Mean of the returns at or below the historical value at risk: quantstats with `method="historical"`.
    BelowQuantile,
    /// Mean of the ⌊(n − 1)·α⌋ + 1 smallest returns: empyrical's `conditional_value_at_risk`.
    WorstCount,
    /// Mean of the worst share α, the return at its border counted in part: Rockafellar and Uryasev's estimate, which
    /// is coherent; skfolio's `cvar`.
    Weighted,
    /// x̄ − s·φ(Z(α))/α of a normal distribution: quantstats' default. It does not see fat tails.
    Gaussian,
}

/// Value at risk as a **return**: −0.02 says that the worst share `alpha` of periods loses 2 % or more.
///
/// - `alpha`: share of the worst periods, between 0 and 1, both excluded; 0.05 is "95 % value at risk".
///
/// `None` for no returns (for fewer than 2, or none that vary, where the kind needs moments), values that are not
/// finite, or an `alpha` out of range.
///
/// Source: P. Jorion, *Value at Risk* (2006); L. Favre, J.-A. Galeano, *Mean-Modified Value-at-Risk Optimization with
/// Hedge Funds*, Journal of Alternative Investments 5 (2002).
///
/// ```
/// use trade_stats::{ValueAtRisk, value_at_risk};
///
/// let returns = [0.01, -0.03, 0.02, -0.01, 0.005];
/// assert_eq!(value_at_risk(&returns, 0.25, ValueAtRisk::Historical), Some(-0.01));
/// ```
pub fn value_at_risk(returns: &[f64], alpha: f64, kind: ValueAtRisk) -> Option<f64> {
    let z = z_of(alpha)?;
    match kind {
        ValueAtRisk::Historical => quantile(returns, alpha),
        ValueAtRisk::Gaussian => {
            let m = moments(returns)?;
            finite(m.mean + z * m.std)
        }
        ValueAtRisk::CornishFisher => cornish_fisher(&moments(returns)?, z),
    }
}

/// Expected shortfall (conditional value at risk) as a **return**: the mean over the worst share `alpha` of periods.
///
/// - `alpha`: as in [`value_at_risk`].
///
/// `None` as there.
///
/// Source: R. T. Rockafellar, S. Uryasev, *Optimization of Conditional Value-at-Risk*, Journal of Risk 2 (2000).
///
/// ```
/// use trade_stats::{Shortfall, expected_shortfall};
///
/// let returns = [0.01, -0.03, 0.02, -0.01, 0.005];
/// assert_eq!(expected_shortfall(&returns, 0.25, Shortfall::BelowQuantile), Some(-0.02));
/// // The worst fifth in full, and a quarter of the next: (0.2 · −0.03 + 0.05 · −0.01) / 0.25.
/// let weighted = expected_shortfall(&returns, 0.25, Shortfall::Weighted).ok_or("no returns")?;
/// assert!((weighted + 0.026).abs() < 1e-15);
/// # Ok::<(), &str>(())
/// ```
pub fn expected_shortfall(returns: &[f64], alpha: f64, kind: Shortfall) -> Option<f64> {
    let z = z_of(alpha)?;
    if kind == Shortfall::Gaussian {
        let m = moments(returns)?;
        return finite(m.mean - m.std * normal_density(z) / alpha);
    }
    let sorted = sorted(returns)?;
    let n = sorted.len();
    let share = alpha * n as f64;
    let n_worst = match kind {
        Shortfall::BelowQuantile => {
            let border = quantile_sorted(&sorted, alpha)?;
            sorted.partition_point(|value| *value <= border)
        }
        Shortfall::WorstCount => floor(alpha * n.checked_sub(1)? as f64) + 1,
        Shortfall::Weighted | Shortfall::Gaussian => floor(share),
    };
    if kind == Shortfall::Weighted {
        let border = *sorted.get(n_worst)?;
        return finite((sum(&sorted[..n_worst]) + (share - n_worst as f64) * border) / share);
    }
    mean(&sorted[..n_worst])
}

/// Tail ratio |q(`cutoff`)| / |q(1 − `cutoff`)|: the upper quantile over the lower; above 1 the good tail is the longer.
///
/// - `cutoff`: above 0.5 and below 1; 0.95 is usual.
///
/// `None` where the lower quantile is 0, for no returns, values that are not finite or a `cutoff` out of range.
///
/// Source: empyrical's `tail_ratio`, quantstats' `tail_ratio`.
///
/// ```
/// assert_eq!(trade_stats::tail_ratio(&[-0.5, 0.0, 1.0], 0.75), Some(2.0));
/// ```
pub fn tail_ratio(returns: &[f64], cutoff: f64) -> Option<f64> {
    if !(cutoff > 0.5 && cutoff < 1.0) {
        return None;
    }
    let sorted = sorted(returns)?;
    finite((quantile_sorted(&sorted, cutoff)? / quantile_sorted(&sorted, 1.0 - cutoff)?).abs())
}

/// Outlier win ratio: the `p`-quantile over the mean of the returns that are not negative (0 counts, as in quantstats).
///
/// - `p`: 0 to 1; 0.99 is usual.
///
/// `None` where no return is above 0, for values that are not finite or a `p` out of range.
///
/// Source: quantstats' `outlier_win_ratio`.
///
/// ```
/// assert_eq!(trade_stats::outlier_win_ratio(&[-1.0, 0.0, 1.0, 2.0], 1.0), Some(2.0));
/// ```
pub fn outlier_win_ratio(returns: &[f64], p: f64) -> Option<f64> {
    outlier_win_over(quantile(returns, p)?, returns)
}

/// Outlier loss ratio: the `p`-quantile over the mean of the negative returns.
///
/// - `p`: 0 to 1; 0.01 is usual.
///
/// `None` where no return is negative, for values that are not finite or a `p` out of range.
///
/// Source: quantstats' `outlier_loss_ratio`.
///
/// ```
/// assert_eq!(trade_stats::outlier_loss_ratio(&[-1.0, 0.0, 1.0, -3.0], 0.0), Some(1.5));
/// ```
pub fn outlier_loss_ratio(returns: &[f64], p: f64) -> Option<f64> {
    outlier_loss_over(quantile(returns, p)?, returns)
}

/// A quantile over the mean of the returns that are not negative.
pub(crate) fn outlier_win_over(quantile: f64, returns: &[f64]) -> Option<f64> {
    let upper: Vec<f64> = returns.iter().copied().filter(|r| *r >= 0.0).collect();
    finite(quantile / mean(&upper)?)
}

/// A quantile over the mean of the negative returns.
pub(crate) fn outlier_loss_over(quantile: f64, returns: &[f64]) -> Option<f64> {
    let lower: Vec<f64> = returns.iter().copied().filter(|r| *r < 0.0).collect();
    finite(quantile / mean(&lower)?)
}

fn cornish_fisher(m: &Moments, z: f64) -> Option<f64> {
    let (skew, excess) = (m.skewness?, m.kurtosis? - 3.0);
    let squared = z * z;
    let corrected = z + (squared - 1.0) * skew / 6.0 + (squared - 3.0) * z * excess / 24.0
        - (2.0 * squared - 5.0) * z * skew * skew / 36.0;
    finite(m.mean + corrected * m.std)
}

fn z_of(alpha: f64) -> Option<f64> {
    if !(alpha > 0.0 && alpha < 1.0) {
        return None;
    }
    normal_quantile(alpha)
}

fn floor(value: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
    let whole = value as usize;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Shortfall; 4] =
        [Shortfall::BelowQuantile, Shortfall::WorstCount, Shortfall::Weighted, Shortfall::Gaussian];

    #[test]
    fn an_empty_or_broken_tail_is_undefined() {
        for kind in KINDS {
            assert_eq!(expected_shortfall(&[], 0.05, kind), None, "{kind:?}");
            assert_eq!(expected_shortfall(&[0.1, f64::NAN], 0.05, kind), None, "{kind:?}");
            assert_eq!(expected_shortfall(&[0.1, 0.2], 1.0, kind), None, "{kind:?}");
            assert_eq!(expected_shortfall(&[0.1, 0.2], 0.0, kind), None, "{kind:?}");
        }
        assert_eq!(value_at_risk(&[], 0.05, ValueAtRisk::Historical), None);
        assert_eq!(value_at_risk(&[0.1], 0.05, ValueAtRisk::Gaussian), None);
        assert_eq!(value_at_risk(&[0.1, 0.1], 0.05, ValueAtRisk::CornishFisher), None);
    }

    #[test]
    fn one_value_is_its_own_historical_tail() {
        for kind in &KINDS[..3] {
            assert_eq!(expected_shortfall(&[-0.25], 0.05, *kind), Some(-0.25), "{kind:?}");
        }
    }

    #[test]
    fn sides_that_do_not_occur_have_no_outliers() {
        assert_eq!(outlier_win_ratio(&[-1.0], 0.99), None);
        assert_eq!(outlier_win_ratio(&[0.0, -1.0], 0.99), None);
        assert_eq!(outlier_loss_ratio(&[1.0, 0.0], 0.01), None);
        assert_eq!(tail_ratio(&[0.0, 0.0, 1.0], 0.95), None);
        assert_eq!(tail_ratio(&[1.0, 2.0], 0.5), None);
    }
}
