use serde::Serialize;

use crate::random::Stream;

/// What happens once CMA-ES has converged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Restarts {
    /// It starts anew with the same population.
    Same,
    /// It starts anew with twice the population, from a random mean: Auger and Hansen, *A Restart CMA Evolution
    /// Strategy With Increasing Population Size* (2005).
    Ipop,
    /// It alternates between ever larger populations and small ones with small steps, so that both get an equal share
    /// of the trials: Hansen, *Benchmarking a BI-Population CMA-ES on the BBOB-2009 Function Testbed* (2009).
    Bipop,
}

/// The settings of the next run, and what the runs so far have cost.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    restarts: Restarts,
    default: usize,
    largest: usize,
    sigma: f64,
    is_small: bool,
    used: [u64; 2],
}

impl Schedule {
    pub(super) fn new(restarts: Restarts, population: usize, sigma: f64) -> Self {
        Self { restarts, default: population, largest: population, sigma, is_small: false, used: [0, 0] }
    }

    /// Counts a trial of the current run.
    pub(super) fn count(&mut self) {
        self.used[usize::from(self.is_small)] += 1;
    }

    /// Population and step size of the next run.
    pub(super) fn next(&mut self, random: &mut Stream) -> (usize, f64) {
        if self.restarts == Restarts::Same {
            return (self.default, self.sigma);
        }
        self.is_small = self.restarts == Restarts::Bipop && self.used[1] < self.used[0];
        if !self.is_small {
            self.largest *= 2;
            return (self.largest, self.sigma);
        }
        let ratio = 0.5 * self.largest as f64 / self.default as f64;
        let u = random.unit();
        let population = self.default as f64 * libm::pow(ratio, u * u);
        let population = crate::space::round_i64(libm::floor(population)).unsigned_abs();
        let population = usize::try_from(population).expect("not above the largest one").max(self.default);
        (population, self.sigma * libm::pow(10.0, -2.0 * random.unit()))
    }
}
