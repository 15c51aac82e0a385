//! Throughput of a search in back-tested bars per second, and of the grid in points per second.

use std::hint::black_box;
use std::sync::atomic::AtomicBool;

use backtest::{Account, Commission, Costs, Market, Plan, Spread};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use market::{Bar, Bars, Timeframe, UnixNanos};
use optimizer::{Control, Job, Sampler, Space, candidates, search};
use strategy::Strategy;

const AVERAGE_CROSS: &str = r#"{
  "name": "Average cross",
  "inputs": [
    { "name": "fast", "kind": { "integer": { "default": 5, "min": 2, "max": 20, "step": 2 } } },
    { "name": "slow", "kind": { "integer": { "default": 30, "min": 25, "max": 120, "step": 5 } } }],
  "long": {
    "entry": { "cross": ["over",
      { "indicator": { "kind": "sma", "args": [{ "input": 0 }], "source": "close", "output": "value" } },
      { "indicator": { "kind": "sma", "args": [{ "input": 1 }], "source": "close", "output": "value" } }] },
    "exit": { "cross": ["under",
      { "indicator": { "kind": "sma", "args": [{ "input": 0 }], "source": "close", "output": "value" } },
      { "indicator": { "kind": "sma", "args": [{ "input": 1 }], "source": "close", "output": "value" } }] } },
  "short": null,
  "risk": { "stop_loss": null, "take_profit": null },
  "sizing": { "rule": { "equity_fraction": 1.0 } } }"#;

fn random_walk(n_bars: u32) -> Bars {
    let mut bars = Bars::new(Timeframe::M1);
    let (mut state, mut open) = (1_u64, 1.1);
    for i in 0..i64::from(n_bars) {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let close = open + 0.0004 * ((state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5);
        let (high, low) = if close > open { (close, open) } else { (open, close) };
        let open_time = UnixNanos(i * Timeframe::M1.nanos());
        let bar = Bar { open_time, open, high, low, close, volume: 1.0, spread: 0.00005, tick_count: 1 };
        bars.push(bar).expect("a valid bar");
        open = close;
    }
    bars
}

/// Watches what the search adds to the back-tests: sharing the work, collecting, columns already there.
fn search_throughput(c: &mut Criterion) {
    let bars = random_walk(14_000);
    let market = Market::new(bars.view());
    let costs = Costs { commission: Commission::None, slippage_ticks: 1, spread: Spread::FromBars };
    let account = Account { initial_cash: 10_000.0, tick_size: 0.00001, quantity_step: 1.0, costs };
    let plans = [Plan::compile(&Strategy::from_json(AVERAGE_CROSS).expect("valid")).expect("valid")];
    let candidates = candidates(&plans, &Sampler::Grid { max_points: 1_000 }).expect("a grid of 200 points");
    let job = Job { plans: &plans, candidates: &candidates, market: &market, account: &account };
    let control = Control { on_progress: &|_| {}, cancel: &AtomicBool::new(false) };
    let mut group = c.benchmark_group("optimizer/search");
    group.throughput(Throughput::Elements((bars.len() * candidates.len()) as u64));
    group.sample_size(10);
    group.bench_function("200x14000", |b| b.iter(|| search(black_box(&job), 0..14_000, &control)));
    group.finish();
}

/// Watches the arithmetic of a point: a billion-point grid costs nothing until its points are asked for.
fn grid_throughput(c: &mut Criterion) {
    let strategy = Strategy::from_json(AVERAGE_CROSS).expect("valid");
    let space = Space::of(&strategy).expect("a grid");
    let mut group = c.benchmark_group("optimizer/space");
    group.throughput(Throughput::Elements(200));
    group.bench_function("points", |b| b.iter(|| black_box(&space).points().map(|p| p.values()[0]).sum::<f64>()));
    group.finish();
}

criterion_group!(benches, search_throughput, grid_throughput);
criterion_main!(benches);
