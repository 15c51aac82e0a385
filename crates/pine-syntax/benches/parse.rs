//! Bytes a second of parsing and of formatting a script as people write them: declarations, calls, conditions, blocks and comments.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pine_syntax::{format, parse};

fn script(n_blocks: usize) -> String {
    let mut text = "//@version=6\nindicator(\"Bench\", overlay = true)\n".to_owned();
    for n in 0..n_blocks {
        let block = format!(
            "\n// Trend of {n} bars, by the distance of two averages\n\
             length{n} = input.int({n}, \"Length {n}\", minval = 1, group = \"Averages\")\n\
             fast{n} = ta.ema(close, length{n}), slow{n} = ta.sma(hlc3[1], 2 * length{n} + 1)\n\
             var float level{n} = na\n\
             if ta.crossover(fast{n}, slow{n}) and barstate.isconfirmed\n    \
             level{n} := math.max(nz(level{n}, low), high - 2.5 * ta.atr(14))\n    \
             for i = 0 to 9\n        level{n} += close[i] > open[i] ? 0.1 : -0.1\n\
             else if close < level{n}\n    level{n} := na\n\
             plot(level{n}, title = \"Level {n}\", color = color.new(#2962FF, 30), linewidth = 2)\n"
        );
        text.write_str(&block).expect("writing to a string cannot fail");
    }
    text
}

fn parsing(c: &mut Criterion) {
    let mut group = c.benchmark_group("pine-syntax/parse");
    for n_blocks in [10, 1_000] {
        let text = script(n_blocks);
        assert_eq!(parse(&text).diagnostics(), []);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(text.len()), |b| b.iter(|| parse(black_box(&text))));
    }
    group.finish();
}

fn formatting(c: &mut Criterion) {
    let mut group = c.benchmark_group("pine-syntax/format");
    let parse = parse(&script(1_000));
    group.throughput(Throughput::Bytes(parse.source().len() as u64));
    group.bench_function(BenchmarkId::from_parameter(parse.source().len()), |b| b.iter(|| format(black_box(&parse))));
    group.finish();
}

criterion_group!(benches, parsing, formatting);
criterion_main!(benches);
