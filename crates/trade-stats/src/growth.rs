use crate::moments::{finite, moments};
use crate::returns::{cagr, downside_deviation, is_rate};

/// Geometric mean return of a period, Π(1 + r)^(1/n) − 1: what quantstats calls expected return.
///
/// −1 after a total loss (backtesting.py prints 0 there). `None` for no returns, a growth below 0, or values that are
/// not finite.
///
/// ```
/// let g = trade_stats::geometric_mean(&[0.21, 0.0]).ok_or("no returns")?;
/// assert!((g - 0.1).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn geometric_mean(returns: &[f64]) -> Option<f64> {
    cagr(returns, 1.0)
}

/// Annual deviation of a compounding account: √((s² + (1 + g)²)^q − (1 + g)^(2q)), with the variance s² and the
/// [`geometric_mean`] g of one period and q periods a year. [`volatility`](crate::volatility) is s·√q.
///
/// `None` for fewer than 2 returns, a growth below 0, values that are not finite, or a `per_year` that is not above 0.
///
/// Source: backtesting.py's `Volatility (Ann.)`, which names ssrn.com/abstract=3054517.
///
/// ```
/// let v = trade_stats::compounded_volatility(&[0.01, -0.01, 0.02], 252.0).ok_or("too few")?;
/// assert!(v > trade_stats::volatility(&[0.01, -0.01, 0.02], 252.0).ok_or("too few")?);
/// # Ok::<(), &str>(())
/// ```
pub fn compounded_volatility(returns: &[f64], per_year: f64) -> Option<f64> {
    if !is_rate(per_year) {
        return None;
    }
    let std = moments(returns)?.std;
    let growth = 1.0 + geometric_mean(returns)?;
    let square = growth * growth;
    let (with, without) = (libm::pow(std * std + square, per_year), libm::pow(square, per_year));
    finite((with - without).sqrt())
}

/// Sharpe ratio of a compounding account: ([`cagr`] − `risk_free`) / [`compounded_volatility`], a year.
///
/// - `risk_free`: rate of a year, a fraction.
///
/// `None` without variance or where one of the two is undefined.
///
/// Source: backtesting.py's `Sharpe Ratio`.
///
/// ```
/// assert!(trade_stats::compounded_sharpe(&[0.01, -0.01, 0.02], 0.0, 252.0).is_some_and(|s| s > 0.0));
/// ```
pub fn compounded_sharpe(returns: &[f64], risk_free: f64, per_year: f64) -> Option<f64> {
    let volatility = compounded_volatility(returns, per_year)?;
    if moments(returns)?.std == 0.0 {
        return None;
    }
    finite((cagr(returns, per_year)? - risk_free) / volatility)
}

/// Sortino ratio of a compounding account: ([`cagr`] − `risk_free`) over the annual
/// [`downside_deviation`](crate::downside_deviation) below 0.
///
/// `None` without a loss or where one of the two is undefined.
///
/// Source: backtesting.py's `Sortino Ratio`.
///
/// ```
/// assert!(trade_stats::compounded_sortino(&[0.01, -0.01, 0.02], 0.0, 252.0).is_some_and(|s| s > 0.0));
/// ```
pub fn compounded_sortino(returns: &[f64], risk_free: f64, per_year: f64) -> Option<f64> {
    finite((cagr(returns, per_year)? - risk_free) / downside_deviation(returns, 0.0, per_year)?)
}

/// Share of periods whose return is not 0, 0 to 1: the time in the market as far as returns show it. A held position
/// whose price did not move counts as absent; [`exposure`](crate::exposure) knows the trades.
///
/// `None` for no returns or values that are not finite. quantstats rounds this **up** to whole per cents.
///
/// ```
/// assert_eq!(trade_stats::active_share(&[0.1, 0.0, -0.1, 0.0]), Some(0.5));
/// ```
pub fn active_share(returns: &[f64]) -> Option<f64> {
    if returns.iter().any(|r| !r.is_finite()) {
        return None;
    }
    finite(returns.iter().filter(|r| **r != 0.0).count() as f64 / returns.len() as f64)
}

/// Growth a year per time in the market: [`cagr`] / [`active_share`].
///
/// `None` where one is undefined or no period was active. quantstats' `rar` takes 252 periods a year whatever it was
/// told and divides by its rounded exposure; this does neither.
///
/// ```
/// let r = trade_stats::risk_adjusted_return(&[0.1, 0.0], 2.0).ok_or("never active")?;
/// assert!((r - 0.2).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn risk_adjusted_return(returns: &[f64], per_year: f64) -> Option<f64> {
    finite(cagr(returns, per_year)? / active_share(returns)?)
}

/// The rate of one period that compounds to `annual` over a year: (1 + `annual`)^(1/`per_year`) − 1.
///
/// `None` for an `annual` of −1 or below, or a `per_year` that is not above 0.
///
/// ```
/// let rate = trade_stats::period_rate(0.21, 2.0).ok_or("below -1")?;
/// assert!((rate - 0.1).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn period_rate(annual: f64, per_year: f64) -> Option<f64> {
    if !(annual > -1.0 && is_rate(per_year)) {
        return None;
    }
    finite(libm::expm1(libm::log1p(annual) / per_year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_loss_has_the_mean_minus_one() {
        assert_eq!(geometric_mean(&[0.5, -1.0]), Some(-1.0));
        assert_eq!(geometric_mean(&[0.5, -1.5]), None);
    }

    #[test]
    fn undefined_inputs_have_no_growth() {
        for bad in [&[][..], &[f64::NAN, 0.1], &[f64::INFINITY, 0.1]] {
            assert_eq!(geometric_mean(bad), None);
            assert_eq!(compounded_volatility(bad, 252.0), None);
            assert_eq!(compounded_sharpe(bad, 0.0, 252.0), None);
            assert_eq!(compounded_sortino(bad, 0.0, 252.0), None);
            assert_eq!(active_share(bad), None);
            assert_eq!(risk_adjusted_return(bad, 252.0), None);
        }
        assert_eq!(compounded_sharpe(&[0.01; 4], 0.0, 252.0), None);
        assert_eq!(compounded_sortino(&[0.01; 4], 0.0, 252.0), None);
        assert_eq!(compounded_volatility(&[0.1, 0.2], 0.0), None);
        assert_eq!(risk_adjusted_return(&[0.0; 4], 252.0), None);
        assert_eq!(period_rate(-1.0, 252.0), None);
        assert_eq!(period_rate(0.05, 0.0), None);
    }
}
