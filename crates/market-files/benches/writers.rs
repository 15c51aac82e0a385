//! What it costs to write rows, in rows a second: ticks and bars in all formats, and the same CSV by other means.
//!
//! The ticks are as of a feed: prices of five decimals, volumes rounded to 32 bits, a handful a second. The rows go
//! nowhere, so that no disk is measured. `cargo bench -p aio-market-files --features arrow --bench writers`

use std::hint::black_box;
use std::io::{self, BufWriter, Write};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use market::synthetic::{SyntheticConfig, generate};
use market::{PriceSide, QuoteBars, Tick, Ticks, Timeframe, aggregate};
use market_files::{BarColumns, BarWriter, BarWriterOptions, OutputFormat, TickWriter, TickWriterOptions};

fn ticks() -> Ticks {
    let config = SyntheticConfig::eurusd("2024-02-05".parse().expect("a date"), 2);
    let made = generate(&config, 42).expect("the settings are possible");
    let mut ticks = Ticks::default();
    #[expect(clippy::cast_possible_truncation, reason = "a feed's volumes are rounded so")]
    let single = |volume: f64| f64::from(((volume * 100.0).round() / 100.0) as f32);
    for tick in made.view().iter() {
        let (bid_volume, ask_volume) = (single(tick.bid_volume), single(tick.ask_volume));
        ticks.push(Tick { bid_volume, ask_volume, ..tick }).expect("they were in order");
    }
    ticks
}

fn formats() -> impl Iterator<Item = OutputFormat> {
    OutputFormat::ALL.into_iter().filter(|format| format.is_built_in())
}

/// Takes everything in pieces, as a file would, and counts.
#[derive(Default)]
struct Nowhere(u64);

impl Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += black_box(bytes).len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn ticks_in_all_formats(c: &mut Criterion) {
    let ticks = ticks();
    let mut group = c.benchmark_group("market_files/ticks");
    group.sample_size(20).throughput(Throughput::Elements(ticks.len() as u64));
    for format in formats() {
        group.bench_function(BenchmarkId::new("write", format), |b| {
            b.iter(|| {
                let writer = TickWriter::new(Nowhere::default(), format, TickWriterOptions::default());
                let mut writer = writer.expect("it is built in");
                writer.write(ticks.view()).expect("they are ticks");
                writer.finish().expect("nothing is refused").0
            });
        });
    }
    group.bench_function("csv by Display", |b| {
        b.iter(|| {
            let mut sink = BufWriter::new(Nowhere::default());
            for tick in ticks.view().iter() {
                let Tick { time, bid, ask, bid_volume, ask_volume } = tick;
                writeln!(sink, "{time},{bid},{ask},{bid_volume},{ask_volume}").expect("nothing is refused");
            }
        });
    });
    // Without times in ISO 8601, which would have to be made into text first.
    group.bench_function("csv by the csv crate, integer times", |b| {
        b.iter(|| {
            let mut writer = csv::Writer::from_writer(Nowhere::default());
            for tick in ticks.view().iter() {
                let row = (tick.time.as_millis(), tick.bid, tick.ask, tick.bid_volume, tick.ask_volume);
                writer.serialize(row).expect("nothing is refused");
            }
            writer.flush().expect("nothing is refused");
        });
    });
    group.finish();
}

fn bars_in_all_formats(c: &mut Criterion) {
    let bars: QuoteBars = aggregate(ticks().view(), Timeframe::S1);
    let mut group = c.benchmark_group("market_files/bars");
    group.sample_size(20).throughput(Throughput::Elements(bars.len() as u64));
    for columns in [BarColumns::Side(PriceSide::Bid), BarColumns::Quotes] {
        for format in formats() {
            let name = if columns == BarColumns::Quotes { "write all sides" } else { "write a side" };
            group.bench_function(BenchmarkId::new(name, format), |b| {
                b.iter(|| {
                    let options = BarWriterOptions::new(columns, Timeframe::S1);
                    let mut writer = BarWriter::new(Nowhere::default(), format, options).expect("it is built in");
                    writer.write_quote_bars(&bars).expect("they are bars");
                    writer.finish().expect("nothing is refused").0
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, ticks_in_all_formats, bars_in_all_formats);
criterion_main!(benches);
