use crate::{Direction, Id};

/// An entry that is open, or what is left of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenTrade {
    /// Number of the fill among all entries; exits are bound to it.
    pub(crate) lot: u32,
    pub(crate) id: Id,
    pub(crate) direction: Direction,
    /// What the trade list still has open of it.
    pub(crate) quantity: f64,
    /// What its own exits can still close: differs from `quantity` where exits of other entries closed the oldest one.
    pub(crate) bound: f64,
    /// Its size when it filled.
    pub(crate) size: f64,
    pub(crate) entry_bar: usize,
    pub(crate) entry_price: f64,
    /// Commission of the entry, less swap; already taken from the balance.
    pub(crate) commission: f64,
    pub(crate) swap: f64,
    /// Commission, half spread and slippage of the entry.
    pub(crate) costs: f64,
    pub(crate) highest: f64,
    pub(crate) lowest: f64,
    pub(crate) max_drawdown: f64,
    pub(crate) max_runup: f64,
    /// Number of its fill among all fills, and the point of the bar at which it happened.
    pub(crate) fill: u64,
    pub(crate) node: u64,
}

impl OpenTrade {
    /// Name of the order that opened it.
    pub fn id(&self) -> Id {
        self.id
    }

    /// Its side.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// What is open of it, in units of the base, above 0.
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

    /// Commission of the entry of what is open, in account currency.
    pub fn commission(&self) -> f64 {
        self.commission + self.swap
    }

    /// What was credited (or charged, below 0) for holding it over night, in account currency.
    pub fn swap(&self) -> f64 {
        self.swap
    }

    /// TradingView's drawdown of it so far, as in [`Trade::max_drawdown`](crate::Trade::max_drawdown).
    pub fn max_drawdown(&self) -> f64 {
        self.max_drawdown
    }

    /// TradingView's run-up of it so far, as in [`Trade::max_runup`](crate::Trade::max_runup).
    pub fn max_runup(&self) -> f64 {
        self.max_runup
    }

    /// Profit in quote currency if it closed at `price` without costs, for a point value of 1.
    #[inline]
    pub fn open_profit(&self, price: f64) -> f64 {
        self.direction.sign() * (price - self.entry_price) * self.quantity
    }

    /// Widens the excursion to `low` and `high`.
    #[inline]
    pub(crate) fn touch(&mut self, low: f64, high: f64) {
        self.lowest = f64::min(self.lowest, low);
        self.highest = f64::max(self.highest, high);
    }

    /// How far the price went against and with it.
    pub(crate) fn excursion(&self) -> (f64, f64) {
        let rise = f64::max(self.highest - self.entry_price, 0.0);
        let fall = f64::max(self.entry_price - self.lowest, 0.0);
        match self.direction {
            Direction::Long => (fall, rise),
            Direction::Short => (rise, fall),
        }
    }
}

/// The open position as a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Its side.
    pub direction: Direction,
    /// Its size in units of the base, above 0.
    pub quantity: f64,
    /// Mean entry price of what is open, weighted by quantity.
    pub average_price: f64,
}

impl Position {
    /// Its side.
    pub fn direction(self) -> Direction {
        self.direction
    }

    /// Its size, above 0 for a long position and below 0 for a short one.
    pub fn signed(self) -> f64 {
        self.direction.sign() * self.quantity
    }
}
