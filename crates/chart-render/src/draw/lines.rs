//! Lines, bands and areas with smooth edges.

use crate::canvas::Paint;
use crate::color::Color;
use crate::draw::Pen;
use crate::polyline::{points, runs};
use crate::shape::{Point, lines, polygons};

impl Pen<'_> {
    /// A line `width` pixels wide at scale 1.
    pub(crate) fn line(&mut self, values: &[f64], width: f64, color: Color) {
        let runs = self.runs(values);
        self.strokes(&runs, width, color);
    }

    pub(crate) fn band(&mut self, upper: &[f64], lower: &[f64], color: Color) {
        let (axis, scale) = (&self.frame.bars, &self.scale);
        let both = runs(upper.len(), |bar| !upper[bar].is_nan() && !lower[bar].is_nan());
        let along = |values: &[f64]| both.iter().map(|bars| points(values, bars.clone(), axis, scale)).collect();
        let (above, below): (Vec<Vec<Point>>, Vec<Vec<Point>>) = (along(upper), along(lower));
        let around = |(above, below): (&Vec<Point>, &Vec<Point>)| -> Vec<Point> {
            above.iter().chain(below.iter().rev()).copied().collect()
        };
        let outlines: Vec<_> = above.iter().zip(&below).map(around).collect();
        self.canvas.draw(self.rect, polygons(&outlines), Paint::Solid(color.faded(self.theme.band_alpha)));
        let edge = color.faded(150);
        self.strokes(&above, 1.0, edge);
        self.strokes(&below, 1.0, edge);
    }

    pub(crate) fn area(&mut self, values: &[f64], baseline: Option<f64>, color: Color) {
        let runs = self.runs(values);
        let bottom = self.rect.bottom as f64;
        let foot = baseline.map_or(bottom, |value| self.scale.y(value));
        let (high, low) = runs.iter().flatten().fold((foot, foot), |(a, b), p| (a.min(p.y), b.max(p.y)));
        let strong_y = if foot - high > low - foot { high } else { low };
        let paint = Paint::Fade { color: color.faded(self.theme.area_alpha), strong_y, pale_y: foot };
        let around = |run: &Vec<Point>| -> Vec<Point> {
            let feet = run.last().into_iter().chain(run.first()).map(|end| Point { y: foot, ..*end });
            run.iter().copied().chain(feet).collect()
        };
        let outlines: Vec<_> = runs.iter().map(around).collect();
        self.canvas.draw(self.rect, polygons(&outlines), paint);
        self.strokes(&runs, self.theme.line_px, color);
    }

    fn runs(&self, values: &[f64]) -> Vec<Vec<Point>> {
        let (axis, scale) = (&self.frame.bars, &self.scale);
        let numbers = runs(values.len(), |bar| !values[bar].is_nan());
        numbers.into_iter().map(|bars| points(values, bars, axis, scale)).collect()
    }

    fn strokes(&mut self, runs: &[Vec<Point>], width: f64, color: Color) {
        self.canvas.draw(self.rect, lines(runs, width * self.frame.unit), Paint::Solid(color));
    }
}
