//! Colours, plain and by role.

/// A colour in sRGB with straight (not premultiplied) opacity.
///
/// ```
/// use chart_render::Color;
///
/// assert_eq!(Color::hex(0x2962ff), Color { r: 0x29, g: 0x62, b: 0xff, a: 255 });
/// assert_eq!(Color::hex(0).with_alpha(10).a, 10);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red, 0 to 255.
    pub r: u8,
    /// Green, 0 to 255.
    pub g: u8,
    /// Blue, 0 to 255.
    pub b: u8,
    /// Opacity, 0 (invisible) to 255 (opaque).
    pub a: u8,
}

impl Color {
    /// The opaque colour `0xRRGGBB`; bits above the lowest 24 are not used.
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self { r, g, b, a: 255 }
    }

    /// The same colour with the opacity `a`.
    #[must_use]
    pub const fn with_alpha(self, a: u8) -> Self {
        Self { a, ..self }
    }

    /// Multiplies the opacity by `factor`/255.
    pub(crate) fn faded(self, factor: u8) -> Self {
        self.with_alpha(mix(0, self.a, factor))
    }

    /// Whether black text reads better on it than white: weighted by the luma of ITU-R BT.601.
    pub(crate) fn is_bright(self) -> bool {
        299 * u32::from(self.r) + 587 * u32::from(self.g) + 114 * u32::from(self.b) > 165_000
    }
}

/// What colour a layer has: a role of the [`Theme`](crate::Theme), so that one chart works in every theme, or a fixed colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Ink {
    /// The next colour of the theme's palette that no earlier layer of the chart took.
    #[default]
    Auto,
    /// A colour of the theme's palette by position; positions beyond its end start again at the first.
    Palette(usize),
    /// The theme's colour of rising prices.
    Up,
    /// The theme's colour of falling prices.
    Down,
    /// The theme's colour of secondary text: for levels and other help lines.
    Muted,
    /// This colour in every theme.
    Fixed(Color),
}

/// `from` at `part` = 0, `to` at `part` = 255, rounded to the nearest between.
#[expect(clippy::cast_possible_truncation, reason = "a weighted mean of two bytes is a byte")]
pub(crate) fn mix(from: u8, to: u8, part: u8) -> u8 {
    let part = u32::from(part);
    let sum = u32::from(from) * (255 - part) + u32::from(to) * part + 128;
    // The nearest integer to a 255th, without a division; exact for all sums up to 255².
    ((sum + (sum >> 8)) >> 8) as u8
}

#[cfg(test)]
mod tests {
    use super::mix;

    #[test]
    fn mixing_rounds_to_the_nearest() {
        for (to, part) in (0..=255_u8).flat_map(|to| (0..=255_u8).map(move |part| (to, part))) {
            let exact = (f64::from(to) * f64::from(part) + 7.0 * (255.0 - f64::from(part))) / 255.0;
            assert!((f64::from(mix(7, to, part)) - exact).abs() <= 0.5, "{to} {part}");
        }
    }

    #[test]
    fn mixing_keeps_its_ends_for_every_pair_of_bytes() {
        for a in 0..=255 {
            for b in 0..=255 {
                assert_eq!((mix(a, b, 0), mix(a, b, 255)), (a, b));
            }
        }
    }
}
