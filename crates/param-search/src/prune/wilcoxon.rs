use serde::Serialize;

use super::Pruner;
use crate::normal::normal_cdf;
use crate::{Direction, Error, Report, Trial};

/// Settings of [`Wilcoxon`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WilcoxonOptions {
    /// A trial is given up if its difference from the best one has a p-value below this, 0 to 1.
    pub p_threshold: f64,
    /// Common steps before a trial is given up, 2 at least in effect.
    pub n_startup_steps: usize,
}

impl Default for WilcoxonOptions {
    /// p below 0.1, from the second step on.
    fn default() -> Self {
        Self { p_threshold: 0.1, n_startup_steps: 2 }
    }
}

/// Gives a trial up whose folds are significantly worse than the same folds of the best complete trial, by the
/// signed-rank test, unless its mean so far is better nevertheless.
///
/// Steps are folds or instances, each reported once in any order; the value of a complete trial is best their mean. The
/// rule is that of Optuna's `WilcoxonPruner`.
#[derive(Clone, Debug)]
pub struct Wilcoxon {
    options: WilcoxonOptions,
}

impl Wilcoxon {
    /// A pruner with these settings.
    ///
    /// # Errors
    /// [`Error::BadSetting`] for a threshold outside of 0 to 1.
    pub fn new(options: WilcoxonOptions) -> Result<Self, Error> {
        if !(0.0..=1.0).contains(&options.p_threshold) {
            let value = options.p_threshold;
            return Err(Error::BadSetting { setting: "p_threshold", value, range: "0 to 1" });
        }
        Ok(Self { options })
    }
}

impl Pruner for Wilcoxon {
    fn is_hopeless(&mut self, _: u64, reports: &[Report], ended: &[Trial], direction: Direction) -> bool {
        let loss_of = |trial: &Trial| trial.value().filter(|_| trial.is_feasible()).map(|value| direction.loss(value));
        let better = |a: &(f64, u64), b: &(f64, u64)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        let ranked = ended.iter().filter_map(|trial| Some((loss_of(trial)?, trial.id, trial)));
        let best = ranked.min_by(|a, b| better(&(a.0, a.1), &(b.0, b.1)));
        let Some((_, _, best)) = best.filter(|(_, _, best)| !best.reports.is_empty()) else { return false };
        let at_best = |step: u64| best.reports.iter().find(|report| report.step == step).map(|report| report.value);
        let difference = |r: &Report| Some(direction.loss(r.value) - direction.loss(at_best(r.step)?));
        let differences: Vec<f64> = reports.iter().filter_map(difference).collect();
        if differences.len() < self.options.n_startup_steps.max(2) {
            return false;
        }
        let mean = |reports: &[Report]| {
            reports.iter().map(|report| direction.loss(report.value)).sum::<f64>() / reports.len() as f64
        };
        wilcoxon_greater(&differences).is_some_and(|p| p < self.options.p_threshold)
            && mean(reports) > mean(&best.reports)
    }

    fn describe(&self) -> serde_json::Value {
        serde_json::json!({ "wilcoxon": self.options })
    }
}

/// Probability, if differences are symmetric around zero, of a signed-rank sum at least as large as the one observed:
/// the one-sided p-value for "greater". `None` without differences and for one that is not finite.
///
/// Half of the ranks of zero differences count as positive, half as negative (zero method "zsplit"). Up to 50
/// differences have the exact distribution over all signs, ties and zeros included; more have the normal approximation
/// with tie correction. `scipy.stats.wilcoxon` differs only in that it approximates from 14 differences on where there
/// are ties.
///
/// Source: F. Wilcoxon, *Individual Comparisons by Ranking Methods* (1945).
///
/// ```
/// // All five larger: 1 of the 2⁵ equally probable signs.
/// assert_eq!(param_search::wilcoxon_greater(&[0.1, 0.2, 0.3, 0.4, 0.5]), Some(1.0 / 32.0));
/// ```
#[expect(clippy::cast_possible_wrap, reason = "ranks are far below 2^63")]
pub fn wilcoxon_greater(differences: &[f64]) -> Option<f64> {
    if differences.is_empty() || differences.iter().any(|d| !d.is_finite()) {
        return None;
    }
    let mut order: Vec<f64> = differences.to_vec();
    order.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    let (n, mut start) = (order.len(), 0);
    // Twice the rank, which is a whole number also for ties, of each difference, and their sum with signs.
    let (mut doubled, mut signed_sum, mut tie_term) = (Vec::with_capacity(n), 0_i64, 0.0);
    while start < n {
        let end = order.partition_point(|d| d.abs() <= order[start].abs());
        let rank = start + 1 + end;
        for d in &order[start..end] {
            let sign = i64::from(*d > 0.0) - i64::from(*d < 0.0);
            signed_sum += sign * rank as i64;
            doubled.extend((sign != 0).then_some(rank));
        }
        let size = (end - start) as f64;
        tie_term += size * size * size - size;
        start = end;
    }
    if n <= 50 {
        return Some(exact_upper_tail(&doubled, signed_sum));
    }
    let count = n as f64;
    let variance = (count * (count + 1.0) * (2.0 * count + 1.0) - tie_term / 2.0) / 24.0;
    // The positive sum exceeds its mean by half of the signed sum of the ranks themselves.
    Some(normal_cdf(-(signed_sum as f64) / 4.0 / variance.sqrt()))
}

/// Probability that ranks with random signs sum to `sum` and more.
fn exact_upper_tail(ranks: &[usize], sum: i64) -> f64 {
    let total: usize = ranks.iter().sum();
    let mut probability = vec![0.0; total + 1];
    probability[0] = 1.0;
    for &rank in ranks {
        for positive in (0..=total).rev() {
            let with = if positive >= rank { probability[positive - rank] } else { 0.0 };
            probability[positive] = 0.5 * (probability[positive] + with);
        }
    }
    // A positive sum p means the signed sum p − (total − p).
    let signed = |positive: usize| i64::try_from(2 * positive).ok().zip(i64::try_from(total).ok()).map(|(p, t)| p - t);
    let tail = probability.iter().enumerate().filter(|(positive, _)| signed(*positive).is_some_and(|s| s >= sum));
    tail.map(|(_, p)| p).sum()
}
