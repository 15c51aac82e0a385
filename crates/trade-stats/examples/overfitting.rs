//! A search over 200 strategies without skill, and the same search with one that has some: what each test says.
//!
//! Run: `cargo run --release -p aio-trade-stats --example overfitting`
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use trade_stats::{
    Adjustment, Bootstrap, Clustering, Cscv, Error, Recentring, Score, SharpeSample, StepDown, cluster_trials,
    correlation_matrix, deflated_sharpe, haircut_sharpe, moments, overfitting, reality_check, step_down,
    superior_predictive_ability,
};

const N_PERIODS: usize = 1_000;

/// Twenty families of ten variants each, over seeded noise; `edge` is added to every return of the first strategy.
fn strategies(edge: f64) -> Vec<Vec<f64>> {
    let mut state = 1_u64;
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
    };
    let families: Vec<Vec<f64>> =
        (0..20).map(|_| (0..N_PERIODS).map(|_| 0.02 * (noise() + noise())).collect()).collect();
    let mut all: Vec<Vec<f64>> = families
        .iter()
        .flat_map(|family| [family; 10])
        .map(|family| family.iter().map(|r| r + 0.006 * noise()).collect())
        .collect();
    all[0].iter_mut().for_each(|r| *r += edge);
    all
}

fn judge(name: &str, edge: f64) -> Result<(), Box<dyn std::error::Error>> {
    let all = strategies(edge);
    let all: Vec<&[f64]> = all.iter().map(Vec::as_slice).collect();
    let samples: Vec<SharpeSample> = all.iter().filter_map(|r| SharpeSample::of(r)).collect();
    let ratios: Vec<f64> = samples.iter().map(|sample| sample.value).collect();
    let best = samples.iter().max_by(|a, b| a.value.total_cmp(&b.value)).ok_or("no strategies")?;
    println!("\n{name}: the best of {} has a Sharpe ratio of {:.2} a year", all.len(), best.value * 252_f64.sqrt());

    let clusters = cluster_trials(&correlation_matrix(&all)?, Clustering { max_clusters: 24, n_starts: 2, seed: 1 })?;
    let spread = moments(&ratios).ok_or("too few")?.std;
    let deflated = deflated_sharpe(best, spread * spread, clusters.count as f64).ok_or("no variance")?;
    println!("  deflated Sharpe ratio, {} independent tries     {deflated:.3}  (above 0.95 is skill)", clusters.count);

    let found = overfitting(&all, Cscv { n_blocks: 10, score: Score::Sharpe })?;
    println!("  probability of over-fitting (CSCV)              {:.3}  (0.5 is blind)", found.probability);
    println!("  chosen strategies lose out of sample            {:.3}", found.probability_of_loss);

    let bootstrap = Bootstrap { mean_block: 5.0, n_resamples: 2_000, seed: 1 };
    let raw = reality_check(&all, &bootstrap).ok_or("too short")?;
    let test = superior_predictive_ability(&all, &bootstrap)?;
    println!("  White's reality check                           {:.3}  (below 0.05 is skill)", raw.p_upper);
    println!("  Hansen's superior predictive ability            {:.3}", test.p_consistent);
    let p = step_down(&all, &bootstrap, StepDown { studentised: true, recentring: Recentring::Consistent })?;
    println!("  strategies that pass the stepwise test at 5 %   {}", p.iter().filter(|p| **p <= 0.05).count());
    let cuts = haircut_sharpe(&ratios, N_PERIODS, Adjustment::BenjaminiYekutieli).ok_or("no ratios")?;
    let cut = cuts.iter().filter_map(|cut| Some((cut.sharpe, cut.fraction?))).max_by(|a, b| a.0.total_cmp(&b.0));
    let (left, fraction) = cut.ok_or(Error::NoVariance { what: "strategies", series: 0 })?;
    println!(
        "  Sharpe ratio after its haircut                  {:.2}  ({:.0} % cut)",
        left * 252_f64.sqrt(),
        100.0 * fraction
    );
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    judge("no skill", 0.0)?;
    judge("one has skill", 0.0015)
}
