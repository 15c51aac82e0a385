//! Which values a pane must show.

use crate::chart::{Layer, Pane, ValueRange};
use crate::error::Error;

/// The values of a pane from lower to upper edge of its data.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Extent {
    pub(crate) min: f64,
    pub(crate) max: f64,
    /// Whether bars or areas stand on `min`.
    pub(crate) stands_on_min: bool,
    /// Whether bars or areas hang from `max`.
    pub(crate) hangs_from_max: bool,
}

/// The extent of pane `index`; `None` if it has no value at all.
pub(crate) fn extent(index: usize, pane: &Pane<'_>) -> Result<Option<Extent>, Error> {
    let (mut seen, mut feet) = (Seen::default(), Seen::default());
    for layer in &pane.layers {
        see(layer, &mut seen, &mut feet);
    }
    if let ValueRange::Fixed { min, max } = pane.range {
        return between(index, min, max, feet).map(Some);
    }
    if seen.is_empty() {
        return Ok(None);
    }
    seen.add(feet.min);
    seen.add(feet.max);
    let Seen { min, max } = seen;
    if min < max {
        return between(index, min, max, feet).map(Some);
    }
    // A single value stands in the middle of one hundredth of itself to each side.
    let around = min.abs() * 0.01;
    let around = if min + around > min { around } else { 1.0 };
    let (min, max) = (min - around, max + around);
    if min < max { between(index, min, max, Seen::default()).map(Some) } else { Ok(None) }
}

#[expect(clippy::float_cmp, reason = "asks whether an end is that very foot")]
fn between(pane: usize, min: f64, max: f64, feet: Seen) -> Result<Extent, Error> {
    if !(max - min).is_finite() {
        return Err(Error::Range { pane, min, max });
    }
    let is_foot = |end: f64| end == feet.min || end == feet.max;
    Ok(Extent { min, max, stands_on_min: is_foot(min), hangs_from_max: is_foot(max) })
}

/// The smallest and largest value so far; NaN is passed over.
#[derive(Debug, Clone, Copy)]
struct Seen {
    min: f64,
    max: f64,
}

impl Default for Seen {
    fn default() -> Self {
        Self { min: f64::INFINITY, max: f64::NEG_INFINITY }
    }
}

impl Seen {
    fn is_empty(self) -> bool {
        self.min > self.max
    }

    fn add(&mut self, value: f64) {
        if value.is_finite() {
            self.min = self.min.min(value);
            self.max = self.max.max(value);
        }
    }

    fn add_all(&mut self, values: &[f64]) {
        for &value in values {
            self.add(value);
        }
    }
}

fn see(layer: &Layer<'_>, seen: &mut Seen, feet: &mut Seen) {
    match layer {
        Layer::Candles(candles) => {
            for column in [candles.open, candles.high, candles.low, candles.close] {
                seen.add_all(column);
            }
        }
        Layer::Volume(volume) => {
            seen.add_all(volume.volume);
            feet.add(0.0);
        }
        Layer::Line(line) => seen.add_all(line.values),
        Layer::Band(band) => {
            seen.add_all(band.upper);
            seen.add_all(band.lower);
        }
        Layer::Area(area) => {
            seen.add_all(area.values);
            feet.add(area.baseline.unwrap_or(f64::NAN));
        }
        Layer::Histogram(histogram) => {
            seen.add_all(histogram.values);
            feet.add(0.0);
        }
        Layer::Level(level) => seen.add(level.value),
        Layer::Trades(trades) => {
            for trade in *trades {
                seen.add(trade.entry_price);
                seen.add(trade.exit_price);
            }
        }
        Layer::Markers(markers) => {
            for marker in *markers {
                seen.add(marker.value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Area, Histogram, Line};

    fn auto(layers: Vec<Layer<'_>>) -> Option<Extent> {
        extent(0, &Pane::new(layers)).unwrap()
    }

    #[test]
    fn gaps_do_not_count_and_only_gaps_are_no_range() {
        let found = auto(vec![Layer::Line(Line::new("", &[f64::NAN, 2.0, 1.0]))]).unwrap();
        assert_eq!((found.min, found.max, found.stands_on_min), (1.0, 2.0, false));
        assert_eq!(auto(vec![Layer::Line(Line::new("", &[f64::NAN]))]), None);
        assert_eq!(auto(vec![]), None);
    }

    #[test]
    fn bars_stand_on_zero() {
        let found = auto(vec![Layer::Histogram(Histogram::new("", &[1.0, 3.0]))]).unwrap();
        assert_eq!((found.min, found.stands_on_min, found.max, found.hangs_from_max), (0.0, true, 3.0, false));
        let found = auto(vec![Layer::Histogram(Histogram::new("", &[-1.0, 3.0]))]).unwrap();
        assert_eq!((found.min, found.stands_on_min), (-1.0, false));
    }

    #[test]
    fn a_drawdown_hangs_from_zero() {
        let area = Area { baseline: Some(0.0), ..Area::new("", &[0.0, -0.1]) };
        let found = auto(vec![Layer::Area(area)]).unwrap();
        assert_eq!((found.min, found.max, found.hangs_from_max), (-0.1, 0.0, true));
    }

    #[test]
    fn a_single_value_lies_in_the_middle() {
        for value in [1.25, 0.0, -3.0, 5e-324, 1e300] {
            let found = auto(vec![Layer::Line(Line::new("", &[value, value]))]).unwrap();
            assert!(found.min < value && value < found.max, "{value}");
        }
    }

    #[test]
    fn values_too_far_apart_are_an_error() {
        let pane = Pane::new(vec![Layer::Line(Line::new("", &[-1.7e308, 1.7e308]))]);
        assert!(matches!(extent(3, &pane), Err(Error::Range { pane: 3, .. })));
    }
}
