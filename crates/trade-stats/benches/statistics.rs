//! Throughput of the statistics in returns per second, of the bootstraps in resampled returns per second, and of CSCV in
//! scored strategies and splits per second.

use std::hint::black_box;
use std::num::NonZeroUsize;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use trade_stats::{
    BarPermutation, Bootstrap, Cscv, Growth, MonteCarlo, Ohlc, OhlcMut, ReportInput, Resampling, Score, max_drawdown,
    moments, monte_carlo, overfitting, reality_check, report, rolling_sharpe, superior_predictive_ability,
};

fn returns(n: usize, salt: u64) -> Vec<f64> {
    let mut state = salt;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    (0..n).map(|_| 0.01 * (next() + next() + next() - 1.5)).collect()
}

/// Watches the two passes over the returns that every back-test pays for its Sharpe ratio.
fn moments_throughput(c: &mut Criterion) {
    let mut group = c.benchmark_group("trade-stats/moments");
    for n in [1_000, 100_000] {
        let values = returns(n, 1);
        group.throughput(Throughput::Elements(n as u64));
        group.bench_function(BenchmarkId::from_parameter(n), |b| b.iter(|| moments(black_box(&values))));
    }
    group.finish();
}

/// Watches the division per bar.
fn drawdown_throughput(c: &mut Criterion) {
    let mut group = c.benchmark_group("trade-stats/max_drawdown");
    let equity: Vec<f64> = returns(100_000, 2).iter().map(|r| 100.0 + r).collect();
    group.throughput(Throughput::Elements(equity.len() as u64));
    group.bench_function("100000", |b| b.iter(|| max_drawdown(black_box(&equity))));
    group.finish();
}

/// Watches the block sums: resamples · models · bars should cost far less than one addition each.
fn reality_check_throughput(c: &mut Criterion) {
    let mut group = c.benchmark_group("trade-stats/reality_check");
    let models: Vec<Vec<f64>> = (0..20).map(|i| returns(5_000, i + 3)).collect();
    let models: Vec<&[f64]> = models.iter().map(Vec::as_slice).collect();
    let settings = Bootstrap { mean_block: 20.0, n_resamples: 200, seed: 1 };
    group.throughput(Throughput::Elements((5_000 * models.len() * settings.n_resamples) as u64));
    group.sample_size(20);
    group.bench_function("20x5000x200", |b| b.iter(|| reality_check(black_box(&models), &settings)));
    group.finish();
}

/// Watches the sorts and the many passes: the report of a million returns should stay below a second.
fn report_throughput(c: &mut Criterion) {
    let mut group = c.benchmark_group("trade-stats/report");
    group.sample_size(20);
    for n in [1_000, 1_000_000] {
        let returns = returns(n, 5);
        let benchmark: Vec<f64> = returns.iter().rev().copied().collect();
        let input = ReportInput {
            returns: &returns,
            per_year: 252.0,
            risk_free: 0.0,
            month_keys: None,
            equity: None,
            trades: &[],
            benchmark: Some(&benchmark),
        };
        group.throughput(Throughput::Elements(n as u64));
        group.bench_function(BenchmarkId::from_parameter(n), |b| b.iter(|| report(black_box(&input))));
    }
    group.finish();
}

/// Watches that a window costs the same whatever its length.
fn rolling_throughput(c: &mut Criterion) {
    let mut group = c.benchmark_group("trade-stats/rolling_sharpe");
    let (values, mut out) = (returns(100_000, 6), vec![0.0; 100_000]);
    for window in [20, 2_000] {
        group.throughput(Throughput::Elements(values.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(window), |b| {
            b.iter(|| rolling_sharpe(black_box(&values), window, 252.0, &mut out));
        });
    }
    group.finish();
}

/// Watches the block sums: 12,870 splits of 1,000 strategies in well under a second.
fn overfitting_throughput(c: &mut Criterion) {
    let mut group = c.benchmark_group("trade-stats/overfitting");
    let all: Vec<Vec<f64>> = (0..1_000).map(|i| returns(2_000, i + 100)).collect();
    let all: Vec<&[f64]> = all.iter().map(Vec::as_slice).collect();
    group.throughput(Throughput::Elements(12_870 * 1_000));
    group.sample_size(15);
    group.bench_function("1000x2000xS16", |b| {
        b.iter(|| overfitting(black_box(&all), Cscv { n_blocks: 16, score: Score::Sharpe }));
    });
    group.finish();
}

/// Watches the resampling of 1,000 models at once, and the memory that holds their means.
fn superior_ability_throughput(c: &mut Criterion) {
    let mut group = c.benchmark_group("trade-stats/superior_predictive_ability");
    let models: Vec<Vec<f64>> = (0..1_000).map(|i| returns(2_000, i + 100)).collect();
    let models: Vec<&[f64]> = models.iter().map(Vec::as_slice).collect();
    let settings = Bootstrap { mean_block: 20.0, n_resamples: 200, seed: 1 };
    group.throughput(Throughput::Elements((2_000 * models.len() * settings.n_resamples) as u64));
    group.sample_size(15);
    group.bench_function("1000x2000x200", |b| {
        b.iter(|| superior_predictive_ability(black_box(&models), &settings));
    });
    group.finish();
}

/// Watches what a resample costs: rows, gather, path and Sharpe ratio, without allocation.
fn monte_carlo_throughput(c: &mut Criterion) {
    let mut group = c.benchmark_group("trade-stats/monte_carlo");
    let values = returns(2_000, 9);
    group.sample_size(15);
    for (name, resampling) in [
        ("shuffle", Resampling::Shuffle),
        ("circular", Resampling::CircularBlocks { length: 20 }),
        ("stationary", Resampling::StationaryBlocks { mean_length: 20.0 }),
    ] {
        let settings = MonteCarlo {
            resampling,
            growth: Growth::Compounded,
            initial: 1.0,
            ruin_fraction: 0.5,
            n_resamples: 1_000,
            seed: 1,
            band_quantiles: vec![0.05, 0.5, 0.95],
            n_band_steps: 200,
            n_threads: NonZeroUsize::MIN,
        };
        group.throughput(Throughput::Elements((values.len() * settings.n_resamples) as u64));
        group.bench_function(name, |b| b.iter(|| monte_carlo(black_box(&values), &settings)));
    }
    group.finish();
}

/// Watches the two shuffles and the gather of a permuted market.
fn permutation_throughput(c: &mut Criterion) {
    let mut group = c.benchmark_group("trade-stats/bar_permutation");
    let n = 100_000;
    let close: Vec<f64> = returns(n, 3).iter().map(|r| 100.0 + r).collect();
    let (high, low): (Vec<f64>, Vec<f64>) = close.iter().map(|price| (price + 0.1, price - 0.1)).unzip();
    let bars = Ohlc { open: &close, high: &high, low: &low, close: &close };
    let mut permutation = BarPermutation::new(bars, 1, 7).expect("the bars are valid");
    let [mut a, mut b, mut c2, mut d] = [vec![0.0; n], vec![0.0; n], vec![0.0; n], vec![0.0; n]];
    let mut index = 0;
    group.throughput(Throughput::Elements(n as u64));
    group.bench_function("100000", |bencher| {
        bencher.iter(|| {
            index += 1;
            permutation.fill(index, OhlcMut { open: &mut a, high: &mut b, low: &mut c2, close: &mut d });
        });
    });
    group.finish();
}

criterion_group!(
    benches,
    moments_throughput,
    drawdown_throughput,
    reality_check_throughput,
    report_throughput,
    rolling_throughput,
    overfitting_throughput,
    superior_ability_throughput,
    monte_carlo_throughput,
    permutation_throughput
);
criterion_main!(benches);
