use std::f64::consts::E;

use crate::moments::{finite, moments};
use crate::normal::{normal_cdf, normal_quantile};

/// Euler and Mascheroni's constant.
const EULER_GAMMA: f64 = 0.577_215_664_901_532_9;

/// An estimated Sharpe ratio with what its error depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SharpeSample {
    /// Sharpe ratio of one period, not annualised.
    pub value: f64,
    /// Number of periods it was estimated from.
    pub n: usize,
    /// Skewness of the returns; 0 for a normal distribution.
    pub skewness: f64,
    /// Raw kurtosis of the returns; 3 for a normal distribution (not the excess, which is 0 there).
    pub kurtosis: f64,
}

impl SharpeSample {
    /// Estimates from the returns of successive periods, by [`moments`]; `None` for fewer than 2 returns, no variance
    /// or values that are not finite.
    pub fn of(returns: &[f64]) -> Option<Self> {
        let m = moments(returns)?;
        Some(Self { value: finite(m.mean / m.std)?, n: m.n, skewness: m.skewness?, kurtosis: m.kurtosis? })
    }

    /// n times the variance of the estimate: 1 − γ₃·SR + (γ₄ − 1)/4·SR².
    pub(crate) fn spread(&self) -> Option<f64> {
        let spread = 1.0 - self.skewness * self.value + (self.kurtosis - 1.0) / 4.0 * self.value * self.value;
        (spread > 0.0).then_some(spread)
    }
}

/// Probabilistic Sharpe ratio: the probability, 0 to 1, that the true ratio lies above `benchmark`.
///
/// Φ((SR − SR*)·√(n − 1) / √(1 − γ₃·SR + (γ₄ − 1)/4·SR²)), all ratios per period, γ₄ raw.
///
/// `None` for fewer than 2 periods, or where the estimated variance is not above 0 (extreme skewness).
///
/// Source: D. H. Bailey, M. López de Prado, *The Sharpe Ratio Efficient Frontier*, Journal of Risk 15 (2012).
///
/// ```
/// use trade_stats::{SharpeSample, probabilistic_sharpe};
///
/// // The paper's hedge fund: 0.458 a month over two years.
/// let fund = SharpeSample { value: 0.458, n: 24, skewness: -2.448, kurtosis: 10.164 };
/// assert!(probabilistic_sharpe(&fund, 0.0).is_some_and(|p| (p - 0.913).abs() < 5e-4));
/// ```
pub fn probabilistic_sharpe(sample: &SharpeSample, benchmark: f64) -> Option<f64> {
    if sample.n < 2 {
        return None;
    }
    let n = sample.n as f64;
    finite(normal_cdf((sample.value - benchmark) * (n - 1.0).sqrt() / sample.spread()?.sqrt()))
}

/// The Sharpe ratio to expect of the best of `n_trials` independent tries without any skill.
///
/// √V·((1 − γ)·Z(1 − 1/N) + γ·Z(1 − 1/(N·e))), with Z = Φ⁻¹ and γ = 0.5772…
///
/// - `variance`: variance of the ratios of all tries, per period (the result is then per period too).
/// - `n_trials`: number of independent tries, at least 1; it need not be whole ([`effective_trials`]).
///
/// At least 0, and exactly 0 for one try. `None` for fewer than 1 try or a variance that is negative or not finite.
///
/// Source: D. H. Bailey, M. López de Prado, *The Deflated Sharpe Ratio*, Journal of Portfolio Management 40 (2014).
///
/// [`effective_trials`]: crate::effective_trials
///
/// ```
/// let best = trade_stats::expected_max_sharpe(0.5 / 250.0, 100.0).ok_or("no trials")?;
/// assert!((best - 0.1132).abs() < 5e-5);
/// # Ok::<(), &str>(())
/// ```
pub fn expected_max_sharpe(variance: f64, n_trials: f64) -> Option<f64> {
    if !(variance >= 0.0 && n_trials >= 1.0) {
        return None;
    }
    finite(variance.sqrt() * expected_maximum(n_trials)?)
}

/// Deflated Sharpe ratio: [`probabilistic_sharpe`] against [`expected_max_sharpe`], the probability that the best of
/// `n_trials` is better than the best that luck alone would have brought.
///
/// `None` where one of the two is.
///
/// Source: D. H. Bailey, M. López de Prado, *The Deflated Sharpe Ratio*, Journal of Portfolio Management 40 (2014).
///
/// ```
/// use trade_stats::{SharpeSample, deflated_sharpe};
///
/// // The paper's example: 2.5 a year, 1,250 days, best of 100 tries.
/// let best = SharpeSample { value: 2.5 / 250_f64.sqrt(), n: 1_250, skewness: -3.0, kurtosis: 10.0 };
/// assert!(deflated_sharpe(&best, 0.5 / 250.0, 100.0).is_some_and(|p| (p - 0.9004).abs() < 5e-5));
/// ```
pub fn deflated_sharpe(sample: &SharpeSample, variance: f64, n_trials: f64) -> Option<f64> {
    probabilistic_sharpe(sample, expected_max_sharpe(variance, n_trials)?)
}

/// Minimum track record length: how many periods are needed to be sure, at `confidence`, that the true ratio lies
/// above `benchmark`, if the estimates stay as they are.
///
/// 1 + (1 − γ₃·SR + (γ₄ − 1)/4·SR²)·(Z(confidence) / (SR − SR*))²; not rounded, and independent of `sample.n`.
///
/// - `confidence`: between 0.5 and 1, both excluded; 0.95 is usual.
///
/// `None` where the ratio is not above the benchmark: no track record is long enough then.
///
/// Source: D. H. Bailey, M. López de Prado, *The Sharpe Ratio Efficient Frontier*, Journal of Risk 15 (2012).
///
/// ```
/// use trade_stats::{SharpeSample, min_track_record_length};
///
/// // Daily, 2 against 1 a year: 2.73 years.
/// let day = 252_f64.sqrt();
/// let fund = SharpeSample { value: 2.0 / day, n: 0, skewness: 0.0, kurtosis: 3.0 };
/// let days = min_track_record_length(&fund, 1.0 / day, 0.95).ok_or("not above the benchmark")?;
/// assert!((days / 252.0 - 2.73).abs() < 5e-3);
/// # Ok::<(), &str>(())
/// ```
pub fn min_track_record_length(sample: &SharpeSample, benchmark: f64, confidence: f64) -> Option<f64> {
    if !(sample.value > benchmark && confidence > 0.5 && confidence < 1.0) {
        return None;
    }
    let distance = normal_quantile(confidence)? / (sample.value - benchmark);
    finite(1.0 + sample.spread()? * distance * distance)
}

/// Minimum back-test length in years: with less data, the best of `n_trials` tries without skill is expected to show a
/// yearly Sharpe ratio of `sharpe` or more.
///
/// ((1 − γ)·Z(1 − 1/N) + γ·Z(1 − 1/(N·e)))² / SR²
///
/// `None` for fewer than 1 try or a ratio that is not above 0.
///
/// Source: D. H. Bailey, J. Borwein, M. López de Prado, Q. J. Zhu, *Pseudo-Mathematics and Financial Charlatanism*,
/// Notices of the AMS 61 (2014).
///
/// ```
/// let years = trade_stats::min_backtest_years(45.0, 1.0).ok_or("no trials")?;
/// assert!((years - 5.0).abs() < 5e-3);
/// # Ok::<(), &str>(())
/// ```
pub fn min_backtest_years(n_trials: f64, sharpe: f64) -> Option<f64> {
    if !(n_trials >= 1.0 && sharpe > 0.0) {
        return None;
    }
    let ratio = expected_maximum(n_trials)? / sharpe;
    finite(ratio * ratio)
}

/// Expected maximum of `n` standard normal variables, for n ≥ 1. The approximation is negative for n near 1, where the
/// truth is 0.
fn expected_maximum(n: f64) -> Option<f64> {
    if n <= 1.0 {
        return Some(0.0);
    }
    let first = normal_quantile(1.0 - 1.0 / n)?;
    let second = normal_quantile(1.0 - 1.0 / (n * E))?;
    let maximum = (1.0 - EULER_GAMMA) * first + EULER_GAMMA * second;
    finite(if maximum < 0.0 { 0.0 } else { maximum })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_try_is_not_deflated() {
        assert_eq!(expected_max_sharpe(0.5, 1.0), Some(0.0));
        assert_eq!(expected_max_sharpe(0.5, 1.01), Some(0.0));
        let sample = SharpeSample { value: 0.1, n: 100, skewness: 0.0, kurtosis: 3.0 };
        assert_eq!(deflated_sharpe(&sample, 0.5, 1.0), probabilistic_sharpe(&sample, 0.0));
    }

    #[test]
    fn impossible_counts_and_variances_have_no_expectation() {
        assert_eq!(expected_max_sharpe(0.5, 0.5), None);
        assert_eq!(expected_max_sharpe(-0.5, 10.0), None);
        assert_eq!(expected_max_sharpe(f64::NAN, 10.0), None);
        assert_eq!(expected_max_sharpe(0.5, f64::INFINITY), None);
        assert_eq!(min_backtest_years(10.0, 0.0), None);
    }

    #[test]
    fn a_ratio_at_its_benchmark_needs_a_track_record_without_end() {
        let sample = SharpeSample { value: 0.1, n: 100, skewness: 0.0, kurtosis: 3.0 };
        assert_eq!(min_track_record_length(&sample, 0.1, 0.95), None);
        assert_eq!(min_track_record_length(&sample, 0.0, 1.0), None);
    }

    #[test]
    fn a_variance_that_cannot_be_is_undefined() {
        let sample = SharpeSample { value: 1.0, n: 100, skewness: 5.0, kurtosis: 3.0 };
        assert_eq!(probabilistic_sharpe(&sample, 0.0), None);
        assert_eq!(probabilistic_sharpe(&SharpeSample { n: 1, skewness: 0.0, ..sample }, 0.0), None);
    }
}
