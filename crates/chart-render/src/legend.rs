//! Names and colours of a pane's layers.

use crate::canvas::{Canvas, Paint, Rect, pixel};
use crate::chart::{Layer, Pane, Trade};
use crate::color::Color;
use crate::shape::{Point, polygons};
use crate::text::Font;
use crate::theme::Theme;

/// The sign before a name.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Swatch {
    None,
    Line(Color),
    Square(Color),
    Up(Color),
    Down(Color),
}

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    swatch: Swatch,
    text: String,
    is_title: bool,
    /// From the left end of the legend, in pixels.
    x: f64,
    row: u8,
}

/// The legend of one pane, laid out in rows.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Legend {
    entries: Vec<Entry>,
    row_px: f64,
    /// Height of all rows in pixels; 0 without entries.
    pub(crate) height: f64,
}

/// The fonts of labels and of pane titles.
pub(crate) struct Fonts {
    pub(crate) label: Font,
    pub(crate) title: Font,
}

impl Legend {
    /// The legend of `pane`, whose layers have the colours `colors`, in at most `width` x `height` pixels. Names that do not
    /// fit are left out, long ones are cut.
    pub(crate) fn new(
        pane: &Pane<'_>,
        colors: &[Color],
        theme: &Theme,
        fonts: &Fonts,
        width: f64,
        height: f64,
    ) -> Self {
        let row_px = (fonts.label.size_px() * 1.6).round();
        let mut legend = Self { entries: Vec::new(), row_px, height: 0.0 };
        let (mut x, mut row) = (0.0, 0_u8);
        let title = (!pane.title.is_empty()).then_some((Swatch::None, pane.title, true));
        for (swatch, text, is_title) in title.into_iter().chain(names(pane, colors, theme)) {
            let font = if is_title { &fonts.title } else { &fonts.label };
            let indent = swatch.width(font);
            let Some(text) = font.fitted(text, width - indent) else { continue };
            let needed = indent + font.width(&text);
            if x > 0.0 && x + needed > width {
                (x, row) = (0.0, row + 1);
            }
            if f64::from(row + 1) * row_px > height {
                break;
            }
            legend.height = f64::from(row + 1) * row_px;
            legend.entries.push(Entry { swatch, text, is_title, x, row });
            x += needed + font.size_px() * 1.25;
        }
        legend
    }

    /// Draws it with its top left corner at (`left`, `top`).
    pub(crate) fn draw(&self, canvas: &mut Canvas, clip: Rect, left: f64, top: f64, theme: &Theme, fonts: &Fonts) {
        for entry in &self.entries {
            let font = if entry.is_title { &fonts.title } else { &fonts.label };
            let (x, middle) = (left + entry.x, top + (f64::from(entry.row) + 0.5) * self.row_px);
            entry.swatch.draw(canvas, clip, x, middle, font);
            font.draw(canvas, clip, &entry.text, x + entry.swatch.width(font), middle, theme.text);
        }
    }
}

fn names<'a>(
    pane: &Pane<'a>,
    colors: &[Color],
    theme: &Theme,
) -> impl Iterator<Item = (Swatch, &'a str, bool)> + use<'a> {
    let mut names = Vec::new();
    for (layer, &color) in pane.layers.iter().zip(colors) {
        match layer {
            Layer::Line(line) => names.push((Swatch::Line(color), line.name)),
            Layer::Band(band) => names.push((Swatch::Square(color.faded(120)), band.name)),
            Layer::Area(area) => names.push((Swatch::Line(color), area.name)),
            Layer::Volume(volume) => names.push((Swatch::Square(theme.up.faded(theme.volume_alpha)), volume.name)),
            Layer::Histogram(histogram) => names.push((Swatch::Square(theme.up), histogram.name)),
            Layer::Trades(trades) => names.extend(trade_names(trades, theme)),
            Layer::Candles(_) | Layer::Level(_) | Layer::Markers(_) => (),
        }
    }
    names.into_iter().filter(|(_, name)| !name.is_empty()).map(|(swatch, name)| (swatch, name, false))
}

fn trade_names(trades: &[Trade], theme: &Theme) -> Vec<(Swatch, &'static str)> {
    let any = |is: fn(&Trade) -> bool| trades.iter().any(is);
    let names: [(bool, Swatch, &'static str); 4] = [
        (any(|trade| trade.long), Swatch::Up(theme.long), "Long"),
        (any(|trade| !trade.long), Swatch::Down(theme.short), "Short"),
        (any(|trade| trade.profit >= 0.0), Swatch::Line(theme.profit), "Profit"),
        (any(|trade| trade.profit < 0.0), Swatch::Line(theme.loss), "Loss"),
    ];
    names.into_iter().filter(|name| name.0).map(|(_, swatch, name)| (swatch, name)).collect()
}

impl Swatch {
    /// Room for the sign and the space after it.
    fn width(self, font: &Font) -> f64 {
        match self {
            Self::None => 0.0,
            Self::Line(_) => font.size_px() * 1.75,
            Self::Square(_) | Self::Up(_) | Self::Down(_) => font.size_px() * 1.3,
        }
    }

    fn draw(self, canvas: &mut Canvas, clip: Rect, x: f64, middle: f64, font: &Font) {
        let unit = font.size_px();
        let (x, middle) = (x.round(), middle.round());
        let fill = |width: f64, height: f64| Rect {
            left: pixel(x),
            top: pixel(middle - (height / 2.0).floor()),
            right: pixel(x + width),
            bottom: pixel(middle - (height / 2.0).floor() + height),
        };
        let triangle = |up: f64| {
            let (half, tall) = (unit * 0.4, unit * 0.36 * up);
            let corners = [(0.0, tall), (half * 2.0, tall), (half, -tall)];
            polygons(&[corners.map(|(dx, dy)| Point { x: x + dx, y: middle + dy })])
        };
        match self {
            Self::None => (),
            Self::Line(color) => {
                canvas.fill(fill((unit * 1.25).round(), (unit / 6.0).round().max(1.0)).intersect(clip), color);
            }
            Self::Square(color) => {
                let side = (unit * 0.8).round();
                canvas.fill(fill(side, side).intersect(clip), color);
            }
            Self::Up(color) => canvas.draw(clip, triangle(1.0), Paint::Solid(color)),
            Self::Down(color) => canvas.draw(clip, triangle(-1.0), Paint::Solid(color)),
        }
    }
}
