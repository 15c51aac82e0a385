//! Pixels and what can be filled in them.

use tiny_skia::{FillRule, Mask, Path, Transform};

use crate::color::{Color, mix};

/// Whole pixels from `left` and `top` up to, not including, `right` and `bottom`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rect {
    pub(crate) left: usize,
    pub(crate) top: usize,
    pub(crate) right: usize,
    pub(crate) bottom: usize,
}

impl Rect {
    pub(crate) fn width(self) -> usize {
        self.right.saturating_sub(self.left)
    }

    pub(crate) fn height(self) -> usize {
        self.bottom.saturating_sub(self.top)
    }

    pub(crate) fn intersect(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }
}

/// The pixel that holds the coordinate: rounded down, and the first one for anything before it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a saturating cast is what is meant")]
pub(crate) fn pixel(coordinate: f64) -> usize {
    coordinate as usize
}

/// How a shape is coloured.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Paint {
    Solid(Color),
    /// With the colour's own opacity at `strong_y` and a fifth of it at `pale_y`, linear between and symmetric beyond.
    Fade {
        color: Color,
        strong_y: f64,
        pale_y: f64,
    },
}

impl Paint {
    fn at(self, row: usize) -> Color {
        match self {
            Self::Solid(color) => color,
            Self::Fade { color, strong_y, pale_y } => {
                let part = ((row as f64 + 0.5 - pale_y) / (strong_y - pale_y)).abs().min(1.0);
                color.faded(byte(0.2 + 0.8 * part))
            }
        }
    }
}

/// A fraction of 0 to 1 as 0 to 255; NaN is 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the value is within 0 to 255")]
pub(crate) fn byte(fraction: f64) -> u8 {
    (fraction * 255.0 + 0.5) as u8
}

/// An RGB image under work.
#[derive(Debug)]
pub(crate) struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
    /// The covered share of each pixel, 0 between two shapes; made for the first one.
    coverage: Option<Mask>,
}

impl Canvas {
    pub(crate) fn new(width: usize, height: usize, background: Color) -> Self {
        let pixels = [background.r, background.g, background.b].repeat(width * height);
        Self { width, height, pixels, coverage: None }
    }

    pub(crate) fn into_pixels(self) -> Vec<u8> {
        self.pixels
    }

    pub(crate) fn bounds(&self) -> Rect {
        Rect { left: 0, top: 0, right: self.width, bottom: self.height }
    }

    /// Fills whole pixels; what lies outside the image is cut off.
    pub(crate) fn fill(&mut self, rect: Rect, color: Color) {
        let rect = rect.intersect(self.bounds());
        if rect.width() == 0 {
            return;
        }
        for row in rect.top..rect.bottom {
            let pixels = row_of(&mut self.pixels, self.width, row, rect.left, rect.right).as_chunks_mut().0;
            if color.a == 255 {
                pixels.fill([color.r, color.g, color.b]);
            } else {
                for pixel in pixels {
                    blend(pixel, color, color.a);
                }
            }
        }
    }

    /// Fills the inside of `shape`, if there is one, with smooth edges. A contour of the other direction within
    /// another is a hole; where contours of one direction overlap, the colour is no darker.
    pub(crate) fn draw(&mut self, clip: Rect, shape: Option<Path>, paint: Paint) {
        let Some(shape) = shape else { return };
        let touched = bounds(&shape).intersect(self.bounds());
        let clip = touched.intersect(clip);
        if clip.width() == 0 || clip.height() == 0 {
            return;
        }
        let (width, height) = (self.width, self.height);
        let coverage = self.coverage.get_or_insert_with(|| mask(width, height));
        coverage.fill_path(&shape, FillRule::Winding, true, Transform::identity());
        for (row, covered) in coverage.data_mut().chunks_exact_mut(width).enumerate().take(clip.bottom).skip(clip.top) {
            let pixels = row_of(&mut self.pixels, width, row, clip.left, clip.right).as_chunks_mut().0;
            mix_in(pixels, &covered[clip.left..clip.right], paint.at(row));
        }
        for covered in coverage.data_mut().chunks_exact_mut(width).take(touched.bottom).skip(touched.top) {
            covered[touched.left..touched.right].fill(0);
        }
    }
}

fn mask(width: usize, height: usize) -> Mask {
    let [width, height] = [width, height].map(|side| u32::try_from(side).expect("a side is at most Size::MAX_SIDE"));
    Mask::new(width, height).expect("a side is at least Size::MIN_SIDE")
}

fn row_of(pixels: &mut [u8], width: usize, row: usize, left: usize, right: usize) -> &mut [u8] {
    &mut pixels[(row * width + left) * 3..(row * width + right) * 3]
}

/// Mixes `color` into each pixel by its covered share.
fn mix_in(pixels: &mut [[u8; 3]], covered: &[u8], color: Color) {
    // Most of the box around a line is empty; without an early exit the processor asks many shares at once.
    for (pixels, covered) in pixels.chunks_mut(32).zip(covered.chunks(32)) {
        if covered.iter().fold(0, |any, share| any | share) == 0 {
            continue;
        }
        for (pixel, &share) in pixels.iter_mut().zip(covered) {
            if share > 0 {
                blend(pixel, color, mix(0, color.a, share));
            }
        }
    }
}

fn blend(pixel: &mut [u8; 3], color: Color, part: u8) {
    let [r, g, b] = *pixel;
    *pixel = [mix(r, color.r, part), mix(g, color.g, part), mix(b, color.b, part)];
}

/// The pixels that `shape` can touch.
fn bounds(shape: &Path) -> Rect {
    let bounds = shape.bounds();
    let [left, top] = [bounds.left(), bounds.top()].map(|low| pixel(low.into()));
    let [right, bottom] = [bounds.right(), bounds.bottom()].map(|high| pixel(high.ceil().into()));
    Rect { left, top, right, bottom }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::{Point, dashes, dot, lines, polygons};

    const SIDE: usize = 20;
    const ALL: Rect = Rect { left: 0, top: 0, right: SIDE, bottom: SIDE };

    fn points<const N: usize>(xy: [(f64, f64); N]) -> [Point; N] {
        xy.map(|(x, y)| Point { x, y })
    }

    fn cover(clip: Rect, shape: Option<Path>) -> Vec<u8> {
        let mut canvas = Canvas::new(SIDE, SIDE, Color::hex(0));
        canvas.draw(clip, shape, Paint::Solid(Color::hex(0xff_ffff)));
        assert!(canvas.coverage.iter().all(|mask| mask.data().iter().all(|&share| share == 0)), "nothing stays behind");
        canvas.pixels.into_iter().step_by(3).collect()
    }

    fn area(shares: &[u8]) -> f64 {
        shares.iter().map(|&share| f64::from(share) / 255.0).sum()
    }

    #[test]
    fn a_line_along_pixel_centres_is_crisp() {
        let shares = cover(ALL, lines(&[points([(2.5, 5.5), (12.5, 5.5)])], 1.0));
        assert_eq!(&shares[5 * SIDE + 3..5 * SIDE + 12], &[255; 9]);
        assert!(shares[..5 * SIDE].iter().chain(&shares[6 * SIDE..]).all(|&share| share == 0));
    }

    #[test]
    fn a_line_covers_its_area_once_however_often_it_runs_there() {
        for ends in [[(3.0, 4.0), (17.0, 9.3)], [(5.2, 2.0), (6.1, 18.0)], [(3.0, 17.0), (17.0, 3.0)]] {
            let [a, b] = points(ends);
            let length = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).sqrt();
            // Two half discs at the ends: π r² with r = 1.
            let expected = length * 2.0 + std::f64::consts::PI;
            for run in [vec![a, b], vec![a, b, a, b]] {
                let drawn = area(&cover(ALL, lines(&[run], 2.0)));
                assert!((drawn - expected).abs() < 0.05 * expected, "{ends:?}: {drawn} for {expected}");
            }
        }
    }

    #[test]
    fn a_lone_point_is_a_dot() {
        let [centre] = points([(10.0, 10.0)]);
        for shape in [lines(&[[centre]], 6.0), dot(centre, 6.0)] {
            let drawn = area(&cover(ALL, shape));
            assert!((drawn - std::f64::consts::PI * 9.0).abs() < 1.0, "{drawn}");
        }
    }

    #[test]
    fn dashes_leave_gaps() {
        let [from, to] = points([(1.0, 9.5), (19.0, 9.5)]);
        let shares = cover(ALL, dashes(from, to, 1.0, 4.0, 4.0));
        let row = &shares[9 * SIDE..10 * SIDE];
        assert_eq!([row[3], row[7], row[11], row[15]], [255, 0, 255, 0]);
        assert_eq!(dashes(from, from, 1.0, 4.0, 4.0), None, "no length, no dash");
    }

    #[test]
    fn a_rectangle_off_the_grid_covers_its_share_of_each_pixel() {
        let shares = cover(ALL, polygons(&[points([(1.25, 1.5), (3.0, 1.5), (3.0, 2.5), (1.25, 2.5)])]));
        let at = |x: usize, y: usize| f64::from(shares[y * SIDE + x]) / 255.0;
        for (x, y, share) in [(0, 1, 0.0), (1, 1, 0.375), (2, 1, 0.5), (3, 1, 0.0), (1, 2, 0.375), (2, 2, 0.5)] {
            assert!((at(x, y) - share).abs() < 0.02, "({x}, {y}): {} for {share}", at(x, y));
        }
    }

    #[test]
    fn what_goes_far_beyond_the_image_fills_the_clip_and_no_more() {
        let clip = Rect { left: 3, top: 5, right: 17, bottom: 8 };
        let shares = cover(clip, polygons(&[points([(-1e6, -1e6), (1e6, -1e6), (1e6, 1e6), (-1e6, 1e6)])]));
        let inside = |at: usize| (3..17).contains(&(at % SIDE)) && (5..8).contains(&(at / SIDE));
        assert!(shares.iter().enumerate().all(|(at, &share)| share == if inside(at) { 255 } else { 0 }));
        assert_eq!(cover(ALL, lines(&[points([(1e6, -1e6), (1e6, 1e6)])], 3.0)), [0; SIDE * SIDE]);
    }

    #[test]
    fn a_line_along_the_longest_sides_is_whole() {
        // tiny-skia draws what is wider or higher than 8191 pixels in parts.
        for (width, height, end) in [(8192, 8, (8191.5, 4.5)), (8, 8192, (4.5, 8191.5))] {
            let mut canvas = Canvas::new(width, height, Color::hex(0));
            let line = lines(&[points([if width > height { (0.5, 4.5) } else { (4.5, 0.5) }, end])], 1.0);
            canvas.draw(canvas.bounds(), line, Paint::Solid(Color::hex(0xff_ffff)));
            assert!(canvas.coverage.iter().all(|mask| mask.data().iter().all(|&share| share == 0)));
            let n_white = canvas.pixels.chunks_exact(3).filter(|pixel| *pixel == [255; 3]).count();
            assert!((8190..=8192).contains(&n_white), "{width} x {height}: {n_white}");
        }
    }
}
