//! How long a probe takes, and a snapshot. Watches that a program can afford the one at each start, the other often.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use hwprobe::{Limits, Snapshot, probe};

fn probing(c: &mut Criterion) {
    c.bench_function("hwprobe/probe", |b| b.iter(probe));
    c.bench_function("hwprobe/limits", |b| b.iter(|| Limits::read(black_box(Path::new("/")))));
    c.bench_function("hwprobe/snapshot", |b| b.iter(|| Snapshot::read(black_box(Path::new("/")), Duration::ZERO)));
}

criterion_group!(benches, probing);
criterion_main!(benches);
