//! How a chart looks.
#![expect(clippy::unreadable_literal, reason = "colours are written as everywhere else: 0xrrggbb")]

use crate::color::{Color, Ink};

/// Colours and text sizes of a chart. `Default` is [`Theme::light`].
///
/// ```
/// use chart_render::{Color, Theme};
///
/// let theme = Theme { up: Color::hex(0x000000), down: Color::hex(0xffffff), ..Theme::dark() };
/// assert_ne!(theme, Theme::default());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Theme {
    /// Behind everything; drawn opaque.
    pub background: Color,
    /// Horizontal lines at the labelled values.
    pub grid: Color,
    /// Vertical lines between days, weeks, months or years.
    pub separator: Color,
    /// Lines between the panes and along the axes.
    pub border: Color,
    /// Titles, legends and dates.
    pub text: Color,
    /// Axis labels and subtitles.
    pub text_muted: Color,
    /// Candles and volumes that close at or above their open; histogram bars above zero.
    pub up: Color,
    /// Candles and volumes that close below their open; histogram bars below zero.
    pub down: Color,
    /// Entries of long trades.
    pub long: Color,
    /// Entries of short trades.
    pub short: Color,
    /// Exits and connecting lines of trades that did not lose.
    pub profit: Color,
    /// Exits and connecting lines of trades that lost.
    pub loss: Color,
    /// Colours of lines, bands and areas that name none ([`Ink::Auto`]), in this order and then again from the start.
    pub palette: [Color; 8],
    /// Opacity of the space between the two lines of a band, 0 to 255.
    pub band_alpha: u8,
    /// Opacity of an area where it meets its line, 0 to 255; it fades towards the baseline.
    pub area_alpha: u8,
    /// Opacity of volume bars, 0 to 255.
    pub volume_alpha: u8,
    /// Text size of labels and legends, in pixels at scale 1; 6 to 64.
    pub font_px: f64,
    /// Text size of the title, in pixels at scale 1; 6 to 64.
    pub title_px: f64,
    /// Width of lines that name none, in pixels at scale 1; 0.5 to 20.
    pub line_px: f64,
}

impl Default for Theme {
    fn default() -> Self {
        Self::light()
    }
}

impl Theme {
    /// Dark text on white.
    pub const fn light() -> Self {
        Self {
            background: Color::hex(0xffffff),
            grid: Color::hex(0xf0f2f6),
            separator: Color::hex(0xe3e6ec),
            border: Color::hex(0xcfd4dd),
            text: Color::hex(0x1b2130),
            text_muted: Color::hex(0x667085),
            up: Color::hex(0x089981),
            down: Color::hex(0xe5384a),
            long: Color::hex(0x2962ff),
            short: Color::hex(0xc2410c),
            profit: Color::hex(0x07806c),
            loss: Color::hex(0xd02438),
            palette: [
                Color::hex(0x2962ff),
                Color::hex(0xf28c0f),
                Color::hex(0x7e57c2),
                Color::hex(0x0097a7),
                Color::hex(0xd81b78),
                Color::hex(0x558b2f),
                Color::hex(0x8d6e63),
                Color::hex(0x546e7a),
            ],
            band_alpha: 22,
            area_alpha: 84,
            volume_alpha: 150,
            font_px: 12.0,
            title_px: 16.0,
            line_px: 1.6,
        }
    }

    /// Light text on a dark blue-grey.
    pub const fn dark() -> Self {
        Self {
            background: Color::hex(0x12161f),
            grid: Color::hex(0x1d222e),
            separator: Color::hex(0x2a303e),
            border: Color::hex(0x3a4152),
            text: Color::hex(0xe2e5ec),
            text_muted: Color::hex(0x929bac),
            up: Color::hex(0x22ab94),
            down: Color::hex(0xf7525f),
            long: Color::hex(0x5b8cff),
            short: Color::hex(0xff9a4d),
            profit: Color::hex(0x42d3b8),
            loss: Color::hex(0xff7380),
            palette: [
                Color::hex(0x5b8cff),
                Color::hex(0xffb04a),
                Color::hex(0xb39ddb),
                Color::hex(0x4dd0e1),
                Color::hex(0xff79b4),
                Color::hex(0x9ccc65),
                Color::hex(0xbcaaa4),
                Color::hex(0x90a4ae),
            ],
            band_alpha: 30,
            area_alpha: 96,
            volume_alpha: 150,
            font_px: 12.0,
            title_px: 16.0,
            line_px: 1.6,
        }
    }

    /// The colour of `ink`; `n_taken` counts the palette colours that went to earlier layers and is moved on.
    pub(crate) fn resolve(&self, ink: Ink, n_taken: &mut usize) -> Color {
        match ink {
            Ink::Auto => {
                *n_taken += 1;
                self.palette[(*n_taken - 1) % self.palette.len()]
            }
            Ink::Palette(position) => self.palette[position % self.palette.len()],
            Ink::Up => self.up,
            Ink::Down => self.down,
            Ink::Muted => self.text_muted,
            Ink::Fixed(color) => color,
        }
    }
}
