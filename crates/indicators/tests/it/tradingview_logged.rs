//! Values that scripts on TradingView have logged, and what its help pages compute by hand.
#![expect(clippy::unreadable_literal, reason = "as they are logged")]
use indicators::{IndicatorSpec, Profile};

use crate::tradingview::output;

/// `of` each bar index.
fn column(n_bars: u32, of: impl Fn(f64) -> f64) -> Vec<f64> {
    (0..n_bars).map(|bar| of(f64::from(bar))).collect()
}

/// The value of a one-column indicator on a bar.
fn at(bar: usize, spec: &str, inputs: &[&[f64]]) -> f64 {
    output(spec, inputs, 0)[bar]
}

fn assert_bits(ours: f64, theirs: f64, what: &str) {
    assert!(
        ours.to_bits() == theirs.to_bits() || (ours.is_nan() && theirs.is_nan()),
        "{what}: {ours:?}, not {theirs:?}"
    );
}

/// Values that scripts on TradingView have logged, of short sources with na on every third bar (`gaps`).
#[test]
fn averages_and_correlation_with_gaps_are_as_logged() {
    let ramp = column(14, |bar| 100.0 + (bar % 7.0) / 3.0);
    let gaps = column(14, |bar| if bar % 3.0 == 0.0 { f64::NAN } else { 100.0 + (bar % 7.0) / 3.0 });
    let logged = [
        ("ema(3)", &ramp, 100.8125, 101.07291666666666),
        ("ema(5)", &ramp, 100.79423868312757, 100.97393689986282),
        ("rma(3)", &ramp, 100.80724483056444, 100.98260766482075),
        ("rma(5)", &ramp, 100.79716266666667, 100.9043968),
        ("ema(4)", &gaps, 100.696, 100.95093333333332),
        ("rma(4)", &gaps, 100.734375, 100.88411458333333),
        ("ema(1)", &ramp, 101.0, 101.33333333333333),
        ("wma(3)", &ramp, 100.77777777777779, 101.11111111111113),
        ("wma(5)", &ramp, 100.71111111111112, 100.88888888888889),
        ("wma(4)", &gaps, 100.56666666666666, 100.93333333333332),
        ("wma(1)", &ramp, 101.0, 101.33333333333333),
        ("hma(4)", &ramp, 100.92222222222223, 101.33333333333333),
    ];
    for (spec, source, tenth, eleventh) in logged {
        assert_bits(at(10, spec, &[source]), tenth, spec);
        assert_bits(at(11, spec, &[source]), eleventh, spec);
    }
    let (saw, line) = (column(12, |bar| 100.0 + bar % 4.0), column(12, |bar| bar));
    let gaps = column(12, |bar| if bar % 3.0 == 0.0 { f64::NAN } else { 100.0 + bar % 4.0 });
    for (bar, whole, gapped) in [(8, -0.2, -36.51483716701107), (9, -0.6, -110.27480824437345)] {
        assert_bits(at(bar, "correl(4)", &[&saw, &line]), whole, "correl(4)");
        assert_bits(at(bar, "correl(4)", &[&gaps, &line]), gapped, "correl(4) with gaps");
        assert_bits(at(bar, "correl(4)", &[&saw, &column(12, |_| 100.0)]), 0.0, "correl(4) with a constant");
        assert_bits(at(bar, "correl(1)", &[&saw, &line]), 0.0, "correl(1)");
        for (scale, correlation) in [(0.000005, 0.0), (0.00001, 1.0)] {
            let small = column(12, |bar| scale * (bar % 4.0));
            let double: Vec<f64> = small.iter().map(|value| value * 2.0).collect();
            assert_bits(at(bar, "correl(4)", &[&small, &double]), correlation, "correl(4) of small values");
        }
    }
}

#[test]
fn the_tolerance_of_comparisons_is_as_logged() {
    let (below, above) = (1e-12, 1e-8);
    let step = |size: f64| column(20, move |bar| 100.0 + if bar % 2.0 == 0.0 { 0.0 } else { size });
    let third = |size: f64| column(20, move |bar| 100.0 + if (bar + 2.0) % 3.0 == 0.0 { size } else { 0.0 });
    let volume = column(20, |_| 100.0);
    for bar in 12..=17 {
        let odd = f64::from(bar % 2 == 1);
        let top = bar % 3 == 1;
        assert_bits(at(bar, "rising(1)", &[&step(below)]), 0.0, "rising");
        assert_bits(at(bar, "rising(1)", &[&step(above)]), odd, "rising");
        assert_bits(at(bar, "falling(1)", &[&step(below)]), 0.0, "falling");
        assert_bits(at(bar, "falling(1)", &[&step(above)]), 1.0 - odd, "falling");
        assert_bits(at(bar, "percentrank(5)", &[&third(below)]), 100.0, "percentrank");
        assert_bits(at(bar, "percentrank(5)", &[&third(above)]), if top { 100.0 } else { 60.0 }, "percentrank");
        assert_bits(at(bar, "cmo(4)", &[&step(below)]), f64::NAN, "cmo");
        assert_bits(at(bar, "mfi_source(4)", &[&step(below), &volume]), 100.0, "mfi");
        assert_bits(at(bar, "max(3)", &[&third(below)]), 100.0 + below, "highest");
        let offset = if top { 0.0 } else { -(f64::from(u32::try_from((bar + 2) % 3).unwrap())) };
        assert_bits(at(bar, "highestbars(3)", &[&third(below)]), offset, "highestbars");
        assert_bits(at(bar, "crossover", &[&third(below), &column(20, |_| 100.0)]), f64::from(top), "crossover");
    }
    let signs = column(13, |bar| if bar % 2.0 == 0.0 { 1.0 } else { -1.0 });
    let zero = column(13, |_| 0.0);
    for bar in 3..=12 {
        assert_bits(at(bar, "cross", &[&signs, &zero]), 1.0, "cross");
        assert_bits(at(bar, "crossover", &[&signs, &zero]), f64::from(bar % 2 == 0), "crossover");
        assert_bits(at(bar, "crossunder", &[&signs, &zero]), f64::from(bar % 2 == 1), "crossunder");
    }
}

#[test]
fn percentiles_changes_and_variances_are_as_logged() {
    let saw = column(12, |bar| 100.0 + bar % 4.0);
    let interpolated = [(0.0, 0.0), (12.5, 0.0), (25.0, 0.5), (37.5, 1.0), (50.0, 1.5), (100.0, 3.0)];
    for (percentage, value) in interpolated {
        let spec = format!("percentile_linear_interpolation(4,{percentage})");
        assert_bits(at(8, &spec, &[&saw]), 100.0 + value, &spec);
    }
    for (percentage, value) in [(0, 0.0), (25, 0.0), (26, 1.0), (50, 1.0), (51, 2.0), (100, 3.0)] {
        let spec = format!("percentile_nearest_rank(4,{percentage})");
        assert_bits(at(8, &spec, &[&saw]), 100.0 + value, &spec);
    }
    let tiny = column(12, |bar| if bar % 2.0 == 0.0 { 0.001 } else { 0.001 + 1e-15 });
    assert_eq!(format!("{:.3}", at(8, "mom(1)", &[&tiny]) * 1e15), "-1.000");

    let variance = |biased: bool| at(8, &format!("variance(4,{biased})"), &[&saw]);
    let deviation = |biased: bool| at(8, &format!("stdev(4,{biased})"), &[&saw]);
    assert_bits(variance(true), 1.25, "variance");
    assert_eq!(format!("{:.3}", (variance(false) * 3.0 - 5.0) * 1e16), "-18189.894");
    assert_eq!(format!("{:.2}", (deviation(true) * deviation(true) - 1.25) * 1e16), "2.22");
    assert_eq!(format!("{:.3}", (deviation(false) * deviation(false) * 3.0 - 5.0) * 1e16), "-18181.012");
    assert_bits(at(8, "dev(4)", &[&saw]), 1.0, "dev");
    let cancelling = column(12, |bar| 100_000_000.0 + (bar % 2.0) * 0.001);
    let (clamped, root) = (at(8, "variance(4,true)", &[&cancelling]), at(8, "stdev(4,true)", &[&cancelling]));
    assert_bits(clamped, 2.0, "variance of large values");
    assert_eq!(format!("{:.3}", (root * root - clamped) * 1e16), "4.441");
}

/// Two periods of one bar each; the levels of the second bar.
fn levels(formula: &str, [open, high, low, close]: [f64; 4], next_open: f64) -> [f64; 11] {
    let anchors = [1.0, 1.0];
    let next = [next_open; 2];
    let columns = [[open, next[0]], [high, next[0]], [low, next[0]], [close, next[0]]];
    let inputs = [&columns[0][..], &columns[1], &columns[2], &columns[3], &anchors];
    std::array::from_fn(|index| output(&format!("pivot_point_levels({formula},false)"), &inputs, index)[1])
}

/// TradingView's help computes the levels of Apple after 18 June 2019, with a pivot rounded to nine places.
#[test]
fn pivot_points_are_those_of_the_help_page() {
    let help = [
        197.983333333,
        200.756666666,
        195.676666666,
        203.063333333,
        192.903333333,
        205.836666666,
        190.596666666,
        208.609999999,
        188.289999999,
        211.383333332,
        185.983333332,
    ];
    for (ours, theirs) in levels("Traditional", [196.05, 200.29, 195.21, 198.45], 199.0).into_iter().zip(help) {
        assert!((ours - theirs).abs() < 3e-9, "{ours}, not {theirs}");
    }
}

/// By hand from the formulas of the help page, of numbers without rounding: high 108, low 96, and so on.
#[test]
fn pivot_points_of_each_formula_are_those_of_the_help_page() {
    let na = f64::NAN;
    let bar = [100.0, 108.0, 96.0, 102.0];
    let by_hand = [
        ("Traditional", [102.0, 108.0, 96.0, 114.0, 90.0, 120.0, 84.0, 126.0, 78.0, 132.0, 72.0]),
        ("Fibonacci", [102.0, 106.584, 97.416, 109.416, 94.584, 114.0, 90.0, na, na, na, na]),
        ("Woodie", [103.0, 110.0, 98.0, 115.0, 91.0, 122.0, 86.0, 134.0, 74.0, na, na]),
        ("Classic", [102.0, 108.0, 96.0, 114.0, 90.0, 126.0, 78.0, 138.0, 66.0, na, na]),
        ("DM", [103.5, 111.0, 99.0, na, na, na, na, na, na, na, na]),
        ("Camarilla", [102.0, 103.1, 100.9, 104.2, 99.8, 105.3, 98.7, 108.6, 95.4, 114.75, 89.25]),
    ];
    for (formula, theirs) in by_hand {
        for (index, (ours, theirs)) in levels(formula, bar, 104.0).into_iter().zip(theirs).enumerate() {
            let close = (ours - theirs).abs() < 1e-12 || (ours.is_nan() && theirs.is_nan());
            assert!(close, "{formula}, level {index}: {ours}, not {theirs}");
        }
    }
    let fallen = levels("DM", [104.0, 108.0, 96.0, 102.0], 104.0);
    assert_eq!(fallen[..3], [100.5, 105.0, 93.0]);
    let still = levels("DM", [102.0, 108.0, 96.0, 102.0], 104.0);
    assert_eq!(still[..3], [102.0, 108.0, 96.0]);
}

#[test]
fn developing_pivot_points_follow_the_running_period() {
    let high = [10.0, 13.0, 12.0, 9.0];
    let low = [8.0, 9.0, 7.0, 6.0];
    let close = [9.0, 11.0, 8.0, 9.0];
    let anchors = [0.0, 0.0, 0.0, 1.0];
    let inputs = [&close[..], &high, &low, &close, &anchors];
    assert_eq!(output("pivot_point_levels(Traditional,true)", &inputs, 0), [9.0, 32.0 / 3.0, 28.0 / 3.0, 8.0]);
    let settled = output("pivot_point_levels(Traditional,false)", &inputs, 0);
    assert!(settled[..3].iter().all(|value| value.is_nan()));
    assert_bits(settled[3], 28.0 / 3.0, "the period before the anchor");
    assert!(output("pivot_point_levels(Woodie,true)", &inputs, 0).iter().all(|value| value.is_nan()));
}

/// Where values depend on ties, conditions or swings, on data where all begin as soon as they can.
#[test]
fn values_begin_behind_the_lookback_where_nothing_stands_in_the_way() {
    let rise = column(60, |bar| 100.0 + bar * bar);
    let ones = column(60, |_| 1.0);
    let bars: [&[f64]; 3] = [&rise, &rise, &rise];
    let cases: [(&str, Vec<&[f64]>); 9] = [
        ("cci_source(2)", vec![&rise]),
        ("tsi_ratio(1,1)", vec![&rise]),
        ("tsi_ratio(4,7)", vec![&rise]),
        ("pivothigh(3,0)", vec![&rise]),
        ("pivotlow(0,3)", vec![&rise]),
        ("vwap_bands(1)", vec![&rise, &ones, &ones]),
        ("pivot_point_levels(Traditional,false)", vec![&rise, &rise, &rise, &rise, &ones]),
        ("pivot_point_levels(Camarilla,true)", vec![&rise, &rise, &rise, &rise, &ones]),
        ("valuewhen(3)", vec![&ones, &rise]),
    ];
    for (name, inputs) in cases {
        let spec: IndicatorSpec = name.parse().unwrap();
        for (index, lookback) in spec.lookback(Profile::TradingView).unwrap().into_iter().enumerate() {
            let first = output(name, &inputs, index).iter().position(|value| !value.is_nan());
            assert_eq!(first, Some(lookback), "{name}, output {index}");
        }
    }
    let stop = output("supertrend(7,3)", &bars, 0);
    assert_bits(stop[0], 0.0, "the first bar");
    assert!(stop[1..6].iter().all(|value| value.is_nan()) && !stop[6].is_nan());
    let spec: IndicatorSpec = "supertrend(7,3)".parse().unwrap();
    assert_eq!(spec.lookback(Profile::TradingView).unwrap(), [6, 0]);
}
