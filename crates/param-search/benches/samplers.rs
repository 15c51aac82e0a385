//! Suggestions per second at a given history: one ask and one tell, 6 floats, the objective being free.

use std::hint::black_box;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use param_search::{
    CmaEs, CmaEsOptions, Direction, Domain, Nsga2, Nsga2Options, Outcome, Parameter, Point, Problem, Random, Sampler,
    Sobol, SobolOptions, Space, Tpe, TpeOptions, Trial, hypervolume,
};

fn problem(n_objectives: usize) -> Problem {
    let parameters = (0..6).map(|i| Parameter::new(format!("x{i}"), Domain::float(-5.0, 5.0)));
    Problem::new(Space::new(parameters).expect("a space"), vec![Direction::Minimize; n_objectives]).expect("a problem")
}

fn losses(point: &Point, n_objectives: u8) -> Vec<f64> {
    let numbers = || point.values().iter().filter_map(|value| value.and_then(param_search::Value::number));
    (0..n_objectives).map(|c| numbers().map(|x| (x - f64::from(c)) * (x - f64::from(c))).sum()).collect()
}

/// One suggestion with its result.
fn step(sampler: &mut impl Sampler, id: u64, n_objectives: u8) {
    let point = sampler.ask(id).expect("a point");
    let outcome = Outcome::values(losses(&point, n_objectives));
    sampler.tell(&Trial { id, point, reports: Vec::new(), outcome }).expect("a result");
}

fn after(mut sampler: impl Sampler, history: u64, n_objectives: u8) -> impl Sampler {
    (0..history).for_each(|id| step(&mut sampler, id, n_objectives));
    sampler
}

/// Watches the sums over all kernels, which grow with the history, and the upkeep of the kernels, which must not.
fn tpe(c: &mut Criterion) {
    let mut group = c.benchmark_group("param-search/tpe");
    group.throughput(Throughput::Elements(20));
    group.sample_size(20);
    for history in [100, 1_000, 10_000] {
        let sampler = Tpe::new(&problem(1), 1, TpeOptions::default()).expect("settings");
        let mut warm = sampler;
        (0..history).for_each(|id| step(&mut warm, id, 1));
        group.bench_function(BenchmarkId::from_parameter(history), |b| {
            // The sampler is handed back, so that its end is not timed.
            let steps = |mut sampler: Tpe| {
                (0..20).for_each(|i| step(&mut sampler, history + i, 1));
                sampler
            };
            b.iter_batched(|| warm.clone(), steps, BatchSize::LargeInput);
        });
    }
    group.finish();
}

/// Watches the draw of a sample and, once a generation, the decomposition of the covariance.
fn others(c: &mut Criterion) {
    let mut group = c.benchmark_group("param-search/1000 suggestions");
    group.throughput(Throughput::Elements(1_000));
    let single = problem(1);
    group.bench_function("random", |b| b.iter(|| black_box(after(Random::new(&single, 1), 1_000, 1))));
    group.bench_function("sobol", |b| {
        b.iter(|| black_box(after(Sobol::new(&single, 1, SobolOptions::default()).expect("settings"), 1_000, 1)));
    });
    group.bench_function("cma_es", |b| {
        b.iter(|| black_box(after(CmaEs::new(&single, 1, CmaEsOptions::default()).expect("settings"), 1_000, 1)));
    });
    let two = problem(2);
    group.bench_function("nsga2", |b| {
        b.iter(|| black_box(after(Nsga2::new(&two, 1, Nsga2Options::default()).expect("settings"), 1_000, 2)));
    });
    group.finish();
}

/// Watches the slices of the third objective.
fn volumes(c: &mut Criterion) {
    let mut group = c.benchmark_group("param-search/hypervolume of 100 points");
    let mut random = Random::new(&problem(1), 3);
    let point = |id: u64, random: &mut Random| -> Vec<f64> {
        let point = random.ask(id).expect("a point");
        point.values().iter().filter_map(|v| v.and_then(param_search::Value::number)).take(3).collect()
    };
    let points: Vec<Vec<f64>> = (0..100).map(|id| point(id, &mut random)).collect();
    group.bench_function("3", |b| b.iter(|| hypervolume(black_box(&points), &[5.0; 3])));
    group.finish();
}

criterion_group!(benches, tpe, others, volumes);
criterion_main!(benches);
