//! Throughput of what every run does with ticks: aggregation, validation and generation; and of calendars.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use market::synthetic::{SyntheticConfig, generate};
use market::{
    BarGrid, DayStart, PriceSide, Session, Sessions, Tick, Ticks, Timeframe, TradingCalendar, UnixNanos,
    ValidationOptions, aggregate, aggregate_many, resample, validate_ticks,
};

const SEED: u64 = 1;

fn config(days: u32) -> SyntheticConfig {
    SyntheticConfig::eurusd(UnixNanos::from_seconds(1_704_067_200).expect("2024"), days)
}

fn two_weeks() -> Ticks {
    generate(&config(14), SEED).expect("the settings are usable")
}

/// Watches the work for each tick: decoding a tick file to minute bars is to cost little more than decompressing it.
fn aggregation(c: &mut Criterion) {
    let ticks = two_weeks();
    let mut group = c.benchmark_group("market/aggregate ticks");
    group.throughput(Throughput::Elements(ticks.len() as u64));
    for timeframe in [Timeframe::S1, Timeframe::M1, Timeframe::H1] {
        group.bench_function(BenchmarkId::from_parameter(timeframe), |b| {
            b.iter(|| aggregate(black_box(ticks.view()), timeframe));
        });
    }
    let new_york = |timeframe| BarGrid::new(timeframe, DayStart::NewYorkClose).expect("it divides a day");
    group.bench_function("H4 from New York's close", |b| {
        b.iter(|| aggregate(black_box(ticks.view()), new_york(Timeframe::H4)));
    });
    let all = [Timeframe::S1, Timeframe::M1, Timeframe::M5, Timeframe::M15, Timeframe::M30, Timeframe::H1]
        .map(BarGrid::from)
        .into_iter()
        .chain([Timeframe::H4, Timeframe::D1, Timeframe::W1, Timeframe::MN1].map(new_york))
        .collect::<Vec<_>>();
    group.bench_function("S1 to MN1 in one pass", |b| b.iter(|| aggregate_many(black_box(ticks.view()), &all)));
    group.finish();
}

/// Watches the question that is asked of each hour of a download.
fn calendars(c: &mut Criterion) {
    let weekly = ["Mon", "Tue", "Wed", "Thu", "Fri"].map(|day| {
        let at = |clock: &str| format!("{day} {clock}").parse().expect("a time of the week");
        Session { open: at("09:30"), close: at("16:00") }
    });
    let shares = Sessions::new("America/New_York", &weekly, &[]).expect("the sessions are apart");
    let hours: Vec<UnixNanos> =
        (0..8_784).map(|hour| UnixNanos::from_seconds(1_704_067_200 + 3_600 * hour).expect("2024")).collect();
    let mut group = c.benchmark_group("market/closed throughout");
    group.throughput(Throughput::Elements(hours.len() as u64 - 1));
    for (name, calendar) in [("forex", TradingCalendar::forex()), ("sessions", TradingCalendar::Sessions(shares))] {
        let closed =
            |hours: &[UnixNanos]| hours.windows(2).filter(|pair| calendar.closed_throughout(pair[0]..pair[1])).count();
        group.bench_function(name, |b| b.iter(|| closed(black_box(&hours))));
    }
    group.finish();
}

/// Watches the work for each bar.
fn resampling(c: &mut Criterion) {
    let bars = aggregate(two_weeks().view(), Timeframe::M1).bars(PriceSide::Mid);
    let mut group = c.benchmark_group("market/resample bars");
    group.throughput(Throughput::Elements(bars.len() as u64));
    group.bench_function("M1 to H1", |b| b.iter(|| resample(black_box(bars.view()), Timeframe::H1)));
    group.finish();
}

/// Watches the check for outliers, the only one that looks at neighbours.
fn validation(c: &mut Criterion) {
    let ticks: Vec<Tick> = two_weeks().view().iter().collect();
    let options = ValidationOptions::new(TradingCalendar::forex());
    let mut group = c.benchmark_group("market/validate ticks");
    group.throughput(Throughput::Elements(ticks.len() as u64));
    group.bench_function("two weeks", |b| b.iter(|| validate_ticks(black_box(&ticks), &options)));
    group.finish();
}

/// Watches random numbers, logarithms and exponentials for each tick.
fn generation(c: &mut Criterion) {
    let mut group = c.benchmark_group("market/generate ticks");
    group.throughput(Throughput::Elements(two_weeks().len() as u64));
    group.bench_function("two weeks", |b| b.iter(|| generate(black_box(&config(14)), SEED)));
    group.finish();
}

criterion_group!(benches, aggregation, calendars, resampling, validation, generation);
criterion_main!(benches);
