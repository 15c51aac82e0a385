//! Draws a laid out chart.

use crate::canvas::{Canvas, Rect, pixel};
use crate::chart::{Chart, Pane};
use crate::check::check;
use crate::color::Color;
use crate::draw::{Pen, level_names};
use crate::error::Error;
use crate::frame::{Frame, PaneFrame, Tag};
use crate::image::{Image, Size};
use crate::theme::Theme;

/// Draws `chart` in the looks of `theme` as an image of `size`.
///
/// Equal input gives equal pixels, as long as the version of tiny-skia stays the same. The time taken grows with the number
/// of pixels and of bars.
///
/// # Errors
/// - [`Error::Size`], [`Error::Setting`]: the size, layout, theme or a setting of a pane or layer is out of its range.
/// - [`Error::NoPane`], [`Error::NoBars`], [`Error::TooManyPanes`]: there is nothing to draw, or no room for it.
/// - [`Error::TimeGoesBack`], [`Error::Length`], [`Error::NotFinite`], [`Error::HighBelowLow`], [`Error::NegativeVolume`],
///   [`Error::NoSuchBar`], [`Error::ExitBeforeEntry`], [`Error::Range`]: the data is not what its layer needs.
///
/// ```
/// use chart_render::{Area, Chart, Error, Layer, Pane, Size, Theme, render};
///
/// let chart = Chart::new(&[0, 1, 2], vec![Pane::new(vec![Layer::Area(Area::new("Equity", &[1.0, f64::NAN, 2.0]))])]);
/// let image = render(&chart, &Theme::dark(), Size::new(320, 200))?;
/// assert_eq!((image.width, image.height), (320, 200));
///
/// let no_bars = Chart::new(&[], chart.panes.clone());
/// assert!(matches!(render(&no_bars, &Theme::dark(), Size::new(320, 200)), Err(Error::NoBars)));
/// # Ok::<(), Error>(())
/// ```
pub fn render(chart: &Chart<'_>, theme: &Theme, size: Size) -> Result<Image, Error> {
    check(chart, theme, size)?;
    let frame = Frame::new(chart, theme, size)?;
    let mut canvas = Canvas::new(pixel(size.width.into()), pixel(size.height.into()), theme.background);
    for (pane, places) in chart.panes.iter().zip(&frame.panes) {
        draw_pane(&mut canvas, chart, pane, places, theme, &frame);
    }
    if chart.layout.border {
        draw_border(&mut canvas, theme, &frame);
    }
    draw_value_axis(&mut canvas, theme, &frame);
    draw_time_axis(&mut canvas, theme, &frame);
    draw_header(&mut canvas, chart, theme, &frame);
    Ok(Image { width: size.width, height: size.height, pixels: canvas.into_pixels() })
}

fn draw_pane(
    canvas: &mut Canvas,
    chart: &Chart<'_>,
    pane: &Pane<'_>,
    places: &PaneFrame,
    theme: &Theme,
    frame: &Frame,
) {
    let rect = places.rect;
    for &bar in &frame.separators {
        let left = frame.bars.boundary(bar);
        canvas.fill(Rect { left, right: left + frame.hairline, ..rect }.intersect(rect), theme.separator);
    }
    if chart.layout.grid {
        for tick in &places.ticks {
            let top = pixel(tick.y);
            canvas.fill(Rect { top, bottom: top + frame.hairline, ..rect }.intersect(rect), theme.grid);
        }
    }
    if let Some(scale) = places.scale {
        let mut pen = Pen { canvas, theme, frame, rect, scale };
        for (layer, &color) in pane.layers.iter().zip(&places.colors) {
            pen.layer(layer, color);
        }
        if frame.value_axis.is_some() {
            places.tags.iter().filter(|tag| tag.has_line).for_each(|tag| pen.dotted(tag.y, tag.color));
        }
        if chart.layout.legend {
            level_names(&mut pen, pane, &places.colors);
        }
    }
    // With a margin the legend starts where the title does.
    let left = (rect.left as f64).max(8.0 * frame.unit);
    let top = rect.top as f64 + 2.0 * frame.unit;
    places.legend.draw(canvas, rect, left, top, theme, &frame.fonts);
}

fn draw_border(canvas: &mut Canvas, theme: &Theme, frame: &Frame) {
    let (Some(first), Some(last)) = (frame.panes.first(), frame.panes.last()) else { return };
    let line = frame.hairline;
    let (top, bottom, left, right) = (first.rect.top, last.rect.bottom, frame.left, frame.right);
    for pane in &frame.panes {
        let start = pane.rect.bottom;
        canvas.fill(Rect { left, top: start, right, bottom: start + line }, theme.border);
    }
    canvas.fill(Rect { left: right, top, right: right + line, bottom: bottom + line }, theme.border);
}

fn draw_value_axis(canvas: &mut Canvas, theme: &Theme, frame: &Frame) {
    let Some((left, right)) = frame.value_axis else { return };
    let font = &frame.fonts.label;
    let (height, text_left) = ((font.size_px() * 1.55).round(), left as f64 + 8.0 * frame.unit);
    for pane in &frame.panes {
        let bounds = Rect { left, right, ..pane.rect };
        let tags = place_tags(&pane.tags, pane.rect, height);
        for tick in &pane.ticks {
            let is_free = tags.iter().all(|(top, _)| (tick.y - (top + height / 2.0)).abs() >= height * 0.92);
            if is_free {
                font.draw(canvas, bounds, &tick.text, text_left, tick.y, theme.text_muted);
            }
        }
        for (top, tag) in tags {
            let (top, left) = (pixel(top), left + frame.hairline);
            draw_plate(canvas, Rect { left, right, top, bottom: top + pixel(height) }, tag.color);
            let ink = if tag.color.is_bright() { Color::hex(0x11_1111) } else { Color::hex(0xff_ffff) };
            font.draw(canvas, bounds, &tag.text, text_left, top as f64 + height / 2.0, ink);
        }
    }
}

/// A rectangle without its right corner pixels.
fn draw_plate(canvas: &mut Canvas, rect: Rect, color: Color) {
    let Rect { left, top, right, bottom } = rect;
    canvas.fill(Rect { left, top, right: right - 1, bottom }, color);
    canvas.fill(Rect { left: right - 1, top: top + 1, right, bottom: bottom - 1 }, color);
}

/// The upper ends of the tags: each as near its value as those before it allow; what finds no room is left out.
fn place_tags(tags: &[Tag], rect: Rect, height: f64) -> Vec<(f64, &Tag)> {
    let (first, last) = (rect.top as f64, rect.bottom as f64 - height);
    let mut placed: Vec<(f64, &Tag)> = Vec::new();
    for tag in tags {
        let wanted = (tag.y - height / 2.0).round();
        let beside = placed.iter().flat_map(|(top, _)| [top - height - 1.0, top + height + 1.0]);
        let is_free =
            |top: &f64| (first..=last).contains(top) && placed.iter().all(|(other, _)| (other - top).abs() > height);
        let nearest = [wanted, wanted.min(last), wanted.max(first)]
            .into_iter()
            .chain(beside)
            .filter(is_free)
            .min_by(|a, b| (a - wanted).abs().total_cmp(&(b - wanted).abs()));
        placed.extend(nearest.map(|top| (top, tag)));
    }
    placed
}

fn draw_time_axis(canvas: &mut Canvas, theme: &Theme, frame: &Frame) {
    let Some((top, bottom)) = frame.time_axis else { return };
    let bounds = Rect { top, bottom, ..canvas.bounds() };
    let middle = top as f64 + (bottom - top) as f64 * 0.5 + frame.unit;
    for label in &frame.time_labels {
        let color = if label.is_strong { theme.text } else { theme.text_muted };
        frame.fonts.label.draw(canvas, bounds, &label.text, label.left, middle, color);
        let left = pixel(label.x - frame.hairline as f64 / 2.0 + 0.5);
        let mark = Rect { left, right: left + frame.hairline, top, bottom: top + pixel(4.0 * frame.unit) };
        canvas.fill(mark, theme.border);
    }
    if let Some((left, right)) = frame.value_axis {
        let left = left as f64 + 8.0 * frame.unit;
        if left + frame.fonts.label.width("UTC") <= right as f64 {
            frame.fonts.label.draw(canvas, bounds, "UTC", left, middle, theme.text_muted);
        }
    }
}

fn draw_header(canvas: &mut Canvas, chart: &Chart<'_>, theme: &Theme, frame: &Frame) {
    let Some(header) = &frame.header else { return };
    let bounds = canvas.bounds();
    let (mut left, right) = (frame.left as f64, (bounds.right - frame.left) as f64);
    let (title, label) = (&header.font, &frame.fonts.label);
    if let Some(text) = title.fitted(chart.title, right - left) {
        title.draw(canvas, bounds, &text, left, header.middle, theme.text);
        left += title.width(&text) + if text.is_empty() { 0.0 } else { label.size_px() };
    }
    // Both stand on one line: capitals of the two sizes end at the same height.
    let middle = header.middle + (title.capitals_px() - label.capitals_px()) / 2.0;
    if label.width(chart.subtitle) <= right - left {
        label.draw(canvas, bounds, chart.subtitle, left, middle, theme.text_muted);
    }
}
