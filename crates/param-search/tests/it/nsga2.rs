use std::collections::BTreeSet;

use param_search::{Direction, Error, Nsga2, Nsga2Options, Outcome, Point, Problem, Random, Sampler, hypervolume};
use proptest::prelude::*;

use crate::spaces::{cube, everything, number, trial};

/// Two bowls: the front is the line between their centres.
fn bowls(point: &Point) -> Vec<f64> {
    let around = |c: f64| point.values().iter().map(|v| (number(*v) - c) * (number(*v) - c)).sum::<f64>();
    vec![around(0.0), -around(2.0)]
}

fn volume_of(sampler: &mut dyn Sampler, n: u64) -> f64 {
    let mut points = Vec::new();
    for id in 0..n {
        let point = sampler.ask(id).unwrap();
        let values = bowls(&point);
        points.push(vec![values[0], -values[1]]);
        sampler.tell(&trial(id, point, Outcome::values(values))).unwrap();
    }
    hypervolume(&points, &[20.0, 20.0])
}

#[test]
fn covers_a_front_far_better_than_chance() {
    let problem = Problem::new(cube(4), [Direction::Minimize, Direction::Maximize]).unwrap();
    let genetic = volume_of(&mut Nsga2::new(&problem, 1, Nsga2Options::default()).unwrap(), 600);
    let random = volume_of(&mut Random::new(&problem, 1), 600);
    // The front of √a + √b = 4 leaves 400 − 16·16/6 = 357.
    assert!(genetic > 340.0 && random < 320.0, "{genetic} {random}");
}

#[test]
fn trials_that_break_conditions_die_out() {
    let problem = Problem::minimize(cube(2)).unwrap();
    let mut sampler = Nsga2::new(&problem, 4, Nsga2Options { population: 20, ..Nsga2Options::default() }).unwrap();
    let mut late_broken = 0;
    for id in 0..400 {
        let point = sampler.ask(id).unwrap();
        let x: f64 = number(point.values()[0]);
        late_broken += u32::from(id >= 300 && x < 2.0);
        // The objective pulls to −5, the condition allows only 2 and more.
        let outcome = Outcome::Complete { values: vec![x], violations: vec![2.0 - x] };
        sampler.tell(&trial(id, point, outcome)).unwrap();
    }
    assert!(late_broken < 60, "{late_broken} of 100");
}

#[test]
fn tries_nothing_twice_while_there_is_something_new() {
    let problem = Problem::minimize(everything()).unwrap();
    let mut sampler = Nsga2::new(&problem, 6, Nsga2Options { population: 10, ..Nsga2Options::default() }).unwrap();
    let mut seen = BTreeSet::new();
    for id in 0..300 {
        let point = sampler.ask(id).unwrap();
        problem.space().check(&point).unwrap();
        assert!(seen.insert(format!("{point:?}")), "{point:?}");
        let value = problem.space().view(&point).number("slow").unwrap();
        let outcome = if id % 9 == 0 { Outcome::Failed } else { Outcome::value(value) };
        sampler.tell(&trial(id, point, outcome)).unwrap();
    }
}

#[test]
fn rejects_settings_outside_of_their_range() {
    let problem = Problem::minimize(cube(1)).unwrap();
    let default = Nsga2Options::default;
    for options in [
        Nsga2Options { population: 1, ..default() },
        Nsga2Options { crossover_probability: 1.1, ..default() },
        Nsga2Options { mutation_probability: Some(f64::NAN), ..default() },
        Nsga2Options { crossover_index: 0.0, ..default() },
        Nsga2Options { mutation_index: f64::INFINITY, ..default() },
    ] {
        assert!(matches!(Nsga2::new(&problem, 0, options), Err(Error::BadSetting { .. })));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn keeps_to_any_space(space in crate::spaces::space(), seed in any::<u64>()) {
        let problem = Problem::new(space, [Direction::Minimize; 2]).unwrap();
        let options = Nsga2Options { population: 8, ..Nsga2Options::default() };
        let mut sampler = Nsga2::new(&problem, seed, options).unwrap();
        for id in 0..60 {
            let point = sampler.ask(id).unwrap();
            prop_assert!(problem.space().check(&point).is_ok());
            let values = bowls(&point);
            sampler.tell(&trial(id, point, Outcome::values(values))).unwrap();
        }
    }
}
