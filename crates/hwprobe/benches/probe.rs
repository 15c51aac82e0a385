//! How long a probe takes. Watches that a program can afford one at each start.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use hwprobe::{Limits, probe};

fn probing(c: &mut Criterion) {
    c.bench_function("hwprobe/probe", |b| b.iter(probe));
    c.bench_function("hwprobe/limits", |b| b.iter(|| Limits::read(black_box(Path::new("/")))));
}

criterion_group!(benches, probing);
criterion_main!(benches);
