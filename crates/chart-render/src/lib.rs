//! Candlestick charts with overlays and panes, drawn to RGB pixels and PNG without a display.
//!
//! A [`Chart`] describes what to show by borrowing slices: panes stacked over one time axis, each with layers such as
//! [`Candles`], [`Line`], [`Band`], [`Volume`] or [`Trade`]s. [`render`] turns it into an [`Image`]; [`Theme`] says how it
//! looks, [`Size`] how large it is and [`Layout`] what stands around the data. Equal input gives equal bytes,
//! as long as the versions of tiny-skia (smooth shapes) and image (PNG) stay the same.
//!
//! ```
//! use chart_render::{Candles, Chart, Layer, Line, Pane, Size, Theme, render};
//!
//! let open = [1.10, 1.12, 1.11];
//! let high = [1.13, 1.13, 1.14];
//! let low = [1.09, 1.10, 1.10];
//! let close = [1.12, 1.11, 1.13];
//! let mean = [f64::NAN, 1.115, 1.12];
//! let hour_ns = 3_600_000_000_000;
//! let time: Vec<i64> = (0..3).map(|i| 1_746_435_600_000_000_000 + i * hour_ns).collect();
//!
//! let price = Pane::new(vec![
//!     Layer::Candles(Candles::new(&open, &high, &low, &close)),
//!     Layer::Line(Line::new("Mean 2", &mean)),
//! ]);
//! let chart = Chart { title: "EURUSD", ..Chart::new(&time, vec![price]) };
//! let image = render(&chart, &Theme::light(), Size::new(640, 360))?;
//! assert_eq!(image.pixels.len(), 640 * 360 * 3);
//! let png = image.to_png()?;
//! assert!(png.starts_with(b"\x89PNG"));
//! # Ok::<(), chart_render::Error>(())
//! ```
//!
//! Not here: indicators and market types (it takes slices), interaction, vector output, other time zones than UTC,
//! right-to-left or non-Latin text. There are no features.
#![forbid(unsafe_code)]

mod chart;
mod check;
mod color;
mod error;
mod image;
mod indexed;
mod layout;
mod theme;

mod axis;
mod calendar;
mod canvas;
mod draw;
mod frame;
mod legend;
mod number;
mod polyline;
mod range;
mod render;
mod shape;
mod text;
mod ticks;
mod time_labels;

pub use crate::chart::{
    Area, Band, Candles, Chart, Histogram, Layer, Level, Line, Marker, MarkerShape, Pane, Trade, ValueFormat,
    ValueRange, Volume,
};
pub use crate::color::{Color, Ink};
pub use crate::error::Error;
pub use crate::image::{Image, Size};
pub use crate::layout::Layout;
pub use crate::render::render;
pub use crate::theme::Theme;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
