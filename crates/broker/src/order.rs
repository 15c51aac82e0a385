//! What a script asks for.

use crate::{Direction, Id, Rejection};

/// An order that opens, adds to, reverses or reduces a position: the arguments of Pine's `strategy.entry` and
/// `strategy.order`.
///
/// ```
/// use broker::{Direction, Id, Oca, OcaKind, Order};
///
/// let breakout = Order::stop(Id(0), Direction::Long, 101.5).quantity(2.0).oca(Id(9), OcaKind::Cancel);
/// assert_eq!(breakout.oca, Some(Oca { group: Id(9), kind: OcaKind::Cancel }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Order {
    /// Its name. An order that waits under the same name is modified.
    pub id: Id,
    /// Buys (long) or sells (short).
    pub direction: Direction,
    /// Size in units of the base; absent: [`Rules::default_size`](crate::Rules::default_size).
    pub quantity: Option<f64>,
    /// When it fills.
    pub kind: OrderKind,
    /// Its one-cancels-all group.
    pub oca: Option<Oca>,
    /// Stop and target of what it opens. They go with the entry, and no [`Command::Cancel`] takes them away.
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
    /// A limit order from the moment on at which the price has reached `stop`.
    StopLimit {
        /// Price that starts it.
        stop: f64,
        /// Price at which it fills from then on, or a better one.
        limit: f64,
    },
}

/// Stop and target of a position, in whole ticks from the price at which it opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bracket {
    /// Ticks of loss at which to close, at least 1; absent: no stop.
    pub stop_loss_ticks: Option<u32>,
    /// Ticks of profit at which to close, at least 1; absent: no target.
    pub take_profit_ticks: Option<u32>,
}

/// One-cancels-all group of an order. Groups of one name and different kinds are different groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Oca {
    /// Name of the group.
    pub group: Id,
    /// What a fill does to the others.
    pub kind: OcaKind,
}

/// What a fill of one order does to the other orders of its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OcaKind {
    /// They are cancelled, after a partial fill too.
    Cancel,
    /// They shrink by the filled quantity, and those with nothing left are cancelled.
    Reduce,
}

/// Orders that close a position at prices: the arguments of Pine's `strategy.exit`.
///
/// Where a distance in ticks and a price are given for the same side, the one that the price meets first counts. The
/// order is placed for each entry apart, and lives as long as that entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exit {
    /// Its name.
    pub id: Id,
    /// The entries it closes; absent: each of them, and those to come until the position is flat.
    pub from_entry: Option<Id>,
    /// How much of each entry.
    pub size: ExitSize,
    /// Ticks of profit at which to close.
    pub profit_ticks: Option<f64>,
    /// Price of profit at which to close.
    pub limit: Option<f64>,
    /// Ticks of loss at which to close.
    pub loss_ticks: Option<f64>,
    /// Price of loss at which to close.
    pub stop: Option<f64>,
    /// Stop that follows the price.
    pub trail: Option<Trail>,
    /// Name of its group; absent: a group of its own.
    pub oca: Option<Id>,
}

/// A stop that follows the best price, once that has been good enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trail {
    /// Price at which it starts to follow.
    pub price: Option<f64>,
    /// Ticks of profit at which it starts to follow.
    pub points: Option<f64>,
    /// Ticks by which it lies behind the best price; a fraction is cut off.
    pub offset_ticks: f64,
}

/// How much an order closes. What earlier calls of [`Exit`] have reserved is not there for later ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ExitSize {
    /// All that is left.
    Rest,
    /// Units of the base.
    Quantity(f64),
    /// Per cent of the entry's size when it filled, 0 to 100.
    Percent(f64),
}

/// A market order that closes: the arguments of Pine's `strategy.close` and `strategy.close_all`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Close {
    /// The entries to close; absent: the whole position, and `size` is not read.
    pub entry: Option<Id>,
    /// How much of them.
    pub size: ExitSize,
    /// Number of the statement in the script that asks. A statement that asks twice before the order fills modifies it;
    /// two statements place two orders.
    pub call: u32,
    /// Whether it fills at the close of the bar at which it is placed, not at the next open.
    pub immediately: bool,
}

/// Anything a script can ask for.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Command {
    /// `strategy.entry`: reverses, counts for pyramiding.
    Entry(Order),
    /// `strategy.order`: nets, ignores pyramiding.
    Order(Order),
    /// `strategy.exit`.
    Exit(Exit),
    /// `strategy.close` and `strategy.close_all`.
    Close(Close),
    /// `strategy.cancel`: an entry by its name, an exit by its name.
    Cancel(Id),
    /// `strategy.cancel_all`.
    CancelAll,
}

impl Order {
    /// Fills at the next open.
    pub const fn market(id: Id, direction: Direction) -> Self {
        let bracket = Bracket { stop_loss_ticks: None, take_profit_ticks: None };
        Self { id, direction, quantity: None, kind: OrderKind::Market, oca: None, bracket }
    }

    /// Fills when the price reaches `price` or a worse one.
    pub const fn stop(id: Id, direction: Direction, price: f64) -> Self {
        let mut order = Self::market(id, direction);
        order.kind = OrderKind::Stop(price);
        order
    }

    /// Fills when the price reaches `price` or a better one.
    pub const fn limit(id: Id, direction: Direction, price: f64) -> Self {
        let mut order = Self::market(id, direction);
        order.kind = OrderKind::Limit(price);
        order
    }

    /// The same with a size in units of the base.
    #[must_use]
    pub const fn quantity(mut self, quantity: f64) -> Self {
        self.quantity = Some(quantity);
        self
    }

    /// The same as member of a group.
    #[must_use]
    pub const fn oca(mut self, group: Id, kind: OcaKind) -> Self {
        self.oca = Some(Oca { group, kind });
        self
    }

    /// The same with stop and target.
    #[must_use]
    pub const fn bracket(mut self, bracket: Bracket) -> Self {
        self.bracket = bracket;
        self
    }
}

impl Exit {
    /// No level yet: closes all that is left of the entries named `from_entry`.
    pub const fn new(id: Id, from_entry: Option<Id>) -> Self {
        Self {
            id,
            from_entry,
            size: ExitSize::Rest,
            profit_ticks: None,
            limit: None,
            loss_ticks: None,
            stop: None,
            trail: None,
            oca: None,
        }
    }

    /// Whether any of its prices or distances is given.
    pub(crate) fn has_level(&self) -> bool {
        let trails = self.trail.is_some_and(|trail| trail.price.is_some() || trail.points.is_some());
        trails || [self.profit_ticks, self.limit, self.loss_ticks, self.stop].iter().any(Option::is_some)
    }

    pub(crate) fn check(&self) -> Result<(), Rejection> {
        let trail = self.trail.unwrap_or(Trail { price: None, points: None, offset_ticks: 0.0 });
        for price in [self.limit, self.stop, trail.price].into_iter().flatten() {
            check_price(price)?;
        }
        for ticks in [self.profit_ticks, self.loss_ticks, trail.points, Some(trail.offset_ticks)].into_iter().flatten()
        {
            if !(ticks >= 0.0 && ticks.is_finite()) {
                return Err(Rejection::Distance { ticks });
            }
        }
        match self.size {
            ExitSize::Quantity(quantity) if !(quantity >= 0.0 && quantity.is_finite()) => {
                Err(Rejection::Quantity { quantity })
            }
            ExitSize::Percent(percent) if !(0.0..=100.0).contains(&percent) => Err(Rejection::Percent { percent }),
            _ => Ok(()),
        }
    }
}

impl Close {
    /// The whole position at the next open.
    pub const fn all() -> Self {
        Self { entry: None, size: ExitSize::Rest, call: 0, immediately: false }
    }

    /// All that the entries named `entry` have opened, at the next open.
    pub const fn entry(entry: Id) -> Self {
        Self { entry: Some(entry), size: ExitSize::Rest, call: 0, immediately: false }
    }
}

impl OrderKind {
    pub(crate) fn check(self) -> Result<(), Rejection> {
        match self {
            Self::Market => Ok(()),
            Self::Stop(price) | Self::Limit(price) => check_price(price),
            Self::StopLimit { stop, limit } => check_price(stop).and_then(|()| check_price(limit)),
        }
    }
}

impl Bracket {
    pub(crate) fn is_empty(self) -> bool {
        self.stop_loss_ticks.is_none() && self.take_profit_ticks.is_none()
    }

    pub(crate) fn check(self) -> Result<(), Rejection> {
        if self.stop_loss_ticks == Some(0) || self.take_profit_ticks == Some(0) {
            return Err(Rejection::ZeroDistance);
        }
        Ok(())
    }
}

fn check_price(price: f64) -> Result<(), Rejection> {
    if price > 0.0 && price.is_finite() { Ok(()) } else { Err(Rejection::Price { price }) }
}
