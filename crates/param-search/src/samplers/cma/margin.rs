use super::evolution::Evolution;
use crate::normal::{normal_cdf, normal_quantile};

/// Countable values within CMA-ES: cells of a coordinate, of which the neighbours of the mean's cell always keep a
/// probability.
///
/// Without it, a coordinate stops moving as soon as the distribution has become narrower than a cell. Source: R. Hamano
/// et al., *CMA-ES with Margin: Lower-Bounding Marginal Probability for Mixed-Integer Black-Box Optimization* (2022).
#[derive(Clone, Debug)]
pub(super) struct Margin {
    /// Which coordinate.
    pub(super) axis: usize,
    /// Borders between neighbouring cells, ascending.
    borders: Vec<f64>,
    /// The factor A by which steps are stretched before cells are looked up.
    stretch: f64,
}

impl Margin {
    pub(super) fn new(axis: usize, borders: Vec<f64>) -> Self {
        Self { axis, borders, stretch: 1.0 }
    }

    /// The cell of a sample.
    pub(super) fn cell(&self, x: f64, mean: f64) -> usize {
        self.plain_cell(mean + self.stretch * (x - mean))
    }

    /// A value exactly on a border belongs to the cell below.
    fn plain_cell(&self, x: f64) -> usize {
        self.borders.partition_point(|border| *border < x)
    }

    /// Moves the mean and the stretch until both neighbours of the mean's cell have at least the probability `margin`
    /// over two, or the one at the edge `margin`.
    pub(super) fn correct(&mut self, evolution: &mut Evolution, margin: f64) {
        let (mean, deviation) = (evolution.mean[self.axis], {
            let variance = evolution.covariance[self.axis * (evolution.n + 1)];
            evolution.sigma * variance.sqrt()
        });
        let last = self.borders.len() - 1;
        let cell = self.plain_cell(mean);
        let (low, high) = (self.borders[cell.saturating_sub(1)], self.borders[cell.min(last)]);
        let width = self.stretch * deviation;
        let below = normal_cdf((low - mean) / width);
        let above = normal_cdf((mean - high) / width);
        if below.max(above) > 0.5 {
            if below.min(above) < margin {
                let side = if mean > high { 1.0 } else { -1.0 };
                evolution.mean[self.axis] = high - side * width * normal_quantile(margin);
            }
            return;
        }
        let within = 1.0 - below - above;
        let (below, above) = (below.max(margin / 2.0), above.max(margin / 2.0));
        let excess = (1.0 - below - above - within) / (below + within + above - 1.5 * margin);
        let share = |p: f64| (p + excess * (p - margin / 2.0)).clamp(1e-10, 0.5 - 1e-10);
        let (left, right) = (-normal_quantile(share(below)), -normal_quantile(share(above)));
        self.stretch = (high - low) / ((left + right) * deviation);
        evolution.mean[self.axis] = (low * right + high * left) / (left + right);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Written by `tests/golden/make_cma.py`.
    const GOLDEN: &str = include_str!("../../../tests/golden/cma_margin.jsonl");

    fn numbers(json: &serde_json::Value) -> Vec<f64> {
        json.as_array().expect("a list").iter().map(|x| x.as_f64().expect("a number")).collect()
    }

    #[test]
    fn corrections_are_those_of_cmaes() {
        let mut corrected = 0;
        for line in GOLDEN.lines() {
            let case: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let population = usize::try_from(case["population"].as_u64().expect("a count")).expect("a small one");
            let sigma = case["sigma"].as_f64().expect("a number");
            let mut evolution = Evolution::new(numbers(&case["mean"]), sigma, None, population);
            let n = evolution.n;
            let borders: Vec<Vec<f64>> = case["borders"].as_array().expect("a list").iter().map(numbers).collect();
            let mut margins: Vec<Margin> = borders.into_iter().enumerate().map(|(i, b)| Margin::new(i, b)).collect();
            for generation in case["generations"].as_array().expect("a list") {
                let ranked: Vec<Vec<f64>> =
                    generation["ranked"].as_array().expect("a list").iter().map(numbers).collect();
                evolution.update(&ranked.iter().map(Vec::as_slice).collect::<Vec<_>>());
                for margin in &mut margins {
                    margin.correct(&mut evolution, 1.0 / (n * population) as f64);
                    corrected += u32::from(margin.stretch > 1.0);
                }
                let stretches: Vec<f64> = margins.iter().map(|margin| margin.stretch).collect();
                let expected = numbers(&generation["stretch"]);
                for (ours, theirs) in evolution
                    .mean
                    .iter()
                    .chain(&stretches)
                    .zip(numbers(&generation["mean"]).iter().chain(&expected[..stretches.len()]))
                {
                    assert!((ours - theirs).abs() <= 1e-8 * theirs.abs().max(1.0), "{ours} instead of {theirs}");
                }
            }
        }
        assert!(corrected > 20, "the cases hardly need a margin: {corrected}");
    }
}
