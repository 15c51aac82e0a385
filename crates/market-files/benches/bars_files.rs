//! What it costs to read and to write a file of bars, in bars a second: 100,000 minutes in a temporary folder.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use market::{Bar, Bars, Timeframe, UnixNanos};
use market_files::{ReadOptions, read_bars, write_bars};

const N_BARS: u32 = 100_000;

fn bars() -> Bars {
    let mut bars = Bars::new(Timeframe::M1);
    let mut state = 1_u32;
    let mut price = 110_000_i32;
    for minute in 0..N_BARS {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let open = price;
        price += i32::from((state >> 24) as u8) - 127;
        let scaled = |price: i32| f64::from(price) / 1e5;
        let bar = Bar {
            open_time: UnixNanos(i64::from(minute) * Timeframe::M1.nanos()),
            open: scaled(open),
            high: scaled(open.max(price) + 5),
            low: scaled(open.min(price) - 5),
            close: scaled(price),
            volume: f64::from(state >> 16) / 100.0,
            spread: 0.00004,
            tick_count: state >> 25,
        };
        bars.push(bar).expect("the walk stays positive");
    }
    bars
}

fn files(c: &mut Criterion) {
    let (bars, folder) = (bars(), tempfile::tempdir().expect("a temporary folder can be made"));
    let mut group = c.benchmark_group("market_files");
    group.sample_size(20).throughput(Throughput::Elements(u64::from(N_BARS)));
    for name in ["bars.csv", "bars.parquet"] {
        let path = folder.path().join(name);
        group.bench_function(BenchmarkId::new("write", name), |b| {
            b.iter(|| write_bars(&path, bars.view()).expect("the folder is writable"));
        });
        group.bench_function(BenchmarkId::new("read", name), |b| {
            b.iter(|| {
                black_box(read_bars(&path, &ReadOptions::strict()).expect("it has just been written").bars.len())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, files);
criterion_main!(benches);
