use crate::bootstrap::Bootstrap;
use crate::error::Error;
use crate::spa::{Field, Recentring};

/// Settings of [`step_down`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct StepDown {
    /// Whether each mean is divided by its own deviation, which Romano and Wolf recommend.
    pub studentised: bool,
    /// How poor models are treated: [`Recentring::Upper`] is Romano and Wolf's own, [`Recentring::Consistent`] that of Hsu,
    /// Hsu and Kuan (and of arch).
    pub recentring: Recentring,
}

/// Adjusted p-value of each model by Romano and Wolf's stepwise method: the set of models with p ≤ α contains one without
/// an edge with a probability of at most about α (family-wise error rate), whatever the dependence between them. More
/// models come through than by the p-value of the best alone, because each step compares with those still in question.
///
/// With the models in order of falling statistics, p of the j-th is (1 + resamples whose largest null statistic over
/// the j-th and all later models is as large) / (1 + resamples), and not below that of the one before.
///
/// - `models`: for each model the returns of successive periods above the benchmark. One whose returns are all 0 has the
///   p-value 1.
///
/// The result has one entry per model, in their order. O(models · resamples · n / mean block).
///
/// # Errors
/// As [`superior_predictive_ability`](crate::superior_predictive_ability).
///
/// Source: J. P. Romano, M. Wolf, *Stepwise Multiple Testing as Formalized Data Snooping*, Econometrica 73 (2005);
/// *Efficient Computation of Adjusted p-Values for Resampling-Based Stepdown Multiple Testing*, Statistics & Probability
/// Letters 113 (2016); P.-H. Hsu, Y.-C. Hsu, C.-M. Kuan, *Testing the Predictive Ability of Technical Analysis Using a
/// New Stepwise Test without Data Snooping Bias*, Journal of Empirical Finance 17 (2010).
///
/// ```
/// use trade_stats::{Bootstrap, Recentring, StepDown, step_down};
///
/// let noise: Vec<f64> = (0..200).map(|i| f64::from((i * 37) % 101) / 50.0 - 1.0).collect();
/// let edge: Vec<f64> = noise.iter().map(|r| 0.5 - r).collect();
/// let bootstrap = Bootstrap { mean_block: 5.0, n_resamples: 200, seed: 1 };
/// let p = step_down(&[&noise, &edge], &bootstrap, StepDown { studentised: true, recentring: Recentring::Upper })?;
/// assert!(p[0] > 0.05 && p[1] < 0.05);
/// # Ok::<(), trade_stats::Error>(())
/// ```
pub fn step_down(models: &[&[f64]], bootstrap: &Bootstrap, settings: StepDown) -> Result<Vec<f64>, Error> {
    let field = Field::of(models, bootstrap, settings.studentised)?;
    let n_models = field.values.len();
    let mut order: Vec<usize> = (0..n_models).collect();
    order.sort_by(|a, b| field.values[*b].total_cmp(&field.values[*a]));
    let mut as_large = vec![0_usize; n_models];
    for b in 0..field.n_resamples() {
        let mut maximum = f64::NEG_INFINITY;
        // From the worst model up, the maximum over "this and all later ones" is a running one.
        for (count, &k) in as_large.iter_mut().zip(&order).rev() {
            let value = field.null(b, k, settings.recentring);
            maximum = if value > maximum { value } else { maximum };
            *count += usize::from(maximum >= field.values[k]);
        }
    }
    let mut adjusted = vec![1.0; models.len()];
    let mut before = 0.0;
    for (count, &k) in as_large.iter().zip(&order) {
        let p = (1.0 + *count as f64) / (1.0 + field.n_resamples() as f64);
        before = if p > before { p } else { before };
        adjusted[field.positions[k]] = before;
    }
    Ok(adjusted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::superior_predictive_ability;

    const SETTINGS: Bootstrap = Bootstrap { mean_block: 5.0, n_resamples: 300, seed: 9 };
    const STEP: StepDown = StepDown { studentised: true, recentring: Recentring::Upper };

    fn wave(n: usize, skip: usize, drift: f64) -> Vec<f64> {
        (skip..skip + n).map(|i| drift + ((i * 7_919) % 1_009) as f64 / 1_009.0 - 0.5).collect()
    }

    #[test]
    fn the_best_has_the_p_value_of_the_test_of_the_best() {
        let models = [wave(300, 0, 0.02), wave(300, 40, 0.04), wave(300, 90, 0.0)];
        let models: Vec<&[f64]> = models.iter().map(Vec::as_slice).collect();
        let best = superior_predictive_ability(&models, &SETTINGS).unwrap();
        let p = step_down(&models, &SETTINGS, STEP).unwrap();
        assert_eq!(p[best.best].to_bits(), best.p_upper.to_bits());
    }

    #[test]
    fn a_second_edge_is_found_behind_the_first() {
        let models = [wave(300, 0, 0.2), wave(300, 50, 0.06), wave(300, 90, 0.0), vec![0.0; 300]];
        let models: Vec<&[f64]> = models.iter().map(Vec::as_slice).collect();
        let p = step_down(&models, &SETTINGS, STEP).unwrap();
        assert!(p[0] < 0.01 && p[1] < 0.1 && p[2] > p[1], "{p:?}");
        assert!((p[3] - 1.0).abs() < 1e-15);
    }

    #[test]
    fn bad_input_is_an_error() {
        assert!(step_down(&[], &SETTINGS, STEP).is_err());
        assert!(step_down(&[&[0.1, f64::INFINITY, 0.2]], &SETTINGS, STEP).is_err());
        assert!(step_down(&[&[0.0; 9]], &SETTINGS, STEP).is_err());
    }
}
