//! Throughput of the statistics in returns per second, and of the reality check in resampled returns per second.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use trade_stats::{Bootstrap, max_drawdown, moments, reality_check};

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

criterion_group!(benches, moments_throughput, drawdown_throughput, reality_check_throughput);
criterion_main!(benches);
