use crate::moments::{finite, std_dev};
use crate::sum::sums;

/// Compounded return of a series, Π(1 + r) − 1, as a fraction: 0.05 is 5 %.
///
/// - `returns`: simple returns of successive periods, as fractions.
///
/// `None` for no returns or a result that is not finite.
///
/// ```
/// assert_eq!(trade_stats::compound_return(&[0.5, -0.5]), Some(-0.25));
/// ```
pub fn compound_return(returns: &[f64]) -> Option<f64> {
    if returns.is_empty() {
        return None;
    }
    finite(growth(returns) - 1.0)
}

/// Compound annual growth rate, Π(1 + r)^(`per_year` / n) − 1, as a fraction.
///
/// - `returns`: simple returns of successive periods.
/// - `per_year`: periods in a year, above 0 (252 for exchange days).
///
/// −1 after a total loss. `None` for no returns, a growth below 0 (debt has no growth rate) or a result that is not
/// finite.
///
/// ```
/// let monthly = [0.01; 12];
/// let yearly = trade_stats::cagr(&monthly, 12.0).ok_or("no returns")?;
/// assert!((yearly - 0.126_825).abs() < 1e-6);
/// # Ok::<(), &str>(())
/// ```
pub fn cagr(returns: &[f64], per_year: f64) -> Option<f64> {
    let growth = growth(returns);
    if returns.is_empty() || growth < 0.0 || !is_rate(per_year) {
        return None;
    }
    finite(libm::pow(growth, per_year / returns.len() as f64) - 1.0)
}

/// Annualised volatility: sample standard deviation times √`per_year`.
///
/// The root rule assumes that periods do not depend on each other; see
/// [`annualisation_factor`](crate::annualisation_factor) where they do.
///
/// `None` for fewer than 2 returns, one that is not finite, or a `per_year` that is not above 0.
///
/// ```
/// let v = trade_stats::volatility(&[0.01, -0.01], 4.0).ok_or("too few returns")?;
/// assert!((v - 0.028_284).abs() < 1e-6);
/// # Ok::<(), &str>(())
/// ```
pub fn volatility(returns: &[f64], per_year: f64) -> Option<f64> {
    if !is_rate(per_year) {
        return None;
    }
    finite(std_dev(returns)? * per_year.sqrt())
}

/// Annualised downside deviation √(Σ min(r − `target`, 0)² / n) · √`per_year`, over **all** n observations, not only
/// those below the target.
///
/// - `target`: least acceptable return of one period, a fraction.
///
/// `None` for no returns, one that is not finite, or a `per_year` that is not above 0.
///
/// Source: F. Sortino, L. Price, *Performance Measurement in a Downside Risk Framework* (1994).
///
/// ```
/// let d = trade_stats::downside_deviation(&[0.03, -0.04], 0.0, 1.0).ok_or("no returns")?;
/// assert!((d - 0.028_284).abs() < 1e-6);
/// # Ok::<(), &str>(())
/// ```
pub fn downside_deviation(returns: &[f64], target: f64, per_year: f64) -> Option<f64> {
    if !is_rate(per_year) {
        return None;
    }
    let [squares] = sums(0..returns.len(), &|i| {
        let excess = returns[i] - target;
        // Written with `if`, because `f64::min` would turn NaN into 0.
        [if excess >= 0.0 { 0.0 } else { excess * excess }]
    });
    finite((squares / returns.len() as f64).sqrt() * per_year.sqrt())
}

/// Equity that starts at `initial` and grows by `returns`: `out[0] = initial`, `out[i + 1] = out[i] · (1 + returns[i])`.
///
/// # Panics
/// If `out` is not one longer than `returns`.
///
/// ```
/// let mut equity = [0.0; 3];
/// trade_stats::equity_curve(&[0.5, -0.5], 100.0, &mut equity);
/// assert_eq!(equity, [100.0, 150.0, 75.0]);
/// ```
pub fn equity_curve(returns: &[f64], initial: f64, out: &mut [f64]) {
    assert_eq!(out.len(), returns.len() + 1, "equity_curve: out must be one longer than returns");
    out[0] = initial;
    for (i, &r) in returns.iter().enumerate() {
        out[i + 1] = out[i] * (1.0 + r);
    }
}

fn growth(returns: &[f64]) -> f64 {
    returns.iter().fold(1.0, |equity, r| equity * (1.0 + r))
}

/// Whether a number can be a count of periods a year.
pub(crate) fn is_rate(per_year: f64) -> bool {
    per_year.is_finite() && per_year > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_loss_grows_by_minus_one_and_debt_by_nothing_defined() {
        assert_eq!(cagr(&[0.2, -1.0], 252.0), Some(-1.0));
        assert_eq!(cagr(&[0.2, -1.5], 252.0), None);
    }

    #[test]
    fn nan_is_never_counted_as_no_loss() {
        assert_eq!(downside_deviation(&[0.1, f64::NAN], 0.0, 1.0), None);
        assert_eq!(compound_return(&[0.1, f64::NAN]), None);
    }

    #[test]
    fn rejects_a_year_without_periods() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(volatility(&[0.1, 0.2], bad), None);
            assert_eq!(cagr(&[0.1, 0.2], bad), None);
            assert_eq!(downside_deviation(&[0.1, 0.2], 0.0, bad), None);
        }
    }

    #[test]
    fn empty_series_have_no_statistics() {
        assert_eq!(compound_return(&[]), None);
        assert_eq!(cagr(&[], 252.0), None);
        assert_eq!(downside_deviation(&[], 0.0, 252.0), None);
    }
}
