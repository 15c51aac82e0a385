use crate::grid::Grid;
use crate::{Bracket, Direction};

/// The open position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    pub(crate) direction: Direction,
    pub(crate) quantity: f64,
    pub(crate) entry_bar: usize,
    pub(crate) entry_price: f64,
    /// Commission of the entry; already taken from the balance.
    pub(crate) entry_commission: f64,
    /// Commission, half spread and slippage of the entry.
    pub(crate) entry_costs: f64,
    /// NaN where there is none: then no comparison holds.
    pub(crate) stop: f64,
    /// NaN where there is none.
    pub(crate) target: f64,
    pub(crate) highest: f64,
    pub(crate) lowest: f64,
}

impl Position {
    /// Its side.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Its size in units of the base, above 0.
    pub fn quantity(&self) -> f64 {
        self.quantity
    }

    /// Number of the bar on which it opened.
    pub fn entry_bar(&self) -> usize {
        self.entry_bar
    }

    /// Price at which it opened, with half the spread and slippage.
    pub fn entry_price(&self) -> f64 {
        self.entry_price
    }

    /// Price of its stop, if it has one.
    pub fn stop_loss(&self) -> Option<f64> {
        (!self.stop.is_nan()).then_some(self.stop)
    }

    /// Price of its target, if it has one.
    pub fn take_profit(&self) -> Option<f64> {
        (!self.target.is_nan()).then_some(self.target)
    }

    /// Profit in quote currency if it closed at `price` without costs.
    #[inline]
    pub fn open_profit(&self, price: f64) -> f64 {
        self.direction.sign() * (price - self.entry_price) * self.quantity
    }

    /// Whether the mid prices `low` to `high` reach the stop or, with half the spread, the target.
    #[inline]
    pub(crate) fn is_in_reach(&self, low: f64, high: f64, half_spread: f64) -> bool {
        match self.direction {
            Direction::Long => low <= self.stop || high - half_spread >= self.target,
            Direction::Short => high >= self.stop || low + half_spread <= self.target,
        }
    }

    /// Widens the excursion to `low` and `high`.
    #[inline]
    pub(crate) fn touch(&mut self, low: f64, high: f64) {
        self.lowest = f64::min(self.lowest, low);
        self.highest = f64::max(self.highest, high);
    }

    /// The part of `quantity` units, and the rest; the costs of the entry are divided between them.
    pub(crate) fn split(self, quantity: f64, quantities: Grid) -> (Self, Self) {
        let share = quantity / self.quantity;
        let part = Self {
            quantity,
            entry_commission: self.entry_commission * share,
            entry_costs: self.entry_costs * share,
            ..self
        };
        let rest = Self {
            quantity: quantities.nearest(self.quantity - quantity),
            entry_commission: self.entry_commission - part.entry_commission,
            entry_costs: self.entry_costs - part.entry_costs,
            ..self
        };
        (part, rest)
    }

    /// Prices of stop and target; NaN where there is none.
    pub(crate) fn levels(direction: Direction, entry: f64, bracket: Bracket, ticks: Grid, tick: f64) -> (f64, f64) {
        let at = |distance: Option<u32>, sign: f64| match distance {
            Some(count) => ticks.price(entry + sign * (tick * f64::from(count)), sign > 0.0),
            None => f64::NAN,
        };
        let sign = direction.sign();
        (at(bracket.stop_loss_ticks, -sign), at(bracket.take_profit_ticks, sign))
    }
}
