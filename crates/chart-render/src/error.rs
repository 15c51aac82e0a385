//! What can go wrong.

use crate::image::Size;

/// What can go wrong while drawing a chart or writing an image.
///
/// `pane` and `layer` are positions, from 0, in [`Chart::panes`](crate::Chart::panes) and [`Pane::layers`](crate::Pane::layers).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A side of the image is too short or too long.
    #[error(
        "an image of {width} x {height} pixels is not possible: each side must be {} to {}",
        Size::MIN_SIDE,
        Size::MAX_SIDE
    )]
    Size {
        /// Width asked for, in pixels.
        width: u32,
        /// Height asked for, in pixels.
        height: u32,
    },
    /// A setting of the chart, its size, layout or theme is not a number or out of its range.
    #[error("{name} is {value}, but must be {min} to {max}")]
    Setting {
        /// Which setting.
        name: &'static str,
        /// Its value.
        value: f64,
        /// Smallest value allowed.
        min: f64,
        /// Largest value allowed.
        max: f64,
    },
    /// The chart has no pane.
    #[error("the chart has no pane")]
    NoPane,
    /// The chart has no bar: its time column is empty.
    #[error("the chart has no bar: its time column is empty")]
    NoBars,
    /// The panes would be less than four pixels high.
    #[error("{n_panes} panes do not fit into {height} pixels: each needs {}", crate::frame::MIN_PANE_PX)]
    TooManyPanes {
        /// Number of panes.
        n_panes: usize,
        /// Height left for them, in pixels.
        height: usize,
    },
    /// A bar is earlier than the one before it.
    #[error("time goes back at bar {bar}")]
    TimeGoesBack {
        /// Position of the later bar.
        bar: usize,
    },
    /// A column has another length than the time column.
    #[error("pane {pane}, layer {layer}: {column} has {len} values for {n_bars} bars")]
    Length {
        /// Position of the pane.
        pane: usize,
        /// Position of the layer in the pane.
        layer: usize,
        /// Name of the column.
        column: &'static str,
        /// Its length.
        len: usize,
        /// Length of the time column.
        n_bars: usize,
    },
    /// A value is infinite, or NaN where a gap is not possible.
    #[error("pane {pane}, layer {layer}: {column} is {value} at position {position}")]
    NotFinite {
        /// Position of the pane.
        pane: usize,
        /// Position of the layer in the pane.
        layer: usize,
        /// Name of the column or setting.
        column: &'static str,
        /// Position of the bar, trade or marker.
        position: usize,
        /// The value.
        value: f64,
    },
    /// A bar's high is below its low.
    #[error("pane {pane}, layer {layer}: high is below low at bar {bar}")]
    HighBelowLow {
        /// Position of the pane.
        pane: usize,
        /// Position of the layer in the pane.
        layer: usize,
        /// Position of the bar.
        bar: usize,
    },
    /// A volume is negative.
    #[error("pane {pane}, layer {layer}: volume is negative at bar {bar}")]
    NegativeVolume {
        /// Position of the pane.
        pane: usize,
        /// Position of the layer in the pane.
        layer: usize,
        /// Position of the bar.
        bar: usize,
    },
    /// A trade or marker stands at a bar that the chart does not have.
    #[error("pane {pane}, layer {layer}: position {position} stands at bar {bar} of {n_bars}")]
    NoSuchBar {
        /// Position of the pane.
        pane: usize,
        /// Position of the layer in the pane.
        layer: usize,
        /// Position of the trade or marker.
        position: usize,
        /// The bar it names.
        bar: usize,
        /// Length of the time column.
        n_bars: usize,
    },
    /// A trade's exit bar is before its entry bar.
    #[error("pane {pane}, layer {layer}: trade {position} ends before it starts")]
    ExitBeforeEntry {
        /// Position of the pane.
        pane: usize,
        /// Position of the layer in the pane.
        layer: usize,
        /// Position of the trade.
        position: usize,
    },
    /// A fixed range has no extent, or the values of a pane are too far apart for `f64`.
    #[error("pane {pane}: no scale from {min} to {max}")]
    Range {
        /// Position of the pane.
        pane: usize,
        /// Lower end.
        min: f64,
        /// Upper end.
        max: f64,
    },
    /// An image's pixels do not match its size.
    #[error("{len} bytes of pixels for an image of {width} x {height}, which has three bytes a pixel")]
    Pixels {
        /// Width of the image.
        width: u32,
        /// Height of the image.
        height: u32,
        /// Bytes it has.
        len: usize,
    },
    /// The PNG encoder refused the image.
    #[error("cannot write a PNG")]
    Png {
        /// What the encoder answered.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
