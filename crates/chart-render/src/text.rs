//! Text in the shipped font.

use tiny_skia::PathBuilder;
use ttf_parser::{Face, GlyphId, OutlineBuilder};

use crate::canvas::{Canvas, Paint, Rect};
use crate::color::Color;
use crate::shape::single;

static REGULAR: &[u8] = include_bytes!("../assets/Inter-Regular.ttf");
static SEMI_BOLD: &[u8] = include_bytes!("../assets/Inter-SemiBold.ttf");

/// Extra space between characters in parts of the size: digits of equal width stand a little loose otherwise.
const TRACKING: f64 = -0.018;

/// A face of the shipped font at one size.
pub(crate) struct Font {
    face: Face<'static>,
    size_px: f64,
    /// Pixels for one unit of the font.
    scale: f64,
}

impl Font {
    pub(crate) fn regular(size_px: f64) -> Self {
        Self::new(REGULAR, size_px)
    }

    pub(crate) fn semi_bold(size_px: f64) -> Self {
        Self::new(SEMI_BOLD, size_px)
    }

    fn new(data: &'static [u8], size_px: f64) -> Self {
        let face = Face::parse(data, 0).expect("the shipped font is well formed");
        let scale = size_px / f64::from(face.units_per_em());
        Self { face, size_px, scale }
    }

    /// Size of the em square in pixels.
    pub(crate) fn size_px(&self) -> f64 {
        self.size_px
    }

    /// Height of capital letters in pixels.
    pub(crate) fn capitals_px(&self) -> f64 {
        f64::from(self.face.capital_height().unwrap_or(0)) * self.scale
    }

    /// Distance that `text` moves the pen, in pixels.
    pub(crate) fn width(&self, text: &str) -> f64 {
        text.chars().map(|c| self.advance(self.glyph(c))).sum()
    }

    /// `text` if it is not wider than `width`, else its longest start that fits with an ellipsis; `None` if not even one
    /// character fits.
    pub(crate) fn fitted(&self, text: &str, width: f64) -> Option<String> {
        if self.width(text) <= width {
            return Some(text.to_owned());
        }
        let mut free = width - self.width("…");
        let fits = |c: &char| {
            free -= self.advance(self.glyph(*c));
            free >= 0.0
        };
        let start: String = text.chars().take_while(fits).collect();
        (!start.is_empty()).then(|| start.trim_end().to_owned() + "…")
    }

    /// Draws `text` from `left` with the middle of its capitals at `middle`.
    pub(crate) fn draw(&self, canvas: &mut Canvas, clip: Rect, text: &str, left: f64, middle: f64, color: Color) {
        // Whole pixels keep the feet of the letters crisp.
        let baseline = (middle + self.capitals_px() / 2.0).round();
        let mut outline = Outline { path: PathBuilder::new(), scale: self.scale, x: left.round(), y: baseline };
        for c in text.chars() {
            let glyph = self.glyph(c);
            // Characters without outline, such as the space, only move the pen.
            let _bounds = self.face.outline_glyph(glyph, &mut outline);
            outline.x += self.advance(glyph);
        }
        canvas.draw(clip, outline.path.finish(), Paint::Solid(color));
    }

    /// The glyph of `c`, or the box for characters that the font lacks.
    fn glyph(&self, c: char) -> GlyphId {
        self.face.glyph_index(c).unwrap_or(GlyphId(0))
    }

    fn advance(&self, glyph: GlyphId) -> f64 {
        f64::from(self.face.glyph_hor_advance(glyph).unwrap_or(0)) * self.scale + TRACKING * self.size_px
    }
}

/// Collects the outlines of glyphs as one path in pixels.
struct Outline {
    path: PathBuilder,
    scale: f64,
    x: f64,
    y: f64,
}

impl Outline {
    fn x(&self, x: f32) -> f32 {
        single(self.x + f64::from(x) * self.scale)
    }

    fn y(&self, y: f32) -> f32 {
        single(self.y - f64::from(y) * self.scale)
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x(x), self.y(y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x(x), self.y(y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path.quad_to(self.x(x1), self.y(y1), self.x(x), self.y(y));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.path.cubic_to(self.x(x1), self.y(y1), self.x(x2), self.y(y2), self.x(x), self.y(y));
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_equally_wide() {
        let font = Font::regular(12.0);
        let widths = "0123456789".chars().map(|digit| font.width(&digit.to_string()).to_bits());
        assert_eq!(widths.collect::<std::collections::BTreeSet<_>>().len(), 1);
    }

    #[test]
    fn the_font_has_all_signs_that_labels_use() {
        let font = Font::regular(12.0);
        for sign in "−–·…%,.:KMBT".chars() {
            assert_ne!(font.glyph(sign), GlyphId(0), "{sign}");
        }
    }

    #[test]
    fn long_text_ends_in_an_ellipsis_and_fits() {
        let font = Font::semi_bold(14.0);
        let fitted = font.fitted("A title that is far too long", 90.0).unwrap();
        assert!(fitted.ends_with('…') && font.width(&fitted) <= 90.0, "{fitted}");
        assert_eq!(font.fitted("Short", 90.0).as_deref(), Some("Short"));
        assert_eq!(font.fitted("Any", 3.0), None);
    }
}
