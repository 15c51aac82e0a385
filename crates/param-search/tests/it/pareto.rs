use param_search::{crowding_distances, dominates, hypervolume, non_dominated_ranks};
use proptest::prelude::*;
use serde_json::Value as Json;

use crate::golden::{assert_close, lines};

fn numbers(json: &Json) -> Vec<f64> {
    json.as_array().unwrap().iter().map(|x| x.as_f64().unwrap_or(f64::INFINITY)).collect()
}

fn points(json: &Json) -> Vec<Vec<f64>> {
    json.as_array().unwrap().iter().map(numbers).collect()
}

#[test]
fn ranks_crowding_and_hypervolume_are_those_of_optuna_and_pymoo() {
    let cases = lines("pareto.jsonl");
    assert_eq!(cases.len(), 30);
    for case in cases {
        let all = points(&case["points"]);
        let ranks: Vec<u64> = non_dominated_ranks(&all).into_iter().map(|rank| rank as u64).collect();
        let expected: Vec<u64> = case["ranks"].as_array().unwrap().iter().map(|rank| rank.as_u64().unwrap()).collect();
        assert_eq!(ranks, expected);
        let ours = crowding_distances(&points(&case["front"]));
        for (ours, theirs) in ours.iter().zip(numbers(&case["crowding"])) {
            assert!(*ours == theirs || (ours - theirs).abs() < 1e-12, "{ours} instead of {theirs}");
        }
        let volume = hypervolume(&all, &numbers(&case["reference"]));
        for theirs in numbers(&case["hypervolumes"]) {
            assert_close(volume, theirs, 1e-12, "hypervolume");
        }
    }
}

fn cloud() -> impl Strategy<Value = Vec<Vec<f64>>> {
    (1..5_usize).prop_flat_map(|d| prop::collection::vec(prop::collection::vec(0.0..1.0_f64, d), 1..25))
}

proptest! {
    #[test]
    fn a_rank_is_one_above_the_highest_that_dominates(points in cloud()) {
        let ranks = non_dominated_ranks(&points);
        for (a, rank) in points.iter().zip(&ranks) {
            let highest = points.iter().zip(&ranks).filter(|(b, _)| dominates(b, a)).map(|(_, rank)| rank + 1).max();
            prop_assert_eq!(*rank, highest.unwrap_or(0));
        }
    }

    #[test]
    fn a_hypervolume_grows_with_points_and_ignores_their_order(mut points in cloud()) {
        let reference = vec![1.0; points[0].len()];
        let whole = hypervolume(&points, &reference);
        prop_assert!((0.0..=1.0).contains(&whole));
        prop_assert!(hypervolume(&points[1..], &reference) <= whole + 1e-12);
        points.reverse();
        prop_assert!((hypervolume(&points, &reference) - whole).abs() < 1e-12);
    }

    #[test]
    fn a_hypervolume_is_what_random_points_say(points in cloud(), seed in any::<u64>()) {
        let d = points[0].len();
        let space = crate::spaces::cube(d);
        let problem = param_search::Problem::minimize(space).unwrap();
        let mut random = param_search::Random::new(&problem, seed);
        let mut hits = 0;
        for id in 0..2_000 {
            let point = param_search::Sampler::ask(&mut random, id).unwrap();
            let x: Vec<f64> = point.values().iter().map(|v| (crate::spaces::number(*v) + 5.0) / 10.0).collect();
            hits += u32::from(points.iter().any(|p| p.iter().zip(&x).all(|(p, x)| p <= x)));
        }
        let share = f64::from(hits) / 2_000.0;
        prop_assert!((share - hypervolume(&points, &vec![1.0; d])).abs() < 0.06);
    }
}
