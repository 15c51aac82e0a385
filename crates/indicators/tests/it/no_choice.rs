//! What the Fast profile shares with TA-Lib's: the same bits, and where it is a formula, with all of its digits.
use indicators::{IndicatorSpec, Profile};

use crate::data::{Bars, bits, compute, everything, histories, specs};
use crate::double::Double;
use crate::fast::{OWN, TOLERANCE};

#[test]
fn what_has_no_arithmetic_of_its_own_has_the_bits_of_talib() {
    for (kind, _) in everything().filter(|(kind, profile)| *profile == Profile::Fast && !OWN.contains(&kind.name())) {
        for spec in specs(kind) {
            for (what, bars) in histories() {
                let [fast, talib] =
                    [Profile::Fast, Profile::Talib].map(|profile| bits(&compute(&spec, profile, &bars)));
                assert_eq!(fast, talib, "{spec} on {what}");
            }
        }
    }
}

/// A bar and the one `n` bars before it.
struct Pair {
    open: Double,
    high: Double,
    low: Double,
    close: Double,
    before: Double,
}

fn pair(bars: &Bars, bar: usize, n: usize) -> Pair {
    let [open, high, low, close] = [&bars.open, &bars.high, &bars.low, &bars.close].map(|column| column[bar].into());
    Pair { open, high, low, close, before: bars.close[bar - n].into() }
}

/// The value and what its error is measured by.
fn formula(name: &str, pair: &Pair) -> (Double, f64) {
    let Pair { open, high, low, close, before } = *pair;
    let [two, three, four, hundred] = [2.0, 3.0, 4.0, 100.0].map(Double::from);
    let or =
        |otherwise: Double, divisor: Double, value: Double| if divisor == Double::ZERO { otherwise } else { value };
    let itself = |value: Double| (value, value.abs().high);
    match name {
        "avgprice" => itself((open + high + low + close) / four),
        "medprice" => itself((high + low) / two),
        "typprice" => itself((high + low + close) / three),
        "wclprice" => itself((high + low + close * two) / four),
        "mom" => itself(close - before),
        "roc" => ((or(Double::ZERO, before, hundred * (close - before) / before)), 100.0),
        "rocp" => itself(or(Double::ZERO, before, (close - before) / before)),
        "rocr" => itself(or(Double::ZERO, before, close / before)),
        "rocr100" => itself(or(Double::ZERO, before, hundred * close / before)),
        "bop" => itself(or(Double::ZERO, high - low, (close - open) / (high - low))),
        "ibs" => itself(or(Double::from(0.5), high - low, (close - low) / (high - low))),
        "sqrt" => itself(close.sqrt()),
        other => panic!("{other} has no formula"),
    }
}

#[test]
fn formulas_have_all_digits() {
    let calls = [
        "avgprice()",
        "medprice()",
        "typprice()",
        "wclprice()",
        "mom(10)",
        "roc(10)",
        "rocp(3)",
        "rocr(7)",
        "rocr100(1)",
        "bop()",
        "ibs()",
        "sqrt()",
    ];
    for call in calls {
        let spec: IndicatorSpec = call.parse().unwrap();
        let n = spec.args().first().map_or(0, |&n| n as usize);
        for (what, bars) in histories() {
            let found = &compute(&spec, Profile::Fast, &bars)[0];
            assert!(found.iter().take(n).all(|value| value.is_nan()), "{spec} on {what}");
            for (bar, &found) in found.iter().enumerate().skip(n) {
                let (value, scale) = formula(spec.kind().name(), &pair(&bars, bar, n));
                assert!(
                    value.error_of(found) <= TOLERANCE * scale,
                    "{spec} on {what}, bar {bar}: {found:e}, not {value:?}"
                );
            }
        }
    }
}
