use crate::bootstrap::Bootstrap;
use crate::error::{Error, check_count, check_table};
use crate::moments::varies;
use crate::reality::{Model, resampled_deviations};
use crate::sum::sums;

/// Which models are taken to be as good as the benchmark where a null distribution is made: what Hansen adds back to a
/// resampled mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Recentring {
    /// Only those whose mean is above it: too liberal, a lower bound of the p-value.
    Lower,
    /// All but those whose t-value is below −√(2 ln ln n): Hansen's choice, right for long series.
    Consistent,
    /// All: White's choice, the most conservative; poor models make it blunt.
    Upper,
}

/// Result of [`superior_predictive_ability`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SuperiorAbility {
    /// Position of the model with the largest t-value; the first of equal ones.
    pub best: usize,
    /// That t-value, √n · mean / ω; 0 if it is negative.
    pub statistic: f64,
    /// p-value with [`Recentring::Lower`].
    pub p_lower: f64,
    /// p-value with [`Recentring::Consistent`]: the one to read.
    pub p_consistent: f64,
    /// p-value with [`Recentring::Upper`].
    pub p_upper: f64,
}

/// Hansen's test for superior predictive ability: how likely the best of several models would show its **t-value**, if
/// none were better than the benchmark. Unlike in [`reality_check`](crate::reality_check), each mean is divided by its
/// own deviation, so a model with wild returns does not drown one with steady ones.
///
/// T = max(0, max √n·d̄/ω); its null distribution comes from the stationary bootstrap; ω is the deviation of √n·d̄ over the
/// same resamples. A p-value is (1 + resamples with T* ≥ T) / (1 + resamples): never 0, and 1 if no mean is above 0.
///
/// - `models`: for each model the returns of successive periods above the benchmark; all tries, not only the good ones.
///   A model whose returns are all 0 (it never traded) is left out.
///
/// O(models · resamples · n / mean block) time, O(models · resamples) memory.
///
/// arch 8.0.0 has a `studentize` that changes a label only: its p-values are those of the raw means.
///
/// # Errors
/// [`Error::TooFew`] for no models (after those that never traded), fewer than 3 periods or 2 resamples;
/// [`Error::Length`] for models of different length; [`Error::NotFinite`]; [`Error::NoVariance`] for a model that always
/// returns the same other than 0; [`Error::OutOfRange`] for a mean block below 1 or above the number of
/// periods.
///
/// Source: P. R. Hansen, *A Test for Superior Predictive Ability*, Journal of Business & Economic Statistics 23 (2005).
///
/// ```
/// use trade_stats::{Bootstrap, superior_predictive_ability};
///
/// let noise: Vec<f64> = (0..200).map(|i| f64::from((i * 37) % 101) / 50.0 - 1.0).collect();
/// let edge: Vec<f64> = noise.iter().map(|r| 0.5 - r).collect();
/// let settings = Bootstrap { mean_block: 5.0, n_resamples: 200, seed: 1 };
/// let test = superior_predictive_ability(&[&noise, &edge], &settings)?;
/// assert!(test.best == 1 && test.p_consistent < 0.05);
/// # Ok::<(), trade_stats::Error>(())
/// ```
pub fn superior_predictive_ability(models: &[&[f64]], bootstrap: &Bootstrap) -> Result<SuperiorAbility, Error> {
    let field = Field::of(models, bootstrap, true)?;
    let best = field.best();
    let statistic = if field.values[best] > 0.0 { field.values[best] } else { 0.0 };
    let p_value = |way| {
        let as_large = (0..field.n_resamples()).filter(|&b| field.null_maximum(b, way) >= statistic).count();
        (1.0 + as_large as f64) / (1.0 + field.n_resamples() as f64)
    };
    Ok(SuperiorAbility {
        best: field.positions[best],
        statistic,
        p_lower: p_value(Recentring::Lower),
        p_consistent: p_value(Recentring::Consistent),
        p_upper: p_value(Recentring::Upper),
    })
}

/// The models' statistics and their resampled deviations from them, in units of ω or, raw, of √n·mean.
pub(crate) struct Field {
    /// Positions of the models in the input, those that never traded left out.
    pub(crate) positions: Vec<usize>,
    /// Statistic of each model.
    pub(crate) values: Vec<f64>,
    /// Resampled statistic less the statistic: models (inner) by resamples (outer).
    pub(crate) deviations: Vec<Vec<f64>>,
    /// What the lower and the consistent recentring add to a deviation of each model.
    shifts: Vec<[f64; 2]>,
}

impl Field {
    pub(crate) fn of(models: &[&[f64]], bootstrap: &Bootstrap, studentised: bool) -> Result<Self, Error> {
        let n = check_table("model", models, 3)?;
        check_count("resamples", bootstrap.n_resamples, 2)?;
        let positions = traded(models)?;
        check_count("models that vary", positions.len(), 1)?;
        let overflow = |series| Error::NotFinite { what: "sums of model", series, index: 0 };
        let sampled = positions
            .iter()
            .map(|&k| Model::of(models[k], n).ok_or(overflow(k)))
            .collect::<Result<Vec<Model>, Error>>()?;
        let block = bootstrap.mean_block;
        let wrong_block = Error::OutOfRange { what: "mean block", value: block, allowed: "1 to the number of periods" };
        let mut deviations = resampled_deviations(&sampled, n, bootstrap).ok_or(wrong_block)?;
        let root = (n as f64).sqrt();
        let threshold = -(2.0 * libm::log(libm::log(n as f64))).sqrt();
        let (mut values, mut shifts, mut scales) = (Vec::new(), Vec::new(), Vec::new());
        for (k, model) in sampled.iter().enumerate() {
            let omega = root * deviation(&deviations, k);
            if omega <= 0.0 || !omega.is_finite() {
                return Err(Error::NoVariance { what: "resampled mean of model", series: positions[k] });
            }
            let scale = if studentised { root / omega } else { root };
            let value = model.mean * scale;
            let is_poor = root * model.mean / omega < threshold;
            shifts.push([if value < 0.0 { value } else { 0.0 }, if is_poor { value } else { 0.0 }]);
            values.push(value);
            scales.push(scale);
        }
        for resample in &mut deviations {
            for (deviation, scale) in resample.iter_mut().zip(&scales) {
                *deviation *= scale;
            }
        }
        Ok(Self { positions, values, deviations, shifts })
    }

    pub(crate) fn n_resamples(&self) -> usize {
        self.deviations.len()
    }

    /// Position in the field of the largest statistic.
    fn best(&self) -> usize {
        self.values.iter().enumerate().fold(0, |best, (k, value)| if *value > self.values[best] { k } else { best })
    }

    /// A model's statistic in resample `b` if the null hypothesis held.
    pub(crate) fn null(&self, b: usize, k: usize, way: Recentring) -> f64 {
        let shift = match way {
            Recentring::Lower => self.shifts[k][0],
            Recentring::Consistent => self.shifts[k][1],
            Recentring::Upper => 0.0,
        };
        self.deviations[b][k] + shift
    }

    /// The largest of them, at least 0.
    fn null_maximum(&self, b: usize, way: Recentring) -> f64 {
        (0..self.values.len())
            .map(|k| self.null(b, k, way))
            .fold(0.0, |max, value| if value > max { value } else { max })
    }
}

/// Positions of the models that are not 0 throughout.
fn traded(models: &[&[f64]]) -> Result<Vec<usize>, Error> {
    let mut positions = Vec::new();
    for (series, returns) in models.iter().enumerate() {
        if varies(returns) {
            positions.push(series);
        } else if returns[0] != 0.0 {
            return Err(Error::NoVariance { what: "model", series });
        }
    }
    Ok(positions)
}

/// Deviation of a model's mean over the resamples.
fn deviation(deviations: &[Vec<f64>], k: usize) -> f64 {
    let [total, squares] = sums(0..deviations.len(), &|b| [deviations[b][k], deviations[b][k] * deviations[b][k]]);
    let count = deviations.len() as f64;
    (squares / count - (total / count) * (total / count)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: Bootstrap = Bootstrap { mean_block: 5.0, n_resamples: 400, seed: 9 };

    fn wave(n: usize, drift: f64) -> Vec<f64> {
        (0..n).map(|i| drift + ((i * 7_919) % 1_009) as f64 / 1_009.0 - 0.5).collect()
    }

    #[test]
    fn a_wild_model_does_not_hide_a_steady_one() {
        let steady = wave(300, 0.1);
        let wild: Vec<f64> = wave(300, 0.0).iter().rev().map(|r| 100.0 * r + 1.0).collect();
        let test = superior_predictive_ability(&[&wild, &steady], &SETTINGS).unwrap();
        let raw = crate::reality_check(&[&wild, &steady], &SETTINGS).unwrap();
        assert!(test.best == 1 && raw.best == 0);
        assert!(test.p_consistent < 0.01 && raw.p_consistent > 0.1, "{test:?} {raw:?}");
    }

    #[test]
    fn scaling_a_model_changes_nothing() {
        let (a, b) = (wave(200, 0.03), wave(210, 0.02)[10..].to_vec());
        let scaled: Vec<f64> = b.iter().map(|r| 1_024.0 * r).collect();
        let test = superior_predictive_ability(&[&a, &b], &SETTINGS).unwrap();
        assert_eq!(superior_predictive_ability(&[&a, &scaled], &SETTINGS).unwrap(), test);
    }

    #[test]
    fn models_that_never_traded_do_not_count() {
        let (edge, idle) = (wave(300, 0.1), vec![0.0; 300]);
        let alone = superior_predictive_ability(&[&edge], &SETTINGS).unwrap();
        let both = superior_predictive_ability(&[&idle, &edge], &SETTINGS).unwrap();
        assert_eq!(both, SuperiorAbility { best: 1, ..alone });
        let none = superior_predictive_ability(&[&idle], &SETTINGS);
        assert!(matches!(none, Err(Error::TooFew { what: "models that vary", .. })));
    }

    #[test]
    fn only_losers_have_the_p_value_one() {
        let test = superior_predictive_ability(&[&wave(300, -0.2), &wave(300, -0.1)], &SETTINGS).unwrap();
        assert_eq!((test.statistic, test.p_consistent, test.p_lower), (0.0, 1.0, 1.0));
    }

    #[test]
    fn bad_input_is_named() {
        let good = wave(10, 0.0);
        let test = |models: &[&[f64]], settings: &Bootstrap| superior_predictive_ability(models, settings).unwrap_err();
        assert!(matches!(test(&[], &SETTINGS), Error::TooFew { found: 0, .. }));
        assert!(matches!(test(&[&good[..2]], &SETTINGS), Error::TooFew { what: "periods", .. }));
        assert!(matches!(test(&[&good, &good[..9]], &SETTINGS), Error::Length { found: 9, expected: 10, .. }));
        let nan = Error::NotFinite { what: "model", series: 1, index: 2 };
        assert_eq!(test(&[&[1.0, 2.0, 4.0], &[0.0, 1.0, f64::NAN]], &SETTINGS), nan);
        assert!(matches!(test(&[&[0.1; 5]], &SETTINGS), Error::NoVariance { series: 0, .. }));
        assert!(matches!(test(&[&good], &Bootstrap { n_resamples: 1, ..SETTINGS }), Error::TooFew { .. }));
        assert!(matches!(test(&[&good], &Bootstrap { mean_block: 0.5, ..SETTINGS }), Error::OutOfRange { .. }));
        assert!(matches!(test(&[&good], &Bootstrap { mean_block: f64::NAN, ..SETTINGS }), Error::OutOfRange { .. }));
        assert!(matches!(test(&[&good], &Bootstrap { mean_block: 11.0, ..SETTINGS }), Error::OutOfRange { .. }));
    }
}
