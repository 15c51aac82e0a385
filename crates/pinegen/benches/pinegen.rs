//! What a script costs: a run writes five, a library export thousands.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use pinegen::{Commission, Options, generate};
use strategy::Strategy;

fn scripts(c: &mut Criterion) {
    let strategy =
        Strategy::from_json(include_str!("../tests/strategies/ema_deviation.json")).expect("the file is valid");
    let options = Options {
        provenance: Vec::new(),
        initial_cash: 10_000.0,
        commission: Commission::None,
        slippage_ticks: 1,
        quantity_step: 1.0,
    };
    let params = strategy.defaults();
    c.bench_function("pinegen/generate", |b| b.iter(|| generate(black_box(&strategy), &params, &options)));
}

criterion_group!(benches, scripts);
criterion_main!(benches);
