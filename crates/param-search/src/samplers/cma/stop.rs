use super::evolution::Evolution;

/// Notices that a distribution has nothing more to find.
///
/// Source: N. Hansen, *The CMA Evolution Strategy: A Tutorial* (2016), section B.3; the range of losses and the least
/// step are those of the unit cube's search.
#[derive(Clone, Debug)]
pub(super) struct Stagnation {
    /// Best and worst loss of the newest generations, the newest last.
    losses: Vec<(f64, f64)>,
    n_generations: usize,
}

/// A distribution narrower than this share of the unit cube has converged.
const LEAST_STEP: f64 = 1e-11;

/// Losses that differ by less than this are equal, absolutely and relative to their size.
const LEAST_RANGE: f64 = 1e-12;

/// Largest ratio of the longest to the shortest axis.
const MAX_AXIS_RATIO: f64 = 1e7;

impl Stagnation {
    pub(super) fn new(n: usize, population: usize) -> Self {
        Self { losses: Vec::new(), n_generations: 10 + (30 * n).div_ceil(population) }
    }

    /// Takes the losses of a generation with results; whether the search should start anew.
    pub(super) fn is_over(&mut self, evolution: &Evolution, losses: Option<(f64, f64)>) -> bool {
        if let Some(losses) = losses {
            self.losses.push(losses);
        }
        if self.losses.len() > self.n_generations {
            self.losses.remove(0);
            let low = self.losses.iter().fold(f64::INFINITY, |low, losses| low.min(losses.0));
            let high = self.losses.iter().fold(f64::NEG_INFINITY, |high, losses| high.max(losses.1));
            if high - low <= LEAST_RANGE * low.abs().max(1.0).min(high.abs().max(1e-300)) {
                return true;
            }
        }
        let n = evolution.n;
        let deviation = |i: usize| evolution.sigma * evolution.covariance[i * (n + 1)].sqrt();
        let is_narrow =
            (0..n).all(|i| deviation(i) < LEAST_STEP && evolution.sigma * evolution.p_c[i].abs() < LEAST_STEP);
        let (shortest, longest) =
            evolution.axes.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), axis| (low.min(*axis), high.max(*axis)));
        let has_no_effect = (0..n).any(|i| evolution.mean[i] + 0.2 * deviation(i) <= evolution.mean[i]);
        is_narrow || has_no_effect || longest > MAX_AXIS_RATIO * shortest || !longest.is_finite()
    }
}
