//! Bars a second of the indicators that everybody has, whole histories and bar by bar, and of the candlestick patterns.
//!
//! One million bars, so that the processor's branch prediction cannot learn them. Other people's programs are measured
//! by `cargo xtask bench-peers indicators`.
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use indicators::talib::patterns::{CandlestickPatterns, PatternSet};
use indicators::{Indicator, IndicatorSpec, Profile, fast, talib};

const N_BARS: usize = 1_000_000;

const EIGHT: [&str; 8] =
    ["sma(20)", "ema(20)", "rsi(14)", "macd(12,26,9)", "bollinger(20,2)", "stochastic(14,3,3)", "atr(14)", "adx(14)"];

/// Open, high, low and close of a walk in ticks of 0.00001.
fn walk() -> [Vec<f64>; 4] {
    let mut state = 4711_u64;
    let mut dice = |range: f64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) as f64 / f64::from(1_u32 << 31) - 0.5) * range
    };
    let mut price = 1.1_f64;
    let mut columns = [const { Vec::new() }; 4];
    for _ in 0..N_BARS {
        let open = price * (1.0 + dice(0.0002));
        price *= 1.0 + dice(0.002);
        let high = open.max(price) * (1.0 + dice(0.001).abs());
        let low = open.min(price) * (1.0 - dice(0.001).abs());
        for (column, price) in columns.iter_mut().zip([open, high, low, price]) {
            column.push((price * 1e5).round() / 1e5);
        }
    }
    columns
}

/// Into columns of the caller.
fn histories(c: &mut Criterion) {
    let [_, high, low, close] = walk();
    let mut columns = vec![vec![0.0; N_BARS]; 3];
    let mut group = c.benchmark_group("indicators/history");
    group.sample_size(20).throughput(Throughput::Elements(N_BARS as u64));
    for profile in [Profile::Talib, Profile::Fast] {
        for call in EIGHT {
            let spec: IndicatorSpec = call.parse().expect("it is in the catalogue");
            let info = spec.kind().info();
            let inputs: &[&[f64]] = if info.inputs.len() == 1 { &[&close] } else { &[&high, &low, &close] };
            group.bench_function(BenchmarkId::new(profile.name(), info.name), |b| {
                let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
                let outputs = &mut outputs[..info.outputs.len()];
                b.iter(|| spec.compute(profile, black_box(inputs), outputs));
            });
        }
    }
    group.finish();
}

/// The sum of the first outputs of all bars, one after the other.
fn sum<S: Indicator<I, O>, const I: usize, const O: usize>(mut state: S, inputs: [&[f64]; I]) -> f64 {
    let n_bars = inputs[0].len();
    let inputs = inputs.map(|column| &column[..n_bars]);
    (0..n_bars).map(|bar| state.update(inputs.map(|column| column[bar]))[0]).fold(0.0, |sum, value| sum + value)
}

/// One bar a call.
fn updates(c: &mut Criterion) {
    let [_, high, low, close] = walk();
    let (one, three) = ([close.as_slice()], [high.as_slice(), &low, &close]);
    let mut group = c.benchmark_group("indicators/update");
    group.sample_size(20).throughput(Throughput::Elements(N_BARS as u64));
    macro_rules! update {
        ($($profile:ident::$state:ident($args:expr) of $inputs:ident;)*) => {
            $(group.bench_function(BenchmarkId::new(stringify!($profile), stringify!($state)), |b| {
                let state = $profile::$state::with_args(&$args).expect("in range");
                b.iter(|| sum(state.clone(), black_box($inputs)));
            });)*
        };
    }
    update! {
        talib::Sma([20.0]) of one;
        talib::Ema([20.0]) of one;
        talib::Rsi([14.0]) of one;
        talib::Macd([12.0, 26.0, 9.0]) of one;
        talib::Bollinger([20.0, 2.0]) of one;
        talib::Stochastic([14.0, 3.0, 3.0]) of three;
        talib::Atr([14.0]) of three;
        talib::Adx([14.0]) of three;
        fast::Sma([20.0]) of one;
        fast::Ema([20.0]) of one;
        fast::Rsi([14.0]) of one;
        fast::Macd([12.0, 26.0, 9.0]) of one;
        fast::Bollinger([20.0, 2.0]) of one;
        fast::Stochastic([14.0, 3.0, 3.0]) of three;
        fast::Atr([14.0]) of three;
        fast::Adx([14.0]) of three;
    }
    group.finish();
}

/// All 61 in one pass.
fn patterns(c: &mut Criterion) {
    let [open, high, low, close] = walk();
    let inputs = [open.as_slice(), &high, &low, &close];
    let mut columns = vec![vec![0_i16; N_BARS]; PatternSet::ALL.len()];
    let mut outputs: Vec<&mut [i16]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
    let mut engine = CandlestickPatterns::new(PatternSet::ALL);
    let mut group = c.benchmark_group("indicators/patterns");
    group.sample_size(20).throughput(Throughput::Elements(N_BARS as u64));
    group.bench_function("columns", |b| b.iter(|| engine.run(black_box(inputs), &mut outputs)));
    group.bench_function("list", |b| {
        b.iter(|| {
            let mut n_found = 0_usize;
            engine.find(black_box(inputs), |_, _, _| n_found += 1);
            n_found
        });
    });
    group.finish();
}

criterion_group!(benches, histories, updates, patterns);
criterion_main!(benches);
