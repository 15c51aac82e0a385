use crate::moments::{finite, mean, varies};
use crate::sum::sums;

/// Block lengths that estimate the variance of a mean best.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BlockLength {
    /// Mean length for the stationary bootstrap, at least 1.
    pub stationary: f64,
    /// Length for the circular block bootstrap, at least 1, not rounded.
    pub circular: f64,
}

/// The block length that the memory of a series asks for, by Politis and White's rule: autocovariances up to twice the
/// first lag from which max(5, log₁₀ n) autocorrelations in a row are below 2·√(log₁₀ n / n), weighed by a flat-top window.
///
/// For statistics of volatility or drawdown, ask for that of the absolute returns too and take the longer.
///
/// The result is at most ⌈min(3·√n, n/3)⌉. O(n^1.5). `None` for fewer than 10 returns, no variance, or values that are not
/// finite.
///
/// Source: D. N. Politis, H. White, *Automatic Block-Length Selection for the Dependent Bootstrap* (2004); A. Patton,
/// D. N. Politis, H. White, *Correction* (2009).
///
/// ```
/// let mut state = 1_u64;
/// let noise: Vec<f64> = std::iter::repeat_with(|| {
///     state = state * 48_271 % 2_147_483_647;
///     (state % 1_000) as f64
/// })
/// .take(520)
/// .collect();
/// let smooth: Vec<f64> = noise.windows(20).map(|window| window.iter().sum()).collect();
/// let (short, long) = (trade_stats::block_length(&noise), trade_stats::block_length(&smooth));
/// assert!(short.ok_or("too short")?.stationary < 2.0 && long.ok_or("too short")?.stationary > 20.0);
/// # Ok::<(), &str>(())
/// ```
pub fn block_length(returns: &[f64]) -> Option<BlockLength> {
    let n = returns.len();
    if n < 10 || !varies(returns) {
        return None;
    }
    let count = n as f64;
    let run = floor(libm::log10(count)).max(5);
    let longest = floor(count.sqrt().ceil()) + run;
    let mean = mean(returns)?;
    let covariance = |lag: usize| {
        let [total] = sums(lag..n, &|i| [(returns[i] - mean) * (returns[i - lag] - mean)]);
        total / count
    };
    let covariances: Vec<f64> = (0..=longest.min(n - 1)).map(covariance).collect();
    let limit = 2.0 * (libm::log10(count) / count).sqrt() * covariances[0];
    let first_quiet = covariances.windows(run).position(|lags| lags.iter().all(|c| c.abs() < limit));
    let m = first_quiet.map_or(longest, |lag| 2 * lag.max(1)).min(longest).min(covariances.len() - 1);
    let (mut g, mut spectrum) = (0.0, covariances[0]);
    for (k, covariance) in covariances.iter().enumerate().take(m + 1).skip(1) {
        let share = k as f64 / m as f64;
        let window = if share <= 0.5 { 1.0 } else { 2.0 * (1.0 - share) };
        g += 2.0 * window * k as f64 * covariance;
        spectrum += 2.0 * window * covariance;
    }
    let cap = {
        let (a, b) = (3.0 * count.sqrt(), count / 3.0);
        if a < b { a } else { b }
    }
    .ceil();
    let length = |scale: f64| {
        let length = finite(libm::cbrt(2.0 * g * g / (scale * spectrum * spectrum) * count))?;
        Some(if length > cap {
            cap
        } else if length < 1.0 {
            1.0
        } else {
            length
        })
    };
    Some(BlockLength { stationary: length(2.0)?, circular: length(4.0 / 3.0)? })
}

fn floor(value: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
    let whole = value as usize;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_constant_or_broken_series_have_no_block_length() {
        assert_eq!(block_length(&[0.1, 0.2, 0.3]), None);
        assert_eq!(block_length(&[0.1; 50]), None);
        let mut broken: Vec<f64> = (0..50).map(f64::from).collect();
        broken[7] = f64::NAN;
        assert_eq!(block_length(&broken), None);
    }

    #[test]
    fn a_trend_gets_long_blocks_within_the_cap() {
        let trend: Vec<f64> = (0..90).map(f64::from).collect();
        let length = block_length(&trend).unwrap();
        assert!(
            length.stationary > 5.0 && length.circular > length.stationary && length.circular <= 29.0,
            "{length:?}"
        );
        assert!(block_length(&trend[..10]).is_some_and(|length| length.circular <= 4.0));
    }
}
