use crate::drawdown::{drawdowns, max_drawdown};
use crate::moments::{finite, mean, std_dev};
use crate::returns::{cagr, compound_return, equity_curve};
use crate::sum::{sum, sums};
use crate::tail::{Shortfall, expected_shortfall};

/// Ulcer index: the root mean square of the drawdowns after each period, as a fraction (Martin multiplies by 100).
///
/// quantstats divides by n − 1 instead of n, so its number is √(n / (n − 1)) times this one.
///
/// - `returns`: simple returns, compounded from 1.
///
/// `None` for no returns or values that are not finite. 0 if the curve never falls.
///
/// Source: P. G. Martin and others, *The Investor's Guide to Fidelity Funds* (1989).
///
/// ```
/// let u = trade_stats::ulcer_index(&[0.0, -0.5, 1.0, 0.0]).ok_or("no returns")?;
/// assert_eq!(u, 0.25);
/// # Ok::<(), &str>(())
/// ```
pub fn ulcer_index(returns: &[f64]) -> Option<f64> {
    let depths = depths(returns)?;
    let [squares] = sums(0..depths.len(), &|i| [depths[i] * depths[i]]);
    finite((squares / depths.len() as f64).sqrt())
}

/// Pain index: the mean of the drawdowns after each period, a fraction.
///
/// `None` as for [`ulcer_index`].
///
/// Source: T. Becker, *The Pain Index and Pain Ratio*, Zephyr Associates (2006).
///
/// ```
/// assert_eq!(trade_stats::pain_index(&[0.0, -0.5, 1.0, 0.0]), Some(0.125));
/// ```
pub fn pain_index(returns: &[f64]) -> Option<f64> {
    mean(&depths(returns)?)
}

/// Ulcer performance index (Martin ratio): ([`cagr`] − `risk_free`) / [`ulcer_index`].
///
/// - `risk_free`: rate of a year, a fraction.
///
/// `None` without a drawdown or where one is undefined. quantstats puts the **total** return on top whatever the length
/// of the history, so its number grows with time; that one is [`total_return_over_ulcer`].
///
/// Source: P. G. Martin, *The Ulcer Performance Index* (1987).
///
/// ```
/// let u = trade_stats::ulcer_performance_index(&[0.5, -0.5, 1.0], 0.0, 3.0).ok_or("no drawdown")?;
/// assert!((u - 0.5 / (0.25_f64 / 3.0).sqrt()).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn ulcer_performance_index(returns: &[f64], risk_free: f64, per_year: f64) -> Option<f64> {
    finite((cagr(returns, per_year)? - risk_free) / ulcer_index(returns)?)
}

/// [`compound_return`] over quantstats' ulcer index (divisor n − 1): its `ulcer_performance_index`.
///
/// Comparable only between histories of one length. `None` without a drawdown or where one is undefined.
///
/// ```
/// let u = trade_stats::total_return_over_ulcer(&[0.5, -0.5, 1.0]).ok_or("no drawdown")?;
/// assert!((u - 0.5 / (0.25_f64 / 2.0).sqrt()).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn total_return_over_ulcer(returns: &[f64]) -> Option<f64> {
    finite(compound_return(returns)? / sample_ulcer(returns)?)
}

/// Serenity index: Σr / (ulcer index · pitfall), where pitfall is the 5 % expected shortfall of the drawdowns over the
/// deviation of the returns, and the ulcer index has the divisor n − 1.
///
/// - `kind`: how the shortfall is estimated; quantstats fits a normal distribution to the drawdowns
///   ([`Shortfall::Gaussian`]), which they never follow; [`Shortfall::Weighted`] takes those that occurred.
///
/// `None` without a drawdown, without variance, or for values that are not finite.
///
/// Source: Key Quant, *Introducing the Serenity Ratio*; quantstats' `serenity_index`.
///
/// ```
/// use trade_stats::{Shortfall, serenity_index};
///
/// assert!(serenity_index(&[0.03, -0.02, 0.02, -0.01, 0.02], Shortfall::Weighted).is_some_and(|s| s > 0.0));
/// ```
pub fn serenity_index(returns: &[f64], kind: Shortfall) -> Option<f64> {
    let falls: Vec<f64> = depths(returns)?.iter().map(|depth| -depth).collect();
    let pitfall = -expected_shortfall(&falls, 0.05, kind)? / std_dev(returns)?;
    finite(sum(returns) / (sample_ulcer(returns)? * pitfall))
}

/// Recovery factor: [`compound_return`] over the largest drawdown, with the sign of the return.
///
/// `None` without a drawdown or for values that are not finite. quantstats divides the **absolute** sum of the returns,
/// so a losing account shows a positive factor there; see [`summed_recovery_factor`].
///
/// ```
/// assert_eq!(trade_stats::recovery_factor(&[0.5, -0.5, 1.0]), Some(1.0));
/// ```
pub fn recovery_factor(returns: &[f64]) -> Option<f64> {
    finite(compound_return(returns)? / depth(returns)?)
}

/// Σr over the largest drawdown of the compounded curve: quantstats' `recovery_factor` with the sign that it drops.
///
/// `None` as for [`recovery_factor`].
///
/// ```
/// assert_eq!(trade_stats::summed_recovery_factor(&[0.5, -0.5, -0.25]), Some(-0.4));
/// ```
pub fn summed_recovery_factor(returns: &[f64]) -> Option<f64> {
    finite(sum(returns) / depth(returns)?)
}

/// Gain-to-pain ratio: Σr / Σ|r < 0|. Over the returns of months it is Schwager's; over days it is
/// [`omega`](crate::omega) at 0 less 1.
///
/// `None` without a loss or for values that are not finite.
///
/// Source: J. D. Schwager, *Hedge Fund Market Wizards* (2012), appendix A.
///
/// ```
/// assert_eq!(trade_stats::gain_to_pain(&[0.5, -0.25, 0.25]), Some(2.0));
/// ```
pub fn gain_to_pain(returns: &[f64]) -> Option<f64> {
    let [total, pain] = sums(0..returns.len(), &|i| [returns[i], if returns[i] < 0.0 { -returns[i] } else { 0.0 }]);
    finite(total / pain)
}

/// Conditional drawdown at risk: the mean of the worst share `alpha` of the drawdowns after each period, as a positive
/// fraction; the drawdown at the border of the share counts in part.
///
/// - `alpha`: between 0 and 1, both excluded; 0.05 is usual.
///
/// `None` for no returns, values that are not finite, or an `alpha` out of range.
///
/// Source: A. Chekhlov, S. Uryasev, M. Zabarankin, *Drawdown Measure in Portfolio Optimization* (2005).
///
/// ```
/// assert_eq!(trade_stats::conditional_drawdown(&[0.0, -0.5, 1.0, 0.0], 0.5), Some(0.25));
/// ```
pub fn conditional_drawdown(returns: &[f64], alpha: f64) -> Option<f64> {
    let falls: Vec<f64> = depths(returns)?.iter().map(|depth| -depth).collect();
    Some(-expected_shortfall(&falls, alpha, Shortfall::Weighted)?)
}

/// Drawdown after each period of the curve that starts at 1; `None` for no returns or values that are not finite.
fn depths(returns: &[f64]) -> Option<Vec<f64>> {
    if returns.is_empty() {
        return None;
    }
    let mut equity = vec![0.0; returns.len() + 1];
    equity_curve(returns, 1.0, &mut equity);
    let mut depths = vec![0.0; equity.len()];
    drawdowns(&equity, &mut depths);
    depths.remove(0);
    depths.iter().all(|depth| depth.is_finite()).then_some(depths)
}

fn depth(returns: &[f64]) -> Option<f64> {
    let mut equity = vec![0.0; returns.len() + 1];
    equity_curve(returns, 1.0, &mut equity);
    Some(max_drawdown(&equity)?.fraction)
}

fn sample_ulcer(returns: &[f64]) -> Option<f64> {
    let n = returns.len() as f64;
    finite(ulcer_index(returns)? * (n / (n - 1.0)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_that_never_falls_has_no_pain_and_no_ratio() {
        let rising = [0.01, 0.0, 0.02];
        assert_eq!((ulcer_index(&rising), pain_index(&rising)), (Some(0.0), Some(0.0)));
        assert_eq!(ulcer_performance_index(&rising, 0.0, 252.0), None);
        assert_eq!(total_return_over_ulcer(&rising), None);
        assert_eq!(serenity_index(&rising, Shortfall::Gaussian), None);
        assert_eq!(recovery_factor(&rising), None);
        assert_eq!(summed_recovery_factor(&rising), None);
        assert_eq!(gain_to_pain(&rising), None);
        assert_eq!(conditional_drawdown(&rising, 0.05), Some(0.0));
    }

    #[test]
    fn undefined_returns_have_no_pain() {
        for bad in [&[][..], &[0.1, f64::NAN], &[-0.1, f64::INFINITY, 0.1]] {
            assert_eq!(ulcer_index(bad), None);
            assert_eq!(pain_index(bad), None);
            assert_eq!(recovery_factor(bad), None);
            assert_eq!(summed_recovery_factor(bad), None);
            assert_eq!(gain_to_pain(bad), None);
            assert_eq!(conditional_drawdown(bad, 0.05), None);
            assert_eq!(serenity_index(bad, Shortfall::Weighted), None);
        }
        assert_eq!(total_return_over_ulcer(&[-0.1]), None);
    }
}
