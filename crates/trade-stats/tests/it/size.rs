//! The tests of over-fitting on noise: they may cry wolf as often as they say, and must not sleep when a wolf is there.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use trade_stats::{
    Adjustment, Bootstrap, Cscv, Recentring, Score, SharpeError, SharpeSample, StepDown, adjust_p_values, mean,
    normal_quantile, overfitting, probabilistic_sharpe, reality_check, sharpe_interval, step_down,
    superior_predictive_ability,
};

const N_FIELDS: u64 = 200;
const LEVEL: f64 = 0.1;
const STEP: StepDown = StepDown { studentised: true, recentring: Recentring::Upper };

fn normal(random: &mut ChaCha8Rng) -> f64 {
    normal_quantile(((random.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64).unwrap()
}

/// Ten models of 200 periods with half of their returns in common, deviations from 1 to 4, and `edge` deviations added
/// to the first.
fn field(seed: u64, edge: f64) -> Vec<Vec<f64>> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let common: Vec<f64> = (0..200).map(|_| normal(&mut random)).collect();
    let model = |k: u32| {
        let scale = 0.005 * (1.0 + f64::from(k % 4));
        let shift = if k == 0 { edge } else { 0.0 };
        common.iter().map(|c| scale * (0.5_f64.sqrt() * (c + normal(&mut random)) + shift)).collect()
    };
    (0..10).map(model).collect()
}

/// How often each of three tests rejects, and the mean probability of over-fitting.
fn rejections(edge: f64) -> ([f64; 3], f64) {
    let mut counts = [0.0; 3];
    let mut overfit = 0.0;
    for seed in 0..N_FIELDS {
        let models = field(seed, edge);
        let models: Vec<&[f64]> = models.iter().map(Vec::as_slice).collect();
        let bootstrap = Bootstrap { mean_block: 2.0, n_resamples: 199, seed };
        let p_values = [
            superior_predictive_ability(&models, &bootstrap).unwrap().p_consistent,
            reality_check(&models, &bootstrap).unwrap().p_consistent,
            step_down(&models, &bootstrap, STEP).unwrap().into_iter().fold(1.0, f64::min),
        ];
        for (count, p) in counts.iter_mut().zip(p_values) {
            *count += f64::from(u8::from(p <= LEVEL));
        }
        overfit += overfitting(&models, Cscv { n_blocks: 8, score: Score::Sharpe }).unwrap().probability;
    }
    (counts.map(|count| count / N_FIELDS as f64), overfit / N_FIELDS as f64)
}

#[test]
fn noise_is_rejected_about_as_often_as_the_level_says() {
    let (shares, overfit) = rejections(0.0);
    // Three standard errors of a share of 200 are 0.064.
    assert!(shares.iter().all(|share| (share - LEVEL).abs() < 0.064), "{shares:?}");
    // Choosing among noise is blind; models in common make it a little better or worse in single fields only.
    assert!((overfit - 0.5).abs() < 0.08, "{overfit}");
}

#[test]
fn an_edge_is_found_best_by_the_studentised_tests() {
    // A t-value of 0.3 · √200 = 4.2, on the model with the least deviation.
    let (shares, overfit) = rejections(0.3);
    assert!(shares[0] > 0.9 && shares[2] > 0.9, "{shares:?}");
    assert!(shares[1] < shares[0] - 0.2, "raw means cannot see it: {shares:?}");
    assert!(overfit < 0.1, "{overfit}");
}

#[test]
fn intervals_and_probabilities_hold_what_they_promise() {
    let mut random = ChaCha8Rng::seed_from_u64(5);
    let (mut held, mut p_values) = ([0_u32; 2], Vec::new());
    for _ in 0..1_000 {
        // A skewed law with the mean 0.1 and deviation 1.
        let r: Vec<f64> = (0..250)
            .map(|_| {
                let z = normal(&mut random);
                0.1 + (z * z - 1.0) / 2_f64.sqrt()
            })
            .collect();
        let sample = SharpeSample::of(&r).unwrap();
        for (count, error) in held.iter_mut().zip([SharpeError::Normal, SharpeError::NonNormal]) {
            let interval = sharpe_interval(&sample, 0.9, error).unwrap();
            *count += u32::from((interval.low..=interval.high).contains(&0.1));
        }
        p_values.push(1.0 - probabilistic_sharpe(&sample, 0.1).unwrap());
    }
    // Three standard errors of a share of 1,000 near 0.9 are 0.028; the error of the asymptotic law comes on top.
    assert!((870..=940).contains(&held[1]), "{held:?}");
    // The normal error does not see that a right skew makes a ratio more certain.
    assert!(held[0] > held[1] + 20, "{held:?}");
    assert!((mean(&p_values).unwrap() - 0.5).abs() < 0.04);
    let discoveries = adjust_p_values(&p_values, Adjustment::Holm).unwrap().iter().filter(|p| **p < 0.05).count();
    assert!(discoveries <= 3, "{discoveries}");
}
