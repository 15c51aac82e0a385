use std::collections::BTreeMap;

use param_search::{Domain, Error, NamedValue, Parameter, Point, Predicate, Problem, Random, Sampler, Space, Value};
use proptest::prelude::*;

use crate::spaces::{cube, everything, space};

#[test]
fn counts_points_where_a_parameter_multiplies_only_while_active() {
    // 49 · 291 · continuum is none; without the continuum: exits are none, 11 stops, or no early trail and 10 trails.
    let finite: Vec<Parameter> =
        everything().parameters().iter().filter(|p| !["rate", "weight"].contains(&&*p.name)).cloned().collect();
    assert_eq!(everything().n_points(), None);
    assert_eq!(Space::new(finite).unwrap().n_points(), Some(49 * 291 * (1 + 11 + (1 + 10))));
}

#[test]
fn a_count_above_128_bits_is_none() {
    let of = |n: i64, d: usize| {
        Space::new((0..d).map(|i| Parameter::new(format!("x{i}"), Domain::int(0, n - 1)))).unwrap().n_points()
    };
    assert_eq!(of(1 << 50, 2), Some(1 << 100));
    assert_eq!(of(1 << 50, 3), None);
}

#[test]
fn a_step_that_rounding_spoils_keeps_its_last_value() {
    let domain = Domain::float_step(0.0, 0.3, 0.1);
    assert_eq!(domain.n_values(), Some(4));
    assert_eq!(domain.decode(1.0), Value::Float(0.3));
    assert!(domain.contains(Value::Float(0.1)) && !domain.contains(Value::Float(0.15)));
}

#[test]
fn logarithmic_scales_halve_at_the_geometric_middle() {
    let Value::Float(middle) = Domain::log_float(1e-4, 1.0).decode(0.5) else { panic!("a float") };
    assert!((middle - 1e-2).abs() < 1e-15);
    // ln 1.5 of ln 20.5/0.5: the share of the value 1 runs from 0.5 to 1.5.
    let ends = [0.0, 0.29, 0.30, 1.0].map(|unit| Domain::log_int(1, 20).decode(unit));
    assert_eq!(ends, [1, 1, 2, 20].map(Value::Int));
}

#[test]
fn names_read_and_write_a_point() {
    let space = everything();
    let named: BTreeMap<String, NamedValue> = [
        ("fast", NamedValue::Int(12)),
        ("slow", NamedValue::Int(40)),
        ("rate", NamedValue::Int(1)),
        ("weight", NamedValue::Float(0.25)),
        ("exit", NamedValue::Text("stop".to_owned())),
        ("stop", NamedValue::Float(1.2)),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    let point = space.from_named(&named).unwrap();
    let view = space.view(&point);
    assert_eq!(view.number("stop"), Some(1.25), "moved to the grid");
    assert_eq!((view.choice("exit"), view.int("fast"), view.bool("trail_early")), (Some("stop"), Some(12), None));
    assert_eq!(space.from_named(&space.to_named(&point)).unwrap(), point);
}

#[test]
fn a_proposal_that_does_not_fit_says_why() {
    let space = Space::new([
        Parameter::new("n", Domain::int(1, 9)),
        Parameter::new("on", Domain::boolean()),
        Parameter::new("x", Domain::float(0.0, 1.0)).when("on", [Value::Bool(true)]),
    ])
    .unwrap();
    let message = |json: &str| space.from_named(&serde_json::from_str(json).unwrap()).unwrap_err().to_string();
    assert_eq!(message(r#"{"n": 3, "on": false, "y": 1}"#), "there is no parameter \"y\"");
    assert_eq!(
        message(r#"{"n": 3, "on": false, "x": 0.5}"#),
        "parameter \"x\" is not active, yet has the value Float(0.5)"
    );
    assert_eq!(message(r#"{"n": 3, "on": true}"#), "parameter \"x\" does not take the value None");
    assert!(message(r#"{"n": 10, "on": false}"#).contains("n = Int(10)"));
    assert!(message(r#"{"n": 1.5, "on": false}"#).contains("n = Float(1.5)"));
}

#[test]
fn a_space_is_written_and_read_with_its_constraints() {
    let space = everything();
    let text = serde_json::to_string(&space).unwrap();
    let read: Space = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    assert!(matches!(Problem::minimize(read.clone()), Err(Error::UnboundPredicate { name }) if name.contains("seven")));
    let bound = read.bind_predicate(Predicate::new("no multiples of seven", |_| true)).unwrap();
    assert!(Problem::minimize(bound).is_ok());
}

#[test]
fn reading_checks_a_space_as_building_does() {
    let text = r#"{"parameters":[{"name":"x","domain":{"float":{"low":1.0,"high":0.0,"log":false}}}]}"#;
    let error = serde_json::from_str::<Space>(text).unwrap_err().to_string();
    assert!(error.starts_with("parameter \"x\": 1 to 0 is not a finite range"), "{error}");
}

#[test]
fn random_points_fill_each_scale_evenly() {
    let problem = Problem::minimize(cube(1)).unwrap();
    let mut random = Random::new(&problem, 3);
    let mut counts = [0_u32; 10];
    for id in 0..10_000 {
        let Some(Value::Float(x)) = random.ask(id).unwrap().values()[0] else { panic!("a float") };
        let bin = counts.iter().zip(1..).position(|(_, i)| x < f64::from(i) - 5.0).unwrap();
        counts[bin] += 1;
    }
    // Five standard deviations of a binomial count of mean 1000 are 150.
    assert!(counts.iter().all(|count| count.abs_diff(1_000) < 150), "{counts:?}");
}

#[test]
fn a_point_depends_on_the_seed_and_its_number_only() {
    let problem = Problem::minimize(everything()).unwrap();
    let (mut a, mut b) = (Random::new(&problem, 7), Random::new(&problem, 7));
    let forwards: Vec<Point> = (0..20).map(|id| a.ask(id).unwrap()).collect();
    let mut backwards: Vec<Point> = (0..20).rev().map(|id| b.ask(id).unwrap()).collect();
    backwards.reverse();
    assert_eq!(forwards, backwards);
    assert_ne!(Random::new(&problem, 8).ask(0).unwrap(), forwards[0]);
}

proptest! {
    #[test]
    fn decode_gives_points_of_the_space_and_encode_finds_them_again(
        space in space(), unit in prop::collection::vec(0.0..=1.0_f64, 8)
    ) {
        let unit = &unit[..space.n_parameters()];
        let point = space.decode(unit);
        prop_assert!(space.check(&point).is_ok(), "{point:?}");
        let encoded = space.encode(&point);
        for (value, coordinate) in point.values().iter().zip(&encoded) {
            prop_assert_eq!(value.is_some(), coordinate.is_some());
        }
        let again: Vec<f64> = encoded.into_iter().map(|unit| unit.unwrap_or(0.5)).collect();
        for (a, b) in point.values().iter().zip(space.decode(&again).values()) {
            if let (Some(Value::Float(a)), Some(Value::Float(b))) = (a, b) {
                prop_assert!((a - b).abs() <= 1e-12 * a.abs().max(1.0));
            } else {
                prop_assert_eq!(a, b);
            }
        }
    }

    #[test]
    fn a_space_and_its_points_survive_json(space in space(), seed in any::<u64>()) {
        let text = serde_json::to_string(&space).unwrap();
        let read: Space = serde_json::from_str(&text).unwrap();
        let problem = Problem::minimize(space).unwrap();
        let point = Random::new(&problem, seed).ask(0).unwrap();
        let named = serde_json::to_string(&problem.space().to_named(&point)).unwrap();
        prop_assert_eq!(read.from_named(&serde_json::from_str(&named).unwrap()).unwrap(), point);
    }
}
