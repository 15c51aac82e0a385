//! The Fast profile against the textbook's formulas in double-double arithmetic: every value, on prices of any size,
//! after millions of bars, and behind a price a 10¹⁶ times as large as the others.
use indicators::{IndicatorKind, IndicatorSpec, Profile};

use crate::data::{Bars, Dice, bits, compute, specs};
use crate::double::Double;

pub(crate) const TOLERANCE: f64 = 1e-12;

/// What the profile has arithmetic of its own for.
pub(crate) const OWN: [&str; 14] = [
    "sma",
    "ema",
    "rma",
    "dema",
    "tema",
    "rsi",
    "macd",
    "bollinger",
    "stddev",
    "var",
    "stochastic",
    "atr",
    "natr",
    "adx",
];

/// Values of a bar in an oracle: what they should be, and what their error is measured by.
type Column = Vec<Option<(Double, f64)>>;

fn number(value: usize) -> Double {
    Double::from(value as f64)
}

fn sum(values: impl IntoIterator<Item = Double>) -> Double {
    values.into_iter().fold(Double::ZERO, |sum, value| sum + value)
}

fn mean(values: &[Double]) -> Double {
    sum(values.iter().copied()) / number(values.len())
}

/// `of` each window of `n`.
fn windows<T>(values: &[Double], n: usize, of: impl Fn(&[Double]) -> T) -> Vec<Option<T>> {
    let before = std::iter::repeat_with(|| None).take((n - 1).min(values.len()));
    before.chain(values.windows(n).map(|window| Some(of(window)))).collect()
}

/// The mean of the first n values, then (`keep` · previous + `take` · value) / (`keep` + `take`).
fn recursive(values: &[Double], n: usize, keep: f64, take: f64) -> Vec<Option<Double>> {
    let mut out = vec![None; values.len()];
    if values.len() < n {
        return out;
    }
    let [keep, take] = [keep, take].map(Double::from);
    let mut last = mean(&values[..n]);
    out[n - 1] = Some(last);
    for bar in n..values.len() {
        last = (last * keep + values[bar] * take) / (keep + take);
        out[bar] = Some(last);
    }
    out
}

fn exponential(values: &[Double], n: usize) -> Vec<Option<Double>> {
    recursive(values, n, n as f64 - 1.0, 2.0)
}

fn wilder(values: &[Double], n: usize) -> Vec<Option<Double>> {
    recursive(values, n, n as f64 - 1.0, 1.0)
}

/// `of` the values that there are, put where they are.
fn on_values(values: &[Option<Double>], of: impl Fn(&[Double]) -> Vec<Option<Double>>) -> Vec<Option<Double>> {
    let there: Vec<Double> = values.iter().flatten().copied().collect();
    let mut out = vec![None; values.len() - there.len()];
    out.extend(of(&there));
    out
}

fn by_value(column: Vec<Option<Double>>) -> Column {
    column.into_iter().map(|value| value.map(|value| (value, value.abs().high))).collect()
}

fn by(column: Vec<Option<Double>>, scale: f64) -> Column {
    column.into_iter().map(|value| value.map(|value| (value, scale))).collect()
}

/// Joins two columns where both have values.
fn both(
    first: &[Option<Double>],
    second: &[Option<Double>],
    of: impl Fn(Double, Double) -> Double,
) -> Vec<Option<Double>> {
    first.iter().zip(second).map(|(first, second)| Some(of((*first)?, (*second)?))).collect()
}

fn doubles(values: &[f64]) -> Vec<Double> {
    values.iter().map(|&value| Double::from(value)).collect()
}

fn true_ranges(bars: &Bars) -> Vec<Double> {
    let [high, low, close] = [&bars.high, &bars.low, &bars.close].map(|column| doubles(column));
    (1..close.len())
        .map(|bar| {
            let [from_high, from_low] = [high[bar] - close[bar - 1], low[bar] - close[bar - 1]].map(Double::abs);
            (high[bar] - low[bar]).max(from_high).max(from_low)
        })
        .collect()
}

fn strength(close: &[Double], n: usize) -> Vec<Option<Double>> {
    let changes: Vec<Double> = close.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let rises: Vec<Double> = changes.iter().map(|change| change.max(Double::ZERO)).collect();
    let falls: Vec<Double> = changes.iter().map(|change| (-*change).max(Double::ZERO)).collect();
    let values = both(&wilder(&rises, n), &wilder(&falls, n), |gain, loss| {
        if gain + loss == Double::ZERO { Double::from(50.0) } else { Double::from(100.0) * gain / (gain + loss) }
    });
    std::iter::once(None).chain(values).take(close.len()).collect()
}

fn convergence(close: &[Double], [fast, slow, signal]: [usize; 3]) -> [Vec<Option<Double>>; 3] {
    let (fast, slow) = (fast.min(slow), fast.max(slow));
    let mut early = vec![None; (slow - fast).min(close.len())];
    early.extend(exponential(&close[early.len()..], fast));
    let line = both(&early, &exponential(close, slow), |fast, slow| fast - slow);
    let smooth = on_values(&line, |line| exponential(line, signal));
    let histogram = both(&line, &smooth, |line, smooth| line - smooth);
    let line = both(&line, &smooth, |line, _| line);
    [line, smooth, histogram]
}

fn bands(close: &[f64], n: usize, deviations: f64) -> Vec<Column> {
    let spread = |window: &[Double]| {
        let mean = mean(window);
        let squares = window.iter().map(|&value| (value - mean) * (value - mean));
        (mean, (sum(squares) / number(window.len())).sqrt() * Double::from(deviations))
    };
    let windows = windows(&doubles(close), n, spread);
    [1.0, 0.0, -1.0]
        .map(|side| {
            let value = |(mean, width): (Double, Double)| mean + width * Double::from(side);
            windows.iter().map(|window| window.map(|window| (value(window), value(window).abs().high))).collect()
        })
        .into()
}

fn deviations(close: &[f64], n: usize, deviations: Option<f64>) -> Column {
    by_value(windows(&doubles(close), n, |window| {
        let mean = mean(window);
        let variance = sum(window.iter().map(|&value| (value - mean) * (value - mean))) / number(n);
        deviations.map_or(variance, |deviations| variance.sqrt() * Double::from(deviations))
    }))
}

fn stochastic(bars: &Bars, [n, k, d]: [usize; 3]) -> Vec<Column> {
    let lowest = windows(&doubles(&bars.low), n, |window| window.iter().fold(window[0], |a, &b| -(-a).max(-b)));
    let highest = windows(&doubles(&bars.high), n, |window| window.iter().fold(window[0], |a, &b| a.max(b)));
    let positions: Vec<Option<Double>> = (0..bars.len())
        .map(|bar| {
            let (low, high) = (lowest[bar]?, highest[bar]?);
            let noise = (low.abs() + high.abs()).high * 1e-14;
            let range = high - low;
            Some(if range.abs().high <= noise {
                Double::ZERO
            } else {
                Double::from(100.0) * (Double::from(bars.close[bar]) - low) / range
            })
        })
        .collect();
    let smooth = |values: &[Option<Double>], n| on_values(values, |values| windows(values, n, mean));
    let k = smooth(&positions, k);
    let d = smooth(&k, d);
    vec![by(both(&k, &d, |k, _| k), 100.0), by(d, 100.0)]
}

fn directions(bars: &Bars, n: usize) -> Vec<Column> {
    let [high, low] = [&bars.high, &bars.low].map(|column| doubles(column));
    let (mut sums, mut dx) = ([Double::ZERO; 3], Vec::new());
    let (mut plus, mut minus) = (vec![None; bars.len()], vec![None; bars.len()]);
    let mut adx = vec![None; bars.len()];
    let keep = (number(n) - number(1)) / number(n);
    for (bar, &range) in (1..).zip(&true_ranges(bars)) {
        let (up, down) = (high[bar] - high[bar - 1], low[bar - 1] - low[bar]);
        let moved = |to: Double, other: Double| if to > other { to.max(Double::ZERO) } else { Double::ZERO };
        for (sum, value) in sums.iter_mut().zip([moved(up, down), moved(down, up), range]) {
            *sum = if bar < n { *sum + value } else { *sum * keep + value };
        }
        if bar < n {
            continue;
        }
        let [up, down, range] = sums;
        let percent = |sum| if range == Double::ZERO { range } else { Double::from(100.0) * sum / range };
        (plus[bar], minus[bar]) = (Some(percent(up)), Some(percent(down)));
        let directed = (percent(up) + percent(down)).high >= 1e-14;
        let index = directed.then(|| Double::from(100.0) * (up - down).abs() / (up + down));
        if dx.len() < n {
            dx.push(index.unwrap_or_default());
            adx[bar] = (dx.len() == n).then(|| mean(&dx));
        } else {
            let last = adx[bar - 1].expect("it has begun");
            adx[bar] = Some(index.map_or(last, |index| last * keep + index / number(n)));
        }
    }
    vec![by(adx, 100.0), by_value(plus), by_value(minus)]
}

/// The outputs in twice the precision.
fn oracle(spec: &IndicatorSpec, bars: &Bars) -> Vec<Column> {
    let arg = |index: usize| spec.args()[index] as usize;
    let close = doubles(&bars.close);
    let level = bars.close.iter().fold(0.0_f64, |level, price| level.max(price.abs()));
    match spec.kind().name() {
        "sma" => vec![by_value(windows(&close, arg(0), mean))],
        "ema" => vec![by_value(exponential(&close, arg(0)))],
        "rma" => vec![by_value(wilder(&close, arg(0)))],
        name @ ("dema" | "tema") => {
            let of = |values: &[Option<Double>]| on_values(values, |values| exponential(values, arg(0)));
            let first = exponential(&close, arg(0));
            let (second, [two, three]) = (of(&first), [2.0, 3.0].map(Double::from));
            if name == "dema" {
                return vec![by(both(&first, &second, |first, second| two * first - second), level)];
            }
            let difference = both(&first, &second, |first, second| three * (first - second));
            vec![by(both(&difference, &of(&second), |difference, third| difference + third), level)]
        }
        "rsi" => vec![by_value(strength(&close, arg(0)))],
        "macd" => convergence(&close, [arg(0), arg(1), arg(2)]).map(|column| by(column, level)).into(),
        "bollinger" => bands(&bars.close, arg(0), spec.args()[1]),
        "stddev" => vec![deviations(&bars.close, arg(0), Some(spec.args()[1]))],
        "var" => vec![deviations(&bars.close, arg(0), None)],
        "stochastic" => stochastic(bars, [arg(0), arg(1), arg(2)]),
        name @ ("atr" | "natr") => {
            let mut ranges = vec![None];
            ranges.extend(wilder(&true_ranges(bars), arg(0)));
            if name == "natr" {
                let percent = |(range, close): (Option<Double>, &Double)| Some(range? * Double::from(100.0) / *close);
                ranges = ranges.into_iter().zip(&close).map(percent).collect();
            }
            vec![by_value(ranges)]
        }
        "adx" => directions(bars, arg(0)),
        other => panic!("{other} has no oracle"),
    }
}

pub(crate) fn kinds() -> impl Iterator<Item = IndicatorKind> {
    OWN.iter().map(|name| IndicatorKind::named(name).unwrap())
}

/// The largest error, in parts of what it is measured by, of so many values.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Worst {
    pub(crate) values: usize,
    pub(crate) error: f64,
}

impl Worst {
    fn join(self, other: Self) -> Self {
        Self { values: self.values + other.values, error: self.error.max(other.error) }
    }
}

fn check(spec: &IndicatorSpec, bars: &Bars, what: &str) -> Worst {
    let (found, expected) = (compute(spec, Profile::Fast, bars), oracle(spec, bars));
    let mut worst = Worst::default();
    for (output, (found, expected)) in found.iter().zip(&expected).enumerate() {
        assert_eq!(found.len(), expected.len());
        for (bar, (&found, expected)) in found.iter().zip(expected).enumerate() {
            let Some((value, scale)) = *expected else {
                assert!(found.is_nan(), "{spec} on {what}: output {output}, bar {bar} is {found}, not missing");
                continue;
            };
            let error = value.error_of(found);
            let place = || format!("{spec} on {what}: output {output}, bar {bar}: {found:e}, not {:e}", value.high);
            assert!(error <= TOLERANCE * scale, "{}, error {:e}", place(), error / scale);
            worst = worst.join(Worst { values: 1, error: if scale > 0.0 { error / scale } else { 0.0 } });
        }
    }
    worst
}

/// All parameters of [`specs`] on all histories.
pub(crate) fn worst(kind: IndicatorKind) -> Worst {
    let histories = crate::data::histories();
    let specs = specs(kind);
    let calls = specs.iter().flat_map(|spec| histories.iter().map(move |(what, bars)| (spec, what, bars)));
    calls.map(|(spec, what, bars)| check(spec, bars, what)).fold(Worst::default(), Worst::join)
}

#[test]
fn every_value_is_that_of_the_textbook() {
    for kind in kinds() {
        let Worst { values, error } = worst(kind);
        assert!(values > 10_000 && error <= TOLERANCE, "{kind}: error {error:e} of {values} values");
    }
}

/// Prices `size` times as large as their movements, which are `tick` at most some hundred times.
fn far_from_zero(n_bars: usize, tick: f64, size: f64) -> Bars {
    let mut bars = Bars::walk(n_bars, 4711, tick, 30);
    for column in [&mut bars.open, &mut bars.high, &mut bars.low, &mut bars.close] {
        for price in column {
            *price += size * tick;
        }
    }
    bars
}

#[test]
fn long_windows_and_prices_of_any_size_have_all_digits() {
    let calls = [
        "sma(37)",
        "sma(200)",
        "sma(333)",
        "ema(500)",
        "rma(250)",
        "rsi(100)",
        "bollinger(64,2)",
        "bollinger(200,1.5)",
        "stddev(20,1)",
        "stddev(150,3)",
        "var(33,1)",
        "stochastic(50,40,35)",
        "stochastic(200,1,64)",
        "atr(200)",
        "adx(60)",
    ];
    for call in calls {
        let spec: IndicatorSpec = call.parse().unwrap();
        for (tick, size) in [(1e-8, 1e4), (1e-5, 1e5), (0.01, 1e4), (0.01, 1e10), (1e4, 1e4)] {
            check(&spec, &far_from_zero(1500, tick, size), &format!("prices of {size} ticks of {tick}"));
        }
    }
}

#[test]
fn a_spike_that_has_left_leaves_nothing() {
    let calls = [
        "sma(5)",
        "sma(20)",
        "sma(100)",
        "bollinger(20,2)",
        "bollinger(50,2)",
        "stddev(20,1)",
        "var(5,1)",
        "stochastic(14,3,3)",
        "ema(20)",
        "rma(14)",
        "rsi(14)",
        "atr(14)",
        "adx(14)",
    ];
    for call in calls {
        for at in [0, 1, 7, 130, 777] {
            let mut bars = Bars::walk(1500, 99, 0.01, 40);
            (bars.high[at], bars.close[at]) = (1e16, 1e16);
            check(&call.parse().unwrap(), &bars, &format!("a spike at bar {at}"));
        }
    }
}

/// Jumps, flat stretches and drifts ask for new levels again and again.
#[test]
fn new_levels_leave_the_bits_as_they_are() {
    let mut dice = Dice(5);
    let mut bars = Bars::walk(9000, 31, 0.01, 20);
    let mut level = 0.0;
    for (bar, price) in bars.close.iter_mut().enumerate() {
        level = match bar % 700 {
            0 => dice.between(0, 1_000_000) as f64,
            300..400 => level + 25.0,
            _ => level,
        };
        *price = if (500..530).contains(&(bar % 700)) { level + 1.0 } else { *price + level };
    }
    for call in ["bollinger(20,2)", "bollinger(7,2)", "bollinger(100,2)", "stddev(33,1)", "var(1,1)"] {
        let spec: IndicatorSpec = call.parse().unwrap();
        check(&spec, &bars, "jumps");
        let whole = bits(&compute(&spec, Profile::Fast, &bars));
        let mut live = spec.live(Profile::Fast).unwrap();
        let mut found = vec![vec![0.0; bars.len()]; whole.len()];
        let mut start = 0;
        while start < bars.len() {
            let end = bars.len().min(start + 1 + dice.below(600) as usize);
            let mut outputs: Vec<&mut [f64]> = found.iter_mut().map(|column| &mut column[start..end]).collect();
            live.run(&[&bars.close[start..end]], &mut outputs);
            start = end;
        }
        assert_eq!(bits(&found), whole, "{spec} in pieces");
        let (mut live, mut values, mut other) = (spec.live(Profile::Fast).unwrap(), vec![0.0; 3], vec![0.0; 3]);
        for (bar, &price) in bars.close.iter().enumerate() {
            let (values, other) = (&mut values[..whole.len()], &mut other[..whole.len()]);
            live.peek(&[bars.close[(bar * 7) % 9000]], other);
            if bar % 2 == 0 {
                live.update(&[bars.close[(bar * 11) % 9000]], other);
                live.replace(&[price], values).unwrap();
            } else {
                live.update(&[price], values);
            }
            for (column, &value) in found.iter_mut().zip(&*values) {
                column[bar] = value;
            }
        }
        assert_eq!(bits(&found), whole, "{spec} bar by bar");
    }
}

#[test]
fn percentages_stay_within_their_range() {
    for (seed, tick) in [(1, 1e-8), (2, 0.01), (3, 1.0), (4, 1e4)] {
        let bars = Bars::walk(20_000, seed, tick, 9);
        for call in ["rsi(2)", "rsi(14)", "stochastic(1,1,1)", "stochastic(5,7,11)", "stochastic(14,3,3)", "adx(2)"] {
            for column in compute(&call.parse().unwrap(), Profile::Fast, &bars) {
                let outside = column.iter().find(|value| !value.is_nan() && !(0.0..=100.0).contains(*value));
                assert_eq!(outside, None, "{call} at ticks of {tick}");
            }
        }
    }
}

/// A walk without an end, in pieces: what its recursive averages are in twice the precision.
#[test]
fn nothing_drifts_over_ten_million_bars() {
    const PIECE: usize = 100_000;
    let (mut price, mut dice) = (10_000.0_f64, Dice(8));
    let calls = ["ema(20)", "rma(14)", "sma(20)", "sma(200)", "stddev(20,1)"];
    let specs = calls.map(|call| call.parse::<IndicatorSpec>().unwrap());
    let mut lives = specs.each_ref().map(|spec| spec.live(Profile::Fast).unwrap());
    let mut exact = [None; 2];
    let mut close = vec![0.0; PIECE];
    let mut out = vec![0.0; PIECE];
    for piece in 0..100 {
        for value in &mut close {
            price = (price + dice.between(-50, 50) as f64).clamp(2_000.0, 50_000.0);
            *value = price * 0.01;
        }
        for (which, (spec, live)) in specs.iter().zip(&mut lives).enumerate() {
            live.run(&[&close], &mut [&mut out]);
            let expected = if which < 2 {
                let n = spec.args()[0];
                let (keep, take) = if which == 0 { (n - 1.0, 2.0) } else { (n - 1.0, 1.0) };
                follow(&mut exact[which], &close, [keep, take])
            } else {
                let tail = Bars { close: close[PIECE - 1000..].to_vec(), ..Bars::default() };
                oracle(spec, &tail)[0].last().copied().flatten().unwrap().0
            };
            let error = expected.error_of(out[PIECE - 1]) / expected.high;
            assert!(error <= TOLERANCE, "{spec} after {} bars: error {error:e}", (piece + 1) * PIECE);
        }
    }
}

/// Goes on with a recursive average from its mean of the first values.
fn follow(last: &mut Option<Double>, values: &[f64], [keep, take]: [f64; 2]) -> Double {
    let n = (keep + 1.0) as usize;
    let (mut average, rest) = match *last {
        Some(average) => (average, values),
        None => (mean(&doubles(&values[..n])), &values[n..]),
    };
    let ([keep, take], all) = ([keep, take].map(Double::from), Double::from(1.0) / Double::from(keep + take));
    for &value in rest {
        average = (average * keep + Double::from(value) * take) * all;
    }
    *last = Some(average);
    average
}
