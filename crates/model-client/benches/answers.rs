//! Reading answers: the stream in bytes a second, repair in bytes a second, rules in decisions a second. Watches that
//! none of them grows with the square of the text and that all stay nothing beside a model's own time.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use inference::Request;
use model_client::{ChatReader, RulesBackend, repair_json};

fn stream(n_lines: usize) -> String {
    let message = r#"{"role":"assistant","content":" né"}"#;
    let line =
        format!("{{\"model\":\"m\",\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":{message},\"done\":false}}\n");
    line.repeat(n_lines) + "{\"message\":{\"content\":\"\"},\"done\":true,\"eval_count\":1}\n"
}

fn loose(n_entries: usize) -> String {
    let entry = "{'name': 'double bottom', 'note': 'it's \"clear\"', 'confidence': .5,},\n";
    format!("Here:\n```json\n{{'patterns': [{}]\n```", entry.repeat(n_entries))
}

fn answers(c: &mut Criterion) {
    let mut group = c.benchmark_group("model-client/stream");
    for n_lines in [100, 10_000] {
        let stream = stream(n_lines);
        group.throughput(Throughput::Bytes(stream.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(n_lines), |b| {
            b.iter(|| {
                let mut reader = ChatReader::new(usize::MAX);
                for chunk in black_box(stream.as_bytes()).chunks(1400) {
                    reader.push(chunk, &mut |_| ()).expect("the stream is well formed");
                }
                reader.finish().expect("the stream is whole")
            });
        });
    }
    group.finish();
    let mut group = c.benchmark_group("model-client/repair");
    for n_entries in [10, 10_000] {
        let loose = loose(n_entries);
        group.throughput(Throughput::Bytes(loose.len() as u64));
        group.bench_function(BenchmarkId::from_parameter(n_entries), |b| {
            b.iter(|| repair_json(black_box(&loose)).expect("the text can be repaired"));
        });
    }
    group.finish();
    let mut request = Request::new("EURUSD", "M5");
    for (name, value) in RulesBackend::FEATURES.iter().zip([1.0790, 41.0, -0.000_2, 1.0801, 1.0815, 1.0840, 1.0786]) {
        request.features.push(name, value).expect("each name comes once");
    }
    let rules = RulesBackend::new();
    c.bench_function("model-client/rules", |b| b.iter(|| rules.analyse(black_box(&request))));
}

criterion_group!(benches, answers);
criterion_main!(benches);
