use super::axis::{Axis, Scale};
use super::cells::Cells;

/// One parameter of all kernels of an estimator, in the order of the kernels.
#[derive(Clone, Debug)]
pub(super) enum Column {
    Numeric(Box<Numeric>),
    Categorical(Vec<u32>),
}

/// Positions and widths of kernels on a scale, with what depends on them alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Numeric {
    pub(super) mu: Vec<f64>,
    pub(super) sigma: Vec<f64>,
    /// 1 / (√2 σ).
    pub(super) inverse: Vec<f64>,
    /// Shares of the kernel below the scale and within it.
    pub(super) below: Vec<f64>,
    pub(super) within: Vec<f64>,
    /// Logarithm of what the kernel is to be multiplied with to have the mass 1 on the scale.
    pub(super) log_norm: Vec<f64>,
    /// Row among the cells, for countable values.
    pub(super) row: Vec<u32>,
    pub(super) cells: Cells,
    /// Positions with the number of the observation, sorted.
    sorted: Vec<(f64, u64)>,
}

/// Up to so many kernels, the prior included, the lower limit of the widths depends on how many there are.
const MANY_KERNELS: usize = 100;

/// ln √(2π).
const LOG_SQRT_2_PI: f64 = 0.918_938_533_204_672_8;

impl Column {
    pub(super) fn new(axis: &Axis) -> Self {
        match axis {
            Axis::Numeric(_) => Self::Numeric(Box::default()),
            Axis::Categorical { .. } => Self::Categorical(Vec::new()),
        }
    }
}

impl Numeric {
    /// Inserts an observation with number `id` as kernel `slot`; `ids` are the numbers of all kernels after that.
    pub(super) fn insert(&mut self, scale: &Scale, slot: usize, x: f64, id: u64, ids: &[u64]) {
        self.mu.insert(slot, x);
        for column in [&mut self.sigma, &mut self.inverse, &mut self.below, &mut self.within, &mut self.log_norm] {
            column.insert(slot, 0.0);
        }
        self.row.insert(slot, 0);
        let at = self.sorted.partition_point(|&(other, number)| (other, number) < (x, id));
        self.sorted.insert(at, (x, id));
        self.renew(scale, at.saturating_sub(1)..(at + 2).min(ids.len()), ids);
    }

    /// Removes the observation with number `id`, kernel `slot`; `ids` are the numbers of what is left.
    pub(super) fn remove(&mut self, scale: &Scale, slot: usize, id: u64, ids: &[u64]) {
        let x = self.mu.remove(slot);
        for column in [&mut self.sigma, &mut self.inverse, &mut self.below, &mut self.within, &mut self.log_norm] {
            column.remove(slot);
        }
        self.row.remove(slot);
        let at = self.sorted.partition_point(|&(other, number)| (other, number) < (x, id));
        self.sorted.remove(at);
        self.renew(scale, at.saturating_sub(1)..(at + 1).min(ids.len()), ids);
    }

    /// Renews the widths of kernels whose neighbours changed, or of all where their number matters.
    fn renew(&mut self, scale: &Scale, changed: std::ops::Range<usize>, ids: &[u64]) {
        let n = self.sorted.len();
        let all = n <= MANY_KERNELS || self.cells.is_full();
        if all {
            self.cells.clear();
        }
        let narrowest = scale.width() / (n as f64 + 2.0).min(100.0);
        for at in if all { 0..n } else { changed } {
            let (mu, id) = self.sorted[at];
            let slot = ids.binary_search(&id).expect("every observation is a kernel");
            let sigma = self.distance(scale, at).clamp(narrowest, scale.width());
            self.set(scale, slot, mu, sigma);
        }
    }

    /// The larger distance to a neighbour. The outermost observations have one neighbour; the ends of the scale are
    /// none, but for a single observation.
    fn distance(&self, scale: &Scale, at: usize) -> f64 {
        let (mu, last) = (self.sorted[at].0, self.sorted.len() - 1);
        let left = at.checked_sub(1).map(|left| mu - self.sorted[left].0);
        let right = (at < last).then(|| self.sorted[at + 1].0 - mu);
        match (left, right) {
            (Some(left), Some(right)) => left.max(right),
            (Some(distance), None) | (None, Some(distance)) => distance,
            (None, None) => (mu - scale.low).max(scale.high - mu),
        }
    }

    fn set(&mut self, scale: &Scale, slot: usize, mu: f64, sigma: f64) {
        if scale.is_countable() {
            self.row[slot] = self.cells.row(scale, mu, sigma);
        }
        if self.sigma[slot].to_bits() == sigma.to_bits() {
            return;
        }
        let (below, above) = scale.tails(mu, sigma);
        self.sigma[slot] = sigma;
        self.inverse[slot] = std::f64::consts::FRAC_1_SQRT_2 / sigma;
        self.below[slot] = below;
        self.within[slot] = 1.0 - below - above;
        self.log_norm[slot] = log_norm(scale, sigma, below, above);
    }
}

/// Logarithm of 1 / mass within the scale, and of the factor of the normal density where that is used.
pub(super) fn log_norm(scale: &Scale, sigma: f64, below: f64, above: f64) -> f64 {
    let mass = libm::log1p(-below - above);
    if scale.is_countable() { -mass } else { -mass - libm::log(sigma) - LOG_SQRT_2_PI }
}
