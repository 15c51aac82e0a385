//! How outputs are drawn that are more than a line.
use chart_render::{Ink, Marker, MarkerShape};
use indicators::OutputInfo;

use super::Study;
use super::sheet::Mark;

/// A line for each of the two sides of a stop: below the price in an uptrend, above it in a downtrend.
pub(super) fn sides(values: &[f64], is_long: impl Fn(usize) -> bool) -> [Mark; 2] {
    let side = |long: bool| -> Vec<f64> {
        values.iter().enumerate().map(|(bar, &value)| if is_long(bar) == long { value } else { f64::NAN }).collect()
    };
    [
        Mark::Line { name: "long", values: side(true), ink: Ink::Up },
        Mark::Line { name: "short", values: side(false), ink: Ink::Down },
    ]
}

/// A line that does not join the values on both sides of a break.
pub(super) fn pieces(name: &'static str, values: &[f64], ink: Ink, breaks: impl Fn(usize) -> bool) -> [Mark; 2] {
    let mut piece = 0;
    let mut columns = [vec![f64::NAN; values.len()], vec![f64::NAN; values.len()]];
    for (bar, &value) in values.iter().enumerate() {
        if bar > 0 && breaks(bar) {
            piece += 1;
        }
        columns[piece % 2][bar] = value;
    }
    let [even, odd] = columns;
    let line = |name, values| Mark::Line { name, values, ink };
    // One of them has the name; a piece of each would be one too many in the legend.
    if even.iter().any(|value| value.is_finite()) {
        [line(name, even), line("", odd)]
    } else {
        [line("", even), line(name, odd)]
    }
}

/// A dot at each value, coloured by its side of the price.
pub(super) fn dots(values: &[f64], close: &[f64]) -> Mark {
    let at = |(bar, &value): (usize, &f64)| Marker {
        bar,
        value,
        shape: MarkerShape::Dot,
        ink: if value < close[bar] { Ink::Up } else { Ink::Down },
    };
    Mark::Markers(values.iter().enumerate().filter(|(_, value)| value.is_finite()).map(at).collect())
}

/// A triangle at each bar with a signal: below its low upwards, above its high downwards.
pub(super) fn triangles(signal: &[f64], study: &Study<'_>) -> Mark {
    let at = |(bar, &value): (usize, &f64)| {
        let (value, shape, ink) = if value > 0.0 {
            (study.history.low[bar], MarkerShape::Up, Ink::Up)
        } else {
            (study.history.high[bar], MarkerShape::Down, Ink::Down)
        };
        Marker { bar, value, shape, ink }
    };
    Mark::Markers(signal.iter().enumerate().filter(|(_, value)| value.abs() > 0.0).map(at).collect())
}

/// A triangle at each pivot, `right` bars before the bar that knows it, and a dot there.
pub(super) fn pivots(values: &[f64], right: usize, is_high: bool) -> Mark {
    let (shape, ink) = if is_high { (MarkerShape::Down, Ink::Down) } else { (MarkerShape::Up, Ink::Up) };
    let known = values.iter().enumerate().filter(|(_, value)| value.is_finite());
    let markers = known.flat_map(|(bar, &value)| {
        let pivot = bar.checked_sub(right).map(|bar| Marker { bar, value, shape, ink });
        [Some(Marker { bar, value, shape: MarkerShape::Dot, ink: Ink::Muted }), pivot].into_iter().flatten()
    });
    Mark::Markers(markers.collect())
}

/// The legs between the extremes that the bars have known, each with the direction of its leg. `index` counts from the
/// first bar of all, `start` is the place there of the first bar shown.
pub(super) fn legs([pivot, trend, index]: [&[f64]; 3], start: usize, name: &'static str) -> Mark {
    let mut corners: Vec<(f64, f64)> = Vec::new();
    for bar in 0..pivot.len() {
        let corner = (index[bar] - start as f64, pivot[bar]);
        let is_next_leg = bar == 0 || trend[bar] * trend[bar - 1] < 0.0;
        // The extreme of the open leg moves on.
        match corners.last_mut() {
            Some(last) if !is_next_leg => *last = corner,
            _ => corners.push(corner),
        }
    }
    let value = |bar: f64| {
        let leg = corners.windows(2).find(|leg| (leg[0].0..=leg[1].0).contains(&bar))?;
        let [(from, one), (to, other)] = [leg[0], leg[1]];
        Some(if to > from { one + (other - one) * (bar - from) / (to - from) } else { other })
    };
    let values = (0..pivot.len()).map(|bar| value(bar as f64).unwrap_or(f64::NAN)).collect();
    Mark::Line { name, values, ink: Ink::Palette(0) }
}

/// A dot at each of the bars that are named, with the close there.
pub(super) fn named_bars(bars: impl Iterator<Item = f64>, close: &[f64], ink: Ink) -> Mark {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the index of a bar shown")]
    let mut named: Vec<usize> =
        bars.filter(|bar| (0.0..close.len() as f64).contains(bar)).map(|bar| bar as usize).collect();
    named.sort_unstable();
    named.dedup();
    let dot = |bar: usize| Marker { bar, value: close[bar], shape: MarkerShape::Dot, ink };
    Mark::Markers(named.into_iter().map(dot).collect())
}

/// Whether an output stands as columns from zero.
pub(super) fn is_histogram(indicator: &str, output: &OutputInfo) -> bool {
    const OF: [&str; 7] = ["ao", "ac", "eri", "gator", "marketfi", "td_setup", "dosc"];
    OF.contains(&indicator) || ["histogram", "bricks", "momentum"].contains(&output.name)
}
