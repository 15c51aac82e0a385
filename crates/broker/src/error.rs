use crate::{Direction, Id, RiskRule};

/// What can be wrong with the settings.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A number lies outside of its range.
    #[error("account: {field} is {value}, but must lie within {expected}")]
    Setting {
        /// Which number, as a path such as `costs.commission.percent`.
        field: &'static str,
        /// Its value.
        value: f64,
        /// Its range in words.
        expected: &'static str,
    },
}

/// Why an order is not taken or not carried out.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// Rounded down to the quantity step, nothing is left.
    #[error("a quantity of {quantity} is less than one step of {step}")]
    QuantityBelowStep {
        /// Quantity asked for.
        quantity: f64,
        /// Smallest step.
        step: f64,
    },
    /// The quantity is NaN, negative, infinite or more than 2⁵³ steps.
    #[error("{quantity} is not a quantity")]
    Quantity {
        /// Quantity asked for.
        quantity: f64,
    },
    /// A part of an entry that is not 0 to 100 per cent.
    #[error("{percent} per cent is not a part of an entry")]
    Percent {
        /// Part asked for.
        percent: f64,
    },
    /// The price of a stop or limit order is not finite or not above zero.
    #[error("{price} is not a price")]
    Price {
        /// Price asked for.
        price: f64,
    },
    /// A stop or target of zero ticks.
    #[error("a stop or target must be at least 1 tick away")]
    ZeroDistance,
    /// A distance in ticks is NaN, negative or infinite.
    #[error("{ticks} ticks are not a distance")]
    Distance {
        /// Distance asked for.
        ticks: f64,
    },
    /// As many entries of that side are open as pyramiding allows.
    #[error("{n_open} {} entries are open, and pyramiding allows {limit}", .direction.name())]
    Pyramiding {
        /// Side of the position and of the order.
        direction: Direction,
        /// Entries that are open.
        n_open: usize,
        /// Entries that may be open.
        limit: u32,
    },
    /// There is nothing to close.
    #[error("no position is open")]
    NoPosition,
    /// No entry of that name is open or waits.
    #[error("no entry named {} is open or waits", .entry.0)]
    NoEntry {
        /// Name of the entry.
        entry: Id,
    },
    /// Other exits have reserved all of the entry.
    #[error("{asked} units are asked for, but {left} of the entry's {size} are not reserved by other exits")]
    Reserved {
        /// Units asked for.
        asked: f64,
        /// Units that are left.
        left: f64,
        /// Size of the entry.
        size: f64,
    },
    /// The exit has closed its part of the entry already.
    #[error("the exit has closed its part of this entry already")]
    ExitUsed,
    /// An exit has neither a price nor a distance: it keeps its reservation and cannot fill.
    #[error("the exit has no price level")]
    NoLevel,
    /// Own money does not cover the margin.
    #[error("a margin of {needed} is needed, but equity is {equity}")]
    Margin {
        /// Own money that the position would need, in account currency.
        needed: f64,
        /// Equity in account currency.
        equity: f64,
    },
    /// No command of that name waits.
    #[error("no order named {} waits", .id.0)]
    Unknown {
        /// Name asked for.
        id: Id,
    },
    /// A risk rule has been broken.
    #[error("trading is halted by the rule {}", .rule.name())]
    Halted {
        /// The rule.
        rule: RiskRule,
    },
    /// Entries of that side are not allowed.
    #[error("{} entries are not allowed", .direction.name())]
    Direction {
        /// Side of the order.
        direction: Direction,
    },
    /// The position may not grow any more.
    #[error("the position is {held} units, and {limit} are allowed")]
    PositionSize {
        /// Units held.
        held: f64,
        /// Units allowed.
        limit: f64,
    },
    /// Equity has fallen to zero or less.
    #[error("the account is bankrupt since bar {bar}")]
    Bankrupt {
        /// Bar at whose close it happened.
        bar: usize,
    },
}
