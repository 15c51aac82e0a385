//! Strategies a second on one core: drawing, varying, and whole generations with selection and the memory of what is known.
//! Watches the cost of a proposal, which must stay far below that of a back-test (some 50 µs).

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use strategy::SizeRule;
use strategy_evolution::{Evolution, Grammar, Operator, Outcome, Settings, Sides, Vocabulary};

fn words() -> Vocabulary {
    Vocabulary::standard(Sides::Long, [SizeRule::Units(1_000.0)])
}

fn drawing(c: &mut Criterion) {
    let grammar = Grammar::new(words()).expect("the standard vocabulary works");
    let mut group = c.benchmark_group("strategy-evolution");
    group.throughput(Throughput::Elements(1));
    let mut seed = 0;
    group.bench_function("random", |b| {
        b.iter(|| {
            seed += 1;
            black_box(grammar.random(seed))
        });
    });
    let parents: Vec<_> = (0..256).map(|seed| grammar.random(seed)).collect();
    for operator in [Operator::Crossover, Operator::Number] {
        let mut index = 0;
        group.bench_function(format!("{operator:?}").to_lowercase(), |b| {
            b.iter(|| {
                index = (index + 1) % 255;
                let (mother, father) = (&parents[index], &parents[index + 1]);
                match operator {
                    Operator::Crossover => black_box(grammar.crossover(mother, father, index as u64)),
                    other => black_box(grammar.mutate(mother, other, index as u64)),
                }
            });
        });
    }
    group.finish();
}

fn generations(c: &mut Criterion) {
    const POPULATION: usize = 1_000;
    let settings = Settings { population: POPULATION, elites: 20, ..Settings::default() };
    let mut evolution = Evolution::new(words(), settings, 1).expect("the settings are in their ranges");
    let mut group = c.benchmark_group("strategy-evolution");
    group.throughput(Throughput::Elements(POPULATION as u64));
    group.bench_function("generation", |b| {
        b.iter(|| {
            for proposal in evolution.ask(usize::MAX) {
                let value = -(proposal.nodes as f64 - 20.0).abs();
                evolution.tell(proposal.id, Outcome::value(value)).expect("it was asked for");
            }
        });
    });
    group.finish();
}

criterion_group!(benches, drawing, generations);
criterion_main!(benches);
