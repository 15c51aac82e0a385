use crate::random::Stream;
use crate::{Domain, Space};

/// Strengths of crossover and mutation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Variation {
    pub(super) crossover_probability: f64,
    pub(super) crossover_index: f64,
    pub(super) mutation_probability: f64,
    pub(super) mutation_index: f64,
}

impl Variation {
    /// A child of two parents, all as coordinates of the unit cube.
    pub(super) fn child(&self, space: &Space, parents: [&[f64]; 2], random: &mut Stream) -> Vec<f64> {
        let mut child = parents[0].to_vec();
        if random.unit() < self.crossover_probability {
            for (i, gene) in child.iter_mut().enumerate() {
                let (a, b) = (parents[0][i], parents[1][i]);
                *gene = match random.unit() {
                    u if u < 0.5 && has_order(&space.parameters()[i].domain) => self.cross(a, b, random),
                    u if u < 0.5 => b,
                    _ => a,
                };
            }
        }
        for (gene, parameter) in child.iter_mut().zip(space.parameters()) {
            if random.unit() < self.mutation_probability {
                *gene = if has_order(&parameter.domain) { self.mutate(*gene, random) } else { random.unit() };
            }
        }
        child
    }

    /// Simulated binary crossover within 0..=1, one of both children.
    ///
    /// Source: K. Deb and R. B. Agrawal, *Simulated Binary Crossover for Continuous Search Space* (1995), with bounds
    /// as in Deb's NSGA-II code.
    fn cross(&self, a: f64, b: f64, random: &mut Stream) -> f64 {
        let (low, high) = (a.min(b), a.max(b));
        let is_low = random.unit() < 0.5;
        let u = random.unit();
        let distance = high - low;
        if distance < 1e-14 {
            return a;
        }
        let room = if is_low { low } else { 1.0 - high };
        let power = self.crossover_index + 1.0;
        let alpha = 2.0 - libm::pow(1.0 + 2.0 * room / distance, -power);
        let base = if u * alpha <= 1.0 { u * alpha } else { 1.0 / (2.0 - u * alpha) };
        let spread = libm::pow(base, 1.0 / power) * distance;
        let child = 0.5 * (low + high + if is_low { -spread } else { spread });
        child.clamp(0.0, 1.0)
    }

    /// Polynomial mutation within 0..=1.
    ///
    /// Source: K. Deb and M. Goyal, *A Combined Genetic Adaptive Search for Engineering Design* (1996), with bounds as
    /// in Deb's NSGA-II code.
    fn mutate(&self, x: f64, random: &mut Stream) -> f64 {
        let u = random.unit();
        let power = self.mutation_index + 1.0;
        let shift = if u < 0.5 {
            libm::pow(2.0 * u + (1.0 - 2.0 * u) * libm::pow(1.0 - x, power), 1.0 / power) - 1.0
        } else {
            1.0 - libm::pow(2.0 * (1.0 - u) + (2.0 * u - 1.0) * libm::pow(x, power), 1.0 / power)
        };
        (x + shift).clamp(0.0, 1.0)
    }
}

fn has_order(domain: &Domain) -> bool {
    matches!(domain, Domain::Float { .. } | Domain::Int { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    const VARIATION: Variation = Variation {
        crossover_probability: 1.0,
        crossover_index: 15.0,
        mutation_probability: 1.0,
        mutation_index: 20.0,
    };

    #[test]
    fn crossover_keeps_the_mean_of_the_parents_and_their_spread() {
        let mut random = Stream::new(1, 0);
        let children: Vec<f64> = (0..20_000).map(|_| VARIATION.cross(0.4, 0.6, &mut random)).collect();
        let mean = children.iter().sum::<f64>() / 20_000.0;
        assert!((mean - 0.5).abs() < 0.004, "{mean}");
        // Half of the children lie between their parents.
        let between = children.iter().filter(|x| (0.4..=0.6).contains(*x)).count();
        assert!(between.abs_diff(10_000) < 400, "{between}");
    }

    #[test]
    fn mutation_is_small_without_bias_inside_and_stays_within_at_the_ends() {
        let mut random = Stream::new(2, 0);
        let mut mean = |x| (0..20_000).map(|_| VARIATION.mutate(x, &mut random)).sum::<f64>() / 20_000.0;
        assert!((mean(0.5) - 0.5).abs() < 0.003);
        assert!(mean(0.0) > 0.0 && mean(0.0) < 0.05);
        assert!((0..1_000).all(|_| (0.0..=1.0).contains(&VARIATION.mutate(1.0, &mut random))));
    }
}
