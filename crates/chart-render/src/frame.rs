//! Where everything stands: decided before the first pixel is drawn.

use crate::axis::{BarAxis, ValueScale};
use crate::canvas::{Rect, pixel};
use crate::chart::{Chart, Layer, Pane, ValueRange};
use crate::color::Color;
use crate::error::Error;
use crate::image::Size;
use crate::layout::Layout;
use crate::legend::{Fonts, Legend};
use crate::number::{Formatter, least_exponent};
use crate::range::{Extent, extent};
use crate::text::Font;
use crate::theme::Theme;
use crate::ticks::Step;
use crate::time_labels::{Room, TimeLabel, labels, separators};

/// Least height of a pane in pixels.
pub(crate) const MIN_PANE_PX: usize = 4;

/// The places of all parts of a chart.
pub(crate) struct Frame {
    /// Pixels for one pixel at scale 1.
    pub(crate) unit: f64,
    /// Thickness of frame lines in pixels.
    pub(crate) hairline: usize,
    pub(crate) fonts: Fonts,
    pub(crate) header: Option<Header>,
    /// Columns that show data.
    pub(crate) left: usize,
    pub(crate) right: usize,
    /// Columns of the value axis; the last one is at the right margin.
    pub(crate) value_axis: Option<(usize, usize)>,
    /// Rows of the time axis.
    pub(crate) time_axis: Option<(usize, usize)>,
    pub(crate) panes: Vec<PaneFrame>,
    pub(crate) bars: BarAxis,
    pub(crate) time_labels: Vec<TimeLabel>,
    pub(crate) separators: Vec<usize>,
}

/// The title's place and font.
pub(crate) struct Header {
    pub(crate) font: Font,
    /// Height of the middle of its capitals.
    pub(crate) middle: f64,
}

/// The places of the parts of one pane.
pub(crate) struct PaneFrame {
    pub(crate) rect: Rect,
    pub(crate) legend: Legend,
    /// One for each layer.
    pub(crate) colors: Vec<Color>,
    /// `None` if the pane has no value.
    pub(crate) scale: Option<ValueScale>,
    pub(crate) ticks: Vec<Tick>,
    pub(crate) tags: Vec<Tag>,
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tick {
    pub(crate) y: f64,
    pub(crate) text: String,
}

/// A value marked at the axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tag {
    pub(crate) y: f64,
    pub(crate) text: String,
    pub(crate) color: Color,
    /// Whether a dotted line leads to it.
    pub(crate) has_line: bool,
}

/// Space taken around the panes, in pixels.
struct Edges {
    unit: f64,
    margin: f64,
    header: Option<Header>,
    top: usize,
    bottom: usize,
    time_axis: Option<(usize, usize)>,
}

impl Edges {
    fn new(chart: &Chart<'_>, theme: &Theme, size: Size) -> Self {
        let (unit, layout) = (size.scale, &chart.layout);
        let (width, height) = (f64::from(size.width), f64::from(size.height));
        let margin = (layout.margin * unit).min(width.min(height) * 0.04);
        let title_px = theme.title_px * unit;
        let header_height = (title_px * 1.75).round();
        let has_header = layout.header && !(chart.title.is_empty() && chart.subtitle.is_empty());
        let header = (has_header && margin + header_height <= height * 0.25)
            .then(|| Header { font: Font::semi_bold(title_px), middle: margin + title_px * 0.55 });
        let top = margin + if header.is_some() { header_height } else { 0.0 };
        let axis_height = (theme.font_px * unit * 2.1).round();
        let axis_end = pixel(height - margin * 0.4);
        let axis_start = pixel(height - margin * 0.4 - axis_height);
        let time_axis = (layout.time_axis && axis_height <= height * 0.25).then_some((axis_start, axis_end));
        let bottom = time_axis.map_or(pixel(height - margin), |(start, _)| start);
        Self { unit, margin, header, top: pixel(top.round()), bottom, time_axis }
    }
}

impl Frame {
    /// Lays out a checked chart.
    pub(crate) fn new(chart: &Chart<'_>, theme: &Theme, size: Size) -> Result<Self, Error> {
        let edges = Edges::new(chart, theme, size);
        let (unit, margin, layout) = (edges.unit, edges.margin, &chart.layout);
        let width = f64::from(size.width);
        let label = Font::regular(theme.font_px * unit);
        let fonts = Fonts { label, title: Font::semi_bold(theme.font_px * unit) };
        let hairline = pixel(unit.round()).max(1);
        let gap = if layout.border { hairline } else { 0 };
        let rows = pane_rows(&chart.panes, edges.top, edges.bottom, gap)?;

        let mut panes = Vec::with_capacity(rows.len());
        let mut n_colors = 0;
        for (index, (pane, (top, bottom))) in chart.panes.iter().zip(rows).enumerate() {
            let colors: Vec<Color> = pane.layers.iter().map(|layer| color(layer, theme, &mut n_colors)).collect();
            // The width of the data is not known yet, but is never less than this.
            let legend_width = if layout.legend { width * 0.6 - 2.0 * margin } else { 0.0 };
            let legend = Legend::new(pane, &colors, theme, &fonts, legend_width, (bottom - top) as f64 * 0.4);
            let rect = Rect { left: pixel(margin.round()), top, right: 0, bottom };
            let mut places = PaneFrame { rect, legend, colors, scale: None, ticks: Vec::new(), tags: Vec::new() };
            if let Some(extent) = extent(index, pane)? {
                places.scale_values(pane, extent, theme, layout, unit);
            }
            panes.push(places);
        }

        let value_axis = layout.value_axis.then(|| value_axis(&panes, &fonts.label, unit, margin, width)).flatten();
        let (left, right) = (pixel(margin.round()), value_axis.map_or(pixel(width - margin), |(start, _)| start));
        for places in &mut panes {
            places.rect.right = right;
        }
        // A little air between the last bar and the axis.
        let air = if layout.value_axis { pixel(6.0 * unit).min((right - left) / 32) } else { 0 };
        let mut frame = Self {
            unit,
            hairline,
            fonts,
            header: edges.header,
            left,
            right,
            value_axis,
            time_axis: edges.time_axis,
            panes,
            bars: BarAxis::new(left, right - air, chart.time.len(), unit),
            time_labels: Vec::new(),
            separators: Vec::new(),
        };
        frame.lay_out_time(chart.time, layout);
        Ok(frame)
    }

    fn lay_out_time(&mut self, time: &[i64], layout: &Layout) {
        if self.time_axis.is_some() {
            let room = Room { left: self.left as f64, right: self.right as f64 };
            self.time_labels = labels(time, &self.bars, room, &self.fonts.label);
        }
        if layout.separators {
            self.separators = separators(time, &self.bars, 72.0 * self.unit);
        }
    }
}

impl PaneFrame {
    /// Sets the scale, the labels and the tags.
    fn scale_values(&mut self, pane: &Pane<'_>, extent: Extent, theme: &Theme, layout: &Layout, unit: f64) {
        let (top, bottom) = (self.rect.top as f64, self.rect.bottom as f64);
        let height = bottom - top;
        let pad = layout.padding * height;
        let is_fixed = matches!(pane.range, ValueRange::Fixed { .. });
        let has_legend = self.legend.height > 0.0;
        let above = if has_legend { self.legend.height + pad.max(3.0 * unit) * 0.75 } else { pad };
        let above = above.min(height * 0.5);
        let below = if extent.stands_on_min { 0.0 } else { pad };
        let scale = ValueScale::new(extent.min, extent.max, top + above, bottom - below);
        self.scale = Some(scale);
        if !layout.value_axis && !layout.grid {
            return;
        }
        let font_px = theme.font_px * unit;
        let apart = (height / 6.0).clamp(font_px * 2.0, font_px * 4.2);
        let lowest = if is_fixed || extent.stands_on_min { extent.min } else { scale.value(bottom) };
        let highest = if is_fixed || extent.hangs_from_max { extent.max } else { scale.value(top) };
        let least_step = (extent.max - extent.min) / (bottom - below - top - above).max(1.0) * apart;
        let Some(step) = Step::at_least(least_step, least_exponent(pane.format)) else { return };
        let formatter = Formatter::new(pane.format, step.exponent, lowest.abs().max(highest.abs()));
        let tick = |value: f64| Tick { y: scale.y(value), text: formatter.write(value) };
        let has_room = |tick: &Tick| tick.y - font_px * 0.6 >= top && tick.y + font_px * 0.6 <= bottom;
        self.ticks = step.values(lowest, highest).into_iter().map(tick).filter(has_room).collect();
        if layout.value_axis {
            let formatter = formatter.finer(pane.format);
            let shown = tagged(pane, &self.colors, theme).into_iter().map(|(value, color, has_line)| Tag {
                y: scale.y(value),
                text: formatter.write(value),
                color,
                has_line,
            });
            self.tags = shown.filter(|tag| (top..bottom).contains(&tag.y)).collect();
        }
    }
}

/// The columns of the value axis: as wide as its widest label needs, `None` if that is too much.
fn value_axis(panes: &[PaneFrame], font: &Font, unit: f64, margin: f64, width: f64) -> Option<(usize, usize)> {
    let ticks = panes.iter().flat_map(|places| &places.ticks).map(|tick| &tick.text);
    let tags = panes.iter().flat_map(|places| &places.tags).map(|tag| &tag.text);
    let widest = ticks.chain(tags).map(|text| font.width(text)).fold(0.0, f64::max);
    let axis_width = widest + 14.0 * unit;
    let end = pixel(width - margin * 0.4);
    (widest > 0.0 && axis_width + margin <= width * 0.4).then(|| (end - pixel(axis_width.ceil()), end))
}

/// The rows of each pane, by weight.
fn pane_rows(panes: &[Pane<'_>], top: usize, bottom: usize, gap: usize) -> Result<Vec<(usize, usize)>, Error> {
    let n_panes = panes.len();
    let height = bottom.saturating_sub(top);
    let Some(shared) = height.checked_sub(MIN_PANE_PX * n_panes + gap * (n_panes - 1)) else {
        return Err(Error::TooManyPanes { n_panes, height });
    };
    let total: f64 = panes.iter().map(|pane| pane.weight).sum();
    let (mut before, mut above) = (0.0, top);
    let mut rows = Vec::with_capacity(n_panes);
    for (index, pane) in panes.iter().enumerate() {
        before += pane.weight;
        let end = top + (index + 1) * MIN_PANE_PX + index * gap + pixel((before / total * shared as f64).round());
        rows.push((above, end));
        above = end + gap;
    }
    Ok(rows)
}

/// The colour of a layer; those without one of their own take none from the palette.
fn color(layer: &Layer<'_>, theme: &Theme, n_taken: &mut usize) -> Color {
    let ink = match layer {
        Layer::Line(line) => line.ink,
        Layer::Band(band) => band.ink,
        Layer::Area(area) => area.ink,
        Layer::Level(level) => level.ink,
        Layer::Markers(markers) if markers.iter().any(|marker| marker.ink == crate::Ink::Auto) => crate::Ink::Auto,
        _ => crate::Ink::Up,
    };
    theme.resolve(ink, n_taken)
}

/// Values to tag, with colour and whether a line leads to them; the most important first.
fn tagged(pane: &Pane<'_>, colors: &[Color], theme: &Theme) -> Vec<(f64, Color, bool)> {
    let mut found = Vec::new();
    for (layer, &color) in pane.layers.iter().zip(colors) {
        let last = |values: &[f64]| values.iter().rev().copied().find(|value| !value.is_nan());
        match layer {
            Layer::Candles(candles) if candles.tag => {
                if let (Some(open), Some(close)) = (candles.open.last(), candles.close.last()) {
                    found.insert(0, (*close, if close >= open { theme.up } else { theme.down }, true));
                }
            }
            Layer::Line(line) if line.tag => found.extend(last(line.values).map(|value| (value, color, false))),
            Layer::Area(area) if area.tag => found.extend(last(area.values).map(|value| (value, color, false))),
            Layer::Level(level) if level.tag => found.push((level.value, color, false)),
            _ => (),
        }
    }
    found
}
