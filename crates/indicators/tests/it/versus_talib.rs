//! TA-Lib 0.8.3 itself on random bars and parameters: every output to the bit.

use indicators::IndicatorSpec;
use proptest::prelude::*;
use ta_lib::{Core, MAType, OutRange, RetCode};

use crate::common::{Series, compute, period, series, spec};

/// As long as the input, NaN where TA-Lib wrote nothing.
fn padded(n_bars: usize, range: Result<OutRange, RetCode>, values: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let range = range.expect("TA-Lib takes these parameters");
    let pad = |values: &Vec<f64>| {
        let mut column = vec![f64::NAN; n_bars];
        column[range.beg_idx..range.beg_idx + range.count].copy_from_slice(&values[..range.count]);
        column
    };
    values.iter().map(pad).collect()
}

fn talib(spec: &IndicatorSpec, Series { high, low, close }: &Series) -> Vec<Vec<f64>> {
    let core = Core::new();
    let (n, last) = (close.len(), close.len() - 1);
    let int = |period: indicators::Period| i32::try_from(period.get()).expect("at most 100,000");
    let (mut a, mut b, mut c) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
    match *spec {
        IndicatorSpec::Sma { period } => padded(n, core.sma(0, last, close, int(period), &mut a), &[a]),
        IndicatorSpec::Ema { period } => padded(n, core.ema(0, last, close, int(period), &mut a), &[a]),
        IndicatorSpec::Rsi { period } => padded(n, core.rsi(0, last, close, int(period), &mut a), &[a]),
        IndicatorSpec::Macd { fast, slow, signal } => {
            let range = core.macd(0, last, close, int(fast), int(slow), int(signal), &mut a, &mut b, &mut c);
            padded(n, range, &[a, b, c])
        }
        IndicatorSpec::Bollinger { period, deviations: d } => {
            let range = core.bbands(0, last, close, int(period), d, d, MAType::SMA, &mut a, &mut b, &mut c);
            padded(n, range, &[a, b, c])
        }
        IndicatorSpec::Stochastic { k_period, k_smoothing, d_period } => {
            let (k, smoothing, d) = (int(k_period), int(k_smoothing), int(d_period));
            let mean = MAType::SMA;
            let range = core.stoch(0, last, high, low, close, k, smoothing, mean, d, mean, &mut a, &mut b);
            padded(n, range, &[a, b])
        }
        IndicatorSpec::Atr { period } => padded(n, core.atr(0, last, high, low, close, int(period), &mut a), &[a]),
        IndicatorSpec::Adx { period } => {
            let adx = padded(n, core.adx(0, last, high, low, close, int(period), &mut a), &[a]);
            let plus = padded(n, core.plus_di(0, last, high, low, close, int(period), &mut b), &[b]);
            let minus = padded(n, core.minus_di(0, last, high, low, close, int(period), &mut c), &[c]);
            [adx, plus, minus].concat()
        }
    }
}

fn first_difference(ours: &[Vec<f64>], theirs: &[Vec<f64>]) -> Option<String> {
    for (output, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        for (bar, (a, b)) in ours.iter().zip(theirs).enumerate() {
            if a.to_bits() != b.to_bits() && !(a.is_nan() && b.is_nan()) {
                return Some(format!("output {output}, bar {bar}: {a:?}, TA-Lib {b:?}"));
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn gives_the_bits_of_talib(spec in spec(2), series in series(1..260)) {
        prop_assert_eq!(first_difference(&compute(&spec, &series), &talib(&spec, &series)), None);
    }
}

/// Bars around 1.1 that differ by a few units in the last place, with a real move now and then.
fn rounding_only() -> impl Strategy<Value = Series> {
    let units = prop_oneof![30 => 0..60_u64, 3 => Just(0_u64), 1 => 0..1_u64 << 40];
    prop::collection::vec((units, 0..3_u64, 0..3_u64), 1..200).prop_map(|bars| {
        let mut series = Series::default();
        let base = 1.1_f64.to_bits();
        for (units, above, below) in bars {
            series.high.push(f64::from_bits(base + units + above));
            series.low.push(f64::from_bits(base + units - below.min(units)));
            series.close.push(f64::from_bits(base + units));
        }
        series
    })
}

proptest! {
    #[test]
    fn gives_the_bits_of_talib_where_prices_differ_by_rounding_only(spec in spec(2), series in rounding_only()) {
        prop_assert_eq!(first_difference(&compute(&spec, &series), &talib(&spec, &series)), None);
    }

    #[test]
    fn gives_the_bits_of_talib_where_squares_underflow(
        spec in spec(2),
        series in series(1..200),
        power in 155..162_i32,
    ) {
        let tiny = series.scaled(format!("1e-{power}").parse().expect("a number"));
        let ours = compute(&spec, &tiny);
        prop_assert!(ours[0].iter().skip(spec.lookback()).all(|value| value.is_finite()));
        prop_assert_eq!(first_difference(&ours, &talib(&spec, &tiny)), None);
    }
}

#[test]
fn gives_the_bits_of_talib_over_a_long_history() {
    let series = Series::walk(50_000, 7);
    for spec in crate::common::one_of_each(1.0) {
        assert_eq!(first_difference(&compute(&spec, &series), &talib(&spec, &series)), None, "{spec:?}");
    }
}

#[test]
fn gives_the_bits_of_talib_for_a_period_of_one() {
    let series = Series::walk(200, 8);
    let one = period(1);
    for spec in [
        IndicatorSpec::Sma { period: one },
        IndicatorSpec::Ema { period: one },
        IndicatorSpec::Atr { period: one },
        IndicatorSpec::Stochastic { k_period: one, k_smoothing: one, d_period: one },
        IndicatorSpec::Macd { fast: period(2), slow: period(3), signal: one },
    ] {
        assert_eq!(first_difference(&compute(&spec, &series), &talib(&spec, &series)), None, "{spec:?}");
    }
}

#[test]
fn swapped_macd_periods_change_the_sign_where_talib_swaps_them_back() {
    let series = Series::walk(200, 9);
    let swapped = IndicatorSpec::Macd { fast: period(26), slow: period(12), signal: period(9) };
    let minus_ours: Vec<Vec<f64>> =
        compute(&swapped, &series).iter().map(|column| column.iter().map(|value| -value).collect()).collect();
    assert_eq!(first_difference(&minus_ours, &talib(&swapped, &series)), None);
}
