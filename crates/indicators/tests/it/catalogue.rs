//! The catalogue, and indicators chosen at run time.

use indicators::{Error, IndicatorKind, IndicatorSpec, InputColumns, InputSlices, Period};

use crate::common::{Series, compute, period};

#[test]
fn names_every_kind_once_in_order() {
    let names: Vec<_> = IndicatorKind::ALL.iter().map(|kind| kind.info().name).collect();
    assert_eq!(names, ["sma", "ema", "rsi", "macd", "bollinger", "stochastic", "atr", "adx"]);
    for &kind in IndicatorKind::ALL {
        assert_eq!(kind.info().kind, kind);
    }
}

#[test]
fn defaults_are_valid_parameters() {
    for &kind in IndicatorKind::ALL {
        let defaults: Vec<f64> = kind.info().parameters.iter().map(|p| p.default).collect();
        let spec = IndicatorSpec::new(kind, &defaults).expect("defaults are in range");
        assert_eq!(spec.kind(), kind);
        assert_eq!(compute(&spec, &Series::walk(60, 1)).len(), kind.info().outputs.len());
    }
}

#[test]
fn both_ends_of_a_range_are_valid_and_nothing_beyond() {
    for &kind in IndicatorKind::ALL {
        let info = kind.info();
        let defaults: Vec<f64> = info.parameters.iter().map(|p| p.default).collect();
        for (i, parameter) in info.parameters.iter().enumerate() {
            let with = |value: f64| {
                let mut args = defaults.clone();
                args[i] = value;
                IndicatorSpec::new(kind, &args)
            };
            assert!(with(parameter.min).is_ok() && with(parameter.max).is_ok());
            for value in [parameter.min - 1.0, parameter.max + 1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                let error = with(value).expect_err("out of range");
                assert!(matches!(error, Error::ParameterRange { parameter: p, .. } if p == parameter.name), "{error}");
            }
        }
    }
}

#[test]
fn rejects_a_period_with_a_fraction() {
    let error = IndicatorSpec::new(IndicatorKind::Macd, &[12.0, 26.5, 9.0]).expect_err("a fraction");
    assert_eq!(error, Error::ParameterFraction { kind: IndicatorKind::Macd, parameter: "slow", value: 26.5 });
    assert_eq!(error.to_string(), "`slow` of `macd` must be a whole number of bars, not 26.5");
}

#[test]
fn rejects_another_number_of_parameters() {
    let error = IndicatorSpec::new(IndicatorKind::Bollinger, &[20.0]).expect_err("one is missing");
    assert_eq!(error, Error::ParameterCount { kind: IndicatorKind::Bollinger, expected: 2, found: 1 });
    assert_eq!(error.to_string(), "`bollinger` takes 2 parameters, not 1");
}

#[test]
fn keeps_the_order_of_the_parameters() {
    let macd = IndicatorSpec::new(IndicatorKind::Macd, &[1.0, 2.0, 3.0]);
    assert_eq!(macd, Ok(IndicatorSpec::Macd { fast: period(1), slow: period(2), signal: period(3) }));
    let stochastic = IndicatorSpec::new(IndicatorKind::Stochastic, &[1.0, 2.0, 3.0]);
    let expected = IndicatorSpec::Stochastic { k_period: period(1), k_smoothing: period(2), d_period: period(3) };
    assert_eq!(stochastic, Ok(expected));
}

#[test]
fn lookbacks_are_those_of_talib() {
    let lookback = |kind, args: &[f64]| IndicatorSpec::new(kind, args).expect("in range").lookback();
    assert_eq!(lookback(IndicatorKind::Sma, &[20.0]), 19);
    assert_eq!(lookback(IndicatorKind::Ema, &[20.0]), 19);
    assert_eq!(lookback(IndicatorKind::Rsi, &[14.0]), 14);
    assert_eq!(lookback(IndicatorKind::Macd, &[12.0, 26.0, 9.0]), 33);
    assert_eq!(lookback(IndicatorKind::Bollinger, &[20.0, 2.0]), 19);
    assert_eq!(lookback(IndicatorKind::Stochastic, &[14.0, 3.0, 3.0]), 17);
    assert_eq!(lookback(IndicatorKind::Atr, &[14.0]), 14);
    assert_eq!(lookback(IndicatorKind::Adx, &[14.0]), 27);
}

#[test]
fn the_longest_period_waits_for_its_last_bar() {
    let series = Series::walk(Period::MAX + 1, 2);
    for (kind, args) in [
        (IndicatorKind::Sma, vec![100_000.0]),
        (IndicatorKind::Bollinger, vec![100_000.0, 2.0]),
        (IndicatorKind::Stochastic, vec![100_000.0, 1.0, 1.0]),
    ] {
        let spec = IndicatorSpec::new(kind, &args).expect("in range");
        for column in compute(&spec, &series) {
            assert_eq!(column.iter().filter(|value| value.is_finite()).count(), 2);
        }
    }
}

#[test]
fn empty_input_gives_empty_output() {
    for &kind in IndicatorKind::ALL {
        let defaults: Vec<f64> = kind.info().parameters.iter().map(|p| p.default).collect();
        let spec = IndicatorSpec::new(kind, &defaults).expect("defaults are in range");
        assert!(compute(&spec, &Series::default()).iter().all(Vec::is_empty));
    }
}

#[test]
#[should_panic(expected = "rsi reads one price, not high, low and close")]
fn panics_on_the_wrong_columns() {
    assert_eq!(IndicatorKind::Rsi.info().input, InputColumns::Price);
    let spec = IndicatorSpec::Rsi { period: period(2) };
    spec.compute(InputSlices::HighLowClose { high: &[1.0], low: &[1.0], close: &[1.0] }, &mut [&mut [0.0]]);
}

#[test]
#[should_panic(expected = "macd has 3 outputs, not 1")]
fn panics_on_too_few_outputs() {
    let spec = IndicatorSpec::Macd { fast: period(2), slow: period(3), signal: period(2) };
    spec.compute(InputSlices::Price(&[1.0]), &mut [&mut [0.0]]);
}

#[test]
#[should_panic(expected = "sma: price and out differ in length")]
fn panics_on_another_length() {
    indicators::sma(&[1.0, 2.0], period(1), &mut [0.0]);
}

#[test]
#[should_panic(expected = "is not a number of deviations from 0 to 100")]
fn panics_on_deviations_that_are_no_number() {
    let _ = indicators::Bollinger::new(period(2), f64::NAN);
}
