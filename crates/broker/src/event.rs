use crate::{Id, OpenTrade, Rejection, RiskRule, Trade};

/// What happened, in the order in which it happened.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// An entry filled.
    Opened(OpenTrade),
    /// An entry, or a part of one, closed.
    Closed(Trade),
    /// An order that was taken before cannot be carried out, and is gone.
    Dropped {
        /// Number of the bar.
        bar: usize,
        /// Name of the order; a close has that of its entry, one of the whole position none.
        id: Option<Id>,
        /// Why.
        reason: Rejection,
    },
    /// A command that was under way has arrived and is refused.
    Refused {
        /// Number of the bar.
        bar: usize,
        /// Name of the order, where it has one.
        id: Option<Id>,
        /// Why.
        reason: Rejection,
    },
    /// An order is gone without having filled.
    Cancelled {
        /// Number of the bar.
        bar: usize,
        /// Name of the order; a close has that of its entry, one of the whole position none.
        id: Option<Id>,
        /// What took it away.
        cause: Cause,
    },
    /// A fill of its group has left less of an order.
    Reduced {
        /// Number of the bar.
        bar: usize,
        /// Name of the order.
        id: Id,
        /// Units that are left.
        quantity: f64,
    },
    /// The stop of a stop-limit order was reached: from here on it is a limit order.
    Triggered {
        /// Number of the bar.
        bar: usize,
        /// Name of the order.
        id: Id,
        /// Price of its limit.
        limit: f64,
    },
    /// A trailing stop begins to follow the price.
    Armed {
        /// Number of the bar.
        bar: usize,
        /// Name of the exit.
        id: Id,
        /// Where it lies now.
        stop: f64,
    },
    /// Own money no longer covers the position's margin: a part of it is about to be closed.
    MarginCall {
        /// Number of the bar.
        bar: usize,
        /// Price at which the account is judged.
        price: f64,
        /// Own money that is missing, in account currency, above 0.
        shortfall: f64,
        /// Units that will be closed.
        quantity: f64,
    },
    /// A rule of risk management stops trading; the position and all orders go.
    Halted {
        /// Number of the bar.
        bar: usize,
        /// The rule.
        rule: RiskRule,
    },
    /// An entry was held over night.
    Swap {
        /// Number of the bar.
        bar: usize,
        /// Name of the entry.
        id: Id,
        /// What is credited (or charged, below 0), in account currency.
        amount: f64,
    },
}

/// What took an order away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// A fill of its one-cancels-all group.
    Oca,
    /// The entry it was to close is gone.
    EntryClosed,
    /// The entry it waited for will not come.
    EntryGone,
    /// The position was closed for good: by a risk rule, at the end of the data, or because of bankruptcy.
    Halt,
    /// Own money no longer covers what it would open.
    Margin,
}
