//! Runs the samplers on the test functions and writes one CSV row a checkpoint:
//! `sampler,function,seed,trials,regret,cpu_s`.
//!
//! `cargo bench -p aio-param-search --bench regret -- OUT.csv tpe 1000 20`, as `benches/peers/samplers/run_optuna.py`.
//! With a file alone it writes each function's value at one point, which `functions.py` prints for the other side.
//! Without arguments it runs one seed of 100 trials as a smoke test.
#![expect(clippy::disallowed_methods, reason = "a bench measures")]

mod functions;

use std::fs::File;
use std::io::Write;
use std::time::Instant;

use param_search::{
    CmaEs, CmaEsOptions, Direction, Error, Nsga2, Nsga2Options, Outcome, Problem, Random, Restarts, Sampler, Sobol,
    SobolOptions, Tpe, TpeOptions, Trial, hypervolume,
};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

use self::functions::{Function, cube, functions, zdt};

const CHECKPOINTS: [u64; 4] = [100, 200, 500, 1000];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [path] = arguments.as_slice() {
        return values(&mut File::create(path)?);
    }
    let [path, sampler, trials, seeds] = arguments.as_slice() else {
        return run(&mut std::io::sink(), "tpe", 100, 1);
    };
    run(&mut File::create(path)?, sampler, trials.parse()?, seeds.parse()?)
}

/// Writes each function's value at the point with all coordinates 0.3, as `python3 functions.py` prints them, to see that
/// both sides have the same functions.
fn values(out: &mut dyn Write) -> Result<(), Box<dyn std::error::Error>> {
    for Function { name, space, value, .. } in functions() {
        let point = space.decode(&vec![0.3; space.n_parameters()]);
        writeln!(out, "{name},{:.12e}", value(&space.view(&point)))?;
    }
    Ok(())
}

fn run(out: &mut dyn Write, sampler: &str, trials: u64, seeds: u64) -> Result<(), Box<dyn std::error::Error>> {
    for seed in 0..seeds {
        if matches!(sampler, "nsga2" | "random_mo") {
            for number in 1..=3 {
                multi(out, sampler, number, seed, trials)?;
            }
            continue;
        }
        for function in functions() {
            single(out, sampler, &function, seed, trials)?;
        }
    }
    Ok(())
}

fn sampler_of(name: &str, problem: &Problem, seed: u64) -> Result<Box<dyn Sampler>, Error> {
    let bipop = || CmaEsOptions { restarts: Restarts::Bipop, ..CmaEsOptions::default() };
    let independent = || TpeOptions { multivariate: false, ..TpeOptions::default() };
    Ok(match name {
        "tpe" => Box::new(Tpe::new(problem, seed, TpeOptions::default())?),
        "tpe_independent" => Box::new(Tpe::new(problem, seed, independent())?),
        "cma_es" => Box::new(CmaEs::new(problem, seed, CmaEsOptions::default())?),
        "cma_es_bipop" => Box::new(CmaEs::new(problem, seed, bipop())?),
        "nsga2" => Box::new(Nsga2::new(problem, seed, Nsga2Options::default())?),
        "sobol" => Box::new(Sobol::new(problem, seed, SobolOptions::default())?),
        _ => Box::new(Random::new(problem, seed)),
    })
}

fn single(
    out: &mut dyn Write,
    name: &str,
    function: &Function,
    seed: u64,
    trials: u64,
) -> Result<(), Box<dyn std::error::Error>> {
    let problem = Problem::minimize(function.space.clone())?;
    let mut sampler = match sampler_of(name, &problem, seed) {
        Err(Error::Unsupported { .. }) => return Ok(()),
        other => other?,
    };
    let mut noise = ChaCha8Rng::seed_from_u64(seed * 7_919 + 17);
    let (mut best, mut regret, mut seconds) = (f64::INFINITY, f64::INFINITY, 0.0);
    for id in 0..trials {
        let start = Instant::now();
        let point = sampler.ask(id)?;
        seconds += start.elapsed().as_secs_f64();
        let value = (function.value)(&problem.space().view(&point));
        let observed = value + function.noise * normal(&mut noise);
        let start = Instant::now();
        sampler.tell(&Trial { id, point, reports: Vec::new(), outcome: Outcome::value(observed) })?;
        seconds += start.elapsed().as_secs_f64();
        if observed < best {
            (best, regret) = (observed, value - function.minimum);
        }
        if CHECKPOINTS.contains(&(id + 1)) {
            writeln!(out, "{name},{},{seed},{},{regret:e},{seconds:.6}", function.name, id + 1)?;
        }
    }
    Ok(())
}

fn multi(
    out: &mut dyn Write,
    name: &str,
    number: u8,
    seed: u64,
    trials: u64,
) -> Result<(), Box<dyn std::error::Error>> {
    let problem = Problem::new(cube(6, 0.0, 1.0), [Direction::Minimize; 2])?;
    let mut sampler = sampler_of(name, &problem, seed)?;
    let (mut points, mut seconds) = (Vec::new(), 0.0);
    for id in 0..trials {
        let start = Instant::now();
        let point = sampler.ask(id)?;
        seconds += start.elapsed().as_secs_f64();
        let values = zdt(number, &problem.space().view(&point));
        points.push(values.clone());
        let start = Instant::now();
        sampler.tell(&Trial { id, point, reports: Vec::new(), outcome: Outcome::values(values) })?;
        seconds += start.elapsed().as_secs_f64();
        if CHECKPOINTS.contains(&(id + 1)) {
            let volume = hypervolume(&points, &[1.1, 1.1]);
            writeln!(out, "{name},zdt{number},{seed},{},{volume:e},{seconds:.6}", id + 1)?;
        }
    }
    Ok(())
}

/// A standard normal number by the method of Box and Muller.
fn normal(source: &mut ChaCha8Rng) -> f64 {
    let mut unit = || ((source.next_u64() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64;
    (-2.0 * libm::log(unit())).sqrt() * libm::cos(2.0 * std::f64::consts::PI * unit())
}
