//! Candles, volumes, histograms: whole pixels, no smoothing.

use std::ops::Range;

use crate::axis::BarAxis;
use crate::canvas::{Rect, pixel};
use crate::chart::{Candles, Volume};
use crate::color::Color;
use crate::draw::Pen;

impl Pen<'_> {
    pub(crate) fn candles(&mut self, candles: &Candles<'_>) {
        let (axis, rect) = (self.frame.bars, self.rect);
        for bars in columns(candles.close.len(), axis) {
            let (open, close) = (candles.open[bars.start], candles.close[bars.end - 1]);
            let color = self.direction(open, close);
            let high = highest(&candles.high[bars.clone()]).max(open).max(close);
            let low = -highest_of(candles.low[bars.clone()].iter().map(|low| -low)).max(-open).max(-close);
            let rows = |upper: f64, lower: f64| (self.scale.row(upper, rect), self.scale.row(lower, rect) + 1);
            let (wick, body) = (rows(high, low), rows(open.max(close), open.min(close)));
            let is_outside =
                |upper, lower| self.scale.y(upper) >= rect.bottom as f64 || self.scale.y(lower) < rect.top as f64;
            let (hide_wick, hide_body) = (is_outside(high, low), is_outside(open.max(close), open.min(close)));
            if !hide_wick {
                self.bar(axis.wick_left(bars.start), axis.wick, wick, color);
            }
            if axis.body > 1 && !hide_body {
                self.bar(axis.body_left(bars.start), axis.body, body, color);
            }
        }
    }

    pub(crate) fn volume(&mut self, volume: &Volume<'_>) {
        for bars in columns(volume.volume.len(), self.frame.bars) {
            let color = self.direction(volume.open[bars.start], volume.close[bars.end - 1]);
            let largest = highest(&volume.volume[bars.clone()]);
            self.bar_from_zero(bars.start, largest, color.faded(self.theme.volume_alpha));
        }
    }

    pub(crate) fn histogram(&mut self, values: &[f64]) {
        for bars in columns(values.len(), self.frame.bars) {
            let is_shrinking = bars.len() == 1
                && bars.start > 0
                && values[bars.start] * values[bars.start - 1] > 0.0
                && values[bars.start].abs() < values[bars.start - 1].abs();
            let alpha = if is_shrinking { 120 } else { 255 };
            let high = highest(&values[bars.clone()]);
            let low = -highest_of(values[bars.clone()].iter().map(|value| -value));
            if high > 0.0 {
                self.bar_from_zero(bars.start, high, self.theme.up.faded(alpha));
            }
            if low < 0.0 {
                self.bar_from_zero(bars.start, low, self.theme.down.faded(alpha));
            }
        }
    }

    fn direction(&self, open: f64, close: f64) -> Color {
        if close >= open { self.theme.up } else { self.theme.down }
    }

    /// A bar from zero to `value`; none if that is 0 or no number.
    fn bar_from_zero(&mut self, bar: usize, value: f64, color: Color) {
        if !value.is_finite() || value == 0.0 {
            return;
        }
        let (zero, end) = (self.scale.row(0.0, self.rect), self.scale.row(value, self.rect));
        let axis = self.frame.bars;
        self.bar(axis.body_left(bar), axis.body, (zero.min(end), zero.max(end) + 1), color);
    }

    fn bar(&mut self, left: usize, width: usize, (top, bottom): (usize, usize), color: Color) {
        self.canvas.fill(Rect { left, right: left + width, top, bottom }.intersect(self.rect), color);
    }
}

/// The bars of each column of pixels: one each, or several where they are crowded.
fn columns(n_bars: usize, axis: BarAxis) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start == n_bars {
            return None;
        }
        let mut end = start + 1;
        if axis.is_crowded() {
            let column = pixel(axis.x(start));
            while end < n_bars && pixel(axis.x(end)) == column {
                end += 1;
            }
        }
        let bars = start..end;
        start = end;
        Some(bars)
    })
}

/// The largest value that is a number; minus infinity if none is.
fn highest(values: &[f64]) -> f64 {
    highest_of(values.iter().copied())
}

fn highest_of(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(f64::NEG_INFINITY, f64::max)
}
