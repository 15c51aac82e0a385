//! Columns, volumes and arithmetic over histories that are hard on running sums, sorted windows and rolling extremes: the
//! bits of TA-Lib there too, in one run and in pieces.
use indicators::{Group, IndicatorKind, IndicatorSpec, ParameterInfo, ParameterKind, Profile};
use ta_lib::abstract_api::get_func_handle;

use crate::data::{Bars, Dice, bits, compute, inputs};
use crate::talib::{difference, reference};

/// Every price column and the second column made by `price`, the volume by `volume`; high and low lie around them.
fn bars(n_bars: usize, price: impl Fn(usize, &mut Dice) -> f64, volume: impl Fn(usize, &mut Dice) -> f64) -> Bars {
    let mut dice = Dice(23);
    let mut bars = Bars::default();
    for bar in 0..n_bars {
        let (close, open) = (price(bar, &mut dice), price(bar, &mut dice));
        bars.open.push(open);
        bars.close.push(close);
        bars.high.push(open.max(close));
        bars.low.push(open.min(close));
        bars.second.push(price(bar, &mut dice));
        bars.volume.push(volume(bar, &mut dice));
        bars.condition.push(0.0);
    }
    bars
}

fn below(dice: &mut Dice, n: u64) -> usize {
    usize::try_from(dice.below(n)).unwrap()
}

/// 10⁻³⁰ times that power of ten.
fn power_of_ten(exponent: usize) -> f64 {
    (0..exponent).fold(1e-30, |power, _| power * 10.0)
}

fn histories() -> Vec<(&'static str, Bars)> {
    let noise = |dice: &mut Dice, reach: i64| dice.between(-reach, reach) as f64;
    let some = |_: usize, dice: &mut Dice| dice.between(1, 900) as f64;
    vec![
        ("rising", bars(1500, |bar, _| 1.0 + bar as f64, some)),
        ("falling", bars(1500, |bar, _| 2000.0 - bar as f64, some)),
        ("zeros of both signs", bars(1500, |_, dice| [0.0, -0.0, 1.0, -1.0][below(dice, 4)], some)),
        ("negative zeros and idle stretches", {
            let zero = |bar: usize, dice: &mut Dice| [-0.0, 0.0][below(dice, 2) * bar.min(1)];
            let traded = |dice: &mut Dice| 1234.1 * dice.between(0, 9) as f64;
            let volume = move |bar: usize, dice: &mut Dice| {
                if (bar / 40).is_multiple_of(2) { zero(bar, dice) } else { traded(dice) }
            };
            bars(1500, zero, volume)
        }),
        ("around zero", bars(1500, move |_, dice| noise(dice, 9) / 8.0, move |_, dice| noise(dice, 5))),
        ("spikes", {
            let price =
                move |_: usize, dice: &mut Dice| if dice.below(90) == 0 { 1e15 } else { 100.0 + noise(dice, 30) };
            bars(3000, price, |_, dice| if dice.below(70) == 0 { 1e17 } else { 0.1 * dice.between(0, 40) as f64 })
        }),
        ("one tick at a high price", bars(3000, move |_, dice| 1e9 + noise(dice, 1) / 64.0, some)),
        ("one tick after a fall", {
            let price = move |bar: usize, dice: &mut Dice| if bar < 700 { 1e6 } else { 1.0 + noise(dice, 1) / 256.0 };
            bars(2000, price, some)
        }),
        ("drift", bars(9000, move |bar, dice| 100.0 + 1e-4 * (bar * bar) as f64 + noise(dice, 1) / 128.0, some)),
        ("up on falling volume", bars(700, |bar, _| [1.0, 1e30][bar % 2], |bar, _| [2.0, 1.0][bar % 2])),
        ("up on rising volume", bars(700, |bar, _| [1.0, 1e30][bar % 2], |bar, _| [1.0, 2.0][bar % 2])),
        ("explosion", bars(1200, move |bar, dice| power_of_ten(bar % 60) * noise(dice, 9), some)),
    ]
}

/// The defaults, and every period near a bound of the kernels, there with simple averages.
fn specs(kind: IndicatorKind) -> Vec<IndicatorSpec> {
    let parameters = kind.info().parameters;
    let is_choice = |kind: ParameterKind| matches!(kind, ParameterKind::Choice(_));
    let simple = |parameter: &ParameterInfo| if is_choice(parameter.kind) { 0.0 } else { parameter.default };
    let others: Vec<f64> = parameters.iter().skip(1).map(simple).collect();
    let mut all = vec![IndicatorSpec::with_defaults(kind)];
    if parameters.first().is_some_and(|parameter| parameter.kind == ParameterKind::Bars) {
        for period in [1, 2, 3, 4, 5, 6, 15, 16, 17, 18, 33, 64, 65, 130, 255, 256, 257, 300, 520, 1100] {
            let args: Vec<f64> = std::iter::once(f64::from(period)).chain(others.iter().copied()).collect();
            all.extend(IndicatorSpec::new(kind, &args));
        }
    }
    all
}

fn kinds() -> impl Iterator<Item = IndicatorKind> {
    let groups = [Group::Volume, Group::Price, Group::Statistics, Group::Math];
    IndicatorKind::all().filter(move |kind| kind.info().talib.is_some() && groups.contains(&kind.info().group))
}

#[test]
fn hard_histories_give_the_bits_of_talib() {
    let mut failures = Vec::new();
    for kind in kinds() {
        let function = get_func_handle(kind.info().talib.unwrap()).unwrap();
        for spec in specs(kind) {
            for (history, bars) in histories() {
                let theirs = reference(function, spec.args(), &bars).unwrap();
                if let Some(difference) = difference(&compute(&spec, Profile::Talib, &bars), &theirs) {
                    failures.push(format!("{spec} on {history}: {difference}"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn hard_histories_in_pieces_give_the_same_bits() {
    for kind in kinds() {
        for spec in specs(kind).into_iter().step_by(3) {
            for (history, bars) in histories() {
                let expected = bits(&compute(&spec, Profile::Talib, &bars));
                let columns = inputs(&spec, &bars);
                let mut live = spec.live(Profile::Talib).unwrap();
                let mut found = vec![vec![0.0; bars.len()]; expected.len()];
                let (mut start, mut dice) = (0, Dice(5));
                while start < bars.len() {
                    let end = bars.len().min(start + below(&mut dice, 600) + 1);
                    let part: Vec<&[f64]> = columns.iter().map(|column| &column[start..end]).collect();
                    let mut outputs: Vec<&mut [f64]> = found.iter_mut().map(|column| &mut column[start..end]).collect();
                    live.run(&part, &mut outputs);
                    start = end;
                }
                assert_eq!(bits(&found), expected, "{spec} on {history}");
            }
        }
    }
}

#[test]
fn a_spike_that_has_left_the_window_leaves_nothing_behind() {
    let mut bars = bars(200, |_, dice| dice.between(1, 99) as f64, |_, _| 1.0);
    bars.close[50] = 1e15;
    let clean = |spec: &IndicatorSpec| compute(spec, Profile::Talib, &bars.slice(51..200));
    for text in ["var(5)", "stddev(9)", "linearreg(7)", "kurtosis(8)", "correl(6)", "median(9)", "max(4)", "avgdev(5)"]
    {
        let spec: IndicatorSpec = text.parse().unwrap();
        let (with, without) = (compute(&spec, Profile::Talib, &bars), clean(&spec));
        for bar in 65..200 {
            let (with, without) = (with[0][bar], without[0][bar - 51]);
            assert!((with - without).abs() <= 1e-9 * (1.0 + without.abs()), "{text} at {bar}: {with}, not {without}");
        }
    }
}

/// Slow and obvious, from the definitions alone.
#[test]
fn definitions_hold() {
    let bars = Bars::walk(300, 14, 0.25, 40);
    let column = |text: &str| {
        let spec: IndicatorSpec = text.parse().unwrap();
        compute(&spec, Profile::Talib, &bars).swap_remove(0)
    };
    let windows = |n: usize| bars.close.windows(n).enumerate().map(move |(start, window)| (start + n - 1, window));
    let near = |found: f64, expected: f64| (found - expected).abs() <= 1e-9 * (1.0 + expected.abs());
    let (mean_deviation, variance, line) = (column("avgdev(9)"), column("var(9)"), column("linearreg(9)"));
    for (bar, window) in windows(9) {
        let mean = window.iter().sum::<f64>() / 9.0;
        let distances = window.iter().map(|value| (value - mean).abs());
        assert!(near(mean_deviation[bar], distances.sum::<f64>() / 9.0), "avgdev at {bar}");
        let squares = window.iter().map(|value| (value - mean) * (value - mean));
        assert!(near(variance[bar], squares.sum::<f64>() / 9.0), "var at {bar}");
        let slope = window.iter().zip(-4..).map(|(value, place)| value * f64::from(place)).sum::<f64>() / 60.0;
        assert!(near(line[bar], mean + 4.0 * slope), "linearreg at {bar}");
    }
    let (median, upper, rank) = (column("median(10)"), column("percentile(10,75)"), column("percentrank(10)"));
    let (highest, place) = (column("max(10)"), column("maxindex(10)"));
    for (bar, window) in windows(10) {
        let mut sorted = window.to_vec();
        sorted.sort_by(f64::total_cmp);
        assert!(near(median[bar], f64::midpoint(sorted[4], sorted[5])), "median at {bar}");
        assert!(near(upper[bar], sorted[7]), "percentile at {bar}");
        assert!(near(highest[bar], sorted[9]), "max at {bar}");
        let newest = window.iter().rposition(|&value| near(value, sorted[9])).unwrap();
        assert!(near(place[bar], (bar - 9 + newest) as f64), "maxindex at {bar}");
        if bar >= 10 {
            let below = bars.close[bar - 10..bar].iter().filter(|&&value| value < bars.close[bar]).count();
            assert!(near(rank[bar], 10.0 * below as f64), "percentrank at {bar}");
        }
    }
}
