use param_search::{Error, Problem, Sampler, Sobol, SobolOptions, SobolSequence};
use proptest::prelude::*;

use crate::golden::rows;
use crate::spaces::everything;

#[test]
fn points_are_those_of_scipy_in_256_dimensions() {
    let sequence = SobolSequence::new(256, None).unwrap();
    let mut point = vec![0.0; 256];
    for row in rows("sobol.csv") {
        sequence.point(row[0].parse().unwrap(), &mut point);
        let dimension: usize = row[1].parse().unwrap();
        assert_eq!(point[dimension], row[2].parse::<f64>().unwrap(), "point {} dimension {dimension}", row[0]);
    }
}

#[test]
fn rejects_dimensions_without_direction_numbers() {
    assert!(matches!(SobolSequence::new(0, None), Err(Error::BadSetting { setting: "dimensions", .. })));
    assert!(matches!(SobolSequence::new(257, Some(1)), Err(Error::BadSetting { setting: "dimensions", .. })));
}

#[test]
fn the_sampler_keeps_to_the_space() {
    let problem = Problem::minimize(everything()).unwrap();
    let mut sobol = Sobol::new(&problem, 1, SobolOptions::default()).unwrap();
    for id in 0..500 {
        problem.space().check(&sobol.ask(id).unwrap()).unwrap();
    }
}

/// Which box of `1 << bits` along an axis a coordinate lies in.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "coordinates lie in 0..1")]
fn cell(x: f64, bits: u32) -> usize {
    (x * f64::from(1 << bits)) as usize
}

proptest! {
    /// The net property: each of 2ᵏ boxes of the first two dimensions holds exactly one of 2ᵏ points.
    #[test]
    fn the_first_two_dimensions_are_a_net(seed in prop::option::of(any::<u64>()), k in 1..9_u32, split in 0..9_u32) {
        let split = split.min(k);
        let sequence = SobolSequence::new(2, seed).unwrap();
        let mut counts = vec![0; 1 << k];
        let mut point = [0.0; 2];
        for index in 0..1 << k {
            sequence.point(index, &mut point);
            counts[cell(point[0], split) << (k - split) | cell(point[1], k - split)] += 1;
        }
        prop_assert!(counts.iter().all(|count| *count == 1), "{:?}", counts);
    }

    /// Every dimension by itself has one of 2ᵏ points in each of 2ᵏ intervals.
    #[test]
    fn each_dimension_is_stratified(seed in any::<u64>(), dimension in 0..256_usize, k in 1..8_u32) {
        let sequence = SobolSequence::new(256, Some(seed)).unwrap();
        let mut counts = vec![0; 1 << k];
        let mut point = vec![0.0; 256];
        for index in 0..1 << k {
            sequence.point(index, &mut point);
            counts[cell(point[dimension], k)] += 1;
        }
        prop_assert!(counts.iter().all(|count| *count == 1));
    }
}

#[test]
fn scrambled_means_are_far_better_than_random_ones() {
    // f = Π (1 + (x − ½)/2) over 4 dimensions has the mean 1; 1024 random points miss it by 0.009 (one σ).
    let error = |seed| {
        let sequence = SobolSequence::new(4, Some(seed)).unwrap();
        let mut point = [0.0; 4];
        let mut sum = 0.0;
        for index in 0..1_024 {
            sequence.point(index, &mut point);
            sum += point.iter().map(|x| 1.0 + (x - 0.5) / 2.0).product::<f64>();
        }
        sum / 1_024.0 - 1.0
    };
    let errors: Vec<f64> = (0..50).map(error).collect();
    let rms = (errors.iter().map(|e| e * e).sum::<f64>() / 50.0).sqrt();
    assert!(rms < 2e-4, "{rms}");
    let mean = errors.iter().sum::<f64>() / 50.0;
    assert!(mean.abs() < 4.0 * rms / 50.0_f64.sqrt(), "scrambling is biased: {mean} of {rms}");
}
