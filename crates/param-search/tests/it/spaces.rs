//! Spaces for the laws: fixed ones, and arbitrary ones with conditions and constraints.

use param_search::{Constraint, Domain, Outcome, Parameter, Point, Predicate, Space, Trial, Value};
use proptest::prelude::*;

/// `d` floats from −5 to 5.
pub(crate) fn cube(d: usize) -> Space {
    Space::new((0..d).map(|i| Parameter::new(format!("x{i}"), Domain::float(-5.0, 5.0)))).unwrap()
}

/// Every kind of parameter, two levels of conditions, every kind of constraint.
pub(crate) fn everything() -> Space {
    Space::new([
        Parameter::new("stop", Domain::float_step(0.5, 3.0, 0.25)).when("exit", [Value::Choice(1)]),
        Parameter::new("fast", Domain::int(2, 50)),
        Parameter::new("slow", Domain::log_int(10, 300)),
        Parameter::new("rate", Domain::log_float(1e-4, 1.0)),
        Parameter::new("weight", Domain::float(-1.0, 1.0)),
        Parameter::new("exit", Domain::categorical(["none", "stop", "trail"])),
        Parameter::new("trail_early", Domain::boolean()).when("exit", [Value::Choice(2)]),
        Parameter::new("trail", Domain::int_step(5, 50, 5)).when("trail_early", [Value::Bool(true)]),
    ])
    .unwrap()
    .constrained([Constraint::less("fast", "slow"), Constraint::linear([("weight", 1.0), ("stop", 0.5)], 1.2)])
    .unwrap()
    .with_predicate(Predicate::new("no multiples of seven", |point| point.int("fast") != Some(49)))
}

/// A trial without reports.
pub(crate) fn trial(id: u64, point: Point, outcome: Outcome) -> Trial {
    Trial { id, point, reports: Vec::new(), outcome }
}

/// A number for any value; 0 for none.
pub(crate) fn number(value: Option<Value>) -> f64 {
    match value {
        Some(Value::Float(x)) => x,
        Some(Value::Int(x)) => x as f64,
        Some(Value::Choice(x)) => x as f64,
        Some(Value::Bool(x)) => f64::from(u8::from(x)),
        None => 0.0,
    }
}

fn domain() -> impl Strategy<Value = Domain> {
    prop_oneof![
        (-100.0..100.0_f64, 0.0..50.0_f64).prop_map(|(low, width)| Domain::float(low, low + width)),
        (1e-6..1.0_f64, 1.0..1e4_f64).prop_map(|(low, ratio)| Domain::log_float(low, low * ratio)),
        (-10.0..10.0_f64, 0.0..20.0_f64, 0.05..3.0_f64).prop_map(|(low, width, step)| Domain::float_step(
            low,
            low + width,
            step
        )),
        (-50..50_i64, 0..60_i64).prop_map(|(low, width)| Domain::int(low, low + width)),
        (1..20_i64, 0..500_i64).prop_map(|(low, width)| Domain::log_int(low, low + width)),
        (-50..50_i64, 0..60_i64, 1..7_u32).prop_map(|(low, width, step)| Domain::int_step(low, low + width, step)),
        (1..6_usize).prop_map(|n| Domain::categorical((0..n).map(|i| format!("choice {i}")))),
        Just(Domain::boolean()),
    ]
}

/// One to seven parameters; about half of them depend on an earlier countable one.
pub(crate) fn space() -> impl Strategy<Value = Space> {
    prop::collection::vec((domain(), any::<(u8, u64, u64)>()), 1..8).prop_map(|described| {
        let mut parameters: Vec<Parameter> = Vec::new();
        for (i, (domain, (parent, a, b))) in described.into_iter().enumerate() {
            let mut parameter = Parameter::new(format!("p{i}"), domain);
            if let Some(other) = parameters.get(usize::from(parent) % (2 * i).max(1))
                && let Some(n) = other.domain.n_values()
            {
                let value = |k: u64| other.domain.decode(((k % n) as f64 + 0.5) / n as f64);
                if !matches!(other.domain, Domain::Int { log: true, .. }) {
                    parameter = parameter.when(other.name.clone(), [value(a), value(b)]);
                }
            }
            parameters.push(parameter);
        }
        Space::new(parameters).unwrap()
    })
}
