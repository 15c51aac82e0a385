use super::axis::Axis;
use super::column::{Column, Numeric};
use super::exp::exp;
use super::mixture::{Mixture, choice};

/// Kernels that are looked at together, so that their numbers stay in the first cache for all candidates.
const BLOCK: usize = 64;

/// A block of kernels whose shares are below e⁻⁴⁵ of the largest so far is left out: it is below a rounding error of
/// the sum even a million times.
const NEGLIGIBLE: f64 = 45.0;

/// Buffers of the evaluation, kept between calls.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    /// One column of the cells for each candidate and countable axis, and the shares of choices.
    columns: Vec<Vec<f64>>,
    sums: Vec<LogSum>,
    weights: Vec<f64>,
}

/// A sum of weighted exponentials relative to the largest exponent so far, one partial sum a lane.
#[derive(Clone, Copy, Debug)]
struct LogSum {
    largest: f64,
    lanes: [f64; LANES],
}

/// Kernels that are summed side by side. Fixed, so that the order of additions is the same on every processor.
const LANES: usize = 8;

impl LogSum {
    fn new(exponent: f64, weight: f64) -> Self {
        let mut lanes = [0.0; LANES];
        lanes[0] = weight;
        Self { largest: exponent, lanes }
    }

    #[inline(always)]
    fn add(&mut self, exponents: &[f64], weights: &[f64]) {
        let largest = exponents.iter().fold(self.largest, |a, b| if *b > a { *b } else { a });
        if largest > self.largest {
            let shrink = libm::exp(self.largest - largest);
            self.lanes = self.lanes.map(|sum| sum * shrink);
            self.largest = largest;
        }
        let (exponents, weights) = (exponents.chunks_exact(LANES), weights.chunks_exact(LANES));
        for (lane, (exponent, weight)) in exponents.remainder().iter().zip(weights.remainder()).enumerate() {
            self.lanes[lane] += weight * exp(above_underflow(exponent - largest));
        }
        let floor = largest - NEGLIGIBLE;
        for (exponents, weights) in exponents.zip(weights).filter(|(exponents, _)| any_above(exponents, floor)) {
            for lane in 0..LANES {
                self.lanes[lane] += weights[lane] * exp(above_underflow(exponents[lane] - largest));
            }
        }
    }

    fn log(&self) -> f64 {
        self.largest + libm::log(self.lanes.iter().sum::<f64>())
    }
}

/// Where `exp` ends; what is below counts nothing beside a sum of at least the largest.
#[inline(always)]
fn above_underflow(x: f64) -> f64 {
    if x > -700.0 { x } else { -700.0 }
}

/// The loop over all kernels, as a value that is compiled for each kind of vector instructions.
struct Kernels<'a> {
    mixture: &'a Mixture,
    candidates: &'a [Vec<f64>],
    /// Logarithmic density of each candidate in the good mixture, if only the largest ratio matters.
    good: Option<&'a [f64]>,
    log_total: f64,
    scratch: &'a mut Scratch,
}

impl pulp::NullaryFnOnce for Kernels<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let n_axes = self.mixture.axes.len();
        let mut order: Vec<usize> = (0..self.candidates.len()).collect();
        if let Some(good) = self.good {
            order.sort_by(|&a, &b| good[b].total_cmp(&good[a]).then(a.cmp(&b)));
        }
        let mut best = f64::NEG_INFINITY;
        for i in order {
            let columns = &self.scratch.columns[i * n_axes..(i + 1) * n_axes];
            let limit = self.good.map_or(f64::INFINITY, |good| good[i] - best + self.log_total);
            let sum = &mut self.scratch.sums[i];
            let is_whole = self.mixture.add_kernels(&self.candidates[i], columns, &self.scratch.weights, limit, sum);
            if let Some(good) = self.good.filter(|_| is_whole) {
                best = best.max(good[i] - (sum.log() - self.log_total));
            }
        }
    }
}

impl Mixture {
    /// Logarithm of the density at each candidate, on the scales of the axes (of ln x on logarithmic ones), with
    /// probabilities for countable values.
    ///
    /// With the densities of the candidates in the good mixture, only the candidate with the largest ratio of both is
    /// certain to get its value: the sum of another one ends, too low, as soon as its ratio is below the best so far.
    pub(super) fn log_density(
        &mut self,
        candidates: &[Vec<f64>],
        good: Option<&[f64]>,
        scratch: &mut Scratch,
        out: &mut Vec<f64>,
    ) {
        self.refresh();
        scratch.columns.resize(candidates.len() * self.axes.len(), Vec::new());
        scratch.sums.clear();
        scratch.weights.clear();
        scratch.weights.extend((0..self.ids.len()).map(|slot| self.weight(slot)));
        for (i, candidate) in candidates.iter().enumerate() {
            let columns = &mut scratch.columns[i * self.axes.len()..(i + 1) * self.axes.len()];
            self.fill_columns(candidate, columns);
            scratch.sums.push(LogSum::new(self.prior_exponent(candidate), self.prior_share()));
        }
        let log_total = libm::log(self.total_weight());
        pulp::Arch::new().dispatch(Kernels { mixture: self, candidates, good, log_total, scratch });
        out.clear();
        out.extend(scratch.sums.iter().map(|sum| sum.log() - log_total));
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

    /// Adds all kernels at a candidate, the newest first, because they lie near the good trials and weigh most; stops
    /// once the logarithm of the sum is above `limit`. Whether all have been added.
    #[inline(always)]
    fn add_kernels(&self, x: &[f64], columns: &[Vec<f64>], weights: &[f64], limit: f64, sum: &mut LogSum) -> bool {
        let mut exponents = [0.0; BLOCK];
        let mut end = self.ids.len();
        while end > 0 {
            let start = end.saturating_sub(BLOCK);
            let exponents = &mut exponents[..end - start];
            exponents.copy_from_slice(&self.log_norm[start..end]);
            if self.add_axes(start, x, columns, sum.largest - NEGLIGIBLE, exponents) {
                sum.add(exponents, &weights[start..end]);
                if limit < f64::INFINITY && sum.log() > limit {
                    return false;
                }
            }
            end = start;
        }
        true
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Domain;
    use crate::random::Stream;

    fn mixture() -> Mixture {
        let domains = [Domain::float(0.0, 1.0), Domain::log_int(1, 40), Domain::boolean(), Domain::log_float(0.1, 9.0)];
        let axes: Vec<Axis> = domains.iter().filter_map(Axis::of).collect();
        let mut mixture = Mixture::new(axes.into(), 1.0);
        let mut random = Stream::new(4, 0);
        for id in 0..333 {
            let coordinates = mixture.sample(&mut random);
            mixture.insert(id, &coordinates);
        }
        mixture
    }

    #[test]
    fn vector_instructions_change_no_bit() {
        let mut mixture = mixture();
        let mut random = Stream::new(5, 0);
        let candidates: Vec<Vec<f64>> = (0..24).map(|_| mixture.sample(&mut random)).collect();
        let (mut scratch, mut dispatched) = (Scratch::default(), Vec::new());
        mixture.log_density(&candidates, None, &mut scratch, &mut dispatched);
        for (i, candidate) in candidates.iter().enumerate() {
            let mut sum = LogSum::new(mixture.prior_exponent(candidate), mixture.prior_share());
            let columns = &scratch.columns[i * 4..(i + 1) * 4];
            mixture.add_kernels(candidate, columns, &scratch.weights, f64::INFINITY, &mut sum);
            let plain = sum.log() - libm::log(mixture.total_weight());
            assert_eq!(plain.to_bits(), dispatched[i].to_bits());
        }
    }

    #[test]
    fn leaving_hopeless_candidates_keeps_the_best() {
        let mut mixture = mixture();
        let mut random = Stream::new(6, 0);
        let candidates: Vec<Vec<f64>> = (0..24).map(|_| mixture.sample(&mut random)).collect();
        let good: Vec<f64> = (0..24).map(|_| random.normal()).collect();
        let (mut scratch, mut whole, mut partial) = (Scratch::default(), Vec::new(), Vec::new());
        mixture.log_density(&candidates, None, &mut scratch, &mut whole);
        mixture.log_density(&candidates, Some(&good), &mut scratch, &mut partial);
        let best = |bad: &[f64]| (0..24).max_by(|&a, &b| (good[a] - bad[a]).total_cmp(&(good[b] - bad[b])));
        assert_eq!(best(&whole), best(&partial));
        assert!(partial.iter().zip(&whole).any(|(partial, whole)| partial < whole), "nothing was left out");
    }
}
