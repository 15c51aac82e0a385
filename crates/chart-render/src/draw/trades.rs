//! Trades and markers.

use tiny_skia::Path;

use crate::canvas::Paint;
use crate::chart::{Marker, MarkerShape, Trade};
use crate::color::{Color, Ink};
use crate::draw::Pen;
use crate::shape::{Point, dashes, dot, polygons};

impl Pen<'_> {
    pub(crate) fn trades(&mut self, trades: &[Trade]) {
        for trade in trades {
            let color = if trade.profit < 0.0 { self.theme.loss } else { self.theme.profit };
            let (entry, exit) =
                (self.place(trade.entry_bar, trade.entry_price), self.place(trade.exit_bar, trade.exit_price));
            self.dashes(entry, exit, color);
        }
        let size = self.marker_size(trades.len() * 2);
        for trade in trades {
            let (entry, exit) = if trade.long { (self.theme.long, 1.0) } else { (self.theme.short, -1.0) };
            self.triangle(self.place(trade.entry_bar, trade.entry_price), size * exit, entry);
            let color = if trade.profit < 0.0 { self.theme.loss } else { self.theme.profit };
            self.triangle(self.place(trade.exit_bar, trade.exit_price), -size * exit, color);
        }
    }

    /// Draws markers; those of automatic colour in `auto`.
    pub(crate) fn markers(&mut self, markers: &[Marker], auto: Color) {
        let size = self.marker_size(markers.len());
        for marker in markers {
            let at = self.place(marker.bar, marker.value);
            let color = if marker.ink == Ink::Auto { auto } else { self.theme.resolve(marker.ink, &mut 0) };
            match marker.shape {
                MarkerShape::Up => self.triangle(at, size, color),
                MarkerShape::Down => self.triangle(at, -size, color),
                MarkerShape::Dot => {
                    self.solid(dot(at, size * 0.7 + 2.0 * self.frame.unit), self.theme.background);
                    self.solid(dot(at, size * 0.7), color);
                }
            }
        }
    }

    fn place(&self, bar: usize, value: f64) -> Point {
        Point { x: self.frame.bars.x(bar), y: self.scale.y(value) }
    }

    /// Side of a triangle in pixels: smaller where many stand close together.
    fn marker_size(&self, n_markers: usize) -> f64 {
        let room = self.rect.width() as f64 / (n_markers as f64 + 1.0);
        (room * 0.6).clamp(6.0 * self.frame.unit, 12.0 * self.frame.unit).min(self.rect.height() as f64 / 4.0)
    }

    /// A triangle whose tip is at `tip`: below it and pointing up if `size` is positive, else above it.
    fn triangle(&mut self, tip: Point, size: f64, color: Color) {
        let rim = 1.5 * self.frame.unit * size.signum();
        let shape = |grown: f64| {
            let (half, top, foot) = (size.abs() / 2.0 + grown.abs() * 1.2, -grown * 1.2, size * 0.85 + grown);
            let corners = [(0.0, top), (half, foot), (-half, foot)];
            polygons(&[corners.map(|(dx, dy)| Point { x: tip.x + dx, y: tip.y + dy })])
        };
        self.solid(shape(rim), self.theme.background);
        self.solid(shape(0.0), color);
    }

    fn dashes(&mut self, from: Point, to: Point, color: Color) {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        // An end may lie a million pixels away: then the dashes are longer, not more.
        let period = (7.0 * self.frame.unit).max((dx * dx + dy * dy).sqrt() / 4096.0);
        self.solid(dashes(from, to, 1.5 * self.frame.unit, period * 0.6, period * 0.4), color);
    }

    fn solid(&mut self, shape: Option<Path>, color: Color) {
        self.canvas.draw(self.rect, shape, Paint::Solid(color));
    }
}
