//! Values as points.

use std::ops::Range;

use crate::axis::{BarAxis, ValueScale};
use crate::canvas::pixel;
use crate::shape::Point;

/// The longest spans of bars for which `is_value` holds.
pub(crate) fn runs(n_bars: usize, is_value: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for bar in 0..n_bars {
        match (is_value(bar), start) {
            (true, None) => start = Some(bar),
            (false, Some(from)) => {
                runs.push(from..bar);
                start = None;
            }
            _ => (),
        }
    }
    runs.extend(start.map(|from| from..n_bars));
    runs
}

/// The points of `values[bars]`, which has no gap. Of bars that share a column of pixels, the first, the last and those with
/// the lowest and the highest value are kept.
pub(crate) fn points(values: &[f64], bars: Range<usize>, axis: &BarAxis, scale: &ValueScale) -> Vec<Point> {
    let point = |bar: usize| Point { x: axis.x(bar), y: scale.y(values[bar]) };
    if !axis.is_crowded() {
        return bars.map(point).collect();
    }
    let mut points = Vec::new();
    let mut bars = bars.peekable();
    while let Some(first) = bars.next() {
        let column = pixel(axis.x(first));
        let (mut low, mut high, mut last) = (first, first, first);
        while let Some(bar) = bars.next_if(|&bar| pixel(axis.x(bar)) == column) {
            low = if values[bar] < values[low] { bar } else { low };
            high = if values[bar] > values[high] { bar } else { high };
            last = bar;
        }
        let mut kept = [first, low.min(high), low.max(high), last].to_vec();
        kept.dedup();
        points.extend(kept.into_iter().map(point));
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_split_at_gaps() {
        let values = [f64::NAN, 1.0, 2.0, f64::NAN, 3.0];
        assert_eq!(runs(5, |bar| !values[bar].is_nan()), [1..3, 4..5]);
        assert_eq!(runs(0, |_| true), []);
    }

    #[test]
    fn no_peak_is_lost_among_crowded_bars() {
        let mut values = vec![0.0; 50_000];
        (values[12_345], values[40_001]) = (1.0, -1.0);
        let (axis, scale) = (BarAxis::new(0, 100, values.len(), 1.0), ValueScale::new(-1.0, 1.0, 0.0, 50.0));
        let points = points(&values, 0..values.len(), &axis, &scale);
        assert!(points.len() <= 400);
        let has = |bar: usize| points.iter().any(|p| *p == Point { x: axis.x(bar), y: scale.y(values[bar]) });
        assert!(has(0) && has(12_345) && has(40_001) && has(49_999));
        assert!(points.windows(2).all(|pair| pair[0].x < pair[1].x));
    }
}
