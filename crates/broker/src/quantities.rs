use crate::grid::Grid;

/// Rounds quantities to the instrument's step, in plain arithmetic or as TradingView counts them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quantities {
    grid: Grid,
    /// Steps in a unit.
    per_unit: f64,
    tradingview: bool,
}

/// TradingView keeps quantities as whole numbers of this.
const UNIT: f64 = 1e-8;

impl Quantities {
    pub(crate) fn new(step: f64, tradingview: bool) -> Self {
        let grid = Grid::new(step);
        let inverse = 1.0 / step;
        let per_unit = if inverse >= 1.0 { inverse.round() } else { inverse };
        // Steps below a hundred-millionth have no whole number of units.
        Self { grid, per_unit, tradingview: tradingview && per_unit <= 1e8 }
    }

    pub(crate) fn step(self) -> f64 {
        self.grid.step()
    }

    /// The double that TradingView shows for a quantity.
    fn counted(self, quantity: f64) -> f64 {
        let units = quantity / UNIT;
        if self.tradingview && units.abs() < 9.223_372_036_854_776e18 {
            units.round_ties_even() * UNIT
        } else {
            quantity
        }
    }

    /// A quantity that a script gives, rounded down; `None` beyond 2⁵³ steps.
    #[inline]
    pub(crate) fn floor(self, quantity: f64) -> Option<f64> {
        let whole = self.grid.floor(quantity)?;
        Some(if self.tradingview { self.counted(whole) } else { whole })
    }

    /// A quantity that a division of money gives, rounded down without mercy for a last bit.
    pub(crate) fn floor_of_money(self, quantity: f64) -> f64 {
        if !self.tradingview {
            return self.grid.floor(quantity).unwrap_or(f64::INFINITY);
        }
        self.counted((quantity * self.per_unit).floor() * (1.0 / self.per_unit))
    }

    /// A part of a whole number of steps, rounded down with mercy for a few last bits.
    pub(crate) fn floor_of_part(self, quantity: f64) -> f64 {
        let scaled = quantity * self.per_unit;
        let nearest = scaled.round_ties_even();
        let tolerance = 8.0 * f64::EPSILON * scaled.abs() + 1e-9;
        let steps = if (scaled - nearest).abs() <= tolerance { nearest } else { scaled.floor() };
        self.counted(if self.tradingview {
            steps * (1.0 / self.per_unit)
        } else {
            self.grid.nearest(steps / self.per_unit)
        })
    }

    /// Whole steps in a quantity.
    pub(crate) fn whole_steps(self, quantity: f64) -> f64 {
        (quantity * self.per_unit).floor()
    }

    /// The quantity of so many steps.
    pub(crate) fn of_steps(self, steps: f64) -> f64 {
        steps / self.per_unit
    }

    /// The sum of two quantities, either of which may be below 0.
    #[inline]
    pub(crate) fn add(self, a: f64, b: f64) -> f64 {
        // Most sums open from nothing or close everything: no rounding is needed then.
        if a == 0.0 || b == 0.0 {
            return a + b;
        }
        if a == -b {
            return 0.0;
        }
        if !self.tradingview {
            return self.grid.nearest(a + b);
        }
        let steps = (a * self.per_unit).round_ties_even() + (b * self.per_unit).round_ties_even();
        self.counted(steps * (1.0 / self.per_unit))
    }
}
