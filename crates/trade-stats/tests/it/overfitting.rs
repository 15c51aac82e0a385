//! Over-fitting statistics beside purgedcv, statsmodels, scipy, scikit-learn, arch and numpy; `golden/make_overfitting.py`
//! wrote their numbers.

use trade_stats::{
    Adjustment, Bootstrap, Clustering, Cscv, Recentring, Score, StepDown, adjust_p_values, cluster_trials,
    correlation_matrix, effective_trials_of, haircut_sharpe, mean, overfitting, silhouette, step_down,
    superior_predictive_ability,
};

use crate::close::Close;
use crate::golden::{MODELS, rows};

const TRIALS: &str = include_str!("../golden/trials.csv");
const OVERFITTING: &str = include_str!("../golden/overfitting.csv");
const ADJUSTED: &str = include_str!("../golden/adjusted.csv");
const HAIRCUTS: &str = include_str!("../golden/haircuts.csv");
const SPECTRUM: &str = include_str!("../golden/spectrum.csv");
const CLUSTERS: &str = include_str!("../golden/clusters.csv");
const STEP_MODELS: &str = include_str!("../golden/step_models.csv");
const STEP_DOWN: &str = include_str!("../golden/step_down.csv");
const SUPERIOR_ABILITY: &str = include_str!("../golden/superior_ability.csv");

fn numbers(row: &[&str]) -> Vec<f64> {
    row.iter().map(|cell| cell.parse().unwrap()).collect()
}

/// Columns of a file of numbers.
pub(crate) fn columns(csv: &str) -> Vec<Vec<f64>> {
    let lines: Vec<Vec<f64>> = rows(csv).map(|row| numbers(&row)).collect();
    (0..lines[0].len()).map(|k| lines.iter().map(|line| line[k]).collect()).collect()
}

fn slices(columns: &[Vec<f64>]) -> Vec<&[f64]> {
    columns.iter().map(Vec::as_slice).collect()
}

fn adjustment(name: &str) -> Adjustment {
    match name {
        "bonferroni" => Adjustment::Bonferroni,
        "holm" => Adjustment::Holm,
        "benjamini_hochberg" => Adjustment::BenjaminiHochberg,
        _ => Adjustment::BenjaminiYekutieli,
    }
}

#[test]
fn probability_of_overfitting_equals_purgedcv() {
    let weak = columns(TRIALS);
    let mut strong = weak.clone();
    strong[0].iter_mut().for_each(|r| *r += 0.004);
    let mut n_checked = 0;
    for row in rows(OVERFITTING) {
        let trials = if row[0] == "weak" { &weak } else { &strong };
        let settings = Cscv { n_blocks: row[1].parse().unwrap(), score: Score::Sharpe };
        let found = overfitting(&slices(trials), settings).unwrap();
        let value = match row[2] {
            "probability" => found.probability,
            "median_logit" => found.median_logit,
            "sum_of_logits" => found.logits.iter().sum(),
            "slope" => found.degradation.unwrap().slope,
            "mean_in_sample" => mean(&found.in_sample).unwrap(),
            "mean_out_of_sample" => mean(&found.out_of_sample).unwrap(),
            "probability_of_loss" => found.probability_of_loss,
            "first_order" => f64::from(u8::from(found.dominance.first_order)),
            "second_order" => f64::from(u8::from(found.dominance.second_order)),
            other => panic!("no statistic is called {other}"),
        };
        Close(1e-11).check(value, row[3].parse().unwrap(), &row[..3].join(" "));
        n_checked += 1;
    }
    assert_eq!(n_checked, 2 * 3 * 9);
}

#[test]
fn adjusted_p_values_equal_statsmodels() {
    let cells: Vec<Vec<&str>> = rows(ADJUSTED).collect();
    for group in cells.chunk_by(|a, b| a[0] == b[0]) {
        let p: Vec<f64> = group.iter().map(|row| row[2].parse().unwrap()).collect();
        let found = adjust_p_values(&p, adjustment(group[0][0])).unwrap();
        for (found, row) in found.iter().zip(group) {
            Close(1e-13).check_relative(*found, row[3].parse().unwrap(), &row.join(" "));
        }
    }
}

#[test]
fn haircuts_equal_scipy_and_statsmodels() {
    let cells: Vec<Vec<&str>> = rows(HAIRCUTS).collect();
    assert_eq!(cells.len(), 4 * 5);
    for group in cells.chunk_by(|a, b| a[0] == b[0]) {
        let lines: Vec<Vec<f64>> = group.iter().map(|row| numbers(&row[2..])).collect();
        let ratios: Vec<f64> = lines.iter().map(|line| line[0]).collect();
        let found = haircut_sharpe(&ratios, 120, adjustment(group[0][0])).unwrap();
        for (cut, line) in found.iter().zip(&lines) {
            Close(1e-11).check_relative(cut.p_value, line[1], "p-value");
            Close(1e-11).check_relative(cut.adjusted_p_value, line[2], "adjusted p-value");
            Close(1e-10).check(cut.sharpe, line[3], "haircut ratio");
        }
    }
}

#[test]
fn effective_trials_equal_the_eigenvalues_of_numpy() {
    let trials = columns(TRIALS);
    let found = effective_trials_of(&correlation_matrix(&slices(&trials)).unwrap()).unwrap();
    let found = [found.by_mean_correlation, found.by_participation, found.by_eigenvalue_variance];
    for (found, row) in found.into_iter().zip(rows(SPECTRUM)) {
        Close(1e-12).check_relative(found, row[1].parse().unwrap(), row[0]);
    }
}

#[test]
fn clusters_and_silhouettes_equal_scikit_learn() {
    let matrix = correlation_matrix(&slices(&columns(TRIALS))).unwrap();
    let found = cluster_trials(&matrix, Clustering { max_clusters: 11, n_starts: 10, seed: 1 }).unwrap();
    let expected: Vec<(usize, f64)> =
        rows(CLUSTERS).map(|row| (row[0].parse().unwrap(), row[1].parse().unwrap())).collect();
    for i in 0..12 {
        for j in 0..12 {
            let together = expected[i].0 == expected[j].0;
            assert_eq!(found.groups[i] == found.groups[j], together, "{i} and {j}");
        }
        // numpy's correlation of a series with itself is not quite 1, and the root of the rest is 1e-8.
        Close(1e-8).check(found.silhouettes[i], expected[i].1, &format!("silhouette of {i}"));
    }
    let distances: Vec<f64> = matrix.iter().map(|r| (0.5 * (1.0 - r)).sqrt()).collect();
    assert_eq!(silhouette(&distances, &found.groups).unwrap(), found.silhouettes);
}

#[test]
fn stepwise_sets_equal_arch() {
    let models = columns(STEP_MODELS);
    let bootstrap = Bootstrap { mean_block: 5.0, n_resamples: 10_000, seed: 3 };
    // arch compares raw means, whatever its `studentize` says.
    let settings = StepDown { studentised: false, recentring: Recentring::Consistent };
    let p = step_down(&slices(&models), &bootstrap, settings).unwrap();
    for size in ["0.01", "0.05", "0.25"] {
        let expected: Vec<usize> =
            rows(STEP_DOWN).filter(|row| row[0] == size).map(|row| row[1].parse().unwrap()).collect();
        let alpha: f64 = size.parse().unwrap();
        let found: Vec<usize> = (0..models.len()).filter(|k| p[*k] <= alpha).collect();
        assert_eq!(found, expected, "{size}: {p:?}");
    }
}

#[test]
fn superior_ability_equals_the_formulas_of_the_paper_in_numpy() {
    let step = ("step", STEP_MODELS);
    for row in rows(SUPERIOR_ABILITY) {
        let (_, csv) = MODELS.into_iter().chain([step]).find(|(name, _)| *name == row[0]).unwrap();
        let mean_block = if row[0] == "step" { 5.0 } else { 8.0 };
        let settings = Bootstrap { mean_block, n_resamples: 20_000, seed: 6 };
        let found = superior_predictive_ability(&slices(&columns(csv)), &settings).unwrap();
        for (found, expected) in [found.p_lower, found.p_consistent, found.p_upper].iter().zip(&row[1..]) {
            // Three standard errors of the difference of two shares of 20,000 are at most 0.015.
            Close(0.015).check(*found, expected.parse().unwrap(), &row.join(" "));
        }
    }
}

#[test]
fn superior_ability_equals_sharpebench() {
    for (name, csv) in MODELS {
        let field = columns(csv);
        let settings = Bootstrap { mean_block: 8.0, n_resamples: 4_000, seed: 6 };
        let found = superior_predictive_ability(&slices(&field), &settings).unwrap();
        let upper = sharpebench_stats::significance::spa_pvalue(&field, 11, 4_000, 1.0 / 8.0).unwrap();
        let consistent = sharpebench_stats::significance::spa_consistent_pvalue(&field, 11, 4_000, 1.0 / 8.0).unwrap();
        // Three standard errors of the difference of two shares of 4,000.
        Close(0.034).check(found.p_upper, upper, name);
        Close(0.034).check(found.p_consistent, consistent, name);
    }
}
