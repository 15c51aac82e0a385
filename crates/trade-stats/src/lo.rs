use crate::moments::finite;

/// Standard error of a Sharpe ratio of `n` independent, normally distributed returns: √((1 + SR²/2) / n).
///
/// - `sharpe`: the ratio of one period.
///
/// `None` for no returns or a ratio that is not finite.
///
/// Source: A. W. Lo, *The Statistics of Sharpe Ratios*, Financial Analysts Journal 58 (2002), equation 9.
///
/// ```
/// let error = trade_stats::sharpe_standard_error(0.5, 12).ok_or("no returns")?;
/// assert!((error - 0.306).abs() < 5e-4);
/// # Ok::<(), &str>(())
/// ```
pub fn sharpe_standard_error(sharpe: f64, n: usize) -> Option<f64> {
    finite(((1.0 + sharpe * sharpe / 2.0) / n as f64).sqrt())
}

/// The factor η(q) from the Sharpe ratio of one period to that of `periods` together, for returns that follow a
/// first-order autoregression; √q where `autocorrelation` is 0.
///
/// √q / √(1 + 2ρ/(1 − ρ)·(1 − (1 − ρ^q) / (q·(1 − ρ))))
///
/// - `autocorrelation`: ρ of successive returns, between −1 and 1, both excluded.
///
/// `None` for no periods or a ρ outside of that range.
///
/// Source: A. W. Lo, *The Statistics of Sharpe Ratios*, Financial Analysts Journal 58 (2002), equation 21.
///
/// ```
/// let factor = trade_stats::annualisation_factor(12, 0.2).ok_or("no periods")?;
/// assert!((factor - 2.88).abs() < 5e-3);
/// # Ok::<(), &str>(())
/// ```
pub fn annualisation_factor(periods: u32, autocorrelation: f64) -> Option<f64> {
    let (q, rho) = (f64::from(periods), autocorrelation);
    if periods == 0 || !(rho > -1.0 && rho < 1.0) {
        return None;
    }
    let remainder = 1.0 - (1.0 - libm::pow(rho, q)) / (q * (1.0 - rho));
    finite(q.sqrt() / (1.0 + 2.0 * rho / (1.0 - rho) * remainder).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn independent_returns_scale_with_the_root() {
        assert_eq!(annualisation_factor(252, 0.0), Some(252_f64.sqrt()));
        assert_eq!(annualisation_factor(1, 0.7), Some(1.0));
    }

    #[test]
    fn impossible_autocorrelations_are_undefined() {
        for bad in [1.0, -1.0, 1.5, f64::NAN] {
            assert_eq!(annualisation_factor(12, bad), None);
        }
        assert_eq!(annualisation_factor(0, 0.1), None);
        assert_eq!(sharpe_standard_error(0.1, 0), None);
    }
}
