//! Time to write the page, in bars per second.

#[path = "../examples/sample/mod.rs"]
mod sample;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use trade_report::{Header, Report, render};

/// Watches the encoding of the bars, which is all that grows with them.
fn render_bars(c: &mut Criterion) {
    let mut group = c.benchmark_group("trade-report/render");
    group.sample_size(15);
    for n_bars in [10_000, 1_000_000] {
        let mut report = Report::new(Header::new("bars", 0, 0, "USD"));
        report.candles = Some(sample::candles(n_bars, 7));
        let bytes = render(&report).map_or(0, |page| page.len());
        group.throughput(Throughput::Elements(n_bars as u64));
        group.bench_function(BenchmarkId::new("bars", format!("{n_bars}, {bytes} bytes")), |b| {
            b.iter(|| render(black_box(&report)));
        });
    }
    group.finish();
}

/// Watches the templates: a report of three strategies with all parts, over a month of bars.
fn render_whole(c: &mut Criterion) {
    let report = sample::report(sample::candles(6_000, 7), "SAMPLE");
    c.bench_function("trade-report/whole/6000", |b| b.iter(|| render(black_box(&report))));
}

criterion_group!(benches, render_bars, render_whole);
criterion_main!(benches);
