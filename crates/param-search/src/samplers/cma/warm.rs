use serde::Serialize;

use super::chart::Chart;
use super::eigen;
use super::evolution::Evolution;
use crate::merit::{Class, Merit};
use crate::{Error, Problem, Trial};

/// The distribution of the first generation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct Start {
    mean: Vec<f64>,
    sigma: f64,
    /// Row after row; `None` for the identity.
    covariance: Option<Vec<f64>>,
}

/// Standard deviation that is put around each of the best tenth of the trials.
const ALPHA: f64 = 0.1;

impl Start {
    pub(super) fn middle(n: usize, sigma: f64) -> Self {
        Self { mean: vec![0.5; n], sigma, covariance: None }
    }

    pub(super) fn warm(problem: &Problem, chart: &Chart, trials: &[Trial]) -> Result<Self, Error> {
        let mut ranked: Vec<(Merit, &Trial)> = Vec::new();
        for trial in trials {
            problem.space().check(&trial.point)?;
            trial.check(problem.directions())?;
            ranked.push((Merit::of(trial, problem.directions()[0]), trial));
        }
        ranked.retain(|(merit, _)| merit.class() == Class::Feasible);
        ranked.sort_by(|a, b| a.0.order(&b.0));
        let n_best = ranked.len() / 10;
        if n_best == 0 {
            let value = ranked.len() as f64;
            return Err(Error::BadSetting {
                setting: "trials to start from",
                value,
                range: "10 with a result and more",
            });
        }
        let best = ranked[..n_best].iter().map(|(_, trial)| chart.coordinates(problem.space(), &trial.point));
        Ok(Self::around(&best.collect::<Vec<_>>()))
    }

    /// The normal distribution that is nearest to a mixture of one kernel a point.
    fn around(points: &[Vec<f64>]) -> Self {
        let (n, n_points) = (points[0].len(), points.len() as f64);
        let mean: Vec<f64> = (0..n).map(|i| points.iter().map(|x| x[i]).sum::<f64>() / n_points).collect();
        let mut covariance = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..n {
                let sum: f64 = points.iter().map(|x| (x[i] - mean[i]) * (x[j] - mean[j])).sum();
                covariance[i * n + j] = sum / n_points + if i == j { ALPHA * ALPHA } else { 0.0 };
            }
        }
        let (values, _) = eigen::symmetric(&covariance, n);
        let log_determinant: f64 = values.iter().map(|value| libm::log(*value)).sum();
        let variance = libm::exp(log_determinant / n as f64);
        for c in &mut covariance {
            *c /= variance;
        }
        Self { mean, sigma: variance.sqrt(), covariance: Some(covariance) }
    }

    pub(super) fn evolution(&self, population: usize) -> Evolution {
        Evolution::new(self.mean.clone(), self.sigma, self.covariance.clone(), population)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_is_that_of_cmaes() {
        // cmaes 0.13.1: get_warm_start_mgd([([.1, .2], 0), ([.4, .3], 1), ([.35, .9], 2)], gamma=1.0, alpha=0.1)
        let start = Start::around(&[vec![0.1, 0.2], vec![0.4, 0.3], vec![0.35, 0.9]]);
        let expected = [
            0.283_333_333_333_333_3,
            0.466_666_666_666_666_6,
            0.223_503_204_116_550_5,
            0.544_949_260_913_066,
            0.389_249_472_080_761_4,
            0.389_249_472_080_761_4,
            2.113_068_562_724_133,
        ];
        let covariance = start.covariance.expect("it has one");
        let ours = [&start.mean[..], &[start.sigma], &covariance[..]].concat();
        assert!(ours.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{ours:?}");
    }
}
