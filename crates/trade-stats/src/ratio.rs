use crate::drawdown::max_drawdown;
use crate::moments::{Moments, finite, mean, moments};
use crate::returns::{cagr, downside_deviation, equity_curve, is_rate};
use crate::sum::sums;

/// A Sharpe ratio together with the length of its period, so that two of them are never compared by accident.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Sharpe {
    /// Mean over sample standard deviation of the returns of **one period**; not annualised.
    pub value: f64,
    /// Periods in a year.
    pub per_year: f64,
}

impl Sharpe {
    /// The ratio from moments that are there already; `None` without variance or with a `per_year` not above 0.
    pub fn from_moments(moments: &Moments, per_year: f64) -> Option<Self> {
        if moments.std == 0.0 || !is_rate(per_year) {
            return None;
        }
        Some(Self { value: finite(moments.mean / moments.std)?, per_year })
    }

    /// The ratio of yearly returns, `value · √per_year`, which assumes that periods do not depend on each other.
    pub fn annual(self) -> f64 {
        self.value * self.per_year.sqrt()
    }
}

/// Sharpe ratio of a series: mean over sample standard deviation (divisor n − 1).
///
/// - `returns`: returns of successive periods above the risk-free rate.
/// - `per_year`: periods in a year.
///
/// `None` for fewer than 2 returns, no variance, a value that is not finite, or a `per_year` that is not above 0.
///
/// Source: W. F. Sharpe, *The Sharpe Ratio* (1994).
///
/// ```
/// let s = trade_stats::sharpe(&[0.02, 0.0, 0.01], 4.0).ok_or("no variance")?;
/// assert!((s.value - 1.0).abs() < 1e-12 && (s.annual() - 2.0).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn sharpe(returns: &[f64], per_year: f64) -> Option<Sharpe> {
    Sharpe::from_moments(&moments(returns)?, per_year)
}

/// Sharpe ratio with the population deviation (divisor n) below: √(n / (n − 1)) times [`sharpe`], as purgedcv and users of
/// numpy's default compute it.
///
/// `None` as for [`sharpe`].
///
/// ```
/// let s = trade_stats::population_sharpe(&[0.03, -0.01], 1.0).ok_or("no variance")?;
/// assert!((s.value - 0.5).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn population_sharpe(returns: &[f64], per_year: f64) -> Option<Sharpe> {
    let sample = sharpe(returns, per_year)?;
    let n = returns.len() as f64;
    Some(Sharpe { value: sample.value * (n / (n - 1.0)).sqrt(), per_year })
}

/// Annualised Sortino ratio: (mean − `target`) · `per_year` over the annualised
/// [`downside_deviation`](crate::downside_deviation) (over all observations).
///
/// - `target`: least acceptable return of one period.
///
/// `None` where no return lies below the target, for no returns, or for values that are not finite.
///
/// ```
/// let s = trade_stats::sortino(&[0.02, -0.01], 0.0, 1.0).ok_or("no fall")?;
/// assert!((s - 0.707_107).abs() < 1e-6);
/// # Ok::<(), &str>(())
/// ```
pub fn sortino(returns: &[f64], target: f64, per_year: f64) -> Option<f64> {
    let downside = downside_deviation(returns, target, per_year)?;
    finite((mean(returns)? - target) * per_year / downside)
}

/// Calmar ratio over the whole series: [`cagr`] over the largest drawdown (a positive fraction) of the compounded
/// equity, which starts at 1 before the first return.
///
/// `None` without a drawdown, for no returns, or where the growth rate is undefined.
///
/// ```
/// let c = trade_stats::calmar(&[0.10, -0.10, 0.10], 3.0).ok_or("no drawdown")?;
/// assert!((c - 0.89).abs() < 1e-9);
/// # Ok::<(), &str>(())
/// ```
pub fn calmar(returns: &[f64], per_year: f64) -> Option<f64> {
    let rate = cagr(returns, per_year)?;
    let mut equity = vec![0.0; returns.len() + 1];
    equity_curve(returns, 1.0, &mut equity);
    finite(rate / max_drawdown(&equity)?.fraction)
}

/// Omega ratio: Σ max(r − `threshold`, 0) / Σ max(`threshold` − r, 0). At `threshold` 0 it is the profit factor of the
/// periods.
///
/// `None` where no return lies below the threshold, for no returns, or for values that are not finite.
///
/// Source: C. Keating, W. F. Shadwick, *A Universal Performance Measure* (2002).
///
/// ```
/// assert_eq!(trade_stats::omega(&[0.5, -0.25, 0.25], 0.0), Some(3.0));
/// ```
pub fn omega(returns: &[f64], threshold: f64) -> Option<f64> {
    let [above, below] = sums(0..returns.len(), &|i| {
        let excess = returns[i] - threshold;
        // A NaN goes to the losses and makes the result undefined.
        if excess > 0.0 { [excess, 0.0] } else { [0.0, -excess] }
    });
    finite(above / below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_without_variance_has_no_sharpe_ratio() {
        assert_eq!(sharpe(&[0.1; 5], 252.0), None);
        assert_eq!(sharpe(&[0.1], 252.0), None);
        assert_eq!(sharpe(&[0.1, 0.2], 0.0), None);
    }

    #[test]
    fn a_series_without_losses_has_no_downside_ratio() {
        assert_eq!(sortino(&[0.1, 0.2], 0.0, 252.0), None);
        assert_eq!(omega(&[0.1, 0.2], 0.0), None);
        assert_eq!(calmar(&[0.1, 0.2], 252.0), None);
        assert_eq!(sortino(&[0.0, 0.0], 0.0, 252.0), None);
    }

    #[test]
    fn nan_makes_every_ratio_undefined() {
        let returns = [0.1, f64::NAN, -0.1];
        assert_eq!(sharpe(&returns, 252.0), None);
        assert_eq!(sortino(&returns, 0.0, 252.0), None);
        assert_eq!(omega(&returns, 0.0), None);
        assert_eq!(calmar(&returns, 252.0), None);
    }
}
