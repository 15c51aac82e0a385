//! What holds for any prices and parameters.

use indicators::{IndicatorKind, IndicatorSpec};
use proptest::prelude::*;

use crate::common::{bits, compute, series, spec};

/// Rounding errors of running totals of values up to 100.
const ROUNDING: f64 = 1e-9;

proptest! {
    #[test]
    fn the_future_does_not_change_a_prefix(spec in spec(1), series in series(1..200), cut in 0..200_usize) {
        let n = cut.min(series.len());
        let whole: Vec<Vec<f64>> = compute(&spec, &series).into_iter().map(|column| column[..n].to_vec()).collect();
        prop_assert_eq!(bits(&compute(&spec, &series.slice(0..n))), bits(&whole));
    }

    #[test]
    fn values_are_missing_in_the_lookback_and_nowhere_else(spec in spec(1), series in series(0..200)) {
        let columns = compute(&spec, &series);
        let n_missing = |column: &Vec<f64>| column.iter().take_while(|value| value.is_nan()).count();
        for column in &columns {
            prop_assert!(column[n_missing(column)..].iter().all(|value| value.is_finite()));
        }
        let longest = columns.iter().map(n_missing).max();
        prop_assert_eq!(longest, Some(spec.lookback().min(series.len())));
        if let IndicatorSpec::Adx { period } = spec {
            prop_assert_eq!(n_missing(&columns[1]), period.get().min(series.len()));
            prop_assert_eq!(n_missing(&columns[2]), period.get().min(series.len()));
        } else {
            prop_assert!(columns.iter().all(|column| Some(n_missing(column)) == longest));
        }
    }

    #[test]
    fn values_stay_in_their_range(spec in spec(1), series in series(1..200)) {
        let columns = compute(&spec, &series);
        let all = |test: &dyn Fn(f64) -> bool| columns.iter().flatten().all(|&v| v.is_nan() || test(v));
        let (low, high) = series.close.iter().fold((f64::MAX, f64::MIN), |(l, h), &p| (l.min(p), h.max(p)));
        let slack = 1e-12 * high;
        match spec.kind() {
            IndicatorKind::Sma | IndicatorKind::Ema => {
                prop_assert!(all(&|v| v >= low - slack && v <= high + slack));
            }
            IndicatorKind::Rsi => prop_assert!(all(&|v| (0.0..=100.0).contains(&v))),
            IndicatorKind::Stochastic | IndicatorKind::Adx => {
                prop_assert!(all(&|v| (-ROUNDING..=100.0 + ROUNDING).contains(&v)));
            }
            IndicatorKind::Atr => prop_assert!(all(&|v| v >= 0.0)),
            IndicatorKind::Bollinger => {
                let [upper, middle, lower] = &columns[..] else { unreachable!("three bands") };
                for ((upper, middle), lower) in upper.iter().zip(middle).zip(lower).skip(spec.lookback()) {
                    prop_assert!(lower <= middle && middle <= upper);
                }
            }
            IndicatorKind::Macd => prop_assert!(all(&|v| v.abs() <= 2.0 * (high - low) + slack)),
        }
    }

    #[test]
    fn another_unit_of_price_changes_no_digit(spec in spec(1), series in series(1..200), power in -40..40_i32) {
        let factor = f64::from_bits(u64::from((1023 + power).unsigned_abs()) << 52);
        let info = spec.kind().info();
        let mut expected = compute(&spec, &series);
        for (column, output) in expected.iter_mut().zip(info.outputs) {
            if output.unit != indicators::Unit::Percent {
                for value in column {
                    *value *= factor;
                }
            }
        }
        prop_assert_eq!(bits(&compute(&spec, &series.scaled(factor))), bits(&expected));
    }

    #[test]
    fn a_flat_price_gives_flat_values(spec in spec(1), price in 0.0001..100_000.0_f64) {
        let flat = vec![price; 120];
        let series = crate::common::Series { high: flat.clone(), low: flat.clone(), close: flat };
        for (column, output) in compute(&spec, &series).iter().zip(spec.kind().info().outputs) {
            let expected = match (spec.kind(), output.unit) {
                (IndicatorKind::Rsi, _) => 50.0,
                (_, indicators::Unit::Price) => price,
                _ => 0.0,
            };
            let near = |&value: &f64| (value - expected).abs() <= 1e-13 * price.max(1.0);
            prop_assert!(column[spec.lookback()..].iter().all(near), "{} {:?}", output.name, column);
        }
    }
}
