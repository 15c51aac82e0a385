//! What a run spends its time on, without files: ticks to bars, and parameter sets of the built-in strategies over them.

use std::hint::black_box;
use std::sync::atomic::AtomicBool;

use backtest::{Account, Commission, Costs, Market, Plan, Spread};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use market::synthetic::{SyntheticConfig, generate};
use market::{PriceSide, Timeframe, aggregate};
use optimizer::{Control, Job, Sampler, candidates, search};

const PARAMETER_SETS: usize = 700;

fn pipeline(c: &mut Criterion) {
    let start = "2024-01-08".parse().expect("the start is a time");
    let ticks = generate(&SyntheticConfig::eurusd(start, 14), 1).expect("the configuration is valid");
    let mut group = c.benchmark_group("pipeline");
    group.sample_size(10);
    group.throughput(Throughput::Elements(ticks.len() as u64));
    group.bench_function("ticks_to_m1_bars", |b| b.iter(|| aggregate(black_box(ticks.view()), Timeframe::M1)));

    let bars = aggregate(ticks.view(), Timeframe::M1).bars(PriceSide::Mid);
    let strategies = experiment::builtin_strategies();
    let plans: Vec<Plan> =
        strategies.iter().map(|strategy| Plan::compile(strategy).expect("the strategies are valid")).collect();
    let sampler = Sampler::Random { n: PARAMETER_SETS / plans.len(), seed: 1 };
    let candidates = candidates(&plans, &sampler).expect("the grids are large enough");
    let costs = Costs { commission: Commission::Percent(0.0035), slippage_ticks: 1, spread: Spread::FromBars };
    let account = Account { initial_cash: 10_000.0, tick_size: 1e-5, quantity_step: 1.0, costs };
    let control = Control { on_progress: &|_| {}, cancel: &AtomicBool::new(false) };
    group.throughput(Throughput::Elements((candidates.len() * bars.len()) as u64));
    group.bench_function("search_bars_times_sets", |b| {
        b.iter(|| {
            // A new market each time, so that computing the indicators is part of the cost, as in a run.
            let market = Market::new(bars.view());
            let job = Job { plans: &plans, candidates: &candidates, market: &market, account: &account };
            search(&job, 0..bars.len(), &control).expect("the search runs")
        });
    });
    group.finish();
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
