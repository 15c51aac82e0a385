//! Bars a second of whole columns, beside TA-Lib 0.8.3 in the same run.

use std::hint::black_box;

use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use indicators::{IndicatorKind, IndicatorSpec, InputColumns, InputSlices};
use ta_lib::{Core, MAType};

const N_BARS: usize = 100_000;
const LAST: usize = N_BARS - 1;

struct Bars {
    high: Vec<f64>,
    low: Vec<f64>,
    close: Vec<f64>,
}

fn random_walk() -> Bars {
    let mut bars = Bars { high: Vec::new(), low: Vec::new(), close: Vec::new() };
    let mut random = 42_u64;
    let mut below = |n: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((random >> 33) % n) as f64
    };
    let mut price = 1.1;
    for _ in 0..N_BARS {
        let open = price;
        price += (below(2_001) - 1_000.0) * 1e-7;
        bars.high.push(f64::max(open, price) + below(500) * 1e-7);
        bars.low.push(f64::min(open, price) - below(500) * 1e-7);
        bars.close.push(price);
    }
    bars
}

/// Watches the loop over a column: the recurrences' latency, the windows' loads and the fused multiply-add, which is a
/// call where the compiler may not assume the instruction.
fn ours(group: &mut BenchmarkGroup<'_, WallTime>, kind: IndicatorKind, bars: &Bars) {
    let info = kind.info();
    let defaults: Vec<f64> = info.parameters.iter().map(|p| p.default).collect();
    let spec = IndicatorSpec::new(kind, &defaults).expect("defaults are in range");
    let mut columns = vec![vec![0.0; N_BARS]; info.outputs.len()];
    let mut outputs: Vec<&mut [f64]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
    let input = match info.input {
        InputColumns::Price => InputSlices::Price(&bars.close),
        InputColumns::HighLowClose => {
            InputSlices::HighLowClose { high: &bars.high, low: &bars.low, close: &bars.close }
        }
    };
    group.bench_function("ours", |b| b.iter(|| spec.compute(black_box(input), &mut outputs)));
}

fn talib(group: &mut BenchmarkGroup<'_, WallTime>, kind: IndicatorKind, Bars { high, low, close }: &Bars) {
    let core = Core::new();
    let (mut x, mut y, mut z) = (vec![0.0; N_BARS], vec![0.0; N_BARS], vec![0.0; N_BARS]);
    let mean = MAType::SMA;
    group.bench_function("ta-lib 0.8.3", |b| {
        b.iter(|| {
            let close = black_box(close);
            match kind {
                IndicatorKind::Sma => core.sma(0, LAST, close, 20, &mut x),
                IndicatorKind::Ema => core.ema(0, LAST, close, 20, &mut x),
                IndicatorKind::Rsi => core.rsi(0, LAST, close, 14, &mut x),
                IndicatorKind::Macd => core.macd(0, LAST, close, 12, 26, 9, &mut x, &mut y, &mut z),
                IndicatorKind::Bollinger => core.bbands(0, LAST, close, 20, 2.0, 2.0, mean, &mut x, &mut y, &mut z),
                IndicatorKind::Stochastic => {
                    core.stoch(0, LAST, high, low, close, 14, 3, mean, 3, mean, &mut x, &mut y)
                }
                IndicatorKind::Atr => core.atr(0, LAST, high, low, close, 14, &mut x),
                // Ours gives the directional indices as well, so TA-Lib is asked for them too.
                IndicatorKind::Adx => core
                    .adx(0, LAST, high, low, close, 14, &mut x)
                    .and_then(|_| core.plus_di(0, LAST, high, low, close, 14, &mut y))
                    .and_then(|_| core.minus_di(0, LAST, high, low, close, 14, &mut z)),
            }
        });
    });
}

fn throughput(c: &mut Criterion) {
    let bars = random_walk();
    for &kind in IndicatorKind::ALL {
        let mut group = c.benchmark_group(format!("indicators/{}", kind.info().name));
        group.throughput(Throughput::Elements(N_BARS as u64));
        ours(&mut group, kind, &bars);
        talib(&mut group, kind, &bars);
        group.finish();
    }
}

criterion_group!(benches, throughput);
criterion_main!(benches);
