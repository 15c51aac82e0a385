//! Laws of the grid and of its samples.

#[expect(dead_code, reason = "support of all test files")]
mod support;

use optimizer::{Error, Sampler, Space, sample};
use proptest::prelude::*;
use proptest::strategy::Strategy as Generator;
use strategy::{Input, InputKind, Params, Strategy};
use support::{average_cross, rsi_reversal};

fn with_inputs(kinds: Vec<InputKind>) -> Strategy {
    let inputs = kinds.into_iter().enumerate().map(|(i, kind)| Input { name: format!("i{i}"), kind }).collect();
    Strategy { inputs, constraints: Vec::new(), ..rsi_reversal() }
}

fn integer(min: i64, max: i64, step: i64) -> InputKind {
    InputKind::Integer { default: min, min, max, step }
}

fn float(min: f64, max: f64, step: f64) -> InputKind {
    InputKind::Float { default: min, min, max, step }
}

fn kinds() -> impl Generator<Value = Vec<InputKind>> {
    let whole = (-50..50_i64, 0..40_i64, 1..7_i64).prop_map(|(min, span, step)| integer(min, min + span, step));
    let decimal = (-50..50_i32, 0..40_u32, 1..7_u32).prop_map(|(min, span, step)| {
        let (min, span, step) = (f64::from(min) / 100.0, f64::from(span) / 100.0, f64::from(step) / 100.0);
        float(min, min + span, step)
    });
    let odd = (0.1..3.0_f64, 0.0..2.0_f64, 0.1..0.7_f64).prop_map(|(min, span, step)| float(min, min + span, step));
    proptest::collection::vec(prop_oneof![whole, decimal, odd], 0..4)
}

proptest! {
    #[test]
    fn numbers_and_points_are_one_to_one(kinds in kinds()) {
        let strategy = with_inputs(kinds);
        let space = Space::of(&strategy).unwrap();
        for index in (0..space.n_points()).step_by(7) {
            let point = space.point(index).unwrap();
            prop_assert_eq!(space.index_of(&point), Some(index));
            prop_assert!(strategy.check_params(&point).is_ok(), "{:?}", point);
        }
        prop_assert!(space.point(space.n_points()).is_none());
    }

    #[test]
    fn neighbours_are_one_step_away_and_mutual(kinds in kinds(), at in any::<prop::sample::Index>()) {
        let strategy = with_inputs(kinds);
        let space = Space::of(&strategy).unwrap();
        let point = space.point(at.index(usize::try_from(space.n_points()).unwrap()) as u128).unwrap();
        for neighbour in space.neighbours(&point) {
            let differing = point.values().iter().zip(neighbour.values()).filter(|(a, b)| a.to_bits() != b.to_bits()).count();
            prop_assert_eq!(differing, 1);
            prop_assert!(space.neighbours(&neighbour).contains(&point));
        }
    }

    #[test]
    fn a_random_sample_has_no_point_twice_and_grows_at_its_end(kinds in kinds(), n in 0..60_usize, seed in any::<u64>()) {
        let strategy = with_inputs(kinds);
        let space = Space::of(&strategy).unwrap();
        let few = sample(&space, &Sampler::Random { n, seed }).unwrap();
        let more = sample(&space, &Sampler::Random { n: n + 5, seed }).unwrap();
        prop_assert_eq!(few.len() as u128, space.n_points().min(n as u128));
        prop_assert_eq!(&more[..few.len()], &few[..]);
        let mut indices: Vec<u128> = more.iter().map(|point| space.index_of(point).unwrap()).collect();
        indices.sort_unstable();
        indices.dedup();
        prop_assert_eq!(indices.len(), more.len());
    }
}

#[test]
fn the_last_input_varies_fastest() {
    let strategy = with_inputs(vec![integer(1, 2, 1), float(0.1, 0.3, 0.1)]);
    let points: Vec<Vec<f64>> = Space::of(&strategy).unwrap().points().map(|p| p.values().to_vec()).collect();
    assert_eq!(points, [[1.0, 0.1], [1.0, 0.2], [1.0, 0.3], [2.0, 0.1], [2.0, 0.2], [2.0, 0.3]]);
}

#[test]
fn constraints_leave_holes() {
    let strategy = average_cross();
    let space = Space::of(&strategy).unwrap();
    let grid = sample(&space, &Sampler::Grid { max_points: 24 }).unwrap();
    assert_eq!(space.n_points(), 24);
    assert_eq!(grid.len(), 24 - 2);
    assert!(grid.iter().all(|point| point.values()[0] < point.values()[1]));
    let all = sample(&space, &Sampler::Random { n: 1_000, seed: 1 }).unwrap();
    assert_eq!(all.len(), 22);
    let edge = Params::new(vec![4.0, 5.0]);
    assert_eq!(space.neighbours(&edge), [Params::new(vec![2.0, 5.0]), Params::new(vec![4.0, 10.0])]);
}

#[test]
fn a_grid_beyond_memory_is_sampled_at_once() {
    let strategy = with_inputs(vec![integer(0, i64::MAX, 1), integer(i64::MIN, i64::MAX - 1, 1)]);
    let space = Space::of(&strategy).unwrap();
    assert_eq!(space.n_points(), (1 << 63) * u128::from(u64::MAX));
    assert_eq!(sample(&space, &Sampler::Random { n: 500, seed: 3 }).unwrap().len(), 500);
    assert!(matches!(
        sample(&space, &Sampler::Grid { max_points: 1_000 }),
        Err(Error::GridTooLarge { max_points: 1_000, .. })
    ));
}

#[test]
fn different_seeds_give_different_samples() {
    let strategy = with_inputs(vec![integer(0, 10_000, 1)]);
    let space = Space::of(&strategy).unwrap();
    let of = |seed| sample(&space, &Sampler::Random { n: 20, seed }).unwrap();
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}

#[test]
fn grids_that_cannot_be_counted_are_errors() {
    let strategy = with_inputs(vec![integer(0, i64::MAX, 1); 3]);
    assert!(matches!(Space::of(&strategy), Err(Error::Uncountable { .. })));
    for empty in
        [integer(5, 4, 1), integer(1, 4, 0), float(1.0, 0.0, 0.1), float(0.0, 1.0, 0.0), float(0.0, f64::NAN, 1.0)]
    {
        let strategy = with_inputs(vec![empty]);
        let error = Space::of(&strategy).unwrap_err();
        assert!(matches!(&error, Error::EmptyRange { input, .. } if input == "i0"), "{error}");
    }
}

#[test]
fn constraints_that_hardly_a_point_satisfies_are_an_error() {
    use strategy::{Constraint, InputId};
    let constraints = vec![Constraint { less: InputId(0), than: InputId(1) }];
    let strategy = Strategy { constraints, ..with_inputs(vec![integer(0, 1 << 40, 1), integer(0, 1, 1)]) };
    let space = Space::of(&strategy).unwrap();
    let error = sample(&space, &Sampler::Random { n: 10, seed: 1 }).unwrap_err();
    assert!(matches!(error, Error::TooFewPoints { wanted: 10, .. }), "{error}");
}

#[test]
fn samplers_are_read_from_their_configuration() {
    let read = |text| serde_json::from_str::<Sampler>(text);
    assert_eq!(read(r#"{ "grid": { "max_points": 9 } }"#).unwrap(), Sampler::Grid { max_points: 9 });
    assert_eq!(read(r#"{ "random": { "n": 9, "seed": 4 } }"#).unwrap(), Sampler::Random { n: 9, seed: 4 });
    assert!(read(r#"{ "random": { "n": 9, "seed": 4, "sed": 1 } }"#).is_err());
}
