//! Data and arguments that should not be there, for every indicator and each way in: no panic from data, no number that
//! a missing value went into, and a panic or an error with the reason where the call itself is wrong.
use std::panic::{AssertUnwindSafe, catch_unwind};

use indicators::{Error, Indicator, IndicatorKind, IndicatorSpec, ParameterKind, Profile, talib};

use crate::data::{Bars, bits, compute, everything, inputs, specs};

const N_BARS: usize = 260;

fn history() -> Bars {
    Bars::walk(N_BARS, 12, 0.01, 40)
}

/// The columns of an indicator, and any change of one of them.
fn changed(spec: &IndicatorSpec, bars: &Bars, column: usize, change: impl Fn(&mut Vec<f64>)) -> Vec<Vec<f64>> {
    let mut columns: Vec<Vec<f64>> = inputs(spec, bars).into_iter().map(<[f64]>::to_vec).collect();
    change(&mut columns[column]);
    columns
}

fn run(spec: &IndicatorSpec, profile: Profile, columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n_bars = columns[0].len();
    let inputs: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let mut found = vec![vec![0.0; n_bars]; spec.kind().info().outputs.len()];
    let mut outputs: Vec<&mut [f64]> = found.iter_mut().map(Vec::as_mut_slice).collect();
    spec.compute(profile, &inputs, &mut outputs).unwrap();
    found
}

/// The values of a [`Live`](indicators::Live), a bar at a time.
fn run_live(spec: &IndicatorSpec, profile: Profile, columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut live = spec.live(profile).unwrap();
    let mut values = vec![0.0; spec.kind().info().outputs.len()];
    let mut found = vec![Vec::new(); values.len()];
    for bar in 0..columns[0].len() {
        live.update(&columns.iter().map(|column| column[bar]).collect::<Vec<_>>(), &mut values);
        for (column, &value) in found.iter_mut().zip(&values) {
            column.push(value);
        }
    }
    found
}

/// Whether a missing value ends the history that the indicator knows.
fn restarts(profile: Profile) -> bool {
    profile != Profile::TradingView
}

/// With a volume on each bar, so that nothing is divided by none.
fn with_volumes(bars: Bars) -> Bars {
    Bars { volume: bars.volume.iter().map(|volume| volume + 1.0).collect(), ..bars }
}

#[test]
fn one_missing_value_in_one_column_leaves_no_number_behind() {
    let bars = with_volumes(history());
    for (kind, profile) in everything() {
        for spec in specs(kind).into_iter().take(2) {
            for column in 0..kind.info().inputs.len() {
                for place in [0, N_BARS / 2, N_BARS - 1] {
                    for missing in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 3.1e37, -3.1e37] {
                        let columns = changed(&spec, &bars, column, |values| values[place] = missing);
                        let found = run(&spec, profile, &columns);
                        assert_eq!(bits(&found), bits(&run_live(&spec, profile, &columns)), "{spec} of {profile}");
                        let what = format!("{spec} of {profile}: {missing} in column {column} at bar {place}");
                        // Pine calculates with infinite numbers, so that they come out again.
                        if restarts(profile) || missing.is_nan() {
                            let infinite = found.iter().flatten().find(|value| value.is_infinite());
                            assert_eq!(infinite, None, "{what}");
                        }
                        if restarts(profile) {
                            assert!(found.iter().all(|values| values[place].is_nan()), "{what}");
                            let rest: Vec<Vec<f64>> = columns.iter().map(|c| c[place + 1..].to_vec()).collect();
                            let behind: Vec<Vec<f64>> = found.iter().map(|c| c[place + 1..].to_vec()).collect();
                            assert_eq!(bits(&behind), bits(&run(&spec, profile, &rest)), "{what}");
                        }
                    }
                }
            }
        }
    }
}

/// Zeros without sign: of the zeros of either sign it is open which one comes out.
fn of_one_zero(columns: &[Vec<f64>]) -> Vec<Vec<f64>> {
    columns.iter().map(|column| column.iter().map(|value| value + 0.0).collect()).collect()
}

/// Those whose formula divides by a range, a volume or a sum that such bars make 0, and functions that grow beyond all
/// numbers: theirs is the infinite number that TA-Lib and TradingView have, or 1 divided by 0.
const MAY_BE_INFINITE: [&str; 15] = [
    "ad",
    "cog",
    "cosh",
    "exp",
    "iii",
    "ln",
    "log10",
    "mfi",
    "mfi_source",
    "rvol",
    "sinh",
    "stoch_k",
    "stochastic",
    "willr",
    "wvad",
];

/// Bars that no market has; the formula is applied to them as it is.
#[test]
fn bars_that_no_market_has_go_through_the_formula() {
    let bars = history();
    let mut upside_down = bars.clone();
    std::mem::swap(&mut upside_down.high, &mut upside_down.low);
    let mapped = |change: fn(f64) -> f64| {
        let by = |column: &[f64]| column.iter().map(|&value| change(value)).collect();
        Bars {
            open: by(&bars.open),
            high: by(&bars.high),
            low: by(&bars.low),
            close: by(&bars.close),
            volume: by(&bars.volume),
            second: by(&bars.second),
            condition: by(&bars.condition),
        }
    };
    let strange = [
        ("high below low", upside_down),
        ("negative", mapped(|value| -value)),
        ("zero", mapped(|_| 0.0)),
        ("negative zero", mapped(|_| -0.0)),
        ("the smallest", mapped(|_| 5e-324)),
        ("tiny", mapped(|value| value * 1e-300)),
        ("the largest", mapped(|_| 3e37)),
        ("huge, both signs", mapped(|value| if value.to_bits() % 3 == 0 { 2.9e37 } else { -2.9e37 })),
    ];
    let mut infinite = std::collections::BTreeSet::new();
    for (what, bars) in strange {
        for (kind, profile) in everything() {
            for spec in specs(kind).into_iter().take(3) {
                let whole = compute(&spec, profile, &bars);
                let columns: Vec<Vec<f64>> = inputs(&spec, &bars).into_iter().map(<[f64]>::to_vec).collect();
                let [batch, live] = [&whole, &run_live(&spec, profile, &columns)].map(|columns| of_one_zero(columns));
                assert_eq!(bits(&batch), bits(&live), "{spec} of {profile}: {what}");
                if whole.iter().flatten().any(|value| value.is_infinite()) {
                    infinite.insert(kind.name());
                }
            }
        }
    }
    assert_eq!(infinite.into_iter().collect::<Vec<_>>(), MAY_BE_INFINITE);
}

#[test]
fn short_histories_and_long_periods_give_no_values() {
    let bars = history();
    for (kind, profile) in everything() {
        let parameters = kind.info().parameters;
        let longest: Vec<f64> = parameters
            .iter()
            .map(|p| if p.kind == ParameterKind::Bars { p.max.min(100_000.0) } else { p.default })
            .collect();
        for spec in specs(kind).into_iter().take(3).chain([IndicatorSpec::new(kind, &longest).unwrap()]) {
            for n_bars in [0, 1, 2, 17] {
                let found = compute(&spec, profile, &bars.slice(0..n_bars));
                for (column, lookback) in found.iter().zip(spec.lookback(profile).unwrap()) {
                    assert_eq!(column.len(), n_bars);
                    let is_early = column.iter().take(lookback).any(|value| !value.is_nan());
                    // TradingView's `ta.supertrend` is 0 on the very first bar.
                    assert!(
                        !is_early || (kind.name(), profile) == ("supertrend", Profile::TradingView),
                        "{spec} of {profile}"
                    );
                }
            }
        }
    }
}

#[test]
fn parameters_out_of_their_range_are_refused_by_name() {
    for kind in IndicatorKind::all() {
        let defaults = IndicatorSpec::with_defaults(kind);
        for (place, parameter) in kind.info().parameters.iter().enumerate() {
            let (below, above) = (parameter.min.next_down(), parameter.max.next_up());
            let beyond = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, below, above, -1e300, 1e300];
            for value in beyond {
                let mut args = defaults.args().to_vec();
                args[place] = value;
                let refused = IndicatorSpec::new(kind, &args).unwrap_err();
                let is_named =
                    matches!(&refused, Error::ParameterRange { parameter: named, .. } if *named == parameter.name);
                assert!(is_named, "{kind}, {} = {value}: {refused}", parameter.name);
            }
            if parameter.kind != ParameterKind::Number {
                let mut args = defaults.args().to_vec();
                args[place] = parameter.min + 0.5;
                let expected = Error::ParameterFraction { kind, parameter: parameter.name, value: args[place] };
                assert_eq!(IndicatorSpec::new(kind, &args).unwrap_err(), expected);
            }
        }
        let too_many = vec![1.0; kind.info().parameters.len() + 1];
        assert!(matches!(IndicatorSpec::new(kind, &too_many), Err(Error::ParameterCount { .. })));
    }
    assert!(matches!(talib::Sma::new(0), Err(Error::ParameterRange { parameter: "period", .. })));
    assert!(matches!(talib::Sma::with_args(&[2.5]), Err(Error::ParameterFraction { parameter: "period", .. })));
    assert!(matches!(talib::Macd::with_args(&[12.0]), Err(Error::ParameterCount { expected: 3, found: 1, .. })));
}

/// What a call says that panics.
fn panic_of(call: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(call)).expect_err("the call should panic");
    panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string)).unwrap()
}

#[test]
fn columns_that_do_not_fit_are_a_panic_that_names_the_indicator() {
    let bars = history();
    for (kind, profile) in everything() {
        let spec = IndicatorSpec::with_defaults(kind);
        let (columns, n_outputs) = (inputs(&spec, &bars), kind.info().outputs.len());
        let says = |inputs: &[&[f64]], lengths: &[usize], expected: &str| {
            let mut found: Vec<Vec<f64>> = lengths.iter().map(|&length| vec![0.0; length]).collect();
            let mut outputs: Vec<&mut [f64]> = found.iter_mut().map(Vec::as_mut_slice).collect();
            let said = panic_of(|| spec.compute(profile, inputs, &mut outputs).unwrap());
            assert!(said.contains(kind.name()) && said.contains(expected), "{spec} of {profile}: {said}");
        };
        let fitting = vec![N_BARS; n_outputs];
        says(&columns[..columns.len() - 1], &fitting, "columns, not");
        says(&[columns.clone(), vec![columns[0]]].concat(), &fitting, "columns, not");
        says(&columns, &fitting[1..], "outputs");
        says(&columns, &[fitting.clone(), vec![N_BARS]].concat(), "outputs");
        for place in 0..n_outputs {
            let mut lengths = fitting.clone();
            lengths[place] -= 1;
            says(&columns, &lengths, "differ in length");
        }
        for place in (0..columns.len()).filter(|_| columns.len() > 1) {
            let mut shorter = columns.clone();
            shorter[place] = &shorter[place][1..];
            says(&shorter, &fitting, "differ in length");
        }
        let mut live = spec.live(profile).unwrap();
        let said = panic_of(|| live.update(&vec![1.0; columns.len() + 1], &mut vec![0.0; n_outputs]));
        assert!(said.contains(kind.name()) && said.contains("columns, not"), "{said}");
        let mut live = spec.live(profile).unwrap();
        panic_of(|| live.update(&vec![1.0; columns.len()], &mut vec![0.0; n_outputs + 1]));
    }
}

#[test]
fn an_iterator_begins_anew_behind_a_missing_price() {
    use indicators::Indicate;
    let prices = [1.0, 2.0, f64::NAN, 4.0, 6.0, f64::INFINITY, 1.0];
    let means: Vec<f64> = prices.iter().indicator(talib::Sma::new(2).unwrap()).map(|[mean]| mean).collect();
    assert_eq!(bits(&[means]), bits(&[vec![f64::NAN, 1.5, f64::NAN, f64::NAN, 5.0, f64::NAN, f64::NAN]]));
}

#[cfg(feature = "ndarray")]
mod views {
    use indicators::{IndicatorSpec, Profile};
    use ndarray::{Array1, Array2};

    use super::{bits, history, panic_of};

    #[test]
    fn views_take_missing_values_and_refuse_other_lengths() {
        let bars = history();
        let spec: IndicatorSpec = "atr(5)".parse().unwrap();
        let mut low = bars.low.clone();
        low[100] = f64::NAN;
        let columns = [&bars.high, &low, &bars.close].map(|column| Array1::from(column.clone()));
        let views = columns.each_ref().map(|column| column.view());
        let found = spec.compute_views(Profile::Talib, &views).unwrap();
        let expected = super::run(&spec, Profile::Talib, &[bars.high.clone(), low, bars.close.clone()]);
        assert!(found[(100, 0)].is_nan());
        assert_eq!(bits(&[found.column(0).to_vec()]), bits(&expected));
        let shorter = columns[2].slice(ndarray::s![1..]);
        let said = panic_of(|| drop(spec.compute_views(Profile::Talib, &[views[0], views[1], shorter])));
        assert!(said.contains("atr: the columns differ in length"), "{said}");
        let said = panic_of(|| drop(spec.compute_matrix(Profile::Talib, Array2::zeros((9, 2)).view())));
        assert!(said.contains("atr reads 3 columns, not 2"), "{said}");
    }
}
