use crate::Direction;

/// What can be wrong with an account's settings.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A number of the account lies outside of its range.
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

/// Why an order is not taken.
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
    /// The price of a stop or limit order is not finite or not above zero.
    #[error("{price} is not a price")]
    Price {
        /// Price asked for.
        price: f64,
    },
    /// A stop or target of zero ticks.
    #[error("a stop or target must be at least 1 tick away")]
    ZeroDistance,
    /// A position of that side is open already.
    #[error("a {} position is open already", .direction.name())]
    PositionOpen {
        /// Side of the position and of the order.
        direction: Direction,
    },
    /// There is nothing to close.
    #[error("no position is open")]
    NoPosition,
    /// Equity has fallen to zero or less.
    #[error("the account is bankrupt since bar {bar}")]
    Bankrupt {
        /// Bar at whose close it happened.
        bar: usize,
    },
}
