//! Outlines of what is drawn with smooth edges. What has no extent has no outline.

use tiny_skia::{LineCap, LineJoin, Path, PathBuilder, Stroke, StrokeDash};

/// A point in pixels from the top left corner of the image; the centre of the first pixel is (0.5, 0.5).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// The inside of contours, whose ends are joined.
pub(crate) fn polygons<C: AsRef<[Point]>>(contours: &[C]) -> Option<Path> {
    path(contours)
}

/// Lines of `width` pixels with round joins and ends through each run of points, as one shape: where they cross they
/// are no darker. A run of one point is a dot.
pub(crate) fn lines<R: AsRef<[Point]>>(runs: &[R], width: f64) -> Option<Path> {
    stroke(&path(runs)?, width)
}

/// A line of `width` pixels with round ends, `on` and `off` pixels long in turn.
pub(crate) fn dashes(from: Point, to: Point, width: f64, on: f64, off: f64) -> Option<Path> {
    let pattern = StrokeDash::new(vec![single(on), single(off)], 0.0)?;
    stroke(&path(&[[from, to]])?.dash(&pattern, 1.0)?, width)
}

/// A circle of `width` pixels.
pub(crate) fn dot(centre: Point, width: f64) -> Option<Path> {
    PathBuilder::from_circle(single(centre.x), single(centre.y), single(width / 2.0))
}

fn path<R: AsRef<[Point]>>(runs: &[R]) -> Option<Path> {
    let n_points: usize = runs.iter().map(|run| run.as_ref().len()).sum();
    let mut builder = PathBuilder::with_capacity(n_points, n_points);
    for run in runs {
        let Some((first, rest)) = run.as_ref().split_first() else { continue };
        builder.move_to(single(first.x), single(first.y));
        // Both ends of a lone point are there too.
        for point in if rest.is_empty() { std::slice::from_ref(first) } else { rest } {
            builder.line_to(single(point.x), single(point.y));
        }
    }
    builder.finish()
}

fn stroke(path: &Path, width: f64) -> Option<Path> {
    let round =
        Stroke { width: single(width), line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
    path.stroke(&round, 1.0)
}

/// tiny-skia counts in `f32`: a thousandth of a pixel at the far end of the largest image.
#[expect(clippy::cast_possible_truncation, reason = "rounding is what is meant")]
pub(crate) fn single(value: f64) -> f32 {
    value as f32
}
