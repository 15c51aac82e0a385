//! A value that is not there at every place of every column: no finite number is computed from it.

use indicators::{IndicatorKind, IndicatorSpec, InputColumns};
use proptest::prelude::*;

use crate::common::{Series, bits, compute, one_of_each, spec};

const MISSING: [f64; 5] = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 4e37, -1e300];

fn forgets(kind: IndicatorKind) -> bool {
    matches!(kind, IndicatorKind::Sma | IndicatorKind::Bollinger | IndicatorKind::Stochastic)
}

/// The values before the missing one, then NaN for ever or, if the indicator forgets, those of a history that begins
/// after it.
fn expected(spec: &IndicatorSpec, series: &Series, missing: usize) -> Vec<Vec<f64>> {
    let before = compute(spec, &series.slice(0..missing));
    let mut after = compute(spec, &series.slice(missing + 1..series.len()));
    if !forgets(spec.kind()) {
        for column in &mut after {
            column.fill(f64::NAN);
        }
    }
    before.into_iter().zip(after).map(|(before, after)| [before, vec![f64::NAN], after].concat()).collect()
}

fn check(spec: &IndicatorSpec, series: &Series, place: usize, value: f64) -> Result<(), String> {
    let n_columns = if spec.kind().info().input == InputColumns::Price { 1 } else { 3 };
    let expected = bits(&expected(spec, series, place));
    for column in 0..n_columns {
        let mut damaged = series.clone();
        [&mut damaged.close, &mut damaged.high, &mut damaged.low][column][place] = value;
        if bits(&compute(spec, &damaged)) != expected {
            return Err(format!("{spec:?} with {value} at {place} in column {column}"));
        }
    }
    Ok(())
}

#[test]
fn no_number_comes_from_a_missing_value_at_any_place() {
    let series = Series::walk(70, 5);
    for spec in one_of_each(3.0) {
        for place in 0..series.len() {
            for value in MISSING {
                assert_eq!(check(&spec, &series, place, value), Ok(()));
            }
        }
    }
}

proptest! {
    #[test]
    fn no_number_comes_from_a_missing_value(
        spec in spec(1),
        series in crate::common::series(1..150),
        place in 0..150_usize,
        value in prop::sample::select(&MISSING[..]),
    ) {
        prop_assert_eq!(check(&spec, &series, place % series.len(), value), Ok(()));
    }
}

/// The bands renew their sums by count and after large moves; neither may remember what came before the missing price.
#[test]
fn bands_forget_what_was_before_a_missing_price() {
    let mut series = Series::walk(400, 4);
    for price in &mut series.close[..50] {
        *price *= 1000.0;
    }
    for n in 2..8_u8 {
        let spec = IndicatorSpec::new(IndicatorKind::Bollinger, &[f64::from(n), 2.0]).expect("in range");
        assert_eq!(check(&spec, &series, 50, f64::NAN), Ok(()));
    }
}

#[test]
fn windows_wait_for_the_last_of_several_missing_values() {
    let mut series = Series::walk(90, 6);
    for place in [30, 33, 34, 60] {
        series.close[place] = f64::NAN;
    }
    for spec in one_of_each(3.0).into_iter().filter(|spec| forgets(spec.kind())) {
        let found = compute(&spec, &series);
        let later = compute(&spec, &series.slice(61..90));
        for (found, later) in found.iter().zip(later) {
            assert!(found[30..35 + spec.lookback()].iter().all(|value| value.is_nan()), "{spec:?}");
            assert!(found[35 + spec.lookback()..60].iter().all(|value| value.is_finite()), "{spec:?}");
            assert_eq!(bits(&[found[61..].to_vec()]), bits(&[later]), "{spec:?}");
        }
    }
}

#[test]
fn the_largest_prices_do_not_overflow() {
    let flip = |i: usize| if i.is_multiple_of(2) { 3e37 } else { -3e37 };
    let close: Vec<f64> = (0..200).map(flip).collect();
    let series = Series { high: close.clone(), low: close.clone(), close };
    for spec in one_of_each(1.0) {
        for column in compute(&spec, &series) {
            assert!(column[spec.lookback()..].iter().all(|value| value.is_finite()), "{spec:?}");
        }
    }
}
