//! The textbook formulas as slow, obvious loops on random bars.

use indicators::IndicatorSpec;
use proptest::prelude::*;

use crate::common::{Series, compute, series, spec};

const NAN: f64 = f64::NAN;

/// How far two numbers may be apart, relative to the larger one or to a given level.
struct Close {
    relative: f64,
    level: f64,
}

impl Close {
    fn holds(&self, a: f64, b: f64) -> bool {
        (a.is_nan() && b.is_nan()) || (a - b).abs() <= self.relative * a.abs().max(b.abs()).max(self.level)
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn highest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::MIN, f64::max)
}

fn lowest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::MAX, f64::min)
}

/// `f` of every full window of `n`, NaN before.
fn rolling(values: &[f64], n: usize, f: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    (0..values.len()).map(|i| if i + 1 < n { NAN } else { f(&values[i + 1 - n..=i]) }).collect()
}

/// A mean of the first `n` values after `skip`, then an average with the weight `alpha` for the newest.
fn recursive(values: &[f64], skip: usize, n: usize, alpha: f64) -> Vec<f64> {
    let mut out = vec![NAN; values.len()];
    for i in (skip + n).saturating_sub(1)..values.len() {
        let seed = i == skip + n - 1;
        out[i] = if seed { mean(&values[skip..=i]) } else { out[i - 1] + alpha * (values[i] - out[i - 1]) };
    }
    out
}

fn ema(values: &[f64], skip: usize, n: usize) -> Vec<f64> {
    recursive(values, skip, n, 2.0 / (n as f64 + 1.0))
}

fn wilder(values: &[f64], skip: usize, n: usize) -> Vec<f64> {
    recursive(values, skip, n, 1.0 / n as f64)
}

fn rsi(price: &[f64], n: usize) -> Vec<f64> {
    let change = |i: usize| if i == 0 { NAN } else { price[i] - price[i - 1] };
    let rises: Vec<f64> = (0..price.len()).map(|i| if i == 0 { NAN } else { change(i).max(0.0) }).collect();
    let falls: Vec<f64> = (0..price.len()).map(|i| if i == 0 { NAN } else { (-change(i)).max(0.0) }).collect();
    let (gain, loss) = (wilder(&rises, 1, n), wilder(&falls, 1, n));
    let strength = |(&g, &l): (&f64, &f64)| if g + l == 0.0 { 50.0 } else { 100.0 - 100.0 / (1.0 + g / l) };
    gain.iter().zip(&loss).map(strength).collect()
}

fn macd(price: &[f64], fast: usize, slow: usize, signal: usize) -> Vec<Vec<f64>> {
    let n = price.len();
    let difference = |(f, s): (f64, f64)| f - s;
    let line: Vec<f64> = ema(price, slow - fast, fast).into_iter().zip(ema(price, 0, slow)).map(difference).collect();
    let signal_line = ema(&line, slow - 1, signal);
    let line: Vec<f64> = (0..n).map(|i| if signal_line[i].is_nan() { NAN } else { line[i] }).collect();
    let histogram = (0..n).map(|i| line[i] - signal_line[i]).collect();
    vec![line, signal_line, histogram]
}

fn bollinger(price: &[f64], n: usize, deviations: f64) -> Vec<Vec<f64>> {
    let middle = rolling(price, n, mean);
    let deviation = rolling(price, n, |window| {
        let m = mean(window);
        (window.iter().map(|p| (p - m) * (p - m)).sum::<f64>() / n as f64).sqrt()
    });
    let band = |sign: f64| middle.iter().zip(&deviation).map(|(m, d)| m + sign * deviations * d).collect();
    vec![band(1.0), middle.clone(), band(-1.0)]
}

fn stochastic(Series { high, low, close }: &Series, k: usize, smoothing: usize, d: usize) -> Vec<Vec<f64>> {
    let (top, bottom) = (rolling(high, k, highest), rolling(low, k, lowest));
    let raw = |i: usize| {
        let range = top[i] - bottom[i];
        if range == 0.0 { 0.0 } else { 100.0 * (close[i] - bottom[i]) / range }
    };
    let raw: Vec<f64> = (0..close.len()).map(raw).collect();
    let line = rolling(&raw, smoothing, mean);
    let mean_line = rolling(&line, d, mean);
    vec![(0..close.len()).map(|i| if mean_line[i].is_nan() { NAN } else { line[i] }).collect(), mean_line]
}

fn true_ranges(Series { high, low, close }: &Series) -> Vec<f64> {
    let range = |i: usize| {
        if i == 0 {
            return NAN;
        }
        let before = close[i - 1];
        (high[i] - low[i]).max((high[i] - before).abs()).max((low[i] - before).abs())
    };
    (0..close.len()).map(range).collect()
}

/// Wilder's running sum: `n` − 1 values, then S − S/n + newest; shown from bar `n` on.
fn wilder_sum(values: &[f64], n: usize) -> Vec<f64> {
    let mut out = vec![NAN; values.len()];
    let mut sum = 0.0;
    for i in 1..values.len() {
        sum = if i < n { sum + values[i] } else { sum - sum / n as f64 + values[i] };
        if i >= n {
            out[i] = sum;
        }
    }
    out
}

fn adx(series: &Series, n: usize) -> Vec<Vec<f64>> {
    let Series { high, low, close } = series;
    let movement = |i: usize, plus: bool| {
        if i == 0 {
            return NAN;
        }
        let (up, down) = (high[i] - high[i - 1], low[i - 1] - low[i]);
        let (one, other) = if plus { (up, down) } else { (down, up) };
        if one > other && one > 0.0 { one } else { 0.0 }
    };
    let column = |plus: bool| (0..close.len()).map(|i| movement(i, plus)).collect::<Vec<_>>();
    let range = wilder_sum(&true_ranges(series), n);
    let index = |sums: Vec<f64>| -> Vec<f64> {
        sums.iter().zip(&range).map(|(dm, range)| if *range == 0.0 { 0.0 } else { 100.0 * dm / range }).collect()
    };
    let (plus, minus) = (index(wilder_sum(&column(true), n)), index(wilder_sum(&column(false), n)));
    let mut out = vec![NAN; close.len()];
    let mut dx_sum = 0.0;
    for i in n..close.len() {
        let sum = plus[i] + minus[i];
        let dx = if sum < 1e-14 { None } else { Some(100.0 * (plus[i] - minus[i]).abs() / sum) };
        dx_sum += dx.filter(|_| i < 2 * n).unwrap_or(0.0);
        if i == 2 * n - 1 {
            out[i] = dx_sum / n as f64;
        } else if i >= 2 * n {
            out[i] = dx.map_or(out[i - 1], |dx| out[i - 1] + (dx - out[i - 1]) / n as f64);
        }
    }
    vec![out, plus, minus]
}

fn slow(spec: &IndicatorSpec, series: &Series) -> Vec<Vec<f64>> {
    let price = &series.close;
    match *spec {
        IndicatorSpec::Sma { period } => vec![rolling(price, period.get(), mean)],
        IndicatorSpec::Ema { period } => vec![ema(price, 0, period.get())],
        IndicatorSpec::Rsi { period } => vec![rsi(price, period.get())],
        IndicatorSpec::Macd { fast, slow, signal } => macd(price, fast.get(), slow.get(), signal.get()),
        IndicatorSpec::Bollinger { period, deviations } => bollinger(price, period.get(), deviations),
        IndicatorSpec::Stochastic { k_period, k_smoothing, d_period } => {
            stochastic(series, k_period.get(), k_smoothing.get(), d_period.get())
        }
        IndicatorSpec::Atr { period } => vec![wilder(&true_ranges(series), 1, period.get())],
        IndicatorSpec::Adx { period } => adx(series, period.get()),
    }
}

proptest! {
    #[test]
    fn equals_the_obvious_loops(spec in spec(1), series in series(1..200)) {
        let outputs = spec.kind().info().outputs;
        for ((fast, slow), output) in compute(&spec, &series).iter().zip(slow(&spec, &series)).zip(outputs) {
            let level = if output.unit == indicators::Unit::Percent { 100.0 } else { highest(&series.high) };
            let close = Close { relative: 1e-9, level };
            for (i, (&a, &b)) in fast.iter().zip(&slow).enumerate() {
                prop_assert!(close.holds(a, b), "{} at {i}: {a:?}, loop {b:?}", output.name);
            }
        }
    }
}
