use crate::working::{Role, Working};
use crate::{Direction, Id};

/// An order in the book, as it can be looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaitingOrder {
    /// Its name; a close has none.
    pub id: Option<Id>,
    /// The entry it closes, if it closes one.
    pub from_entry: Option<Id>,
    /// What it does.
    pub kind: WaitingKind,
    /// Buys (long) or sells (short).
    pub direction: Direction,
    /// Units that it trades, what reverses a position included for priced orders.
    pub quantity: f64,
    /// Price of its stop.
    pub stop: Option<f64>,
    /// Price of its limit.
    pub limit: Option<f64>,
    /// Price of its trailing stop, once that follows.
    pub trailing_stop: Option<f64>,
}

/// What an order in the book does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitingKind {
    /// Opens or reverses.
    Entry,
    /// Nets.
    Order,
    /// Closes an entry at prices.
    Exit,
    /// Closes at the next open.
    Close,
}

impl WaitingOrder {
    pub(crate) fn of(order: &Working) -> Self {
        let price = |price: f64| (!price.is_nan()).then_some(price);
        Self {
            id: (order.role != Role::Close).then_some(order.id),
            from_entry: order.from,
            kind: match order.role {
                Role::Entry => WaitingKind::Entry,
                Role::Net => WaitingKind::Order,
                Role::Exit => WaitingKind::Exit,
                Role::Close => WaitingKind::Close,
            },
            direction: order.direction,
            quantity: order.quantity,
            stop: price(order.stop),
            limit: price(if order.limit.is_nan() { order.then_limit } else { order.limit }),
            trailing_stop: price(order.trail.stop),
        }
    }
}
