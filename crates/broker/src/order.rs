use crate::{Direction, Rejection};

/// What the broker is asked to do. It works from the next bar's open on.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Order {
    /// Opens a position, or reverses the one against it, as Pine's `strategy.entry` without pyramiding.
    Entry(Entry),
    /// Closes the whole position at the next open, as Pine's `strategy.close_all`.
    Close,
}

/// An order that opens a position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Side of the position to open: a long one is bought, a short one sold.
    pub direction: Direction,
    /// Its size in units of the base, rounded down to the quantity step. Against an open position the order trades that
    /// position's size on top: a market order the size at the fill; a stop or limit order the size when it was handed
    /// in, even if the position has changed or closed meanwhile (TradingView's rule).
    pub quantity: f64,
    /// When it fills.
    pub kind: OrderKind,
    /// Stop and target of the position.
    pub bracket: Bracket,
}

/// When an order fills.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum OrderKind {
    /// At the next open.
    Market,
    /// When the price reaches this one or a worse one: to buy above or sell below today's price.
    Stop(f64),
    /// When the price reaches this one or a better one: to buy below or sell above today's price.
    Limit(f64),
}

/// Stop and target of a position, in whole ticks from the price at which it opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bracket {
    /// Ticks of loss at which to close, at least 1; absent: no stop.
    pub stop_loss_ticks: Option<u32>,
    /// Ticks of profit at which to close, at least 1; absent: no target.
    pub take_profit_ticks: Option<u32>,
}

/// An order in the queue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Waiting {
    pub(crate) order: Order,
    /// What a stop or limit entry trades in all, however the position changes before it fills; absent for market
    /// orders, which look at the position when they fill.
    pub(crate) frozen_quantity: Option<f64>,
}

impl Order {
    /// An entry at the next open.
    pub const fn market(direction: Direction, quantity: f64, bracket: Bracket) -> Self {
        Self::Entry(Entry { direction, quantity, kind: OrderKind::Market, bracket })
    }
}

impl OrderKind {
    pub(crate) fn check(self) -> Result<(), Rejection> {
        match self {
            Self::Stop(price) | Self::Limit(price) if !(price > 0.0 && price.is_finite()) => {
                Err(Rejection::Price { price })
            }
            Self::Market | Self::Stop(_) | Self::Limit(_) => Ok(()),
        }
    }
}

impl Bracket {
    pub(crate) fn check(self) -> Result<(), Rejection> {
        if self.stop_loss_ticks == Some(0) || self.take_profit_ticks == Some(0) {
            return Err(Rejection::ZeroDistance);
        }
        Ok(())
    }
}
