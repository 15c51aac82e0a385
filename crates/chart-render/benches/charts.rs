//! Images a second, drawn and as PNG.

use std::hint::black_box;

use chart_render::{Area, Candles, Chart, Layer, Layout, Line, Pane, Size, Theme, Volume, render};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

#[path = "../examples/series/mod.rs"]
mod series;
use series::{mean, series};

/// The input of a vision model: watches the cost of clearing, filling bars and smooth lines, and of the PNG encoder.
fn model_input(c: &mut Criterion) {
    let bars = series(60, 60, 1.0823, 0.001);
    let (fast, slow) = (mean(&bars.close, 10), mean(&bars.close, 20));
    let price = Pane::new(vec![
        Layer::Candles(Candles::new(&bars.open, &bars.high, &bars.low, &bars.close)),
        Layer::Line(Line::new("", &fast)),
        Layer::Line(Line::new("", &slow)),
    ]);
    let volume =
        Pane { weight: 0.25, ..Pane::new(vec![Layer::Volume(Volume::new(&bars.volume, &bars.open, &bars.close))]) };
    let chart = Chart { layout: Layout::bare(), ..Chart::new(&bars.time, vec![price, volume]) };
    let (theme, size) = (Theme::light(), Size::new(448, 448));
    let image = render(&chart, &theme, size).expect("the chart is valid");

    let mut group = c.benchmark_group("chart-render/448x448, 60 candles, 2 lines, volume");
    group.throughput(Throughput::Elements(1));
    group.bench_function("draw", |b| b.iter(|| render(black_box(&chart), &theme, size)));
    group.bench_function("encode", |b| b.iter(|| black_box(&image).to_png()));
    group.bench_function("draw and encode", |b| {
        b.iter(|| render(black_box(&chart), &theme, size).and_then(|image| image.to_png()));
    });
    group.finish();
}

/// A chart of a report: watches the cost of text, of filled areas and of long columns.
fn report(c: &mut Criterion) {
    let mut group = c.benchmark_group("chart-render/1200x500 equity with axes");
    group.throughput(Throughput::Elements(1));
    for n_bars in [500, 100_000] {
        let bars = series(n_bars, 15, 10_000.0, 0.001);
        let equity = Pane::new(vec![Layer::Area(Area::new("Equity", &bars.close))]);
        let chart = Chart { title: "Equity", ..Chart::new(&bars.time, vec![equity]) };
        group.bench_function(BenchmarkId::from_parameter(n_bars), |b| {
            b.iter(|| render(black_box(&chart), &Theme::light(), Size::new(1200, 500)));
        });
    }
    group.finish();
}

criterion_group!(benches, model_input, report);
criterion_main!(benches);
