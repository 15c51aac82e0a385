//! What holds for every indicator in every profile.
use indicators::{Group, IndicatorKind, Profile};

use crate::data::{Bars, bits, compute, everything, specs};

/// Outputs that have values on some bars only.
const SPARSE: [&str; 16] = [
    "anchored_vwap",
    "cci_source",
    "fibonacci_retracement",
    "fractal",
    "fractal_chaos_bands",
    "gann_high_low",
    "pivot_point_levels",
    "pivot_points",
    "pivothigh",
    "pivotlow",
    "stdev",
    "support_resistance",
    "trend_lines",
    "tsi_ratio",
    "variance",
    "vwap_bands",
];

#[test]
fn names_and_parameters_are_unique() {
    let mut names: Vec<&str> = IndicatorKind::all().map(IndicatorKind::name).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    for kind in IndicatorKind::all() {
        for (index, parameter) in kind.info().parameters.iter().enumerate() {
            assert!(kind.info().parameters[..index].iter().all(|p| p.name != parameter.name), "{kind}");
            assert!((parameter.min..=parameter.max).contains(&parameter.default), "{kind}: {}", parameter.name);
        }
    }
}

#[test]
fn values_begin_behind_the_lookback() {
    let bars = Bars::walk(700, 8, 0.01, 60);
    let begins = |kind: IndicatorKind, profile| {
        // TradingView's `ta.supertrend` is 0 on the very first bar.
        !SPARSE.contains(&kind.name()) && (kind.name(), profile) != ("supertrend", Profile::TradingView)
    };
    for (kind, profile) in everything().filter(|&(kind, profile)| begins(kind, profile)) {
        for spec in specs(kind) {
            let lookback = spec.lookback(profile).unwrap();
            for (column, lookback) in compute(&spec, profile, &bars).iter().zip(lookback) {
                let first = column.iter().position(|value| !value.is_nan()).unwrap_or(bars.len());
                if kind.info().group == Group::Math {
                    assert!(first >= lookback.min(bars.len()), "{spec} of {profile}");
                } else {
                    assert_eq!(first, lookback.min(bars.len()), "{spec} of {profile}");
                }
            }
        }
    }
}

#[test]
fn later_bars_do_not_change_earlier_values() {
    let bars = Bars::walk(300, 21, 0.25, 30);
    for (kind, profile) in everything() {
        for spec in specs(kind).into_iter().take(3) {
            let whole = compute(&spec, profile, &bars);
            for cut in [0, 1, 20, 133, 299] {
                let prefix: Vec<Vec<f64>> = whole.iter().map(|column| column[..cut].to_vec()).collect();
                assert_eq!(bits(&compute(&spec, profile, &bars.slice(0..cut))), bits(&prefix), "{spec} of {profile}");
            }
        }
    }
}

/// In the profiles in which the history begins anew behind a missing value.
#[test]
fn behind_a_missing_value_the_history_begins_anew() {
    let bars = Bars::walk(400, 33, 0.01, 30);
    for (kind, profile) in everything().filter(|&(_, profile)| profile != Profile::TradingView) {
        for spec in specs(kind).into_iter().take(2) {
            let behind = bits(&compute(&spec, profile, &bars.slice(121..400)));
            for missing in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e38] {
                let found = compute(&spec, profile, &bars.clone().with_missing(120, missing));
                assert!(found.iter().all(|column| column[120].is_nan()), "{spec} of {profile}");
                let found: Vec<Vec<f64>> = found.iter().map(|column| column[121..].to_vec()).collect();
                assert_eq!(bits(&found), behind, "{spec} of {profile} behind {missing}");
            }
        }
    }
}

#[test]
fn no_bars_give_no_values() {
    let none = Bars::default();
    for (kind, profile) in everything() {
        let spec = indicators::IndicatorSpec::with_defaults(kind);
        assert!(compute(&spec, profile, &none).iter().all(Vec::is_empty));
    }
}
