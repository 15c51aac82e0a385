//! What the catalogue's units promise: ranges, and what becomes of the outputs when prices and volumes are given in
//! another unit or from another level.
use std::collections::BTreeSet;

use indicators::{Group, IndicatorKind, IndicatorSpec, ParameterKind, Profile, Unit};
use proptest::prelude::*;

use crate::data::{Bars, compute, everything, specs};

/// Outputs of bounded range whose unit does not say so.
const BOUNDED: &[(&str, f64, f64)] = &[
    ("aroonosc", -100.0, 100.0),
    ("autocorrelation", -1.0, 1.0),
    ("bop", -1.0, 1.0),
    ("cmf", -1.0, 1.0),
    ("cmo", -100.0, 100.0),
    ("cmou", -100.0, 100.0),
    ("correl", -1.0, 1.0),
    ("cti", -1.0, 1.0),
    ("demarker", 0.0, 1.0),
    ("er", 0.0, 1.0),
    ("ht_dcphase", -45.0, 315.0),
    ("ht_sine", -1.0, 1.0),
    ("ibs", 0.0, 1.0),
    ("linearreg_angle", -90.0, 90.0),
    ("natr", 0.0, f64::MAX),
    ("pso", -1.0, 1.0),
    ("r_squared", 0.0, 1.0),
    ("rci", -100.0, 100.0),
    ("smi", -100.0, 100.0),
    ("tsi", -100.0, 100.0),
    ("tsi_ratio", -1.0, 1.0),
    ("twiggs_money_flow", -1.0, 1.0),
    ("ulcer_index", 0.0, f64::MAX),
    ("var", 0.0, f64::MAX),
    ("variance", 0.0, f64::MAX),
    ("vhf", 0.0, 1.0),
    ("willr", -100.0, 0.0),
];

/// Sizes: never below 0.
const SIZES: [&str; 11] =
    ["adr", "atr", "avgdev", "dev", "minus_dm", "plus_dm", "range", "stddev", "stdev", "tr", "trange"];

fn range(kind: IndicatorKind, unit: Unit) -> Option<(f64, f64)> {
    match unit {
        Unit::Percent => Some((0.0, 100.0)),
        Unit::PriceDifference if SIZES.contains(&kind.name()) => Some((0.0, f64::MAX)),
        Unit::Signal => Some((-200.0, 200.0)),
        _ => BOUNDED.iter().find(|(name, _, _)| *name == kind.name()).map(|&(_, low, high)| (low, high)),
    }
}

/// Whether it smooths by an average of its parameters' choice that overshoots, so that percentages leave their range, or
/// that begins at 0.
fn overshoots(spec: &IndicatorSpec) -> bool {
    const WITHIN: [&str; 6] = ["sma", "ema", "wma", "trima", "rma", "kama"];
    let parameters = spec.kind().info().parameters.iter().zip(spec.args());
    parameters.into_iter().any(|(parameter, &value)| match parameter.kind {
        ParameterKind::Choice(names) => names.contains(&"tema") && !WITHIN.contains(&names[value as usize]),
        _ => false,
    })
}

/// Bars of whole ticks, at a level where a few hundred of them are a small part of the price.
fn walks() -> impl Strategy<Value = Bars> {
    let ticks = prop::sample::select(vec![1.0 / 256.0, 1.0 / 64.0, 0.25, 1.0, 32.0]);
    (120..420_usize, any::<u64>(), ticks, 2..60_i64).prop_map(|(n, seed, tick, reach)| Bars::walk(n, seed, tick, reach))
}

/// The indicator with its defaults, and another one of its parameters.
fn two_specs(kind: IndicatorKind, which: usize) -> Vec<IndicatorSpec> {
    let all = specs(kind);
    let other = all[which % all.len()].clone();
    if other == all[0] { vec![other] } else { vec![all[0].clone(), other] }
}

/// TradingView's sums of flows leave a rest where they should be 0, and the ratio of two rests may be any number.
fn leaves_rests(kind: IndicatorKind, profile: Profile) -> bool {
    profile == Profile::TradingView && ["mfi", "mfi_source"].contains(&kind.name())
}

/// 2 to the power of `exponent`.
fn power_of_two(exponent: i32) -> f64 {
    (0..exponent.abs()).fold(1.0, |power, _| if exponent > 0 { power * 2.0 } else { power / 2.0 })
}

/// The values outside of the range of their output.
fn beyond(bars: &Bars, which: usize) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (kind, profile) in everything().filter(|&(kind, profile)| !leaves_rests(kind, profile)) {
        for spec in two_specs(kind, which).into_iter().filter(|spec| !overshoots(spec)) {
            for (output, column) in kind.info().outputs.iter().zip(compute(&spec, profile, bars)) {
                let Some((low, high)) = range(kind, output.unit) else { continue };
                // A running sum may leave the rounding of its last bars.
                let slack = 1e-9 * if high < f64::MAX { high - low } else { 1.0 };
                let is_outside = |value: &&f64| !value.is_nan() && !(low - slack..=high + slack).contains(*value);
                if let Some(value) = column.iter().find(is_outside) {
                    found.insert(format!("{spec} of {profile}, {}: {value} is not {low} to {high}", output.name));
                }
            }
        }
    }
    found
}

/// Indicators with a unit of their own inside: transcendental arithmetic, roundings, bricks, limits in price units, and
/// periods in the second column.
const OWN_UNIT: [&str; 21] = [
    "acos",
    "asi",
    "asin",
    "atan",
    "ceil",
    "cos",
    "cosh",
    "exp",
    "floor",
    "linearreg_angle",
    "ln",
    "log10",
    "mavp",
    "renko",
    "sarext",
    "si",
    "sin",
    "sinh",
    "sqrt",
    "tan",
    "tanh",
];

/// How an output changes with the unit of prices and of volumes: by their factors to these powers.
fn powers(kind: IndicatorKind, unit: Unit) -> (i32, i32) {
    match kind.name() {
        "add" | "sub" | "sum" | "cumsum" => (1, 0),
        "mult" | "var" | "variance" => (2, 0),
        "marketfi" => (1, -1),
        "efi" => (1, 1),
        "iii" => (0, -1),
        "emv" => (2, -1),
        _ => match unit {
            Unit::Price | Unit::PriceDifference => (1, 0),
            Unit::Volume => (0, 1),
            Unit::Percent | Unit::Bars | Unit::Signal | Unit::Degrees | Unit::Number => (0, 0),
        },
    }
}

fn multiplied(bars: &Bars, price: f64, volume: f64) -> Bars {
    let by = |column: &[f64], factor: f64| column.iter().map(|value| value * factor).collect();
    Bars {
        open: by(&bars.open, price),
        high: by(&bars.high, price),
        low: by(&bars.low, price),
        close: by(&bars.close, price),
        volume: by(&bars.volume, volume),
        second: by(&bars.second, price),
        condition: bars.condition.clone(),
    }
}

/// Outputs that other units change otherwise than by the powers.
fn unscaled(bars: &Bars, which: usize, (price, volume): (i32, i32)) -> BTreeSet<String> {
    let scaled = multiplied(bars, power_of_two(price), power_of_two(volume));
    let mut found = BTreeSet::new();
    for (kind, profile) in everything().filter(|&(kind, profile)| !leaves_rests(kind, profile)) {
        // TA-Lib's NATR of one bar is the true range itself.
        for spec in two_specs(kind, which).into_iter().filter(|spec| spec.to_string() != "natr(1)") {
            let columns = compute(&spec, profile, bars).into_iter().zip(compute(&spec, profile, &scaled));
            for (output, (plain, scaled)) in kind.info().outputs.iter().zip(columns) {
                let (prices, volumes) = powers(kind, output.unit);
                let factor = power_of_two(prices * price + volumes * volume);
                let differs = |bar: &usize| (plain[*bar] * factor).to_bits() != scaled[*bar].to_bits();
                let is_value = |bar: &usize| !(plain[*bar].is_nan() && scaled[*bar].is_nan());
                if let Some(bar) = (0..plain.len()).filter(is_value).find(differs) {
                    found.insert(format!(
                        "{spec} of {profile}, {}: {} · {factor} became {}",
                        output.name, plain[bar], scaled[bar]
                    ));
                }
            }
        }
    }
    found
}

/// Indicators of percentages or ratios of prices, of bricks between fixed prices, of averages that begin at 0, and what TradingView takes from the mean of
/// squares less the square of the mean, which loses digits at a higher level.
const LEVEL_BOUND: [&str; 17] = [
    "accbands",
    "bollinger",
    "envelope",
    "ht_phasor",
    "ht_trendline",
    "mama",
    "mavp",
    "mcgd",
    "renko",
    "sarext",
    "stddev",
    "stdev",
    "supertrend",
    "support_resistance",
    "vwap",
    "vwap_bands",
    "zigzag",
];

/// Outputs at the level of the price that do not rise with it, and differences of prices that do, beyond rounding.
fn unshifted(bars: &Bars, which: usize, shift: f64) -> BTreeSet<String> {
    let by = |column: &[f64]| column.iter().map(|value| value + shift).collect();
    let shifted = Bars {
        open: by(&bars.open),
        high: by(&bars.high),
        low: by(&bars.low),
        close: by(&bars.close),
        second: by(&bars.second),
        ..bars.clone()
    };
    let level = shift + bars.high.iter().fold(0.0, |top: f64, &value| top.max(value));
    let mut found = BTreeSet::new();
    for (kind, profile) in everything().filter(|(kind, _)| kind.info().group != Group::Math) {
        for spec in two_specs(kind, which).into_iter().filter(|spec| !overshoots(spec)) {
            let columns = compute(&spec, profile, bars).into_iter().zip(compute(&spec, profile, &shifted));
            for (output, (plain, shifted)) in kind.info().outputs.iter().zip(columns) {
                let by = match output.unit {
                    Unit::Price => shift,
                    Unit::PriceDifference => 0.0,
                    _ => continue,
                };
                let is_off = |bar: &usize| {
                    let (plain, shifted) = (plain[*bar], shifted[*bar]);
                    plain.is_nan() != shifted.is_nan() || (plain + by - shifted).abs() > 1e-9 * level
                };
                if let Some(bar) = (0..plain.len()).find(is_off) {
                    found.insert(format!(
                        "{spec} of {profile}, {}: {} became {}",
                        output.name, plain[bar], shifted[bar]
                    ));
                }
            }
        }
    }
    found
}

/// Those that are not of the indicators called `names`.
fn others(found: &BTreeSet<String>, names: &[&str]) -> String {
    let is_other = |line: &&String| !names.contains(&name(line));
    found.iter().filter(is_other).cloned().collect::<Vec<_>>().join("\n")
}

/// The name that a line begins with.
fn name(line: &str) -> &str {
    line.split(['(', ' ']).next().unwrap()
}

#[test]
fn every_exception_is_one() {
    let bars = Bars::walk(400, 9, 1.0 / 64.0, 40);
    let mut small = Bars::walk(400, 9, 1.0 / 65_536.0, 12);
    small.volume[0] = 0.0;
    let all = 0..13;
    let unscaled: BTreeSet<String> = all.clone().flat_map(|which| unscaled(&bars, which, (-6, 2))).collect();
    let unshifted: BTreeSet<String> =
        all.flat_map(|which| [unshifted(&bars, which, 5000.25), unshifted(&small, which, 375.75)]).flatten().collect();
    for (found, exceptions) in [(unscaled, &OWN_UNIT[..]), (unshifted, &LEVEL_BOUND[..])] {
        let kept = exceptions.iter().filter(|&&exception| !found.iter().any(|line| name(line) == exception));
        assert_eq!(kept.collect::<Vec<_>>(), Vec::<&&str>::new(), "they keep the law");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn values_stay_within_the_range_of_their_unit(bars in walks(), which in 0..13_usize) {
        let found = beyond(&bars, which);
        prop_assert!(found.is_empty(), "{}", others(&found, &[]));
    }

    #[test]
    fn another_unit_of_price_and_volume_scales_the_values(
        bars in walks(), which in 0..13_usize, price in -6..7_i32, volume in -6..7_i32,
    ) {
        let found = unscaled(&bars, which, (price, volume));
        let others = others(&found, &OWN_UNIT);
        prop_assert!(others.is_empty(), "{others}");
    }

    #[test]
    fn another_level_moves_prices_and_leaves_differences(bars in walks(), which in 0..13_usize, shift in 1..2000_u32) {
        let found = unshifted(&bars, which, f64::from(shift) * 0.25);
        let others = others(&found, &LEVEL_BOUND);
        prop_assert!(others.is_empty(), "{others}");
    }
}
