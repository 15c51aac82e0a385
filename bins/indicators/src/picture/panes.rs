use chart_render::{Ink, ValueFormat, ValueRange};
use indicators::{Column, Group, IndicatorInfo, OutputInfo, Unit};

use super::Study;
use super::inputs::{Given, second, source};
use super::levels::levels;
use super::marks::{dots, is_histogram, legs, named_bars, pieces, pivots, sides, triangles};
use super::sheet::{Mark, Sheet};

/// The units of the panes below the price, in this order.
const BELOW: [Unit; 8] = [
    Unit::Price,
    Unit::PriceDifference,
    Unit::Percent,
    Unit::Number,
    Unit::Volume,
    Unit::Degrees,
    Unit::Bars,
    Unit::Signal,
];

/// Lines that jump at sessions or turning points.
const STEPS: [&str; 8] = [
    "anchored_vwap",
    "fibonacci_retracement",
    "fractal_chaos_bands",
    "pivot_point_levels",
    "pivot_points",
    "support_resistance",
    "valuewhen",
    "vwap_bands",
];

/// The panes of a picture, from top to bottom; `start` is the place of the first bar in the whole history.
pub(super) fn sheets(study: &Study<'_>, start: usize) -> Vec<Sheet> {
    let mut sheets = vec![price(study, start)];
    for unit in BELOW {
        let marks = below(study, unit);
        if !marks.is_empty() {
            let weight = match unit {
                Unit::Signal => 0.3,
                Unit::Price => 0.9,
                _ => 0.6,
            };
            let format = if unit == Unit::Volume { ValueFormat::Compact } else { ValueFormat::Auto };
            sheets.push(with_zero(Sheet { format, ..Sheet::new(weight, marks) }));
        }
    }
    if study.info.name == "mavp" {
        let periods = Mark::Line { name: "periods", values: study.inputs[1].clone(), ink: Ink::Muted };
        sheets.push(Sheet::new(0.3, vec![periods]));
    }
    let n_below = sheets.len() - 1;
    for sheet in sheets.iter_mut().skip(1).filter(|_| n_below > 2) {
        sheet.weight *= 0.75;
    }
    if study.info.inputs.contains(&Column::Volume) {
        let history = study.history;
        let volume = Mark::Volume([&history.volume, &history.open, &history.close].map(Clone::clone));
        sheets.push(Sheet { format: ValueFormat::Compact, ..Sheet::new(0.32, vec![volume]) });
    }
    sheets
}

/// The candles and what lies over them.
fn price(study: &Study<'_>, start: usize) -> Sheet {
    let history = study.history;
    let mut marks = bands(study);
    marks.push(Mark::Candles([&history.open, &history.high, &history.low, &history.close].map(Clone::clone)));
    marks.extend(over(study, start));
    let range = range(&marks);
    Sheet { range, format: ValueFormat::Decimals(4), ..Sheet::new(1.0, marks) }
}

/// The candles' range, and as much of what lies over them as leaves the candles half of the height.
fn range(marks: &[Mark]) -> ValueRange {
    let extent = |candles: bool| {
        let columns = marks.iter().filter(|mark| !candles || matches!(mark, Mark::Candles(_))).flat_map(Mark::values);
        let finite = columns.flatten().filter(|value| value.is_finite());
        finite.fold((f64::MAX, f64::MIN), |(low, high), &value| (low.min(value), high.max(value)))
    };
    let ((low, high), (lowest, highest)) = (extent(true), extent(false));
    let room = (high - low) / 2.0;
    ValueRange::Fixed { min: lowest.max(low - room), max: highest.min(high + room) }
}

/// The space between an upper and a lower line, behind the candles.
fn bands(study: &Study<'_>) -> Vec<Mark> {
    let of = |name| {
        let place = study.info.outputs.iter().position(|output| output.name == name && output.unit == Unit::Price)?;
        Some(study.outputs[place].clone())
    };
    let muted = |upper, lower| vec![Mark::Band { upper, lower, ink: Ink::Muted }];
    match (of("upper"), of("lower"), of("senkou_a"), of("senkou_b")) {
        (Some(upper), Some(lower), _, _) if !STEPS.contains(&study.info.name) => muted(upper, lower),
        (_, _, Some(a), Some(b)) => muted(ahead(&a), ahead(&b)),
        _ => Vec::new(),
    }
}

/// As charts draw the cloud of ichimoku.
fn ahead(span: &[f64]) -> Vec<f64> {
    const BARS: usize = 25;
    let n_bars = span.len();
    std::iter::repeat_n(f64::NAN, BARS.min(n_bars)).chain(span.iter().copied()).take(n_bars).collect()
}

/// What lies over the candles.
fn over(study: &Study<'_>, start: usize) -> Vec<Mark> {
    let (info, history, first) = (study.info, study.history, &study.outputs[0]);
    let close = &history.close;
    let position = |values: &[f64], sign: f64| -> Vec<f64> {
        values.iter().enumerate().map(|(bar, &value)| bar as f64 + sign * value).collect()
    };
    let absolute = |values: &[f64]| -> Vec<f64> { values.iter().map(|value| value - start as f64).collect() };
    match info.name {
        _ if info.group == Group::Pattern => vec![triangles(first, study)],
        "supertrend" | "atr_stop" => sides(first, |bar| study.outputs[1][bar] > 0.0).into(),
        "gann_high_low" => sides(first, |bar| first[bar] < close[bar]).into(),
        "sar" | "psar" => vec![dots(first, close)],
        "sarext" => vec![dots(&first.iter().map(|value| value.abs()).collect::<Vec<_>>(), close)],
        "zigzag" => vec![legs([first, &study.outputs[1], &study.outputs[2]], start, "pivot")],
        "pivothigh" | "pivotlow" => vec![pivots(first, 10, info.name == "pivothigh")],
        "fractal" => {
            let both: Vec<f64> = first.iter().zip(&study.outputs[1]).map(|(high, low)| low - high).collect();
            vec![triangles(&both, study)]
        }
        "maxindex" => vec![named_bars(absolute(first).into_iter(), close, Ink::Up)],
        "minindex" => vec![named_bars(absolute(first).into_iter(), close, Ink::Down)],
        "minmaxindex" => vec![
            named_bars(absolute(first).into_iter(), close, Ink::Down),
            named_bars(absolute(&study.outputs[1]).into_iter(), close, Ink::Up),
        ],
        "highestbars" => vec![named_bars(position(first, 1.0).into_iter(), close, Ink::Up)],
        "lowestbars" => vec![named_bars(position(first, 1.0).into_iter(), close, Ink::Down)],
        "cross" | "crossover" | "crossunder" => {
            let side = |bar: usize| if close[bar] > study.inputs[1][bar] { 1.0 } else { -1.0 };
            let signal: Vec<f64> = first.iter().enumerate().map(|(bar, value)| side(bar) * value).collect();
            let mean = Mark::Line { name: second(info).name(), values: study.inputs[1].clone(), ink: Ink::Auto };
            vec![mean, triangles(&signal, study)]
        }
        "ha" | "renko" => Vec::new(),
        _ if is_of_price(study) => lines(study),
        _ => Vec::new(),
    }
}

/// Whether outputs in the unit of the input are prices.
fn is_of_price(study: &Study<'_>) -> bool {
    !study.info.inputs.contains(&Column::Source) || !matches!(source(study.info), Given::Of(_))
}

/// A line for each output that is a price.
fn lines(study: &Study<'_>) -> Vec<Mark> {
    let info = study.info;
    let prices = info.outputs.iter().zip(&study.outputs).filter(|(output, _)| output.unit == Unit::Price);
    let jumps = |values: &[f64], bar: usize| {
        let is_slope = info.name == "trend_lines" && !is_straight(values, bar);
        is_slope || STEPS.contains(&info.name) && is_step(study, values, bar)
    };
    prices
        .enumerate()
        .flat_map(|(place, (output, values))| {
            let values = if output.name.starts_with("senkou") { ahead(values) } else { values.clone() };
            let ink = ink(info, output, place);
            let name = name(info, output);
            if STEPS.contains(&info.name) || info.name == "trend_lines" {
                pieces(name, &values, ink, |bar| jumps(&values, bar)).into()
            } else {
                vec![Mark::Line { name, values, ink }]
            }
        })
        .collect()
}

/// Resistances and supports of a pivot in the colours of the side from which the price comes.
fn ink(info: &IndicatorInfo, output: &OutputInfo, place: usize) -> Ink {
    match (info.name, output.name.as_bytes()[0]) {
        ("pivot_points" | "rolling_pivots" | "pivot_point_levels", b'r') => Ink::Down,
        ("pivot_points" | "rolling_pivots" | "pivot_point_levels", b's') => Ink::Up,
        _ => Ink::Palette(place),
    }
}

/// The unit whose pane shows the output: J of KDJ, which leaves their range, stands with K and D.
fn axis(info: &IndicatorInfo, output: &OutputInfo) -> Unit {
    if info.name == "kdj" { Unit::Percent } else { output.unit }
}

/// What the legend calls an output.
fn name(info: &IndicatorInfo, output: &OutputInfo) -> &'static str {
    if info.outputs.len() == 1 { info.name } else { output.name }
}

/// Whether a level ends before `bar`: at a new session, or where a level that holds becomes another one.
fn is_step(study: &Study<'_>, values: &[f64], bar: usize) -> bool {
    let condition = study.info.inputs.iter().position(|&column| column == Column::Condition);
    match condition {
        Some(place) => study.inputs[place][bar] > 0.0,
        None => values[bar].to_bits() != values[bar - 1].to_bits(),
    }
}

/// Whether the value at `bar` goes on from those before, or those behind go on from it.
fn is_straight(values: &[f64], bar: usize) -> bool {
    let bend = |middle: usize| match values.get(middle.wrapping_sub(1)..middle + 2) {
        Some([before, at, behind]) => (before - 2.0 * at + behind).abs() < 1e-9,
        _ => false,
    };
    bend(bar - 1) || bend(bar)
}

/// The outputs of one unit as layers of a pane below the price; the input too, where it is not the price.
fn below(study: &Study<'_>, unit: Unit) -> Vec<Mark> {
    let info = study.info;
    let is_over = match info.name {
        "ha" | "renko" => false,
        "fractal" | "cross" | "crossover" | "crossunder" => unit == Unit::Signal,
        "zigzag" => unit == Unit::Bars,
        _ => unit == Unit::Price && is_of_price(study) || info.group == Group::Pattern,
    };
    let outputs: Vec<_> =
        info.outputs.iter().zip(&study.outputs).filter(|(output, _)| axis(info, output) == unit).collect();
    if is_over || outputs.is_empty() || (info.name == "zigzag" && unit == Unit::Price) {
        return Vec::new();
    }
    if unit == Unit::Price && matches!(info.name, "ha" | "renko") {
        return vec![Mark::Candles(blocks(study))];
    }
    let mut marks: Vec<Mark> = Vec::new();
    if !is_of_price(study) {
        marks.push(Mark::Line { name: source(info).name(), values: study.inputs[0].clone(), ink: Ink::Muted });
    }
    marks.extend(levels(info.name).iter().map(|&level| Mark::Level(level)));
    for (place, (output, values)) in outputs.into_iter().enumerate() {
        let values: Vec<f64> = values.iter().map(|&value| if value.is_finite() { value } else { f64::NAN }).collect();
        let name = name(info, output);
        marks.push(if unit == Unit::Signal || is_histogram(info.name, output) {
            Mark::Histogram { name, values }
        } else {
            Mark::Line { name, values, ink: Ink::Palette(place) }
        });
    }
    marks.sort_by_key(|mark| !matches!(mark, Mark::Histogram { .. } | Mark::Level(_)));
    marks
}

/// Heikin-Ashi candles and renko bricks as candles.
fn blocks(study: &Study<'_>) -> [Vec<f64>; 4] {
    let column = |name: &str| study.output(name).unwrap_or_default().to_vec();
    let (open, close) = (column("open"), column("close"));
    let ends = |pick: fn(f64, f64) -> f64| open.iter().zip(&close).map(|(&one, &other)| pick(one, other)).collect();
    let (high, low) = match (study.output("high"), study.output("low")) {
        (Some(high), Some(low)) => (high.to_vec(), low.to_vec()),
        _ => (ends(f64::max), ends(f64::min)),
    };
    [open, high, low, close]
}

/// A line at zero in a pane whose values cross it.
fn with_zero(mut sheet: Sheet) -> Sheet {
    let has = |is_side: fn(&f64) -> bool| sheet.marks.iter().flat_map(Mark::values).flatten().any(is_side);
    if has(|&value| value > 0.0) && has(|&value| value < 0.0) {
        sheet.marks.insert(0, Mark::Level(0.0));
    }
    sheet
}
