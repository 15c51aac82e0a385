use std::sync::Arc;

use super::axis::{Axis, Scale};
use super::column::{Column, log_norm};
use crate::normal::normal_quantile;
use crate::random::Stream;

/// A mixture of products of one-dimensional kernels, one product an observation, and a prior over the whole space.
///
/// Kernels stand in the order of the observations' numbers. Insertions and removals renew only the widths of the
/// neighbours, so an update costs no sort.
#[derive(Clone, Debug)]
pub(super) struct Mixture {
    pub(super) axes: Arc<[Axis]>,
    pub(super) ids: Vec<u64>,
    pub(super) columns: Vec<Column>,
    /// Sum of the logarithmic norms of a kernel's numeric axes.
    pub(super) log_norm: Vec<f64>,
    pub(super) prior_weight: f64,
    /// The prior's position, width, shares below and within, and norm on each axis.
    pub(super) prior: Vec<Option<PriorKernel>>,
    stale: bool,
}

/// The kernel of the prior on a numeric axis: its centre in the middle, as wide as the scale.
#[derive(Clone, Copy, Debug)]
pub(super) struct PriorKernel {
    pub(super) mu: f64,
    pub(super) sigma: f64,
    below: f64,
    within: f64,
    pub(super) log_norm: f64,
}

impl Mixture {
    pub(super) fn new(axes: Arc<[Axis]>, prior_weight: f64) -> Self {
        let columns = axes.iter().map(Column::new).collect();
        let prior = axes.iter().map(prior_kernel).collect();
        Self { axes, ids: Vec::new(), columns, log_norm: Vec::new(), prior_weight, prior, stale: false }
    }

    pub(super) fn contains(&self, id: u64) -> bool {
        self.ids.binary_search(&id).is_ok()
    }

    /// Adds the observation `id` at `coordinates`, one an axis.
    pub(super) fn insert(&mut self, id: u64, coordinates: &[f64]) {
        let slot = self.ids.partition_point(|other| *other < id);
        self.ids.insert(slot, id);
        self.log_norm.insert(slot, 0.0);
        for ((column, axis), &x) in self.columns.iter_mut().zip(self.axes.iter()).zip(coordinates) {
            match (column, axis) {
                (Column::Numeric(numeric), Axis::Numeric(scale)) => numeric.insert(scale, slot, x, id, &self.ids),
                (Column::Categorical(choices), _) => choices.insert(slot, choice(x)),
                (Column::Numeric(_), Axis::Categorical { .. }) => unreachable!("columns follow their axes"),
            }
        }
        self.stale = true;
    }

    /// Removes an observation that is there.
    pub(super) fn remove(&mut self, id: u64) {
        let slot = self.ids.binary_search(&id).expect("only observations that are there are removed");
        self.ids.remove(slot);
        self.log_norm.remove(slot);
        for (column, axis) in self.columns.iter_mut().zip(self.axes.iter()) {
            match (column, axis) {
                (Column::Numeric(numeric), Axis::Numeric(scale)) => numeric.remove(scale, slot, id, &self.ids),
                (Column::Categorical(choices), _) => {
                    choices.remove(slot);
                }
                (Column::Numeric(_), Axis::Categorical { .. }) => unreachable!("columns follow their axes"),
            }
        }
        self.stale = true;
    }

    /// Sums the norms of the axes again after changes.
    pub(super) fn refresh(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        self.log_norm.fill(0.0);
        for column in &self.columns {
            if let Column::Numeric(numeric) = column {
                for (sum, norm) in self.log_norm.iter_mut().zip(&numeric.log_norm) {
                    *sum += norm;
                }
            }
        }
    }

    /// Weight of kernel `slot`: the 25 newest observations count fully, older ones by a ramp down to 1 / n.
    pub(super) fn weight(&self, slot: usize) -> f64 {
        let n = self.ids.len();
        let ramp = n.saturating_sub(RECENT);
        if slot >= ramp {
            return 1.0;
        }
        let first = 1.0 / n as f64;
        if ramp == 1 { first } else { first + slot as f64 * ((1.0 - first) / (ramp - 1) as f64) }
    }

    /// Sum of the weights, the prior's included; the prior alone has the weight 1.
    pub(super) fn total_weight(&self) -> f64 {
        let n = self.ids.len();
        if n == 0 {
            return 1.0;
        }
        let ramp = n.saturating_sub(RECENT);
        let ramp_sum = match ramp {
            0 => 0.0,
            1 => 1.0 / n as f64,
            _ => f64::midpoint(1.0, 1.0 / n as f64) * ramp as f64,
        };
        ramp_sum + (n - ramp) as f64 + self.prior_weight
    }

    pub(super) fn prior_share(&self) -> f64 {
        if self.ids.is_empty() { 1.0 } else { self.prior_weight }
    }

    /// Probability of the observed choice and of each other one, in the kernel of a categorical observation.
    pub(super) fn choice_shares(&self, n_choices: usize) -> (f64, f64) {
        let smoothing = self.prior_weight / (self.ids.len() + 1) as f64;
        let sum = 1.0 + smoothing * n_choices as f64;
        ((1.0 + smoothing) / sum, smoothing / sum)
    }

    /// Draws a point: a kernel by its weight, then each axis from that kernel.
    pub(super) fn sample(&self, random: &mut Stream) -> Vec<f64> {
        let slot = self.pick(random.unit() * self.total_weight());
        let draw = |((axis, column), prior): ((&Axis, &Column), &Option<PriorKernel>)| match (axis, column) {
            (Axis::Numeric(scale), Column::Numeric(numeric)) => {
                let prior = prior.as_ref().expect("a numeric axis has a prior kernel");
                let (mu, sigma, below, within) = match slot {
                    Some(k) => (numeric.mu[k], numeric.sigma[k], numeric.below[k], numeric.within[k]),
                    None => (prior.mu, prior.sigma, prior.below, prior.within),
                };
                let x = mu + sigma * normal_quantile(below + random.open_unit() * within);
                let x = x.clamp(scale.low, scale.high);
                if scale.is_countable() { scale.middles[scale.cell(x)] } else { x }
            }
            (Axis::Categorical { n }, Column::Categorical(choices)) => {
                self.draw_choice(*n, slot.map(|k| choices[k]), random.unit()) as f64
            }
            _ => unreachable!("columns follow their axes"),
        };
        self.axes.iter().zip(&self.columns).zip(&self.prior).map(draw).collect()
    }

    /// The kernel at which the running sum of weights passes `target`; `None` for the prior, which is the last.
    fn pick(&self, mut target: f64) -> Option<usize> {
        for slot in 0..self.ids.len() {
            target -= self.weight(slot);
            if target < 0.0 {
                return Some(slot);
            }
        }
        None
    }

    fn draw_choice(&self, n: usize, observed: Option<u32>, unit: f64) -> usize {
        let shares = match observed {
            Some(_) => self.choice_shares(n),
            None => (1.0 / n as f64, 1.0 / n as f64),
        };
        let mut sum = 0.0;
        for at in 0..n {
            sum += if observed.is_some_and(|choice| choice as usize == at) { shares.0 } else { shares.1 };
            if unit < sum {
                return at;
            }
        }
        n - 1
    }
}

/// So many of the newest observations count fully.
const RECENT: usize = 25;

fn prior_kernel(axis: &Axis) -> Option<PriorKernel> {
    let Axis::Numeric(scale) = axis else { return None };
    let (mu, sigma) = (0.5 * (scale.low + scale.high), scale.width());
    let (below, above) = Scale::tails(scale, mu, sigma);
    Some(PriorKernel { mu, sigma, below, within: 1.0 - below - above, log_norm: log_norm(scale, sigma, below, above) })
}

/// A coordinate that is the position of a choice.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positions are small whole numbers")]
pub(super) fn choice(x: f64) -> u32 {
    x as u32
}
