//! How long a probe takes, and a snapshot. Watches that a program can afford the one at each start, the other often:
//! a snapshot is what a recorder costs its program each interval.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use hwprobe::{Limits, Machine, Monitor, Snapshot, Summary, probe};

fn probing(c: &mut Criterion) {
    c.bench_function("hwprobe/probe", |b| b.iter(probe));
    c.bench_function("hwprobe/machine", |b| b.iter(|| Machine::read(black_box(Path::new("/")))));
    c.bench_function("hwprobe/limits", |b| b.iter(|| Limits::read(black_box(Path::new("/")))));
    c.bench_function("hwprobe/snapshot", |b| b.iter(|| Snapshot::read(black_box(Path::new("/")), Duration::ZERO)));
}

fn watching(c: &mut Criterion) {
    let monitor = Monitor::open();
    c.bench_function("hwprobe/monitor", |b| b.iter(|| monitor.snapshot(black_box(Duration::ZERO))));
    let Ok(first) = monitor.snapshot(Duration::ZERO) else { return };
    let mut summary = Summary::new(first.clone(), Duration::ZERO);
    let mut at = Duration::ZERO;
    c.bench_function("hwprobe/summary", |b| {
        b.iter(|| {
            at += Duration::from_millis(1);
            summary.add(Snapshot { at, ..first.clone() })
        });
    });
}

criterion_group!(benches, probing, watching);
criterion_main!(benches);
