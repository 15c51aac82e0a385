//! What is no space is an error that names the parameter and the values.

use param_search::{Constraint, Domain, Error, Parameter, Predicate, Problem, Random, Sampler, Space, Value};

fn error(parameters: impl IntoIterator<Item = Parameter>) -> String {
    Space::new(parameters).unwrap_err().to_string()
}

fn x(domain: Domain) -> Parameter {
    Parameter::new("x", domain)
}

#[test]
fn rejects_no_parameters_and_a_name_twice() {
    assert_eq!(error([]), "the space has no parameters");
    assert_eq!(error([x(Domain::boolean()), x(Domain::int(0, 1))]), "the parameter \"x\" is declared twice");
}

#[test]
fn rejects_ranges_that_are_none() {
    for (low, high) in [(1.0, 0.0), (f64::NAN, 1.0), (0.0, f64::NAN), (0.0, f64::INFINITY), (-1e308, 1e308)] {
        assert_eq!(
            error([x(Domain::float(low, high))]),
            format!("parameter \"x\": {low} to {high} is not a finite range")
        );
    }
    assert_eq!(error([x(Domain::int(3, 2))]), "parameter \"x\": 3 to 2 is not a finite range");
}

#[test]
fn rejects_logarithms_of_what_has_none() {
    assert_eq!(error([x(Domain::log_float(0.0, 1.0))]), "parameter \"x\": a logarithmic scale cannot begin at 0");
    assert_eq!(error([x(Domain::log_int(-3, 1))]), "parameter \"x\": a logarithmic scale cannot begin at -3");
}

#[test]
fn rejects_steps_that_lead_nowhere() {
    for step in [0.0, -1.0, f64::NAN, 1e-300] {
        assert!(error([x(Domain::float_step(0.0, 1.0, step))]).contains("the step"), "{step}");
    }
    assert!(error([x(Domain::int_step(0, 9, 0))]).contains("the step 0"));
    assert!(error([x(Domain::Float { low: 1.0, high: 2.0, step: Some(0.5), log: true })]).contains("logarithmic"));
    assert!(error([x(Domain::int(i64::MIN, i64::MAX))]).contains("the step 1"), "positions would lose digits");
}

#[test]
fn rejects_choices_that_are_none_or_equal() {
    let none: [&str; 0] = [];
    assert!(error([x(Domain::categorical(none))]).starts_with("parameter \"x\": 0 choices"));
    assert!(error([x(Domain::categorical(["a", "b", "a"]))]).starts_with("parameter \"x\": 3 choices"));
}

#[test]
fn rejects_conditions_that_cannot_be() {
    let on = Parameter::new("on", Domain::boolean());
    let y = |parent: &str, values: Vec<Value>| Parameter::new("y", Domain::int(0, 1)).when(parent, values);
    let no_parent = "parameter \"y\" depends on \"z\", which is no parameter with countable values";
    assert_eq!(error([on.clone(), y("z", vec![Value::Bool(true)])]), no_parent);
    let continuum = error([x(Domain::float(0.0, 1.0)), y("x", vec![Value::Float(0.5)])]);
    assert!(continuum.contains("\"x\", which is no parameter with countable values"), "{continuum}");
    for values in [vec![], vec![Value::Choice(0)], vec![Value::Bool(true), Value::Int(1)]] {
        let message = "parameter \"y\" depends on a value that \"on\" never takes";
        assert_eq!(error([on.clone(), y("on", values)]), message);
    }
}

#[test]
fn rejects_a_circle_of_conditions() {
    let flag = |name: &str, parent: &str| Parameter::new(name, Domain::boolean()).when(parent, [Value::Bool(true)]);
    assert_eq!(error([flag("a", "b"), flag("b", "c"), flag("c", "a")]), "the parameter \"a\" depends on itself");
    assert_eq!(error([flag("a", "a")]), "the parameter \"a\" depends on itself");
}

#[test]
fn rejects_constraints_between_what_are_no_numbers() {
    let space =
        || Space::new([x(Domain::float(0.0, 1.0)), Parameter::new("kind", Domain::categorical(["a", "b"]))]).unwrap();
    let message = |constraint| space().constrained([constraint]).unwrap_err().to_string();
    assert_eq!(message(Constraint::less("x", "y")), "there is no parameter \"y\"");
    assert_eq!(message(Constraint::less("x", "kind")), "the constraint x < kind is not one between numbers");
    assert!(message(Constraint::linear([("x", f64::NAN)], 1.0)).contains("NaN x <= 1"));
    assert!(message(Constraint::linear([("x", 1.0)], f64::INFINITY)).contains("1 x <= inf"));
}

#[test]
fn a_space_that_the_constraints_empty_is_an_error_not_a_loop() {
    let space = Space::new([x(Domain::float(0.0, 1.0))]).unwrap().with_predicate(Predicate::new("never", |_| false));
    let problem = Problem::minimize(space).unwrap();
    assert!(matches!(Random::new(&problem, 0).ask(0), Err(Error::Unsatisfiable { tries: 10_000 })));
}

#[test]
fn rejects_a_search_for_nothing() {
    let space = Space::new([x(Domain::boolean())]).unwrap();
    assert!(matches!(Problem::new(space, []), Err(Error::BadSetting { setting: "number of objectives", .. })));
}
