//! The strict reader, in bytes of answer a second. Watches that reading an answer stays nothing beside writing it:
//! a language model writes a few hundred bytes a second.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use inference::{Action, Analysis, Confidence, Level, LevelKind, Pattern, analysis_schema, parse_analysis};

fn answer() -> String {
    let confidence = Confidence::new(0.75).expect("0.75 is in 0..=1");
    let analysis = Analysis {
        action: Action::Buy,
        confidence,
        reasoning: "The close is above both averages and the histogram turned. ".repeat(8),
        patterns: vec![Pattern { name: "double bottom".to_owned(), confidence }; 4],
        levels: vec![Level { kind: LevelKind::Support, price: 1.0812 }; 6],
        proposals: vec![],
    };
    serde_json::to_string(&analysis).expect("an analysis has only text keys and finite numbers")
}

fn parse(c: &mut Criterion) {
    let text = answer();
    let mut group = c.benchmark_group("inference/parse");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("analysis", |b| b.iter(|| parse_analysis(black_box(&text))));
    group.finish();
    c.bench_function("inference/schema", |b| b.iter(analysis_schema));
}

criterion_group!(benches, parse);
criterion_main!(benches);
