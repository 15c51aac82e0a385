use std::num::NonZeroUsize;

use crate::lo::sharpe_standard_error;
use crate::moments::finite;
use crate::monte_carlo::{Distribution, Growth, Interval, MonteCarlo, Resampling, monte_carlo};
use crate::normal::normal_quantile;
use crate::overfit::SharpeSample;
use crate::{Bootstrap, Error};

/// Standard error of a Sharpe ratio without the assumption of normal returns: √((1 − γ₃·SR + (γ₄ − 1)/4·SR²) / (n − 1)).
///
/// Skewed, fat-tailed returns make a ratio less certain than [`sharpe_standard_error`] says. Opdyke shows that it holds for
/// stationary and ergodic returns, not only for independent ones. The divisor n − 1 is that of
/// [`probabilistic_sharpe`](crate::probabilistic_sharpe); Mertens has n.
///
/// `None` for fewer than 2 periods or where the variance is not above 0.
///
/// Source: E. Mertens, *Comments on Variance of the IID Estimator in Lo (2002)* (2002); J. D. Opdyke, *Comparing Sharpe
/// Ratios: So Where Are the p-Values?*, Journal of Asset Management 8 (2007).
///
/// ```
/// use trade_stats::{SharpeSample, non_normal_sharpe_error, sharpe_standard_error};
///
/// let fund = SharpeSample { value: 0.458, n: 24, skewness: -2.448, kurtosis: 10.164 };
/// let (error, normal) = (non_normal_sharpe_error(&fund).ok_or("n")?, sharpe_standard_error(0.458, 24).ok_or("n")?);
/// assert!(error > 1.5 * normal);
/// # Ok::<(), &str>(())
/// ```
pub fn non_normal_sharpe_error(sample: &SharpeSample) -> Option<f64> {
    if sample.n < 2 {
        return None;
    }
    finite((sample.spread()? / (sample.n as f64 - 1.0)).sqrt())
}

/// What the returns are taken to be in [`sharpe_interval`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum SharpeError {
    /// Independent and normal: [`sharpe_standard_error`], Lo's.
    Normal,
    /// Of any distribution: [`non_normal_sharpe_error`], Mertens's and Opdyke's.
    NonNormal,
}

/// Confidence interval of a Sharpe ratio, SR ± Z·error, per period as the sample is.
///
/// - `confidence`: between 0 and 1, both excluded.
///
/// `None` for a confidence out of range or an undefined error.
///
/// ```
/// use trade_stats::{SharpeError, SharpeSample, sharpe_interval};
///
/// let sample = SharpeSample { value: 0.5, n: 12, skewness: 0.0, kurtosis: 3.0 };
/// let interval = sharpe_interval(&sample, 0.95, SharpeError::Normal).ok_or("no interval")?;
/// assert!((interval.high - (0.5 + 1.959_964 * 0.306_186)).abs() < 1e-5);
/// # Ok::<(), &str>(())
/// ```
pub fn sharpe_interval(sample: &SharpeSample, confidence: f64, error: SharpeError) -> Option<Interval> {
    if !(confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    let error = match error {
        SharpeError::Normal => sharpe_standard_error(sample.value, sample.n)?,
        SharpeError::NonNormal => non_normal_sharpe_error(sample)?,
    };
    let reach = normal_quantile(0.5 + confidence / 2.0)? * error;
    Some(Interval { low: finite(sample.value - reach)?, high: finite(sample.value + reach)? })
}

/// Distribution of the Sharpe ratio (per period) over stationary bootstrap resamples: its
/// [`interval`](Distribution::interval) is the percentile interval, which assumes neither normal nor independent returns.
///
/// O(resamples · n). [`block_length`](crate::block_length) proposes a mean block.
///
/// # Errors
/// [`Error::TooFew`] for no returns or resamples; [`Error::NotFinite`]; [`Error::OutOfRange`] for a mean block below 1 or
/// above the number of returns;
/// [`Error::NoVariance`] if no resample varies.
///
/// ```
/// use trade_stats::{Bootstrap, sharpe_bootstrap};
///
/// let returns: Vec<f64> = (0..200).map(|i| f64::from((i * 37) % 101) / 5_000.0 - 0.009).collect();
/// let settings = Bootstrap { mean_block: 5.0, n_resamples: 500, seed: 1 };
/// let interval = sharpe_bootstrap(&returns, &settings)?.interval(0.95).ok_or("not a share")?;
/// assert!(interval.low < 0.15 && interval.high > 0.15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sharpe_bootstrap(returns: &[f64], bootstrap: &Bootstrap) -> Result<Distribution, Error> {
    let settings = MonteCarlo {
        resampling: Resampling::StationaryBlocks { mean_length: bootstrap.mean_block },
        // The paths are not looked at; sums cannot overflow as products can.
        growth: Growth::Added,
        initial: 1.0,
        ruin_fraction: 0.0,
        n_resamples: bootstrap.n_resamples,
        seed: bootstrap.seed,
        band_quantiles: Vec::new(),
        n_band_steps: 0,
        n_threads: NonZeroUsize::MIN,
    };
    let none = Error::NoVariance { what: "returns", series: 0 };
    monte_carlo(returns, &settings)?.sharpe.ok_or(none)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probabilistic_sharpe;

    const SAMPLE: SharpeSample = SharpeSample { value: 0.2, n: 200, skewness: -0.8, kurtosis: 6.0 };

    #[test]
    fn the_lower_end_is_where_the_probabilistic_ratio_is_the_confidence() {
        let interval = sharpe_interval(&SAMPLE, 0.9, SharpeError::NonNormal).unwrap();
        assert!((probabilistic_sharpe(&SAMPLE, interval.low).unwrap() - 0.95).abs() < 1e-12);
    }

    #[test]
    fn undefined_samples_have_no_interval() {
        for confidence in [0.0, 1.0, f64::NAN] {
            assert_eq!(sharpe_interval(&SAMPLE, confidence, SharpeError::Normal), None);
        }
        assert_eq!(non_normal_sharpe_error(&SharpeSample { n: 1, ..SAMPLE }), None);
        assert_eq!(non_normal_sharpe_error(&SharpeSample { skewness: 9.0, kurtosis: 3.0, ..SAMPLE }), None);
        let settings = Bootstrap { mean_block: 2.0, n_resamples: 10, seed: 1 };
        assert!(matches!(sharpe_bootstrap(&[0.1; 5], &settings), Err(Error::NoVariance { .. })));
        assert!(matches!(sharpe_bootstrap(&[], &settings), Err(Error::TooFew { .. })));
        assert!(matches!(sharpe_bootstrap(&[0.1, f64::NAN], &settings), Err(Error::NotFinite { index: 1, .. })));
        let wrong = Bootstrap { mean_block: 0.0, ..settings };
        assert!(matches!(sharpe_bootstrap(&[0.1, 0.2], &wrong), Err(Error::OutOfRange { .. })));
    }
}
