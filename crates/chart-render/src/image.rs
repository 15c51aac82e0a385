//! Pixels out.

use ::image::codecs::png::{CompressionType, FilterType, PngEncoder};
use ::image::{ExtendedColorType, ImageEncoder};

use crate::error::Error;

/// Size of the image to draw.
///
/// ```
/// use chart_render::Size;
///
/// // Twice the pixels, twice the text: the same chart for a high-density screen.
/// let size = Size { scale: 2.0, ..Size::new(1600, 900) };
/// assert_eq!(size.width, 1600);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width of the image in pixels, [`Size::MIN_SIDE`] to [`Size::MAX_SIDE`].
    pub width: u32,
    /// Height of the image in pixels, [`Size::MIN_SIDE`] to [`Size::MAX_SIDE`].
    pub height: u32,
    /// Multiplies text, margins and line widths, not the image; 0.25 to 8.
    pub scale: f64,
}

impl Size {
    /// Shortest side possible, in pixels.
    pub const MIN_SIDE: u32 = 8;
    /// Longest side possible, in pixels.
    pub const MAX_SIDE: u32 = 8192;

    /// An image of `width` x `height` pixels at scale 1.
    pub const fn new(width: u32, height: u32) -> Self {
        Self { width, height, scale: 1.0 }
    }
}

/// A drawn chart: eight bits of red, green and blue for each pixel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Image {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// `width * height * 3` bytes: rows from top to bottom, pixels from left to right, red, green, blue in sRGB.
    pub pixels: Vec<u8>,
}

impl Image {
    /// The image as a PNG file (8-bit RGB, no metadata): the same bytes for the same pixels, as long as the version
    /// of the encoder stays the same.
    ///
    /// Speed before size: every row is stored as its difference from the row above, through the encoder's fast setting.
    ///
    /// # Errors
    /// [`Error::Pixels`] if `pixels` has another length than `width * height * 3`; [`Error::Png`] if a side is 0.
    ///
    /// Source: W3C, *Portable Network Graphics (PNG) Specification* (third edition).
    pub fn to_png(&self) -> Result<Vec<u8>, Error> {
        let (width, height) = (self.width, self.height);
        if self.pixels.len() as u128 != u128::from(width) * u128::from(height) * 3 {
            return Err(Error::Pixels { width, height, len: self.pixels.len() });
        }
        let mut bytes = Vec::with_capacity(self.pixels.len() / 16);
        let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Up);
        let written = encoder.write_image(&self.pixels, width, height, ExtendedColorType::Rgb8);
        written.map_err(|source| Error::Png { source: Box::new(source) })?;
        Ok(bytes)
    }
}
