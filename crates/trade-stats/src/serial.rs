use crate::correlation::correlation;
use crate::moments::finite;
use crate::ratio::{Sharpe, sharpe, sortino};

/// Correlation of the returns with themselves `lag` periods earlier, −1 to 1: Pearson's, over the overlapping parts.
///
/// The estimate that divides by the variance of the whole series (as in correlograms) differs from it by terms of 1/n.
///
/// `None` for a `lag` of 0, fewer than `lag` + 2 returns, no variance in one of the parts, or values that are not finite.
///
/// ```
/// let r = trade_stats::autocorrelation(&[1.0, -1.0, 1.0, -1.0, 1.0], 1).ok_or("too few")?;
/// assert!((r + 1.0).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn autocorrelation(returns: &[f64], lag: usize) -> Option<f64> {
    if lag == 0 || returns.len() < lag.checked_add(2)? {
        return None;
    }
    correlation(&returns[..returns.len() - lag], &returns[lag..])
}

/// The factor by which the serial correlation of returns blows up their deviation: √(1 + 2·Σ (n − k)/n·|ρ|^k) over
/// k = 1 … n − 1, with ρ the [`autocorrelation`] at lag 1; at least 1.
///
/// The absolute value makes returns that alternate look riskier too, although they are not; Lo's
/// [`annualisation_factor`](crate::annualisation_factor) takes ρ with its sign. O(n).
///
/// `None` for fewer than 3 returns, no variance, or values that are not finite (quantstats answers 1 there).
///
/// Source: quantstats' `autocorr_penalty`, after A. W. Lo, *The Statistics of Sharpe Ratios* (2002).
///
/// ```
/// let penalty = trade_stats::autocorrelation_penalty(&[0.01, 0.02, 0.03, 0.02, 0.01]).ok_or("too few")?;
/// assert!((penalty - 1.0).abs() < 1e-12); // no correlation here
/// # Ok::<(), &str>(())
/// ```
pub fn autocorrelation_penalty(returns: &[f64]) -> Option<f64> {
    let rho = autocorrelation(returns, 1)?.abs();
    let n = returns.len();
    let mut power = 1.0;
    let mut total = 0.0;
    for k in 1..n {
        power *= rho;
        if power == 0.0 {
            break;
        }
        total += (n - k) as f64 / n as f64 * power;
    }
    finite((1.0 + 2.0 * total).sqrt())
}

/// Smart Sharpe ratio: [`sharpe`] over [`autocorrelation_penalty`].
///
/// `None` where one of the two is.
///
/// Source: quantstats' `smart_sharpe`.
///
/// ```
/// let r = [0.02, 0.01, -0.01, -0.02, 0.03, 0.02];
/// let smart = trade_stats::smart_sharpe(&r, 252.0).ok_or("too few")?;
/// assert!(smart.value < trade_stats::sharpe(&r, 252.0).ok_or("too few")?.value);
/// # Ok::<(), &str>(())
/// ```
pub fn smart_sharpe(returns: &[f64], per_year: f64) -> Option<Sharpe> {
    let plain = sharpe(returns, per_year)?;
    Some(Sharpe { value: plain.value / autocorrelation_penalty(returns)?, per_year })
}

/// Smart Sortino ratio: [`sortino`] over [`autocorrelation_penalty`].
///
/// `None` where one of the two is.
///
/// Source: quantstats' `smart_sortino`.
///
/// ```
/// assert!(trade_stats::smart_sortino(&[0.02, 0.01, -0.01, -0.02, 0.03], 0.0, 252.0).is_some());
/// ```
pub fn smart_sortino(returns: &[f64], target: f64, per_year: f64) -> Option<f64> {
    finite(sortino(returns, target, per_year)? / autocorrelation_penalty(returns)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_short_or_constant_series_have_no_autocorrelation() {
        assert_eq!(autocorrelation(&[0.1, 0.2], 1), None);
        assert_eq!(autocorrelation(&[0.1, 0.2, 0.3], 0), None);
        assert_eq!(autocorrelation(&[0.1, 0.2, 0.3], usize::MAX), None);
        assert_eq!(autocorrelation_penalty(&[0.1; 9]), None);
        assert_eq!(smart_sharpe(&[0.1, f64::NAN, 0.2, 0.3], 252.0), None);
        assert_eq!(smart_sortino(&[0.1, 0.2, 0.4, 0.3], 0.0, 252.0), None);
    }

    #[test]
    fn a_perfect_trend_is_penalised_by_the_root_of_its_length() {
        let trend: Vec<f64> = (0..50).map(f64::from).collect();
        assert!((autocorrelation_penalty(&trend).unwrap() - 50_f64.sqrt()).abs() < 1e-9);
    }
}
