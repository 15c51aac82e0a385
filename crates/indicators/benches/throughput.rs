//! Bars a second of the indicators over a long history.
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use indicators::{Indicator, talib};

fn averages(c: &mut Criterion) {
    let price: Vec<f64> = (0..100_000_i32).map(|bar| f64::from(bar * 7919 % 1000)).collect();
    let mut out = vec![0.0; price.len()];
    let mut group = c.benchmark_group("indicators/talib");
    group.throughput(Throughput::Elements(price.len() as u64));
    let mut ema = talib::Ema::new(20).expect("in range");
    group.bench_function("ema", |b| b.iter(|| ema.run([&price], [&mut out])));
    group.finish();
}

criterion_group!(benches, averages);
criterion_main!(benches);
