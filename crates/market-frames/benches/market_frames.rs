//! What it costs to make a frame of ticks or bars and to read one, in rows a second: a million rows.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use market::{Bar, Bars, Ohlcv, PriceSide, QuoteBar, QuoteBars, Tick, Ticks, Timeframe, UnixNanos};
use market_frames::{
    FrameOptions, bars_from_frame, bars_to_frame, quote_bars_from_frame, quote_bars_to_frame, ticks_from_frame,
    ticks_to_frame,
};

const N_ROWS: u32 = 1_000_000;
const STRICT: FrameOptions = FrameOptions::strict();

/// A walk on a grid of 0.00001 from 1.1, by row.
fn prices() -> impl Iterator<Item = (u32, f64)> {
    let (mut state, mut price) = (1_u32, 110_000_i32);
    (0..N_ROWS).map(move |row| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        // Pulled back to its start, it stays positive.
        price += i32::from((state >> 28) as u8) - 7 - (price - 110_000) / 1_000;
        (row, f64::from(price) / 1e5)
    })
}

fn ticks() -> Ticks {
    let mut ticks = Ticks::with_capacity(N_ROWS as usize);
    for (row, bid) in prices() {
        let time = UnixNanos(i64::from(row) * UnixNanos::PER_SECOND / 4);
        let tick = Tick { time, bid, ask: bid + 0.00005, bid_volume: 1.5, ask_volume: 0.75 };
        ticks.push(tick).expect("the walk stays positive");
    }
    ticks
}

fn quote_bars() -> QuoteBars {
    let mut bars = QuoteBars::with_capacity(Timeframe::M1, N_ROWS as usize);
    for (row, close) in prices() {
        let side =
            |open: f64, volume: f64| Ohlcv { open, high: open + 0.0001, low: open - 0.0001, close: open, volume };
        let bar = QuoteBar {
            open_time: UnixNanos(i64::from(row) * Timeframe::M1.nanos()),
            bid: side(close, 1.5),
            ask: side(close + 0.00005, 0.75),
            mid: side(close + 0.000_025, 2.25),
            spread: 0.00005,
            tick_count: 4,
        };
        bars.push(&bar).expect("the walk stays positive");
    }
    bars
}

fn bars(quotes: &QuoteBars) -> Bars {
    let mut bars = Bars::new(Timeframe::M1);
    for bar in quotes.view(PriceSide::Bid).iter() {
        // Every tenth spread is unknown, the slower way.
        let spread = if bars.len().is_multiple_of(10) { f64::NAN } else { bar.spread };
        bars.push(Bar { spread, ..bar }).expect("they have been bars before");
    }
    bars
}

/// Watches the copies on the way out, and the checks, which ask each value once, on the way back.
fn frames(c: &mut Criterion) {
    let (ticks, quotes) = (ticks(), quote_bars());
    let bars = bars(&quotes);
    let (tick_frame, bar_frame, quote_frame) =
        (ticks_to_frame(ticks.view()), bars_to_frame(bars.view()), quote_bars_to_frame(&quotes));
    let mut group = c.benchmark_group("market_frames");
    group.sample_size(20).throughput(Throughput::Elements(u64::from(N_ROWS)));

    group.bench_function(BenchmarkId::new("to_frame", "ticks"), |b| b.iter(|| ticks_to_frame(black_box(ticks.view()))));
    group.bench_function(BenchmarkId::new("to_frame", "bars"), |b| b.iter(|| bars_to_frame(black_box(bars.view()))));
    group.bench_function(BenchmarkId::new("to_frame", "quote_bars"), |b| {
        b.iter(|| quote_bars_to_frame(black_box(&quotes)));
    });
    group.bench_function(BenchmarkId::new("from_frame", "ticks"), |b| {
        b.iter(|| ticks_from_frame(black_box(&tick_frame), STRICT).expect("written from ticks").len());
    });
    group.bench_function(BenchmarkId::new("from_frame", "bars"), |b| {
        b.iter(|| bars_from_frame(black_box(&bar_frame), Timeframe::M1, STRICT).expect("written from bars").len());
    });
    group.bench_function(BenchmarkId::new("from_frame", "quote_bars"), |b| {
        b.iter(|| quote_bars_from_frame(black_box(&quote_frame), Timeframe::M1, STRICT).expect("as written").len());
    });
    group.finish();
}

criterion_group!(benches, frames);
criterion_main!(benches);
