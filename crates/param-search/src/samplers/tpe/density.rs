use super::axis::Axis;
use super::column::{Column, Numeric};
use super::mixture::{Mixture, choice};

/// Kernels that are looked at together, so that their numbers stay in the first cache for all candidates.
const BLOCK: usize = 64;

/// A kernel whose share is below e⁻⁴⁵ of the largest so far is left out: it is below a rounding error of the sum even
/// a million times.
const NEGLIGIBLE: f64 = 45.0;

/// Buffers of the evaluation, kept between calls.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    /// One column of the cells for each candidate and countable axis, and the shares of choices.
    columns: Vec<Vec<f64>>,
    sums: Vec<LogSum>,
}

/// A sum of exponentials relative to the largest exponent so far.
#[derive(Clone, Copy, Debug)]
struct LogSum {
    largest: f64,
    sum: f64,
}

impl LogSum {
    fn add(&mut self, exponent: f64, weight: f64) {
        if exponent > self.largest {
            self.sum = self.sum * libm::exp(self.largest - exponent) + weight;
            self.largest = exponent;
        } else if exponent > self.largest - NEGLIGIBLE {
            self.sum += weight * libm::exp(exponent - self.largest);
        }
    }
}

impl Mixture {
    /// Logarithm of the density at each candidate, on the scales of the axes (of ln x on logarithmic ones), with
    /// probabilities for countable values.
    pub(super) fn log_density(&mut self, candidates: &[Vec<f64>], scratch: &mut Scratch, out: &mut Vec<f64>) {
        self.refresh();
        scratch.columns.resize(candidates.len() * self.axes.len(), Vec::new());
        scratch.sums.clear();
        for (i, candidate) in candidates.iter().enumerate() {
            let columns = &mut scratch.columns[i * self.axes.len()..(i + 1) * self.axes.len()];
            self.fill_columns(candidate, columns);
            let largest = self.prior_exponent(candidate);
            scratch.sums.push(LogSum { largest, sum: self.prior_share() });
        }
        let this = &*self;
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || this.add_kernels(candidates, scratch),
        );
        let total = libm::log(self.total_weight());
        out.clear();
        out.extend(scratch.sums.iter().map(|sum| sum.largest + libm::log(sum.sum) - total));
    }

    /// What each row of cells, or each choice, contributes at a candidate.
    fn fill_columns(&mut self, candidate: &[f64], columns: &mut [Vec<f64>]) {
        for (a, &x) in candidate.iter().enumerate() {
            match (&self.axes[a], &mut self.columns[a]) {
                (Axis::Numeric(scale), Column::Numeric(numeric)) if scale.is_countable() => {
                    numeric.cells.column(scale, scale.cell(x), &mut columns[a]);
                }
                (&Axis::Categorical { n }, _) => {
                    let (hit, miss) = self.choice_shares(n);
                    columns[a].clear();
                    columns[a].resize(n, libm::log(miss));
                    columns[a][choice(x) as usize] = libm::log(hit);
                }
                _ => {}
            }
        }
    }

    /// Exponent of the prior's kernel at a candidate.
    fn prior_exponent(&self, candidate: &[f64]) -> f64 {
        let mut exponent = 0.0;
        for ((axis, prior), &x) in self.axes.iter().zip(&self.prior).zip(candidate) {
            exponent += match (axis, prior) {
                (Axis::Numeric(scale), Some(prior)) if scale.is_countable() => {
                    prior.log_norm + scale.log_cell_mass(scale.cell(x), prior.mu, prior.sigma)
                }
                (Axis::Numeric(_), Some(prior)) => {
                    let z = (x - prior.mu) / prior.sigma;
                    prior.log_norm - 0.5 * z * z
                }
                (&Axis::Categorical { n }, _) => -libm::log(n as f64),
                (Axis::Numeric(_), None) => unreachable!("a numeric axis has a prior kernel"),
            };
        }
        exponent
    }

    #[inline(always)]
    fn add_kernels(&self, candidates: &[Vec<f64>], scratch: &mut Scratch) {
        let (n, n_axes) = (self.ids.len(), self.axes.len());
        let mut exponents = [0.0; BLOCK];
        let mut start = 0;
        while start < n {
            let len = BLOCK.min(n - start);
            for (i, candidate) in candidates.iter().enumerate() {
                let columns = &scratch.columns[i * n_axes..(i + 1) * n_axes];
                let sum = &mut scratch.sums[i];
                let floor = sum.largest - NEGLIGIBLE;
                exponents[..len].copy_from_slice(&self.log_norm[start..start + len]);
                if !self.add_axes(start, candidate, columns, floor, &mut exponents[..len]) {
                    continue;
                }
                for (k, &exponent) in exponents[..len].iter().enumerate() {
                    if exponent > floor {
                        sum.add(exponent, self.weight(start + k));
                    }
                }
            }
            start += len;
        }
    }

    /// Adds what each axis contributes, none of which is positive; whether any kernel is left above `floor`.
    #[inline(always)]
    fn add_axes(&self, start: usize, x: &[f64], columns: &[Vec<f64>], floor: f64, exponents: &mut [f64]) -> bool {
        for (a, axis) in self.axes.iter().enumerate() {
            match (axis, &self.columns[a]) {
                (Axis::Numeric(scale), Column::Numeric(numeric)) => {
                    if scale.is_countable() {
                        gather(&numeric.row[start..], &columns[a], exponents);
                    } else {
                        subtract_squares(numeric, start, x[a], exponents);
                    }
                }
                (_, Column::Categorical(choices)) => gather(&choices[start..], &columns[a], exponents),
                (Axis::Categorical { .. }, Column::Numeric(_)) => unreachable!("columns follow their axes"),
            }
            if a % 2 == 1 && !any_above(exponents, floor) {
                return false;
            }
        }
        true
    }
}

#[inline(always)]
fn subtract_squares(numeric: &Numeric, start: usize, x: f64, exponents: &mut [f64]) {
    let (mu, inverse) = (&numeric.mu[start..][..exponents.len()], &numeric.inverse[start..][..exponents.len()]);
    for ((exponent, mu), inverse) in exponents.iter_mut().zip(mu).zip(inverse) {
        let z = (x - mu) * inverse;
        *exponent -= z * z;
    }
}

#[inline(always)]
fn gather(rows: &[u32], column: &[f64], exponents: &mut [f64]) {
    for (exponent, &row) in exponents.iter_mut().zip(rows) {
        *exponent += column[row as usize];
    }
}

#[inline(always)]
fn any_above(exponents: &[f64], floor: f64) -> bool {
    exponents.iter().map(|exponent| u32::from(*exponent > floor)).sum::<u32>() > 0
}
