//! Draws the layers of a pane.

mod bars;
mod lines;
mod trades;

use crate::axis::ValueScale;
use crate::canvas::{Canvas, Rect, pixel};
use crate::chart::{Layer, Pane};
use crate::color::Color;
use crate::frame::Frame;
use crate::theme::Theme;

/// What a layer is drawn with.
pub(crate) struct Pen<'p> {
    pub(crate) canvas: &'p mut Canvas,
    pub(crate) theme: &'p Theme,
    pub(crate) frame: &'p Frame,
    pub(crate) rect: Rect,
    pub(crate) scale: ValueScale,
}

impl Pen<'_> {
    /// Draws `layer` in `color`, if it has no colours of its own.
    pub(crate) fn layer(&mut self, layer: &Layer<'_>, color: Color) {
        match layer {
            Layer::Candles(candles) => self.candles(candles),
            Layer::Volume(volume) => self.volume(volume),
            Layer::Histogram(histogram) => self.histogram(histogram.values),
            Layer::Line(line) => self.line(line.values, line.width.unwrap_or(self.theme.line_px), color),
            Layer::Band(band) => self.band(band.upper, band.lower, color),
            Layer::Area(area) => self.area(area.values, area.baseline, color),
            Layer::Level(level) => self.dashed(self.scale.y(level.value), color.faded(190), 4.0, 4.0),
            Layer::Trades(trades) => self.trades(trades),
            Layer::Markers(markers) => self.markers(markers, color),
        }
    }

    /// A horizontal line of dots over the whole width.
    pub(crate) fn dotted(&mut self, y: f64, color: Color) {
        self.dashed(y, color, 1.0, 2.0);
    }

    /// A horizontal line of dashes, `on` and `off` pixels long at scale 1.
    fn dashed(&mut self, y: f64, color: Color, on: f64, off: f64) {
        let [on, off] = [on, off].map(|length| pixel((length * self.frame.unit).round()).max(1));
        if !(self.rect.top as f64..self.rect.bottom as f64).contains(&y) {
            return;
        }
        let top = pixel(y);
        for left in (self.rect.left..self.rect.right).step_by(on + off) {
            let dash = Rect { left, right: left + on, top, bottom: top + self.frame.hairline };
            self.canvas.fill(dash.intersect(self.rect), color);
        }
    }
}

/// Writes the names of levels above their right ends, where there is room.
pub(crate) fn level_names(pen: &mut Pen<'_>, pane: &Pane<'_>, colors: &[Color]) {
    let font = &pen.frame.fonts.label;
    let mut taken: Vec<f64> = Vec::new();
    for (layer, &color) in pane.layers.iter().zip(colors) {
        let Layer::Level(level) = layer else { continue };
        let middle = pen.scale.y(level.value) - font.size_px() * 0.75;
        let is_free = taken.iter().all(|other| (other - middle).abs() >= font.size_px() * 1.2);
        let left = pen.rect.right as f64 - font.width(level.name) - 6.0 * pen.frame.unit;
        let is_inside = middle - font.size_px() * 0.5 >= pen.rect.top as f64 && middle < pen.rect.bottom as f64;
        if !level.name.is_empty() && is_free && is_inside && left >= pen.rect.left as f64 {
            font.draw(pen.canvas, pen.rect, level.name, left, middle, color);
            taken.push(middle);
        }
    }
}
