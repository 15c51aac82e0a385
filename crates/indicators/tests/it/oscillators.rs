//! Oscillators and measures of volatility beyond what the tests of all indicators try: windows too long for the scratch
//! space of a whole column, long histories bar by bar, and bars that make no sense.
use indicators::{IndicatorSpec, Profile};
use ta_lib::abstract_api::get_func_handle;

use crate::data::{Bars, Dice, bits, compute, inputs};
use crate::talib::reference;

/// All functions of TA-Lib that are meant, with their defaults.
const OURS: [&str; 35] = [
    "cci",
    "chop",
    "choptr",
    "cmo",
    "cmou",
    "crsi",
    "fisher",
    "fractal",
    "ibs",
    "imi",
    "kdj",
    "mfi",
    "pso",
    "rsi",
    "smi",
    "sqzmom",
    "stc",
    "stoch",
    "stochf",
    "stochrsi",
    "ultosc",
    "wad",
    "wavetrend",
    "willr",
    "adr",
    "atr",
    "bbw",
    "cvi",
    "massi",
    "natr",
    "percentb",
    "rogerssatchell",
    "rvi",
    "rvir",
    "trange",
];

/// With windows of 128, 129 and 300 bars: the last two are beyond what is worked out for whole columns.
const LONG: [&str; 44] = [
    "cci(300)",
    "chop(128)",
    "chop(129)",
    "choptr(300)",
    "cmou(128)",
    "cmou(300)",
    "crsi(3,2,128)",
    "crsi(20,30,300)",
    "fisher(128)",
    "fisher(300)",
    "fractal(128,127)",
    "fractal(300,2)",
    "fractal(2,300)",
    "fractal(3,128)",
    "imi(128)",
    "imi(300)",
    "kdj(300,3,rma,3,rma)",
    "mfi(128)",
    "mfi(129)",
    "mfi(300)",
    "pso(300,5)",
    "smi(300,5,40,9)",
    "sqzmom(300,2,20,2,1.5,1)",
    "sqzmom(20,2,300,2,1.5,1)",
    "sqzmom(20,1,15,2.5,2,0.5)",
    "stc(23,50,128)",
    "stc(23,50,300)",
    "stoch(128,3,sma,3,sma)",
    "stoch(300,200,sma,150,ema)",
    "stochf(300,3,wma)",
    "stochrsi(14,300,3,sma)",
    "ultosc(7,14,128)",
    "ultosc(300,7,14)",
    "wavetrend(300,21,200)",
    "willr(128)",
    "willr(300)",
    "adr(600)",
    "atr(300)",
    "bbw(300,2,1,sma)",
    "percentb(300,2,2,ema)",
    "cvi(10,300)",
    "massi(9,300)",
    "rogerssatchell(300,252)",
    "rvir(14,300)",
];

fn differs(spec: &IndicatorSpec, bars: &Bars) -> bool {
    let function = get_func_handle(spec.kind().info().talib.unwrap()).unwrap();
    let theirs = reference(function, spec.args(), bars).unwrap();
    bits(&compute(spec, Profile::Talib, bars)) != bits(&theirs)
}

#[test]
fn long_windows_give_the_bits_of_talib() {
    let bars = Bars::walk(3000, 41, 0.01, 40);
    let failures: Vec<&str> = LONG.into_iter().filter(|text| differs(&text.parse().unwrap(), &bars)).collect();
    assert!(failures.is_empty(), "{failures:?} differ");
}

#[test]
fn a_long_history_bar_by_bar_gives_the_bits_of_one_run() {
    let bars = Bars::walk(2500, 43, 0.01, 40);
    for spec in OURS.iter().chain(&LONG).map(|text| text.parse::<IndicatorSpec>().unwrap()) {
        let expected = bits(&compute(&spec, Profile::Talib, &bars));
        let (columns, mut live) = (inputs(&spec, &bars), spec.live(Profile::Talib).unwrap());
        let mut values = vec![0.0; expected.len()];
        for bar in 0..bars.len() {
            let now: Vec<f64> = columns.iter().map(|column| column[bar]).collect();
            live.update(&now, &mut values);
            for (value, expected) in values.iter().zip(&expected) {
                assert_eq!(bits(&[vec![*value]])[0][0], expected[bar], "{spec} at {bar}");
            }
        }
    }
}

/// Columns that have nothing to do with each other: highs below lows, closes outside of their bars, prices and volumes
/// of 0 and below.
fn senseless(n_bars: usize) -> Bars {
    let mut dice = Dice(91);
    let mut column = || -> Vec<f64> { (0..n_bars).map(|_| dice.between(-3, 40) as f64 * 0.25).collect() };
    Bars {
        open: column(),
        high: column(),
        low: column(),
        close: column(),
        volume: column(),
        second: column(),
        condition: column(),
    }
}

#[test]
fn senseless_bars_give_the_bits_of_talib() {
    let bars = senseless(1500);
    let failures: Vec<&str> = OURS.into_iter().filter(|text| differs(&text.parse().unwrap(), &bars)).collect();
    assert!(failures.is_empty(), "{failures:?} differ");
}

#[test]
fn the_stochastic_oscillator_is_that_of_simple_averages() {
    let bars = Bars::walk(2000, 47, 0.01, 40);
    let function = get_func_handle("STOCH").unwrap();
    for (k_period, k_smoothing, d_period) in [(14, 3, 3), (1, 1, 1), (5, 1, 3), (2, 4, 1), (90, 20, 30), (200, 3, 3)] {
        let ours: IndicatorSpec = format!("stochastic({k_period},{k_smoothing},{d_period})").parse().unwrap();
        let theirs = [k_period, k_smoothing, 0, d_period, 0].map(f64::from);
        let theirs = reference(function, &theirs, &bars).unwrap();
        assert_eq!(bits(&compute(&ours, Profile::Talib, &bars)), bits(&theirs), "{ours}");
    }
}
