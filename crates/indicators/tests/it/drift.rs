//! Ten million bars: the profile `talib` has the bits of TA-Lib on the last of them, and what TradingView's arithmetic
//! keeps from drifting is what the last bars alone give.
use indicators::{IndicatorSpec, Profile};
use ta_lib::abstract_api::get_func_handle;

use crate::data::{Bars, Dice, compute};
use crate::talib::{difference, reference};

const N_BARS: usize = 10_000_000;
/// Bars that an indicator starts anew on, to compare: enough for averages that never forget.
const TAIL_BARS: usize = 3000;

/// A walk of cents that comes back to its level, with a range around each close.
fn walk(seed: u64) -> Bars {
    let (mut price, mut dice) = (100_000_i64, Dice(seed));
    let mut bars = Bars::default();
    for _ in 0..N_BARS {
        price = (price + dice.between(-50, 50)).clamp(20_000, 500_000);
        let reach = dice.between(1, 40);
        bars.high.push((price + reach) as f64 * 0.01);
        bars.low.push((price - 41 + reach) as f64 * 0.01);
        bars.close.push(price as f64 * 0.01);
        bars.volume.push(dice.between(0, 1000) as f64);
    }
    bars.open.clone_from(&bars.close);
    bars.second.clone_from(&bars.low);
    bars.condition = vec![0.0; N_BARS];
    bars
}

#[test]
fn ten_million_bars_have_the_bits_of_talib() {
    let bars = walk(3);
    for call in ["sma(20)", "ema(50)", "rsi(14)", "stddev(20,1)", "atr(14)"] {
        let spec: IndicatorSpec = call.parse().unwrap();
        let function = get_func_handle(spec.kind().info().talib.unwrap()).unwrap();
        let theirs = reference(function, spec.args(), &bars).unwrap();
        assert_eq!(difference(&compute(&spec, Profile::Talib, &bars), &theirs), None, "{spec}");
    }
}

/// The variance is the mean of squares less the square of the mean, which costs it digits, but no more with time.
#[test]
fn ten_million_bars_leave_nothing_in_the_last_ones_of_tradingview() {
    let bars = walk(4);
    let tail = bars.slice(N_BARS - TAIL_BARS..N_BARS);
    let mut drifted = Vec::new();
    for (call, tolerance) in [
        ("sma(200)", 1e-14),
        ("ema(50)", 1e-15),
        ("rma(14)", 1e-15),
        ("wma(30)", 1e-13),
        ("rsi(14)", 1e-13),
        ("bollinger(20,2)", 1e-10),
        ("stochastic(14,3,3)", 1e-13),
        ("atr(14)", 1e-13),
        ("cci(20)", 1e-10),
        ("vwma(30)", 1e-13),
    ] {
        let spec: IndicatorSpec = call.parse().unwrap();
        let (long, short) = (compute(&spec, Profile::TradingView, &bars), compute(&spec, Profile::TradingView, &tail));
        for (long, short) in long.iter().zip(&short) {
            let [after_all, alone] = [long, short].map(|column| *column.last().unwrap());
            let error = (after_all - alone).abs() / alone.abs();
            if error > tolerance {
                drifted.push(format!("{spec}: {after_all} after all bars, {alone} of the last: error {error:e}"));
            }
        }
    }
    assert!(drifted.is_empty(), "{}", drifted.join("\n"));
}
