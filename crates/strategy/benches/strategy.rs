//! What reading a strategy costs: a library of thousands is read and validated when a run starts.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use strategy::Strategy;

const JSON: &str = include_str!("../examples/bollinger_reversion.json");

fn read(c: &mut Criterion) {
    let mut group = c.benchmark_group("strategy");
    group.throughput(Throughput::Bytes(JSON.len() as u64));
    group.bench_function("from_json", |b| b.iter(|| Strategy::from_json(black_box(JSON))));
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
