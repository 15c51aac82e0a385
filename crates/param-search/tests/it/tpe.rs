use param_search::{
    Domain, Error, NamedPoint, Outcome, Parameter, ParzenEstimator, Point, Problem, Report, Sampler, Space, Tpe,
    TpeOptions, Trial, Value,
};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::golden::{assert_close, lines};
use crate::spaces::{cube, everything, number, trial};

#[test]
fn densities_are_those_of_optuna() {
    let named = |space: &Space, json: &Json| {
        space.from_named(&serde_json::from_value::<NamedPoint>(json.clone()).unwrap()).unwrap()
    };
    let mut checked = 0;
    for case in lines("parzen.jsonl") {
        let space: Space = serde_json::from_value(case["space"].clone()).unwrap();
        let of = |key: &str| -> Vec<Point> { case[key].as_array().unwrap().iter().map(|p| named(&space, p)).collect() };
        let observations = of("observations");
        let mut estimator = ParzenEstimator::new(&space, &observations).unwrap();
        for (point, expected) in of("points").iter().zip(case["log_density"].as_array().unwrap()) {
            let what = format!("{} after {}", case["space"], observations.len());
            assert_close(estimator.log_density(point).unwrap(), expected.as_f64().unwrap(), 1e-10, &what);
            checked += 1;
        }
    }
    assert_eq!(checked, 11 * 8 * 4);
}

#[test]
fn a_density_over_countable_values_sums_to_one() {
    let space = Space::new([
        Parameter::new("n", Domain::log_int(1, 30)),
        Parameter::new("kind", Domain::categorical(["a", "b", "c"])),
    ])
    .unwrap();
    let at = |n, kind| Point::new(vec![Some(Value::Int(n)), Some(Value::Choice(kind))]);
    let observations = [at(3, 0), at(3, 2), at(4, 2), at(29, 2), at(1, 1)];
    let mut estimator = ParzenEstimator::new(&space, &observations).unwrap();
    let mut sum = 0.0;
    for n in 1..=30 {
        sum += (0..3).map(|kind| libm::exp(estimator.log_density(&at(n, kind)).unwrap())).sum::<f64>();
    }
    assert!((sum - 1.0).abs() < 1e-12, "{sum}");
}

#[test]
fn draws_follow_the_density() {
    let space = Space::new([Parameter::new("n", Domain::int(1, 12)), Parameter::new("on", Domain::boolean())]).unwrap();
    let at = |n, on| Point::new(vec![Some(Value::Int(n)), Some(Value::Bool(on))]);
    let observations = [at(3, true), at(4, true), at(10, false)];
    let mut estimator = ParzenEstimator::new(&space, &observations).unwrap();
    let draws = estimator.sample(20_000, 5);
    for n in 1..=12 {
        for on in [false, true] {
            let p = libm::exp(estimator.log_density(&at(n, on)).unwrap());
            let share = draws.iter().filter(|draw| **draw == at(n, on)).count() as f64 / 20_000.0;
            let sigma = (p * (1.0 - p) / 20_000.0).sqrt();
            assert!((share - p).abs() < 5.0 * sigma, "{n} {on}: {share} instead of {p}");
        }
    }
}

fn tpe(space: Space, seed: u64) -> Tpe {
    Tpe::new(&Problem::minimize(space).unwrap(), seed, TpeOptions::default()).unwrap()
}

fn bowl(space: &Space, point: &Point) -> f64 {
    point.values().iter().zip(space.parameters()).map(|(v, _)| (number(*v) - 1.0) * (number(*v) - 1.0)).sum()
}

#[test]
fn finds_a_minimum_far_better_than_chance() {
    let mut best = f64::INFINITY;
    let mut sampler = tpe(cube(4), 3);
    for id in 0..200 {
        let point = sampler.ask(id).unwrap();
        let value = bowl(&cube(4), &point);
        best = best.min(value);
        sampler.tell(&trial(id, point, Outcome::value(value))).unwrap();
    }
    // 200 random points have a median best of 2.4.
    assert!(best < 0.3, "{best}");
}

#[test]
fn learns_choices_and_their_conditional_parameters() {
    let space = Space::new([
        Parameter::new("kind", Domain::categorical(["a", "b", "c"])),
        Parameter::new("x", Domain::float(0.0, 1.0)).when("kind", [Value::Choice(1)]),
        Parameter::new("y", Domain::float(0.0, 1.0)).when("kind", [Value::Choice(2)]),
    ])
    .unwrap();
    let mut sampler = tpe(space.clone(), 1);
    let mut late = Vec::new();
    for id in 0..150 {
        let point = sampler.ask(id).unwrap();
        space.check(&point).unwrap();
        let view = space.view(&point);
        let value = match view.choice("kind").unwrap() {
            "a" => 1.0,
            "b" => 0.5 + (view.number("x").unwrap() - 0.8).abs(),
            _ => (view.number("y").unwrap() - 0.3).abs(),
        };
        if id >= 100 {
            late.push(value);
        }
        sampler.tell(&trial(id, point, Outcome::value(value))).unwrap();
    }
    let good = late.iter().filter(|value| **value < 0.1).count();
    assert!(good > 35, "only {good} of the last 50 are near the optimum");
}

#[test]
fn pending_trials_push_the_next_ones_away() {
    let spread = |constant_liar| {
        let problem = Problem::minimize(cube(1)).unwrap();
        let options = TpeOptions { constant_liar, ..TpeOptions::default() };
        let mut sampler = Tpe::new(&problem, 1, options).unwrap();
        for id in 0..40 {
            let point = sampler.ask(id).unwrap();
            let value = bowl(&cube(1), &point);
            sampler.tell(&trial(id, point, Outcome::value(value))).unwrap();
        }
        let out: Vec<f64> = (40..60).map(|id| number(sampler.ask(id).unwrap().values()[0])).collect();
        out.iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b)) - out.iter().fold(f64::INFINITY, |a, b| a.min(*b))
    };
    assert!(spread(true) > 2.0 * spread(false), "{} {}", spread(true), spread(false));
}

#[test]
fn failed_and_pruned_trials_repel() {
    // Everything above 0 fails or is pruned; below there is no slope. Suggestions must come to lie below.
    for bad in [Outcome::Failed, Outcome::Pruned] {
        let mut sampler = tpe(cube(1), 2);
        let mut late_above = 0;
        for id in 0..120 {
            let point = sampler.ask(id).unwrap();
            let above = number(point.values()[0]) > 0.0;
            late_above += u32::from(above && id >= 60);
            let outcome = if above { bad.clone() } else { Outcome::value(1.0) };
            let reports = vec![Report { step: 1, value: 0.0 }];
            sampler.tell(&Trial { id, point, reports, outcome }).unwrap();
        }
        assert!(late_above < 12, "{late_above} of 60 after {bad:?}");
    }
}

#[test]
fn keeps_to_conditions_and_constraints() {
    let problem = Problem::minimize(everything()).unwrap();
    let mut sampler = Tpe::new(&problem, 9, TpeOptions::default()).unwrap();
    for id in 0..150 {
        let point = sampler.ask(id).unwrap();
        problem.space().check(&point).unwrap();
        let value = problem.space().view(&point).number("fast").unwrap();
        sampler.tell(&trial(id, point, Outcome::value(-value))).unwrap();
    }
}

#[test]
fn rejects_several_objectives_bad_settings_and_results_that_are_none() {
    let two = Problem::new(cube(1), [param_search::Direction::Minimize; 2]).unwrap();
    assert!(matches!(Tpe::new(&two, 0, TpeOptions::default()), Err(Error::Unsupported { sampler: "TPE", .. })));
    let problem = Problem::minimize(cube(1)).unwrap();
    for options in [
        TpeOptions { n_candidates: 0, ..TpeOptions::default() },
        TpeOptions { good_fraction: f64::NAN, ..TpeOptions::default() },
        TpeOptions { good_fraction: 1.0, ..TpeOptions::default() },
        TpeOptions { max_good: 0, ..TpeOptions::default() },
        TpeOptions { prior_weight: 0.0, ..TpeOptions::default() },
    ] {
        assert!(matches!(Tpe::new(&problem, 0, options), Err(Error::BadSetting { .. })));
    }
    let mut sampler = Tpe::new(&problem, 0, TpeOptions::default()).unwrap();
    let point = sampler.ask(7).unwrap();
    let error = sampler.tell(&trial(7, point.clone(), Outcome::value(f64::NAN))).unwrap_err().to_string();
    assert_eq!(error, "trial 7: objective 0 is NaN; tell a trial without a result as failed");
    let error = sampler.tell(&trial(7, point, Outcome::values([1.0, 2.0]))).unwrap_err().to_string();
    assert_eq!(error, "trial 7 has 2 objectives instead of 1");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// The densities are kept up to date by insertions and removals; a sampler that sees the same trials in the same
    /// order from the start must agree with one that had them pending for a while.
    #[test]
    fn what_was_pending_leaves_no_trace(space in crate::spaces::space(), seed in any::<u64>(), n in 12..40_u64) {
        let problem = Problem::minimize(space).unwrap();
        let mut plain = Tpe::new(&problem, seed, TpeOptions::default()).unwrap();
        let mut foreign = param_search::Random::new(&problem, seed ^ 1);
        let mut told = Vec::new();
        for id in 0..n {
            let point = foreign.ask(id).unwrap();
            let value = point.values().iter().map(|v| number(*v)).sum::<f64>();
            told.push(trial(id, point, Outcome::value(value)));
        }
        let mut liar = Tpe::new(&problem, seed, TpeOptions::default()).unwrap();
        for trial in &told {
            liar.announce(trial.id, &trial.point);
        }
        for trial in &told {
            plain.tell(trial).unwrap();
            liar.tell(trial).unwrap();
            if trial.id % 5 == 4 {
                // Asking counts everything that is pending as bad; a failed trial at its point stays bad in both.
                let point = liar.ask(1_000 + trial.id).unwrap();
                let failed = crate::spaces::trial(1_000 + trial.id, point, Outcome::Failed);
                liar.tell(&failed).unwrap();
                plain.tell(&failed).unwrap();
            }
        }
        prop_assert_eq!(plain.ask(9_999).unwrap(), liar.ask(9_999).unwrap());
    }
}
