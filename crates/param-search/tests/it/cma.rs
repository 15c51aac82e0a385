use param_search::{
    CmaEs, CmaEsOptions, Constraint, Domain, Error, Outcome, Parameter, Point, Problem, Restarts, Sampler, Space,
};
use proptest::prelude::*;

use crate::spaces::{cube, everything, number, trial};

fn run(problem: &Problem, options: CmaEsOptions, n: u64, value: impl Fn(&Point) -> f64) -> (Vec<Point>, f64) {
    let mut sampler = CmaEs::new(problem, 5, options).unwrap();
    let (mut points, mut best) = (Vec::new(), f64::INFINITY);
    for id in 0..n {
        let point = sampler.ask(id).unwrap();
        problem.space().check(&point).unwrap();
        let loss = value(&point);
        best = best.min(loss);
        sampler.tell(&trial(id, point.clone(), Outcome::value(loss))).unwrap();
        points.push(point);
    }
    (points, best)
}

fn ellipsoid(point: &Point) -> f64 {
    point.values().iter().zip(0_u8..).map(|(v, i)| f64::from(i + 1) * (number(*v) - 1.3) * (number(*v) - 1.3)).sum()
}

#[test]
fn converges_to_a_minimum() {
    let problem = Problem::minimize(cube(6)).unwrap();
    let (_, best) = run(&problem, CmaEsOptions::default(), 1_000, ellipsoid);
    assert!(best < 1e-8, "{best}");
}

#[test]
fn converges_to_a_minimum_on_the_border() {
    let problem = Problem::minimize(cube(4)).unwrap();
    let (_, best) = run(&problem, CmaEsOptions::default(), 1_000, |p| p.values().iter().map(|v| number(*v)).sum());
    assert!(best < -20.0 + 1e-4, "{best}");
}

#[test]
fn margins_find_whole_numbers_that_a_narrow_distribution_would_miss() {
    let of = |i: u8| Parameter::new(format!("n{i}"), Domain::int(-20, 20));
    let problem = Problem::minimize(Space::new((0..6).map(of)).unwrap()).unwrap();
    let target = [7.0, -11.0, 3.0, -5.0, 13.0, -2.0];
    let loss = |p: &Point| p.values().iter().zip(target).map(|(v, t)| (number(*v) - t) * (number(*v) - t)).sum();
    let (_, best) = run(&problem, CmaEsOptions::default(), 600, loss);
    assert_eq!(best, 0.0);
}

#[test]
fn restarts_leave_a_local_minimum() {
    // A wide basin at 2 and a narrower, deeper one at −3, in two dimensions.
    let loss = |p: &Point| {
        let near = |c: f64| p.values().iter().map(|v| (number(*v) - c) * (number(*v) - c)).sum::<f64>();
        (near(2.0) * 0.1).min(near(-3.0) - 1.0)
    };
    let problem = Problem::minimize(cube(2)).unwrap();
    for restarts in [Restarts::Same, Restarts::Ipop, Restarts::Bipop] {
        let (_, best) = run(&problem, CmaEsOptions { restarts, ..CmaEsOptions::default() }, 6_000, loss);
        assert!(best < -1.0 + 1e-6, "{restarts:?}: {best}");
    }
}

#[test]
fn choices_and_conditional_parameters_are_learned_beside_it() {
    let problem = Problem::minimize(everything()).unwrap();
    let space = problem.space();
    let loss = |p: &Point| {
        let view = space.view(p);
        let exit = match view.choice("exit").unwrap() {
            "stop" => (view.number("stop").unwrap() - 1.0).abs(),
            _ => 2.0,
        };
        exit + (view.number("weight").unwrap() - 0.1).abs() + (view.number("fast").unwrap() - 9.0).abs() / 10.0
    };
    let (_, best) = run(&problem, CmaEsOptions::default(), 400, loss);
    assert!(best < 0.05, "{best}");
}

#[test]
fn keeps_to_constraints_at_whose_border_the_minimum_lies() {
    let space = cube(2).constrained([Constraint::linear([("x0", 1.0), ("x1", 1.0)], 1.0)]).unwrap();
    let problem = Problem::minimize(space).unwrap();
    let (_, best) = run(&problem, CmaEsOptions::default(), 500, ellipsoid);
    // Minimum of (x − 1.3)² + 2 (y − 1.3)² on x + y = 1: 2/3 · 1.6².
    assert!((best - 2.0 / 3.0 * 1.6 * 1.6).abs() < 1e-3, "{best}");
}

#[test]
fn a_good_point_from_elsewhere_pulls_the_search() {
    let best_after = |inject: bool| {
        let problem = Problem::minimize(cube(4)).unwrap();
        let mut sampler = CmaEs::new(&problem, 2, CmaEsOptions { sigma: 0.02, ..CmaEsOptions::default() }).unwrap();
        let loss = |p: &Point| p.values().iter().map(|v| (number(*v) - 4.0).abs()).sum::<f64>();
        let mut own = Vec::new();
        for id in 0..60 {
            if inject && id % 8 == 0 {
                let foreign = problem.space().decode(&[0.9; 4]);
                sampler.announce(1_000 + id, &foreign);
                let value = loss(&foreign);
                sampler.tell(&trial(1_000 + id, foreign, Outcome::value(value))).unwrap();
            }
            let point = sampler.ask(id).unwrap();
            let value = loss(&point);
            own.push(value);
            sampler.tell(&trial(id, point, Outcome::value(value))).unwrap();
        }
        own.into_iter().fold(f64::INFINITY, f64::min)
    };
    assert!(best_after(true) < 0.7 * best_after(false), "{} {}", best_after(true), best_after(false));
}

#[test]
fn a_warm_start_begins_where_the_best_trials_lie() {
    let problem = Problem::minimize(cube(3)).unwrap();
    let (points, _) = run(&problem, CmaEsOptions::default(), 200, ellipsoid);
    let trials: Vec<_> = points
        .into_iter()
        .zip(0..)
        .map(|(p, id)| (ellipsoid(&p), id, p))
        .map(|(v, id, p)| trial(id, p, Outcome::value(v)))
        .collect();
    let mut warm = CmaEs::warm(&problem, 1, CmaEsOptions::default(), &trials).unwrap();
    let first: f64 = (0..20).map(|id| ellipsoid(&warm.ask(id).unwrap())).sum::<f64>() / 20.0;
    let mut cold = CmaEs::new(&problem, 1, CmaEsOptions::default()).unwrap();
    let plain: f64 = (0..20).map(|id| ellipsoid(&cold.ask(id).unwrap())).sum::<f64>() / 20.0;
    assert!(first < 0.6 * plain, "{first} {plain}");
    let few = CmaEs::warm(&problem, 1, CmaEsOptions::default(), &trials[..9]);
    assert!(matches!(few, Err(Error::BadSetting { setting: "trials to start from", .. })));
}

#[test]
fn rejects_what_it_cannot_search() {
    let choices = Space::new([Parameter::new("kind", Domain::categorical(["a", "b"]))]).unwrap();
    let problem = Problem::minimize(choices).unwrap();
    assert!(matches!(CmaEs::new(&problem, 0, CmaEsOptions::default()), Err(Error::Unsupported { .. })));
    let two = Problem::new(cube(1), [param_search::Direction::Maximize; 2]).unwrap();
    assert!(matches!(CmaEs::new(&two, 0, CmaEsOptions::default()), Err(Error::Unsupported { .. })));
    let problem = Problem::minimize(cube(1)).unwrap();
    for options in [
        CmaEsOptions { population: Some(3), ..CmaEsOptions::default() },
        CmaEsOptions { sigma: 0.0, ..CmaEsOptions::default() },
        CmaEsOptions { sigma: f64::NAN, ..CmaEsOptions::default() },
    ] {
        assert!(matches!(CmaEs::new(&problem, 0, options), Err(Error::BadSetting { .. })));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn a_monotone_transformation_of_the_objective_changes_nothing(seed in any::<u64>(), d in 2..6_usize) {
        let problem = Problem::minimize(cube(d)).unwrap();
        let mut plain = CmaEs::new(&problem, seed, CmaEsOptions::default()).unwrap();
        let mut bent = plain.clone();
        for id in 0..120 {
            let (a, b) = (plain.ask(id).unwrap(), bent.ask(id).unwrap());
            prop_assert_eq!(&a, &b);
            let loss = ellipsoid(&a);
            plain.tell(&trial(id, a, Outcome::value(loss))).unwrap();
            bent.tell(&trial(id, b, Outcome::value(-1.0 / loss))).unwrap();
        }
    }

    #[test]
    fn keeps_to_any_space_that_it_takes(space in crate::spaces::space(), seed in any::<u64>()) {
        let problem = Problem::maximize(space).unwrap();
        let Ok(mut sampler) = CmaEs::new(&problem, seed, CmaEsOptions::default()) else { return Ok(()) };
        for id in 0..60 {
            let point = sampler.ask(id).unwrap();
            prop_assert!(problem.space().check(&point).is_ok());
            let value = point.values().iter().map(|v| number(*v)).sum::<f64>();
            let outcome = if id % 7 == 3 { Outcome::Failed } else { Outcome::value(value) };
            sampler.tell(&trial(id, point, outcome)).unwrap();
        }
    }
}
