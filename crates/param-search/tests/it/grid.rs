use param_search::{Constraint, Domain, Error, Grid, GridOptions, Parameter, Point, Problem, Sampler, Space, Value};
use proptest::prelude::*;

use crate::spaces::{cube, space};

fn all(problem: &Problem, options: GridOptions, at_most: usize) -> Vec<Point> {
    let mut grid = Grid::new(problem, options).unwrap();
    let mut points = Vec::new();
    loop {
        match grid.ask(points.len() as u64) {
            Ok(point) => points.push(point),
            Err(Error::Exhausted) => return points,
            Err(other) => panic!("{other}"),
        }
        assert!(points.len() <= at_most, "more points than the grid has");
    }
}

#[test]
fn the_last_parameter_changes_fastest() {
    let space = Space::new([Parameter::new("a", Domain::boolean()), Parameter::new("b", Domain::int_step(10, 30, 10))])
        .unwrap();
    let points = all(&Problem::minimize(space).unwrap(), GridOptions::default(), 6);
    let pairs: Vec<_> = points.iter().map(|point| (point.values()[0], point.values()[1])).collect();
    let of = |a, b| (Some(Value::Bool(a)), Some(Value::Int(b)));
    assert_eq!(pairs, [of(false, 10), of(false, 20), of(false, 30), of(true, 10), of(true, 20), of(true, 30)]);
}

#[test]
fn floats_get_both_ends_of_their_scale() {
    let space = Space::new([Parameter::new("x", Domain::log_float(1e-3, 10.0))]).unwrap();
    let options = GridOptions { float_points: Some(5), shuffle: None };
    let points = all(&Problem::minimize(space).unwrap(), options, 5);
    let Some(Value::Float(second)) = points[1].values()[0] else { panic!("a float") };
    assert_eq!(points[0].values()[0], Some(Value::Float(1e-3)));
    assert!((second - 1e-2).abs() < 1e-16);
    assert_eq!(points[4].values()[0], Some(Value::Float(10.0)));
}

#[test]
fn a_grid_of_10_to_the_36_points_starts_at_once() {
    let space = Space::new((0..12).map(|i| Parameter::new(format!("x{i}"), Domain::int(0, 999)))).unwrap();
    let problem = Problem::minimize(space).unwrap();
    let mut grid = Grid::new(&problem, GridOptions { float_points: None, shuffle: Some(1) }).unwrap();
    assert_eq!(grid.n_points(), 10_u128.pow(36));
    let points: Vec<Point> = (0..1_000).map(|id| grid.ask(id).unwrap()).collect();
    let spread = |i: usize| {
        let at = |p: &Point| p.values()[i].and_then(Value::number).unwrap();
        points.iter().map(at).sum::<f64>() / 1_000.0
    };
    // The mean of 1000 uniform numbers of 0..=999 has the standard deviation 9.1.
    assert!((0..12).all(|i| (spread(i) - 499.5).abs() < 46.0));
}

#[test]
fn skips_what_the_constraints_exclude() {
    let space = Space::new([Parameter::new("a", Domain::int(0, 9)), Parameter::new("b", Domain::int(0, 9))])
        .unwrap()
        .constrained([Constraint::less("a", "b")])
        .unwrap();
    let problem = Problem::minimize(space).unwrap();
    for shuffle in [None, Some(4)] {
        assert_eq!(all(&problem, GridOptions { float_points: None, shuffle }, 100).len(), 45);
    }
}

#[test]
fn rejects_a_continuum_and_no_points() {
    let problem = Problem::minimize(cube(2)).unwrap();
    assert!(matches!(Grid::new(&problem, GridOptions::default()), Err(Error::Unsupported { .. })));
    let none = GridOptions { float_points: Some(0), shuffle: None };
    assert!(matches!(Grid::new(&problem, none), Err(Error::BadSetting { setting: "float_points", .. })));
}

proptest! {
    #[test]
    fn visits_each_point_once_in_either_order(space in space(), seed in any::<u64>()) {
        let problem = Problem::minimize(space).unwrap();
        let options = GridOptions { float_points: Some(3), shuffle: None };
        let n = Grid::new(&problem, options.clone()).unwrap().n_points();
        prop_assume!(n <= 3_000);
        let n = usize::try_from(n).unwrap();
        let keys = |options| {
            let mut keys: Vec<String> = all(&problem, options, n).iter().map(|p| format!("{p:?}")).collect();
            keys.sort();
            keys
        };
        let ordered = keys(options.clone());
        prop_assert_eq!(ordered.len(), n);
        prop_assert_eq!(&keys(GridOptions { shuffle: Some(seed), ..options }), &ordered);
        let mut distinct = ordered.clone();
        distinct.dedup();
        // Floats of no width and their neighbours may coincide; counted values may not.
        if problem.space().n_points().is_some() {
            prop_assert_eq!(distinct.len(), n);
        }
    }
}
