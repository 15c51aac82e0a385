use super::eigen;
use super::weights::Rates;

/// A normal distribution that adapts to the better part of its samples: CMA-ES with active covariance update, over
/// ℝⁿ, knowing nothing of a space.
///
/// Source: N. Hansen, *The CMA Evolution Strategy: A Tutorial* (2016), figure 6.
#[derive(Clone, Debug)]
pub(super) struct Evolution {
    pub(super) n: usize,
    pub(super) rates: Rates,
    pub(super) mean: Vec<f64>,
    pub(super) sigma: f64,
    /// Row after row.
    pub(super) covariance: Vec<f64>,
    p_sigma: Vec<f64>,
    pub(super) p_c: Vec<f64>,
    pub(super) generation: u32,
    /// Square roots of the eigenvalues, and eigenvectors as columns.
    pub(super) axes: Vec<f64>,
    pub(super) basis: Vec<f64>,
    step: Vec<f64>,
}

/// Against a division by zero for a sample at the mean.
const EPSILON: f64 = 1e-8;

impl Evolution {
    pub(super) fn new(mean: Vec<f64>, sigma: f64, covariance: Option<Vec<f64>>, population: usize) -> Self {
        let n = mean.len();
        let identity = || (0..n * n).map(|i| if i % (n + 1) == 0 { 1.0 } else { 0.0 }).collect();
        let mut evolution = Self {
            n,
            rates: Rates::new(n, population),
            mean,
            sigma,
            covariance: covariance.unwrap_or_else(identity),
            p_sigma: vec![0.0; n],
            p_c: vec![0.0; n],
            generation: 0,
            axes: Vec::new(),
            basis: Vec::new(),
            step: vec![0.0; n],
        };
        evolution.decompose();
        evolution
    }

    pub(super) fn population(&self) -> usize {
        self.rates.weights.len()
    }

    /// The sample that belongs to independent standard normal numbers `z`: mean + σ · B · D · z.
    pub(super) fn sample(&self, z: &[f64], out: &mut [f64]) {
        for (i, x) in out.iter_mut().enumerate() {
            let row = &self.basis[i * self.n..(i + 1) * self.n];
            let y = row.iter().zip(&self.axes).zip(z).fold(0.0, |sum, ((b, d), z)| sum + b * d * z);
            *x = self.mean[i] + self.sigma * y;
        }
    }

    /// Length of a sample's step in standard deviations: ‖C^(−1/2) (x − mean)‖ / σ.
    pub(super) fn length(&self, x: &[f64]) -> f64 {
        let y: Vec<f64> = x.iter().zip(&self.mean).map(|(x, m)| (x - m) / self.sigma).collect();
        norm(&self.whiten(&y))
    }

    /// Moves a sample that is not of this distribution towards the mean until its step has a usual length.
    ///
    /// Source: N. Hansen, *Injecting External Solutions Into CMA-ES* (2011), equation 2.
    pub(super) fn shorten(&self, x: &mut [f64]) {
        let n = self.n as f64;
        let longest = n.sqrt() + 2.0 * n / (n + 2.0);
        let share = (longest / self.length(x)).min(1.0);
        for (x, mean) in x.iter_mut().zip(&self.mean) {
            *x = mean + share * (*x - mean);
        }
    }

    /// Learns from a population, best first.
    ///
    /// # Panics
    /// If it has another size than the population.
    pub(super) fn update(&mut self, ranked: &[&[f64]]) {
        assert_eq!(ranked.len(), self.population(), "update: a whole population");
        self.generation += 1;
        let rates = self.rates.clone();
        let steps: Vec<Vec<f64>> =
            ranked.iter().map(|x| x.iter().zip(&self.mean).map(|(x, m)| (x - m) / self.sigma).collect()).collect();
        self.step.fill(0.0);
        for (weight, y) in rates.weights.iter().zip(&steps[..rates.mu]) {
            add_scaled(&mut self.step, *weight, y);
        }
        let step = std::mem::take(&mut self.step);
        add_scaled(&mut self.mean, self.sigma, &step);

        let whitened = self.whiten(&step);
        scale(&mut self.p_sigma, 1.0 - rates.c_sigma);
        add_scaled(&mut self.p_sigma, (rates.c_sigma * (2.0 - rates.c_sigma) * rates.mu_eff).sqrt(), &whitened);
        let length = norm(&self.p_sigma);
        let growth = libm::exp(rates.c_sigma / rates.d_sigma * (length / rates.chi_n - 1.0));
        let expected = 1.0 - libm::pow(1.0 - rates.c_sigma, 2.0 * f64::from(self.generation + 1));
        let is_usual = length / expected.sqrt() < (1.4 + 2.0 / (self.n as f64 + 1.0)) * rates.chi_n;

        scale(&mut self.p_c, 1.0 - rates.c_c);
        if is_usual {
            add_scaled(&mut self.p_c, (rates.c_c * (2.0 - rates.c_c) * rates.mu_eff).sqrt(), &step);
        }
        self.adapt_covariance(&rates, &steps, is_usual);
        self.sigma = (self.sigma * growth).min(MAX_SIGMA);
        self.step = step;
        self.decompose();
    }

    fn adapt_covariance(&mut self, rates: &Rates, steps: &[Vec<f64>], is_usual: bool) {
        let lost = if is_usual { 0.0 } else { rates.c_c * (2.0 - rates.c_c) };
        let weight_sum: f64 = rates.weights.iter().sum();
        scale(&mut self.covariance, 1.0 + rates.c_1 * lost - rates.c_1 - rates.c_mu * weight_sum);
        let path = std::mem::take(&mut self.p_c);
        self.add_outer(rates.c_1, &path);
        self.p_c = path;
        for (&weight, y) in rates.weights.iter().zip(steps) {
            let length = if weight < 0.0 { norm(&self.whiten(y)) } else { 0.0 };
            let share = if weight < 0.0 { self.n as f64 / (length * length + EPSILON) } else { 1.0 };
            self.add_outer(rates.c_mu * weight * share, y);
        }
    }

    fn add_outer(&mut self, weight: f64, y: &[f64]) {
        for (row, &yi) in self.covariance.chunks_exact_mut(self.n).zip(y) {
            add_scaled(row, weight * yi, y);
        }
    }

    /// C^(−1/2) y.
    fn whiten(&self, y: &[f64]) -> Vec<f64> {
        let n = self.n;
        let along = |k: usize| (0..n).fold(0.0, |sum, i| sum + self.basis[i * n + k] * y[i]) / self.axes[k];
        let coordinates: Vec<f64> = (0..n).map(along).collect();
        let back = |i: usize| (0..n).fold(0.0, |sum, k| sum + self.basis[i * n + k] * coordinates[k]);
        (0..n).map(back).collect()
    }

    fn decompose(&mut self) {
        let n = self.n;
        for i in 0..n {
            for j in 0..i {
                let middle = 0.5 * (self.covariance[i * n + j] + self.covariance[j * n + i]);
                self.covariance[i * n + j] = middle;
                self.covariance[j * n + i] = middle;
            }
        }
        let (values, vectors) = eigen::symmetric(&self.covariance, n);
        self.axes = values.iter().map(|value| if *value > 0.0 { value.sqrt() } else { EPSILON }).collect();
        self.basis = vectors;
    }
}

/// A step size that no search of the unit cube needs.
const MAX_SIGMA: f64 = 1e32;

fn norm(x: &[f64]) -> f64 {
    x.iter().fold(0.0, |sum, x| sum + x * x).sqrt()
}

fn scale(x: &mut [f64], factor: f64) {
    for x in x {
        *x *= factor;
    }
}

fn add_scaled(to: &mut [f64], factor: f64, from: &[f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += factor * from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written by `tests/golden/make_cma.py`.
    const GOLDEN: &str = include_str!("../../../tests/golden/cma.jsonl");

    fn numbers(json: &serde_json::Value) -> Vec<f64> {
        json.as_array().expect("a list").iter().map(|x| x.as_f64().expect("a number")).collect()
    }

    fn assert_close(ours: &[f64], theirs: &[f64], what: &str) {
        assert_eq!(ours.len(), theirs.len(), "{what}");
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert!((ours - theirs).abs() <= 1e-10 * theirs.abs().max(1.0), "{what}: {ours} instead of {theirs}");
        }
    }

    #[test]
    fn generations_are_those_of_cmaes() {
        let mut checked = 0;
        for line in GOLDEN.lines() {
            let case: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let sigma = case["sigma"].as_f64().expect("a number");
            let population = usize::try_from(case["population"].as_u64().expect("a count")).expect("a small one");
            let mut evolution = Evolution::new(numbers(&case["mean"]), sigma, None, population);
            for generation in case["generations"].as_array().expect("a list") {
                let ranked: Vec<Vec<f64>> =
                    generation["ranked"].as_array().expect("a list").iter().map(numbers).collect();
                evolution.update(&ranked.iter().map(Vec::as_slice).collect::<Vec<_>>());
                let what = format!("{population} in {} dimensions", evolution.n);
                assert_close(&evolution.mean, &numbers(&generation["mean"]), &what);
                assert_close(&[evolution.sigma], &numbers(&generation["sigma"]), &what);
                assert_close(&evolution.covariance, &numbers(&generation["covariance"]), &what);
                checked += 1;
            }
        }
        assert!(checked >= 100, "{checked}");
    }

    #[test]
    fn a_far_point_is_shortened_and_a_near_one_is_not() {
        let evolution = Evolution::new(vec![0.5; 4], 0.1, None, 8);
        let mut far = [10.0; 4];
        evolution.shorten(&mut far);
        assert!((evolution.length(&far) - (2.0 + 8.0 / 6.0)).abs() < 1e-12);
        let near = [0.51, 0.5, 0.49, 0.5];
        let mut same = near;
        evolution.shorten(&mut same);
        assert!(near.iter().zip(same).all(|(a, b)| (a - b).abs() < 1e-16));
    }
}
