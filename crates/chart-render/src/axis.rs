//! Where bars and values stand.

use crate::canvas::{Rect, pixel};

/// Places bars at equal distances from left to right.
///
/// From three pixels a bar on, bodies and wicks are whole pixels wide and centred on each other; a whole distance is used
/// where that leaves at most a sixteenth of the width free at the right, so that all gaps are equal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BarAxis {
    left: f64,
    /// Pixels from one bar to the next.
    pitch: f64,
    /// Width of a body in pixels.
    pub(crate) body: usize,
    /// Width of a wick in pixels; the body is wider by an even number.
    pub(crate) wick: usize,
}

impl BarAxis {
    /// `n_bars` bars between the columns `left` and `right`, wicks about `scale` pixels wide.
    pub(crate) fn new(left: usize, right: usize, n_bars: usize, scale: f64) -> Self {
        let width = right.saturating_sub(left) as f64;
        let slot = width / n_bars as f64;
        let whole = slot.floor();
        let pitch = if whole >= 3.0 && whole * n_bars as f64 >= width * 0.9375 { whole } else { slot };
        let mut body = match pitch {
            pitch if pitch < 3.0 => 1,
            pitch if pitch < 4.0 => 3,
            pitch => pixel((pitch - (pitch * 0.22).round().max(1.0)).min(25.0 * scale)).max(1),
        };
        let mut wick = pixel(scale.round()).max(1);
        while wick > 1 && body < 3 * wick {
            wick -= 1;
        }
        if body > wick && (body - wick) % 2 == 1 {
            body -= 1;
        }
        Self { left: left as f64, pitch, body, wick }
    }

    /// Whether several bars share a column of pixels.
    pub(crate) fn is_crowded(&self) -> bool {
        self.pitch < 1.0
    }

    /// Pixels from one bar to the next.
    pub(crate) fn pitch(&self) -> f64 {
        self.pitch
    }

    /// First column of the body of `bar`.
    pub(crate) fn body_left(&self, bar: usize) -> usize {
        if self.body == 1 {
            return pixel(self.center(bar));
        }
        pixel(self.center(bar) - self.body as f64 / 2.0 + 0.5)
    }

    /// First column of the wick of `bar`.
    pub(crate) fn wick_left(&self, bar: usize) -> usize {
        self.body_left(bar) + (self.body - self.wick) / 2
    }

    /// Where lines pass `bar`: the middle of its wick.
    pub(crate) fn x(&self, bar: usize) -> f64 {
        if self.body == 1 { self.center(bar) } else { self.body_left(bar) as f64 + self.body as f64 / 2.0 }
    }

    /// The column between `bar` and the one before it.
    pub(crate) fn boundary(&self, bar: usize) -> usize {
        pixel(self.left + bar as f64 * self.pitch)
    }

    fn center(&self, bar: usize) -> f64 {
        self.left + (bar as f64 + 0.5) * self.pitch
    }
}

/// Places values from bottom to top.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ValueScale {
    /// Value at the middle of the lowest row.
    min: f64,
    /// Value at the middle of the highest row.
    max: f64,
    /// Middle of the highest row.
    top: f64,
    /// Middle of the lowest row.
    bottom: f64,
}

impl ValueScale {
    /// `min` in the last row and `max` in the first row of `top..bottom`; `min < max`.
    pub(crate) fn new(min: f64, max: f64, top: f64, bottom: f64) -> Self {
        Self { min, max, top: top + 0.5, bottom: (bottom - 0.5).max(top + 0.5) }
    }

    /// Height of `value`, at most a million pixels away.
    pub(crate) fn y(&self, value: f64) -> f64 {
        let part = (self.max - value) / (self.max - self.min);
        (self.top + part * (self.bottom - self.top)).clamp(-1e6, 1e6)
    }

    /// The row of `value`, or the nearest one of `rect`.
    pub(crate) fn row(&self, value: f64, rect: Rect) -> usize {
        pixel(self.y(value)).clamp(rect.top, rect.bottom - 1)
    }

    /// The value at the height `y`.
    pub(crate) fn value(&self, y: f64) -> f64 {
        let height = (self.bottom - self.top).max(1.0);
        self.max - (y - self.top) / height * (self.max - self.min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bodies_of_every_width_lie_centred_on_their_wicks_and_apart() {
        for n_bars in 1..400 {
            for scale in [1.0, 1.5, 2.0, 3.0] {
                let axis = BarAxis::new(7, 1207, n_bars, scale);
                assert_eq!((axis.body - axis.wick) % 2, 0);
                let touching = axis.pitch() < 4.0;
                for bar in 1..n_bars {
                    let end = axis.body_left(bar - 1) + axis.body;
                    assert!(end < axis.body_left(bar) + usize::from(touching), "{n_bars} bars, bar {bar}");
                }
                assert!(axis.body_left(n_bars - 1) + axis.body <= 1207);
                assert!(axis.body_left(0) >= 7);
            }
        }
    }

    #[test]
    fn sixty_four_bars_stand_on_the_patch_boundaries_of_a_448_pixel_model() {
        let axis = BarAxis::new(0, 448, 64, 1.0);
        assert!((0..64).all(|bar| axis.boundary(bar) == bar * 7));
    }

    proptest! {
        #[test]
        fn a_higher_value_is_never_lower(
            a in -1e12..1e12_f64, b in -1e12..1e12_f64, min in -1e9..1e9_f64, span in 1e-9..1e9_f64, height in 1.0..4000.0_f64,
        ) {
            prop_assume!(min < min + span);
            let scale = ValueScale::new(min, min + span, 10.0, 10.0 + height);
            let (low, high) = (a.min(b), a.max(b));
            prop_assert!(scale.y(high) <= scale.y(low));
        }

        #[test]
        fn a_value_comes_back_from_its_height(part in 0.0..1.0_f64, min in -1e4..1e4_f64, span in 1e-3..1e4_f64) {
            let scale = ValueScale::new(min, min + span, 10.0, 400.0);
            let value = min + part * span;
            prop_assert!((scale.value(scale.y(value)) - value).abs() < 1e-9 * (1.0 + span + min.abs()));
        }
    }
}
