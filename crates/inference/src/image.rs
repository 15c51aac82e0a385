use std::fmt;

use crate::Error;

/// The eight bytes that every PNG file begins with (W3C PNG Specification, third edition, section 5.2).
const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];

/// A chart as the bytes of a PNG file.
///
/// Only the head is looked at (signature, header chunk, size); the pixels are decoded by who uses them.
#[derive(Clone, PartialEq, Eq)]
pub struct ImageInput {
    png: Vec<u8>,
    width: u32,
    height: u32,
}

impl ImageInput {
    /// Takes the bytes of a PNG file.
    ///
    /// # Errors
    /// [`Error::Image`] if they do not begin like one or the image has no pixels.
    pub fn png(png: Vec<u8>) -> Result<Self, Error> {
        match size(&png) {
            Ok((width, height)) => Ok(Self { png, width, height }),
            Err(problem) => Err(Error::Image { len_bytes: png.len(), problem }),
        }
    }

    /// The file's bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.png
    }

    /// Columns of pixels, at least 1.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Rows of pixels, at least 1.
    pub fn height(&self) -> u32 {
        self.height
    }
}

/// Without the bytes, which would drown a log.
impl fmt::Debug for ImageInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ImageInput({} x {} PNG, {} bytes)", self.width, self.height, self.png.len())
    }
}

/// Width and height from the header chunk, which must come first: length 13, `IHDR`, width, height, big-endian.
fn size(png: &[u8]) -> Result<(u32, u32), &'static str> {
    let rest = png.strip_prefix(&SIGNATURE).ok_or("they do not begin with the PNG signature")?;
    let header = rest.strip_prefix(b"\0\0\0\x0dIHDR").ok_or("the header chunk does not come first")?;
    let (width, rest) = header.split_first_chunk().ok_or("they end inside the header chunk")?;
    let (height, rest) = rest.split_first_chunk().ok_or("they end inside the header chunk")?;
    let (width, height) = (u32::from_be_bytes(*width), u32::from_be_bytes(*height));
    if rest.is_empty() {
        return Err("they end inside the header chunk");
    }
    if width == 0 || height == 0 {
        return Err("it has no pixels");
    }
    Ok((width, height))
}

#[cfg(test)]
mod tests {
    use super::ImageInput;

    fn head(width: u32, height: u32) -> Vec<u8> {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend(width.to_be_bytes());
        png.extend(height.to_be_bytes());
        png.extend([8, 2, 0, 0, 0]);
        png
    }

    #[test]
    fn reads_the_size() {
        let image = ImageInput::png(head(640, 360)).unwrap();
        assert_eq!((image.width(), image.height()), (640, 360));
        assert_eq!(format!("{image:?}"), "ImageInput(640 x 360 PNG, 29 bytes)");
    }

    #[test]
    fn rejects_what_is_no_png() {
        let cases: [(Vec<u8>, &str); 4] = [
            (b"\xff\xd8\xff\xe0 JFIF".to_vec(), "they do not begin with the PNG signature"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\x0dIDAT".to_vec(), "the header chunk does not come first"),
            (head(640, 360)[..20].to_vec(), "they end inside the header chunk"),
            (head(0, 360), "it has no pixels"),
        ];
        for (bytes, problem) in cases {
            let text = format!("{} bytes are not a PNG image: {problem}", bytes.len());
            assert_eq!(ImageInput::png(bytes).unwrap_err().to_string(), text);
        }
    }
}
