//! Whole multiples of a step, written as the decimals people mean.

/// Multiples of a step such as 0.00001 or 1000.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    step: f64,
    /// 1 / step where that is a whole number: dividing by it gives the double nearest to the decimal, multiplying by
    /// the step does not (3 · 0.1 > 0.3).
    per_unit: Option<f64>,
}

/// Beyond this many steps a count is no longer exact.
const MAX_STEPS: f64 = 9_007_199_254_740_992.0;
/// A price within this part of a tick counts as on it.
const ON_TICK: f64 = 1e-4;

impl Grid {
    pub(crate) fn new(step: f64) -> Self {
        let inverse = (1.0 / step).round();
        let whole = inverse >= 1.0 && ((1.0 / step) - inverse).abs() <= 1e-9 * inverse;
        Self { step, per_unit: whole.then_some(inverse) }
    }

    fn at(self, steps: f64) -> f64 {
        self.per_unit.map_or(steps * self.step, |per_unit| steps / per_unit)
    }

    fn steps(self, value: f64) -> f64 {
        self.per_unit.map_or(value / self.step, |per_unit| value * per_unit)
    }

    /// The largest multiple that is not above `value`; `None` beyond 2⁵³ steps.
    pub(crate) fn floor(self, value: f64) -> Option<f64> {
        let nearest = self.steps(value).round();
        if nearest > MAX_STEPS {
            return None;
        }
        let candidate = self.at(nearest);
        Some(if candidate > value { self.at(nearest - 1.0) } else { candidate })
    }

    /// The nearest multiple: cleans the sum or difference of two multiples.
    pub(crate) fn nearest(self, value: f64) -> f64 {
        self.at(self.steps(value).round())
    }

    /// The nearest tick, halves upwards.
    pub(crate) fn round(self, price: f64) -> f64 {
        self.at((self.steps(price) + 0.5).floor())
    }

    /// The step itself.
    pub(crate) fn step(self) -> f64 {
        self.step
    }

    /// The price rounded to a tick upwards or downwards.
    pub(crate) fn price(self, price: f64, upwards: bool) -> f64 {
        let ticks = self.steps(price);
        self.at(if upwards { (ticks - ON_TICK).ceil() } else { (ticks + ON_TICK).floor() })
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the numbers are exact")]
mod tests {
    use super::Grid;

    #[test]
    fn a_quantity_on_the_grid_stays() {
        assert_eq!(Grid::new(0.1).floor(0.3), Some(0.3));
        assert_eq!(Grid::new(0.01).floor(1.15), Some(1.15));
        assert_eq!(Grid::new(1000.0).floor(25_000.0), Some(25_000.0));
        assert_eq!(Grid::new(1e-8).floor(0.000_011_6), Some(0.000_011_6));
    }

    #[test]
    fn a_quantity_a_hair_below_the_grid_is_rounded_down() {
        assert_eq!(Grid::new(1e-5).floor(0.0109 / 100.0 * 10.0), Some(0.001_08));
        assert_eq!(Grid::new(1.0).floor(150.9), Some(150.0));
        assert_eq!(Grid::new(0.25).floor(0.999), Some(0.75));
    }

    #[test]
    fn a_difference_of_quantities_is_a_quantity() {
        assert_eq!(Grid::new(0.01).nearest(145.3 + 144.92 - 144.92), 145.3);
    }

    #[test]
    fn beyond_exact_counts_there_is_no_multiple() {
        assert_eq!(Grid::new(1e-8).floor(1e9), None);
    }

    #[test]
    fn prices_round_away_with_a_small_tolerance() {
        let grid = Grid::new(0.01);
        assert_eq!(grid.price(100.012, true), 100.02);
        assert_eq!(grid.price(100.012, false), 100.01);
        assert_eq!(grid.price(100.010_000_9, true), 100.01);
        assert_eq!(grid.price(100.009_999_1, false), 100.01);
        assert_eq!(Grid::new(0.25).price(10.3, true), 10.5);
        assert_eq!(Grid::new(5.0).price(13.0, false), 10.0);
    }
}
