//! What an indicator costs as an expression, beside the slices it is computed on: a million rows, alone and in a thousand
//! groups.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use indicators::{IndicatorSpec, Profile};
use market_frames::{IndicatorOptions, Undefined, indicator};
use polars::prelude::*;

const N_ROWS: u32 = 1_000_000;
const N_GROUPS: u32 = 1_000;

/// A walk on a grid of 0.00001.
fn walk() -> Vec<f64> {
    let (mut state, mut price) = (1_u32, 110_000_i32);
    (0..N_ROWS)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            price += i32::from((state >> 28) as u8) - 7 - (price - 110_000) / 1_000;
            f64::from(price) / 1e5
        })
        .collect()
}

fn expressions(c: &mut Criterion) {
    let close = walk();
    let [high, low] = [0.0003, -0.0002].map(|by| close.iter().map(|price| price + by).collect::<Vec<f64>>());
    let symbols: Vec<u32> = (0..N_ROWS).map(|row| row / (N_ROWS / N_GROUPS)).collect();
    let frame = df!("symbol" => &symbols, "high" => &high, "low" => &low, "close" => &close).expect("equal lengths");
    let columns: [&[f64]; 3] = [&high, &low, &close];
    let mut group = c.benchmark_group("indicator");
    group.sample_size(20).throughput(Throughput::Elements(u64::from(N_ROWS)));
    for text in ["sma(20)", "rsi(14)", "macd(12,26,9)", "atr(14)"] {
        let spec: IndicatorSpec = text.parse().expect("in the catalogue");
        let n_inputs = spec.kind().info().inputs.len();
        let (inputs, names) =
            if n_inputs == 1 { (&columns[2..], &["close"][..]) } else { (&columns[..], &["high", "low", "close"][..]) };
        let expressions: Vec<Expr> = names.iter().map(|name| col(*name)).collect();
        let mut outputs = vec![vec![0.0; N_ROWS as usize]; spec.kind().info().outputs.len()];
        group.bench_function(BenchmarkId::new("slices", text), |b| {
            b.iter(|| {
                let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
                spec.compute(Profile::Talib, black_box(inputs), &mut slices)
            });
        });
        group.bench_function(BenchmarkId::new("slices_by_group", text), |b| {
            b.iter(|| by_group(&spec, inputs, &mut outputs));
        });
        for undefined in [Undefined::Null, Undefined::NaN] {
            let options = IndicatorOptions { undefined, ..IndicatorOptions::new(Profile::Talib) };
            let expression = indicator(&spec, &expressions, options).expect("three or one input");
            group.bench_function(BenchmarkId::new(format!("expression_{undefined:?}"), text), |b| {
                b.iter(|| frame.clone().lazy().select([expression.clone()]).collect().expect("numbers"));
            });
            let over = expression.over([col("symbol")]).expect("a column");
            group.bench_function(BenchmarkId::new(format!("over_{undefined:?}"), text), |b| {
                b.iter(|| frame.clone().lazy().select([over.clone()]).collect().expect("numbers"));
            });
        }
    }
    group.finish();
}

/// The slices of each group, which follow each other.
fn by_group(spec: &IndicatorSpec, inputs: &[&[f64]], outputs: &mut [Vec<f64>]) {
    let size = (N_ROWS / N_GROUPS) as usize;
    for start in (0..N_ROWS as usize).step_by(size) {
        let inputs: Vec<&[f64]> = inputs.iter().map(|column| &column[start..start + size]).collect();
        let mut slices: Vec<&mut [f64]> = outputs.iter_mut().map(|column| &mut column[start..start + size]).collect();
        spec.compute(Profile::Talib, black_box(&inputs), &mut slices).expect("defined");
    }
}

criterion_group!(benches, expressions);
criterion_main!(benches);
