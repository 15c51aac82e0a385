use crate::bootstrap::{Bootstrap, StationaryBootstrap};
use crate::moments::{finite, mean};
use crate::sum::sums;

/// Result of [`reality_check`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RealityCheck {
    /// Position of the model with the largest mean; the first of equal ones.
    pub best: usize,
    /// √n times the largest mean.
    pub statistic: f64,
    /// p-value if every model below the benchmark is taken to be at it by chance only where its mean is positive:
    /// Hansen's lower bound.
    pub p_lower: f64,
    /// p-value with Hansen's consistent choice of the models that count.
    pub p_consistent: f64,
    /// p-value with every model recentred at the benchmark: White's reality check, the most conservative.
    pub p_upper: f64,
}

/// White's reality check: how likely the best of several models would be as good as it is, if none were better than
/// the benchmark; with Hansen's three ways to recentre poor models. The statistic is the largest mean, not studentised.
///
/// A p-value is (1 + resamples whose largest recentred mean is above the statistic) / (1 + resamples): never 0.
///
/// - `models`: for each model the returns of successive periods above the benchmark. The p-values answer for these
///   models only: leaving out the tries that did worse makes them too small.
///
/// `None` for no models, fewer than 3 periods, values that are not finite, no resamples, or a mean block
/// below 1 or above the number of periods.
///
/// # Panics
/// If the models differ in length.
///
/// Source: H. White, *A Reality Check for Data Snooping*, Econometrica 68 (2000); P. R. Hansen, *A Test for Superior
/// Predictive Ability*, Journal of Business & Economic Statistics 23 (2005).
///
/// ```
/// use trade_stats::{Bootstrap, reality_check};
///
/// let noise: Vec<f64> = (0..200).map(|i| f64::from((i * 37) % 101) / 50.0 - 1.0).collect();
/// let mirror: Vec<f64> = noise.iter().map(|r| -r).collect();
/// let settings = Bootstrap { mean_block: 5.0, n_resamples: 200, seed: 1 };
/// let check = reality_check(&[&noise, &mirror], &settings).ok_or("too short")?;
/// assert!(check.p_upper > 0.05 && check.p_lower <= check.p_upper);
/// # Ok::<(), &str>(())
/// ```
pub fn reality_check(models: &[&[f64]], bootstrap: &Bootstrap) -> Option<RealityCheck> {
    let n = models.first()?.len();
    if n < 3 || bootstrap.n_resamples == 0 {
        return None;
    }
    let models = models.iter().map(|returns| Model::of(returns, n)).collect::<Option<Vec<_>>>()?;
    let deviations = resampled_deviations(&models, n, bootstrap)?;
    let best =
        models.iter().enumerate().fold(0, |best, (i, model)| if model.mean > models[best].mean { i } else { best });
    let largest = models[best].mean;
    let shifts: Vec<[f64; 3]> = models.iter().enumerate().map(|(k, model)| model.shifts(k, &deviations, n)).collect();
    let mut counts = [0_usize; 3];
    for resample in &deviations {
        for (way, count) in counts.iter_mut().enumerate() {
            let above = resample.iter().zip(&shifts).any(|(deviation, shift)| deviation + shift[way] > largest);
            *count += usize::from(above);
        }
    }
    let [p_lower, p_consistent, p_upper] = counts.map(|count| (1.0 + count as f64) / (1.0 + deviations.len() as f64));
    Some(RealityCheck { best, statistic: finite((n as f64).sqrt() * largest)?, p_lower, p_consistent, p_upper })
}

pub(crate) struct Model {
    pub(crate) mean: f64,
    /// Running sums of the returns less their mean, from 0: a block's sum is a difference of two.
    running: Vec<f64>,
}

impl Model {
    pub(crate) fn of(returns: &[f64], n: usize) -> Option<Self> {
        assert_eq!(returns.len(), n, "reality_check: the models differ in length");
        let mean = mean(returns)?;
        let mut running = Vec::with_capacity(n + 1);
        let mut total = 0.0;
        running.push(total);
        for r in returns {
            total += r - mean;
            running.push(total);
        }
        Some(Self { mean, running })
    }

    /// Sum of the `length` deviations from `start`, around the end.
    fn block_sum(&self, start: usize, length: usize) -> f64 {
        let n = self.running.len() - 1;
        let end = start + length;
        if end <= n {
            self.running[end] - self.running[start]
        } else {
            (self.running[n] - self.running[start]) + self.running[end - n]
        }
    }

    /// What Hansen's lower, consistent and upper recentring add to a resampled deviation from the mean.
    fn shifts(&self, position: usize, deviations: &[Vec<f64>], n: usize) -> [f64; 3] {
        let [total, squares] = sums(0..deviations.len(), &|i| {
            let deviation = deviations[i][position];
            [deviation, deviation * deviation]
        });
        let count = deviations.len() as f64;
        let variance = squares / count - (total / count) * (total / count);
        let threshold = -(variance * 2.0 * libm::log(libm::log(n as f64))).sqrt();
        let is_poor = self.mean < threshold;
        [if self.mean < 0.0 { self.mean } else { 0.0 }, if is_poor { self.mean } else { 0.0 }, 0.0]
    }
}

/// Mean of each model less its sample mean (inner) in each resample (outer); all models share the resampled rows.
pub(crate) fn resampled_deviations(models: &[Model], n: usize, bootstrap: &Bootstrap) -> Option<Vec<Vec<f64>>> {
    // Resamples by longer blocks are the series itself, turned around: their means would differ by rounding alone.
    if bootstrap.mean_block > n as f64 {
        return None;
    }
    let mut blocks = StationaryBootstrap::new(n, bootstrap.mean_block, bootstrap.seed)?;
    let resample = |_| {
        let mut totals = vec![0.0; models.len()];
        let mut done = 0;
        while done < n {
            let (start, length) = blocks.block(n - done);
            for (total, model) in totals.iter_mut().zip(models) {
                *total += model.block_sum(start, length);
            }
            done += length;
        }
        for total in &mut totals {
            *total /= n as f64;
        }
        totals
    };
    Some((0..bootstrap.n_resamples).map(resample).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: Bootstrap = Bootstrap { mean_block: 5.0, n_resamples: 500, seed: 9 };

    fn wave(n: usize, drift: f64) -> Vec<f64> {
        (0..n).map(|i| drift + ((i * 7_919) % 1_009) as f64 / 1_009.0 - 0.5).collect()
    }

    #[test]
    fn a_clear_edge_is_significant_under_every_recentring() {
        let (edge, noise) = (wave(300, 0.3), wave(300, -0.01));
        let check = reality_check(&[&noise, &edge], &SETTINGS).unwrap();
        assert_eq!((check.best, check.p_upper), (1, 1.0 / 501.0));
    }

    #[test]
    fn a_hopeless_model_counts_only_for_the_upper_p_value() {
        // The second model is volatile and far below the benchmark: recentring it at 0 makes high maxima likely.
        let good = wave(300, 0.02);
        let bad: Vec<f64> = wave(300, 0.0).iter().map(|r| 20.0 * r - 6.0).collect();
        let check = reality_check(&[&good, &bad], &SETTINGS).unwrap();
        assert!(check.p_consistent < 0.5 * check.p_upper, "{check:?}");
        assert!(check.p_lower <= check.p_consistent && check.p_consistent <= check.p_upper, "{check:?}");
    }

    #[test]
    fn undefined_settings_and_series_have_no_result() {
        let series = wave(10, 0.0);
        assert_eq!(reality_check(&[], &SETTINGS), None);
        assert_eq!(reality_check(&[&series[..2]], &SETTINGS), None);
        assert_eq!(reality_check(&[&[0.0, f64::NAN, 1.0]], &SETTINGS), None);
        assert_eq!(reality_check(&[&series], &Bootstrap { n_resamples: 0, ..SETTINGS }), None);
        assert_eq!(reality_check(&[&series], &Bootstrap { mean_block: 0.5, ..SETTINGS }), None);
        assert_eq!(reality_check(&[&series], &Bootstrap { mean_block: 10.5, ..SETTINGS }), None);
        assert!(reality_check(&[&series], &Bootstrap { mean_block: 10.0, ..SETTINGS }).is_some());
    }

    #[test]
    #[should_panic(expected = "differ in length")]
    fn models_of_different_length_are_a_mistake() {
        reality_check(&[&wave(10, 0.0), &wave(11, 0.0)], &SETTINGS);
    }
}
