/// Weights and learning rates of a population, by the default formulas.
///
/// Source: N. Hansen, *The CMA Evolution Strategy: A Tutorial* (2016), table 1 and equations 48 to 58.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rates {
    /// One weight a rank; positive for the better half, negative for the worse (active CMA).
    pub(super) weights: Vec<f64>,
    /// How many weights are used for the mean.
    pub(super) mu: usize,
    pub(super) mu_eff: f64,
    pub(super) c_sigma: f64,
    pub(super) d_sigma: f64,
    pub(super) c_c: f64,
    pub(super) c_1: f64,
    pub(super) c_mu: f64,
    /// Expected length of a standard normal vector.
    pub(super) chi_n: f64,
}

/// The population that the tutorial proposes for `n` dimensions: 4 + ⌊3 ln n⌋.
pub(super) fn default_population(n: usize) -> usize {
    let extra = libm::floor(3.0 * libm::log(n as f64));
    4 + usize::try_from(crate::space::round_i64(extra)).expect("the logarithm of a count is not negative")
}

impl Rates {
    pub(super) fn new(n: usize, population: usize) -> Self {
        let (dim, mu) = (n as f64, population / 2);
        let raw: Vec<f64> = (1..=population)
            .map(|rank| libm::log(f64::midpoint(population as f64, 1.0)) - libm::log(rank as f64))
            .collect();
        let (best, rest) = raw.split_at(mu);
        let (mu_eff, mu_eff_minus) = (effective(best), effective(rest));
        let c_1 = 2.0 / ((dim + 1.3) * (dim + 1.3) + mu_eff);
        let c_mu = (2.0 * (mu_eff - 2.0 + 1.0 / mu_eff) / ((dim + 2.0) * (dim + 2.0) + mu_eff)).min(1.0 - c_1 - 1e-8);
        let negative =
            (1.0 + c_1 / c_mu).min(1.0 + 2.0 * mu_eff_minus / (mu_eff + 2.0)).min((1.0 - c_1 - c_mu) / (dim * c_mu));
        let positive_sum: f64 = raw.iter().filter(|w| **w > 0.0).sum();
        let negative_sum: f64 = raw.iter().filter(|w| **w < 0.0).map(|w| w.abs()).sum();
        let scaled = |w: &f64| if *w >= 0.0 { w / positive_sum } else { negative * w / negative_sum };
        let c_sigma = (mu_eff + 2.0) / (dim + mu_eff + 5.0);
        Self {
            weights: raw.iter().map(scaled).collect(),
            mu,
            mu_eff,
            c_sigma,
            d_sigma: 1.0 + 2.0 * (((mu_eff - 1.0) / (dim + 1.0)).sqrt() - 1.0).max(0.0) + c_sigma,
            c_c: (4.0 + mu_eff / dim) / (dim + 4.0 + 2.0 * mu_eff / dim),
            c_1,
            c_mu,
            chi_n: dim.sqrt() * (1.0 - 1.0 / (4.0 * dim) + 1.0 / (21.0 * dim * dim)),
        }
    }
}

fn effective(weights: &[f64]) -> f64 {
    let (sum, squares) = weights.iter().fold((0.0, 0.0), |(s, q), w| (s + w, q + w * w));
    sum * sum / squares
}
