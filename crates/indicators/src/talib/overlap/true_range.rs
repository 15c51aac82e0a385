use crate::memory::memory;
use crate::talib::overlap::smoothing::Smoothing;

/// Wilder's average of the true range: the mean of the first n, then it moves by 1/n of the distance to each.
///
/// The true range is the largest of the bar's range and the distances of its high and low from the close before, so
/// the first bar has none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AverageRange {
    smoothing: Smoothing,
    has_close: bool,
    close: f64,
}

memory!(AverageRange { smoothing, has_close, close });

impl AverageRange {
    pub(crate) fn new(n: usize) -> Self {
        Self { smoothing: Smoothing::wilder(n), has_close: false, close: 0.0 }
    }

    /// NaN on the first n bars.
    #[inline(always)]
    pub(crate) fn step(&mut self, high: f64, low: f64, close: f64) -> f64 {
        let before = std::mem::replace(&mut self.close, close);
        if !self.has_close {
            self.has_close = true;
            return f64::NAN;
        }
        self.smoothing.step(true_range(before, high, low))
    }

    #[inline(always)]
    pub(crate) fn is_seeded(&self) -> bool {
        self.smoothing.is_seeded()
    }

    /// [`AverageRange::step`] of a seeded average.
    #[inline(always)]
    pub(crate) fn follow(&mut self, high: f64, low: f64, close: f64) -> f64 {
        let before = std::mem::replace(&mut self.close, close);
        self.smoothing.follow(true_range(before, high, low))
    }
}

#[inline(always)]
fn true_range(close_before: f64, high: f64, low: f64) -> f64 {
    larger((close_before - low).abs(), larger((close_before - high).abs(), high - low))
}

/// One instruction, which `f64::max` is not.
#[inline(always)]
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}
