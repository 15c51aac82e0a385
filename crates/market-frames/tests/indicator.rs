//! Indicators as expressions have the numbers of the slices, whatever the groups, the nulls and the types.
#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as tests do")]

use indicators::{IndicatorKind, IndicatorSpec, Profile};
use market_frames::{Error, IndicatorOptions, Nulls, Undefined, indicator, indicator_output};
use polars::prelude::*;
use proptest::prelude::*;

const TALIB: IndicatorOptions = IndicatorOptions::new(Profile::Talib);

fn spec(text: &str) -> IndicatorSpec {
    text.parse().unwrap()
}

/// Every output of the slices.
fn slices(spec: &IndicatorSpec, inputs: &[&[f64]]) -> Vec<Vec<f64>> {
    let n_rows = inputs[0].len();
    let mut outputs = vec![vec![0.0; n_rows]; spec.kind().info().outputs.len()];
    let mut columns: Vec<&mut [f64]> = outputs.iter_mut().map(Vec::as_mut_slice).collect();
    spec.compute(Profile::Talib, inputs, &mut columns).unwrap();
    outputs
}

/// The bits of values, none for NaN.
fn bits(values: &[f64]) -> Vec<Option<u64>> {
    values.iter().map(|value| (!value.is_nan()).then(|| value.to_bits())).collect()
}

fn column_bits(column: &Column) -> Vec<Option<u64>> {
    column.f64().unwrap().iter().map(|value| value.filter(|value| !value.is_nan()).map(f64::to_bits)).collect()
}

/// The only column of `expression` over `frame`.
fn computed(frame: &DataFrame, expression: Expr) -> Column {
    let frame = frame.clone().lazy().select([expression]).collect().unwrap();
    assert_eq!(frame.width(), 1);
    frame.columns()[0].clone()
}

fn walk(n_rows: usize) -> Vec<f64> {
    (0..n_rows).map(|row| 100.0 + ((row * 37) % 101) as f64 / 10.0).collect()
}

#[test]
fn every_indicator_has_the_bits_of_its_slices() {
    let (close, volume) = (walk(400), vec![5.0; 400]);
    let [open, high, low] = [0.3, 0.8, -0.6].map(|by| close.iter().map(|price| price + by).collect::<Vec<f64>>());
    let frame = df!("a" => &close, "b" => &open, "c" => &high, "d" => &low, "e" => &volume).unwrap();
    let names = ["a", "b", "c", "d", "e"];
    let columns: [&[f64]; 5] = [&close, &open, &high, &low, &volume];
    for kind in IndicatorKind::all().filter(|kind| kind.info().profiles().any(|profile| profile == Profile::Talib)) {
        let spec = IndicatorSpec::with_defaults(kind);
        let n_inputs = kind.info().inputs.len();
        let inputs: Vec<Expr> = names[..n_inputs].iter().map(|name| col(*name)).collect();
        let found = computed(&frame, indicator(&spec, &inputs, TALIB).unwrap());
        assert_eq!(found.name().as_str(), spec.to_string());
        let expected = slices(&spec, &columns[..n_inputs]);
        if let [only] = expected.as_slice() {
            assert_eq!(column_bits(&found), bits(only), "{spec}");
            continue;
        }
        let fields = found.struct_().unwrap().fields_as_series();
        assert_eq!(fields.len(), expected.len(), "{spec}");
        for ((field, expected), output) in fields.into_iter().zip(&expected).zip(kind.info().outputs) {
            assert_eq!(field.name().as_str(), output.name);
            assert_eq!(column_bits(&field.into_column()), bits(expected), "{spec}.{}", output.name);
            let alone = computed(&frame, indicator_output(&spec, output.name, &inputs, TALIB).unwrap());
            assert_eq!(alone.name().as_str(), format!("{spec}.{}", output.name));
            assert_eq!(column_bits(&alone), bits(expected), "{spec}.{}", output.name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Groups of any length, in any order, with nulls, for one and for several inputs and outputs.
    #[test]
    fn a_group_is_computed_as_if_it_were_alone(
        rows in prop::collection::vec((0..6_u8, prop::option::weighted(0.9, 90.0..110.0_f64)), 0..120),
    ) {
        let symbols: Vec<u32> = rows.iter().map(|(symbol, _)| u32::from(*symbol)).collect();
        let close: Vec<Option<f64>> = rows.iter().map(|(_, close)| *close).collect();
        let high: Vec<Option<f64>> = close.iter().map(|close| close.map(|price| price + 1.0)).collect();
        let low: Vec<Option<f64>> = close.iter().map(|close| close.map(|price| price - 1.0)).collect();
        let frame = df!("symbol" => &symbols, "high" => &high, "low" => &low, "close" => &close).unwrap();
        let (sma, stochastic) = (spec("sma(3)"), spec("stochastic(2,2,1)"));
        let bars = [col("high"), col("low"), col("close")];
        let frame = frame
            .lazy()
            .with_columns([
                indicator(&sma, &[col("close")], TALIB).unwrap().over([col("symbol")]).unwrap(),
                indicator(&stochastic, &bars, TALIB).unwrap().over([col("symbol")]).unwrap().alias("stochastic"),
                indicator_output(&stochastic, "d", &bars, TALIB).unwrap().over([col("symbol")]).unwrap().alias("d"),
            ])
            .collect()
            .unwrap();
        prop_assert_eq!(frame.height(), rows.len());
        let number = |value: &Option<f64>| value.unwrap_or(f64::NAN);
        for symbol in 0..6_u32 {
            let of_symbol: Vec<usize> = (0..rows.len()).filter(|&row| symbols[row] == symbol).collect();
            let part = |column: &[Option<f64>]| -> Vec<f64> { of_symbol.iter().map(|&row| number(&column[row])).collect() };
            let (high, low, close) = (part(&high), part(&low), part(&close));
            let in_rows = |column: &Column| -> Vec<Option<u64>> {
                let all = column_bits(column);
                of_symbol.iter().map(|&row| all[row]).collect()
            };
            prop_assert_eq!(in_rows(frame.column("sma(3)").unwrap()), bits(&slices(&sma, &[&close])[0]));
            let expected = slices(&stochastic, &[&high, &low, &close]);
            let fields = frame.column("stochastic").unwrap().struct_().unwrap().fields_as_series();
            for (field, expected) in fields.into_iter().zip(&expected) {
                prop_assert_eq!(in_rows(&field.into_column()), bits(expected));
            }
            prop_assert_eq!(in_rows(frame.column("d").unwrap()), bits(&expected[1]));
        }
    }
}

#[test]
fn nulls_are_missing_skipped_or_refused() {
    let frame = df!("close" => [Some(1.0), Some(2.0), None, Some(4.0), Some(8.0)]).unwrap();
    let with = |nulls| indicator(&spec("sma(2)"), &[col("close")], IndicatorOptions { nulls, ..TALIB }).unwrap();
    let values = |nulls| -> Vec<Option<f64>> { computed(&frame, with(nulls)).f64().unwrap().iter().collect() };
    assert_eq!(values(Nulls::Missing), [None, Some(1.5), None, None, Some(6.0)]);
    assert_eq!(values(Nulls::Skip), [None, Some(1.5), None, Some(3.0), Some(6.0)]);
    let error = frame.clone().lazy().select([with(Nulls::Refuse)]).collect().unwrap_err().to_string();
    assert!(error.contains("sma(2): column `close` is null in row 2"), "{error}");
}

#[test]
fn a_row_is_skipped_if_any_of_its_inputs_is_null() {
    let frame = df!(
        "high" => [Some(3.0), None, Some(6.0), Some(5.0)],
        "low" => [Some(1.0), Some(1.0), Some(2.0), Some(3.0)],
        "close" => [Some(2.0), Some(2.0), Some(4.0), None],
    )
    .unwrap();
    let options = IndicatorOptions { nulls: Nulls::Skip, ..TALIB };
    let inputs = [col("high"), col("low"), col("close")];
    let found = computed(&frame, indicator(&spec("trange"), &inputs, options).unwrap());
    assert_eq!(column_bits(&found), bits(&[f64::NAN, f64::NAN, 4.0, f64::NAN]));
}

#[test]
fn what_is_not_defined_is_null_or_nan() {
    let frame = df!("close" => [1.0, 2.0, 4.0]).unwrap();
    let with = |undefined| {
        let options = IndicatorOptions { undefined, ..TALIB };
        computed(&frame, indicator(&spec("sma(2)"), &[col("close")], options).unwrap())
    };
    assert_eq!((with(Undefined::Null).null_count(), with(Undefined::NaN).null_count()), (1, 0));
    assert!(with(Undefined::NaN).f64().unwrap().get(0).unwrap().is_nan());
}

#[test]
fn integers_small_floats_chunks_and_constants_are_numbers_too() {
    let expected = bits(&[f64::NAN, 1.5, 3.0]);
    let sma = || indicator(&spec("sma(2)"), &[col("close")], TALIB).unwrap();
    let integers = df!("close" => [1_i32, 2, 4]).unwrap();
    assert_eq!(column_bits(&computed(&integers, sma())), expected);
    assert_eq!(column_bits(&computed(&df!("close" => [1.0_f32, 2.0, 4.0]).unwrap(), sma())), expected);
    let mut chunked = df!("close" => [1.0]).unwrap();
    chunked.vstack_mut(&df!("close" => [2.0, 4.0]).unwrap()).unwrap();
    assert_eq!(column_bits(&computed(&chunked, sma())), expected);
    let add = indicator(&spec("add"), &[col("close"), lit(0.5)], TALIB).unwrap();
    assert_eq!(column_bits(&computed(&integers, add)), bits(&[1.5, 2.5, 4.5]));
}

#[test]
fn frames_without_rows_and_with_nothing_but_nulls_are_computed() {
    let empty = DataFrame::new(0, vec![Column::new_empty("close".into(), &DataType::Float64)]).unwrap();
    let macd = || indicator(&spec("macd(2,3,1)"), &[col("close")], TALIB).unwrap();
    let found = computed(&empty, macd());
    assert_eq!((found.len(), found.struct_().unwrap().fields_as_series().len()), (0, 3));
    assert_eq!(computed(&empty, macd().over([lit(1)]).unwrap()).len(), 0);
    let nulls = df!("close" => [None::<f64>, None]).unwrap();
    assert_eq!(computed(&nulls, indicator(&spec("sma(1)"), &[col("close")], TALIB).unwrap()).null_count(), 2);
}

#[test]
fn the_schema_is_known_before_anything_is_computed() {
    let frame = df!("close" => [1.0]).unwrap();
    let macd = indicator(&spec("macd"), &[col("close")], TALIB).unwrap();
    let schema = frame.lazy().select([macd]).collect_schema().unwrap();
    let names = ["macd", "signal", "histogram"];
    let fields = names.map(|name| Field::new(name.into(), DataType::Float64)).to_vec();
    assert_eq!(schema.get("macd(12,26,9)"), Some(&DataType::Struct(fields)));
}

#[test]
fn what_cannot_be_computed_is_refused() {
    let close = [col("close")];
    let error = indicator(&spec("atr(14)"), &close, TALIB).unwrap_err();
    assert_eq!(error.to_string(), "`atr` reads 3 columns, not 1");
    let error = indicator_output(&spec("macd"), "line", &close, TALIB).unwrap_err();
    assert_eq!(error.to_string(), "`macd` has no output `line`; it has macd, signal, histogram");
    let lacks = |kind: &IndicatorKind| !kind.info().profiles().any(|profile| profile == Profile::TradingView);
    let kind = IndicatorKind::all().find(lacks).unwrap();
    let inputs = vec![col("close"); kind.info().inputs.len()];
    let pine = IndicatorOptions::new(Profile::TradingView);
    let error = indicator(&IndicatorSpec::with_defaults(kind), &inputs, pine).unwrap_err();
    assert!(matches!(error, Error::Indicator { .. }), "{error}");

    let texts = df!("close" => ["1", "2"]).unwrap();
    let error = texts.lazy().select([indicator(&spec("sma(2)"), &close, TALIB).unwrap()]).collect().unwrap_err();
    assert!(error.to_string().contains("sma(2): column `close` is of type str, not of numbers"), "{error}");
}
