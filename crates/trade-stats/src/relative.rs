use crate::moments::{finite, mean, moments, varies};
use crate::returns::{cagr, is_rate};
use crate::sum::sums;

/// The line r = α + β·b + ε through the returns of a strategy over those of a benchmark, by least squares.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Regression {
    /// Number of periods, at least 2.
    pub n: usize,
    /// β, the covariance over the variance of the benchmark.
    pub beta: f64,
    /// α, the part of the mean return of **one period** that the benchmark does not explain.
    pub alpha: f64,
    /// Share of the variance that it explains, 0 to 1; `None` if the strategy's returns do not vary.
    pub r_squared: Option<f64>,
    /// Correlation of the two, −1 to 1; `None` if the strategy's returns do not vary.
    pub correlation: Option<f64>,
    /// Standard deviation of ε, with n − 2 degrees of freedom; `None` for 2 periods.
    pub residual_std: Option<f64>,
}

impl Regression {
    /// α a year as quantstats has it, α · `per_year`.
    pub fn annual_alpha(&self, per_year: f64) -> f64 {
        self.alpha * per_year
    }

    /// α a year as empyrical and pyfolio have it, compounded: (1 + α)^`per_year` − 1. `None` for an α below −1.
    pub fn compounded_alpha(&self, per_year: f64) -> Option<f64> {
        cagr(&[self.alpha], per_year)
    }
}

/// Regression of `returns` over `benchmark`; both are returns of the same periods above the risk-free rate.
///
/// `None` for fewer than 2 periods, a benchmark that does not vary (quantstats answers 0), or values that are not
/// finite.
///
/// # Panics
/// If the series differ in length.
///
/// Source: M. C. Jensen, *The Performance of Mutual Funds in the Period 1945–1964*, Journal of Finance 23 (1968).
///
/// ```
/// let line = trade_stats::regression(&[0.03, 0.01, 0.05], &[0.01, 0.0, 0.02]).ok_or("constant benchmark")?;
/// assert!((line.beta - 2.0).abs() < 1e-12 && (line.alpha - 0.01).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn regression(returns: &[f64], benchmark: &[f64]) -> Option<Regression> {
    assert_eq!(returns.len(), benchmark.len(), "regression: the series differ in length");
    let n = returns.len();
    if n < 2 || !varies(benchmark) {
        return None;
    }
    let (mean_r, mean_b) = (mean(returns)?, mean(benchmark)?);
    let [rr, bb, rb] = sums(0..n, &|i| {
        let (r, b) = (returns[i] - mean_r, benchmark[i] - mean_b);
        [r * r, b * b, r * b]
    });
    let moves = varies(returns);
    // Rounding of the mean would leave a trace in place of 0.
    let beta = if moves { finite(rb / bb)? } else { 0.0 };
    // Rounding may carry a perfect correlation past its bound.
    let correlation = finite(rb / (rr.sqrt() * bb.sqrt())).filter(|_| moves).map(|r| r.clamp(-1.0, 1.0));
    let [rest] = sums(0..n, &|i| {
        let error = (returns[i] - mean_r) - beta * (benchmark[i] - mean_b);
        [error * error]
    });
    Some(Regression {
        n,
        beta,
        alpha: finite(mean_r - beta * mean_b)?,
        r_squared: correlation.map(|r| r * r),
        correlation,
        residual_std: finite((rest / (n as f64 - 2.0)).sqrt()),
    })
}

/// Tracking error: annualised sample deviation of the differences from the benchmark.
///
/// `None` for fewer than 2 periods, values that are not finite, or a `per_year` that is not above 0.
///
/// # Panics
/// If the series differ in length.
///
/// ```
/// assert_eq!(trade_stats::tracking_error(&[0.1, 0.2], &[0.1, 0.2], 252.0), Some(0.0));
/// ```
pub fn tracking_error(returns: &[f64], benchmark: &[f64], per_year: f64) -> Option<f64> {
    crate::volatility(&differences(returns, benchmark), per_year)
}

/// Information ratio of one period: mean over sample deviation of the differences from the benchmark; times
/// √periods-a-year it is annual. empyrical's `excess_sharpe`, quantstats' `information_ratio` (neither annualises).
///
/// `None` for fewer than 2 periods, differences that do not vary, or values that are not finite.
///
/// # Panics
/// If the series differ in length.
///
/// Source: R. C. Grinold, R. N. Kahn, *Active Portfolio Management* (1999).
///
/// ```
/// let ir = trade_stats::information_ratio(&[0.03, 0.01], &[0.01, 0.01]).ok_or("no difference")?;
/// assert!((ir - 0.5_f64.sqrt()).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn information_ratio(returns: &[f64], benchmark: &[f64]) -> Option<f64> {
    let m = moments(&differences(returns, benchmark))?;
    finite(m.mean / m.std)
}

/// Treynor ratio: the arithmetic mean return a year over β; both series above the risk-free rate.
///
/// `None` where β is 0 or undefined. quantstats puts the compounded return of the **whole history** on top, so its
/// number grows with time; that one is [`compound_return`](crate::compound_return) over β.
///
/// # Panics
/// If the series differ in length.
///
/// Source: J. L. Treynor, *How to Rate Management of Investment Funds*, Harvard Business Review 43 (1965).
///
/// ```
/// let t = trade_stats::treynor(&[0.02, 0.04], &[0.01, 0.02], 1.0).ok_or("no beta")?;
/// assert!((t - 0.015).abs() < 1e-12);
/// # Ok::<(), &str>(())
/// ```
pub fn treynor(returns: &[f64], benchmark: &[f64], per_year: f64) -> Option<f64> {
    if !is_rate(per_year) {
        return None;
    }
    finite(mean(returns)? * per_year / regression(returns, benchmark)?.beta)
}

/// Which periods of the benchmark a comparison takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Market {
    /// All.
    All,
    /// Those in which it rose.
    Up,
    /// Those in which it fell.
    Down,
}

impl Market {
    fn has(self, benchmark: f64) -> bool {
        match self {
            Self::All => true,
            Self::Up => benchmark > 0.0,
            Self::Down => benchmark < 0.0,
        }
    }
}

/// Capture ratio: [`cagr`] of the strategy over that of the benchmark, in the periods of `market`.
///
/// `None` for no such periods, a benchmark growth of 0, or values that are not finite.
///
/// # Panics
/// If the series differ in length.
///
/// Source: empyrical's `capture`, `up_capture`, `down_capture`.
///
/// ```
/// use trade_stats::{Market, capture};
///
/// assert_eq!(capture(&[0.05, -0.1], &[0.1, -0.2], 1.0, Market::Down), Some(0.5));
/// ```
pub fn capture(returns: &[f64], benchmark: &[f64], per_year: f64, market: Market) -> Option<f64> {
    let (r, b) = chosen(returns, benchmark, market)?;
    finite(cagr(&r, per_year)? / cagr(&b, per_year)?)
}

/// Batting average: share of the periods of `market` in which the strategy beat the benchmark.
///
/// empyrical counts periods of an unchanged benchmark as up; here they are in [`Market::All`] only.
///
/// `None` for no such periods or values that are not finite.
///
/// # Panics
/// If the series differ in length.
///
/// ```
/// use trade_stats::{Market, batting_average};
///
/// assert_eq!(batting_average(&[0.2, 0.0, 0.1], &[0.1, 0.1, -0.1], Market::Up), Some(0.5));
/// ```
pub fn batting_average(returns: &[f64], benchmark: &[f64], market: Market) -> Option<f64> {
    let (r, b) = chosen(returns, benchmark, market)?;
    finite(r.iter().zip(&b).filter(|(r, b)| r > b).count() as f64 / r.len() as f64)
}

/// Pairs of the periods of `market`; `None` if any value is not finite.
fn chosen(returns: &[f64], benchmark: &[f64], market: Market) -> Option<(Vec<f64>, Vec<f64>)> {
    assert_eq!(returns.len(), benchmark.len(), "the series differ in length");
    if returns.iter().chain(benchmark).any(|value| !value.is_finite()) {
        return None;
    }
    Some(returns.iter().zip(benchmark).filter(|(_, b)| market.has(**b)).unzip())
}

fn differences(returns: &[f64], benchmark: &[f64]) -> Vec<f64> {
    assert_eq!(returns.len(), benchmark.len(), "the series differ in length");
    returns.iter().zip(benchmark).map(|(r, b)| r - b).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_benchmark_explains_nothing() {
        let r = [0.1, -0.1, 0.2];
        assert_eq!(regression(&r, &[0.1; 3]), None);
        assert_eq!(treynor(&r, &[0.1; 3], 252.0), None);
        assert_eq!(information_ratio(&[0.3, 0.3], &[0.1, 0.1]), None);
    }

    #[test]
    fn a_constant_strategy_has_a_line_but_no_correlation() {
        let line = regression(&[0.1; 3], &[0.1, 0.2, 0.4]).unwrap();
        assert_eq!((line.beta, line.correlation, line.r_squared), (0.0, None, None));
        assert_eq!(treynor(&[0.1; 3], &[0.1, 0.2, 0.4], 1.0), None);
    }

    #[test]
    fn too_few_or_broken_values_have_no_comparison() {
        assert_eq!(regression(&[0.1], &[0.1]), None);
        assert_eq!(regression(&[], &[]), None);
        assert_eq!(regression(&[0.1, f64::NAN], &[0.1, 0.2]), None);
        assert_eq!(tracking_error(&[0.1], &[0.2], 252.0), None);
        assert_eq!(capture(&[], &[], 252.0, Market::All), None);
        assert_eq!(capture(&[0.1], &[0.1], 252.0, Market::Down), None);
        assert_eq!(batting_average(&[0.1, f64::INFINITY], &[0.1, 0.2], Market::All), None);
        assert_eq!(batting_average(&[0.1], &[0.0], Market::Up), None);
    }

    #[test]
    #[should_panic(expected = "differ in length")]
    fn series_of_different_length_are_a_mistake() {
        information_ratio(&[0.1, 0.2], &[0.1]);
    }
}
