//! Small files: PNG with a palette.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::image::Image;

impl Image {
    /// The image as a PNG file with a palette of at most `max_colors` colours (0 counts as 1), for pages and documents:
    /// about a sixth of the bytes of [`Image::to_png`], in several times the time. The same bytes for the same pixels, as
    /// long as the version of the encoder stays the same.
    ///
    /// An image of more colours keeps the most frequent; each of the others, shades along smooth lines, becomes the
    /// nearest of them. 64 are enough for candles, lines and bands; areas that fade take more.
    ///
    /// ```
    /// use chart_render::Image;
    ///
    /// let image = Image { width: 2, height: 1, pixels: vec![255, 0, 0, 0, 0, 255] };
    /// assert!(image.to_indexed_png(64)?.starts_with(b"\x89PNG"));
    /// # Ok::<(), chart_render::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Pixels`] if `pixels` has another length than `width * height * 3`; [`Error::Png`] if a side is 0.
    ///
    /// Source: W3C, *Portable Network Graphics (PNG) Specification* (third edition).
    pub fn to_indexed_png(&self, max_colors: u8) -> Result<Vec<u8>, Error> {
        let (width, height) = (self.width, self.height);
        if self.pixels.len() as u128 != u128::from(width) * u128::from(height) * 3 {
            return Err(Error::Pixels { width, height, len: self.pixels.len() });
        }
        let (pixels, _) = self.pixels.as_chunks::<3>();
        let palette = palette(pixels, usize::from(max_colors.max(1)));
        let indices = indices(pixels, &palette);
        let mut bytes = Vec::new();
        written(&mut bytes, (width, height), &palette, &indices)
            .map_err(|source| Error::Png { source: Box::new(source) })?;
        Ok(bytes)
    }
}

/// The most frequent colours, those first.
fn palette(pixels: &[[u8; 3]], max_colors: usize) -> Vec<[u8; 3]> {
    let mut counts: BTreeMap<[u8; 3], usize> = BTreeMap::new();
    for &pixel in pixels {
        *counts.entry(pixel).or_default() += 1;
    }
    let mut colors: Vec<([u8; 3], usize)> = counts.into_iter().collect();
    colors.sort_by_key(|&(color, count)| (std::cmp::Reverse(count), color));
    colors.truncate(max_colors);
    colors.into_iter().map(|(color, _)| color).collect()
}

/// For each pixel the place of its colour, or of the nearest, in `palette`.
#[expect(clippy::cast_possible_truncation, reason = "a palette has at most 255 places")]
fn indices(pixels: &[[u8; 3]], palette: &[[u8; 3]]) -> Vec<u8> {
    let mut places: BTreeMap<[u8; 3], u8> = palette.iter().copied().zip(0..).collect();
    let nearest = |pixel: [u8; 3]| -> u8 {
        let distance = |color: &[u8; 3]| -> u32 {
            color.iter().zip(pixel).map(|(&part, other)| u32::from(part.abs_diff(other)).pow(2)).sum()
        };
        (0..palette.len()).min_by_key(|&place| distance(&palette[place])).unwrap_or_default() as u8
    };
    pixels.iter().map(|&pixel| *places.entry(pixel).or_insert_with(|| nearest(pixel))).collect()
}

fn written(
    bytes: &mut Vec<u8>,
    (width, height): (u32, u32),
    palette: &[[u8; 3]],
    indices: &[u8],
) -> Result<(), png::EncodingError> {
    let mut encoder = png::Encoder::new(bytes, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.as_flattened());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(indices)?;
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::Image;

    fn decoded(png: &[u8]) -> Vec<u8> {
        ::image::load_from_memory(png).unwrap().to_rgb8().into_raw()
    }

    #[test]
    fn few_colours_come_back_as_they_were() {
        let pixels: Vec<u8> = (0..40 * 30)
            .flat_map(|at: u32| [at % 16 * 7, at % 5 * 50, 9].map(|part| u8::try_from(part).unwrap()))
            .collect();
        let image = Image { width: 40, height: 30, pixels: pixels.clone() };
        assert_eq!(decoded(&image.to_indexed_png(255).unwrap()), pixels);
        assert_eq!(image.to_indexed_png(255).unwrap(), image.to_indexed_png(255).unwrap());
    }

    #[test]
    fn of_many_colours_the_rare_ones_become_their_neighbours() {
        let (red, nearly_red, blue) = ([250, 0, 0], [240, 9, 9], [0, 0, 250]);
        let pixels = [red, red, nearly_red, blue, blue, blue].concat();
        let image = Image { width: 3, height: 2, pixels };
        assert_eq!(decoded(&image.to_indexed_png(2).unwrap()), [red, red, red, blue, blue, blue].concat());
        assert_eq!(decoded(&image.to_indexed_png(0).unwrap()), [blue; 6].concat());
    }

    #[test]
    fn pixels_that_do_not_fit_the_size_are_refused() {
        let image = Image { width: 2, height: 2, pixels: vec![0; 9] };
        assert_eq!(image.to_indexed_png(9).unwrap_err().to_string(), image.to_png().unwrap_err().to_string());
        assert!(Image { width: 0, height: 0, pixels: Vec::new() }.to_indexed_png(9).is_err());
    }
}
