//! What one evaluation costs per bar, indicators already computed: the price of one parameter set in a search.

use std::hint::black_box;

use backtest::{Account, Commission, Costs, Market, Plan, Scratch, Spread, evaluate, run};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use indicators::IndicatorKind;
use market::{Bar, Bars, Timeframe, UnixNanos};
use strategy::{
    Arg, Cond, CrossKind, Distance, IndicatorCall, Num, Params, Price, Risk, Rule, SizeRule, Sizing, Strategy,
};

const N_BARS: usize = 14_000;

/// A walk in whole ticks by a fixed generator (Knuth's multiplier).
fn walk() -> Bars {
    let mut bars = Bars::new(Timeframe::M1);
    let (mut state, mut last) = (1_u64, 1.1);
    for minute in (0_i64..).take(N_BARS) {
        let mut step = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % 31) as f64 * 1e-5 - 15e-5
        };
        let open = last;
        let close = open + step();
        let (up, down) = (step().abs(), step().abs());
        let (high, low) = (f64::max(open, close) + up, f64::min(open, close) - down);
        let open_time = UnixNanos(minute * Timeframe::M1.nanos());
        let bar = Bar { open_time, open, high, low, close, volume: 1.0, spread: 1e-5, tick_count: 1 };
        bars.push(bar).expect("a bar of a walk is valid");
        last = close;
    }
    bars
}

fn average(period: f64) -> Num {
    let kind = IndicatorKind::named("sma").expect("the catalogue lists it");
    let (args, output) = (vec![Arg::Const(period)], "value".to_owned());
    Num::Indicator(IndicatorCall { kind, args, source: Some(Price::Close), output })
}

fn crossing(kind: CrossKind) -> Rule {
    let (fast, slow) = (average(10.0), average(40.0));
    Rule { entry: Cond::Cross(kind, fast, slow), exit: None }
}

fn plan(risk: Risk) -> Plan {
    let strategy = Strategy {
        name: "crossing".into(),
        inputs: Vec::new(),
        constraints: Vec::new(),
        long: Some(crossing(CrossKind::Over)),
        short: Some(crossing(CrossKind::Under)),
        risk,
        sizing: Sizing { rule: SizeRule::EquityFraction(1.0), confidence: None },
    };
    Plan::compile(&strategy).expect("the strategy is valid")
}

fn bracket() -> Risk {
    let ticks = |count| Some(Distance::Ticks(Arg::Const(count)));
    Risk { stop_loss: ticks(100.0), take_profit: ticks(150.0), ..Risk::default() }
}

fn benches(c: &mut Criterion) {
    let costs = Costs { commission: Commission::Percent(0.002), slippage_ticks: 1, spread: Spread::FromBars };
    let account = Account { initial_cash: 10_000.0, tick_size: 1e-5, quantity_step: 1.0, costs };
    let (bars, params) = (walk(), Params::new(Vec::new()));
    let market = Market::new(bars.view());
    let mut scratch = Scratch::new();
    let mut group = c.benchmark_group("backtest");
    group.throughput(Throughput::Elements(N_BARS as u64));
    // Always in the market after the first crossing; with the bracket, in it about half of the time.
    for (name, plan) in [("always_in", plan(Risk::default())), ("bracket", plan(bracket()))] {
        group.bench_function(BenchmarkId::new("evaluate", name), |b| {
            b.iter(|| evaluate(black_box(&plan), &params, &market, 0..N_BARS, &account, &mut scratch));
        });
        group.bench_function(BenchmarkId::new("run", name), |b| {
            b.iter(|| run(black_box(&plan), &params, &market, 0..N_BARS, &account, &mut scratch));
        });
    }
    group.finish();
}

criterion_group!(all, benches);
criterion_main!(all);
