use serde::{Deserialize, Serialize};

use crate::Direction;

/// A position from its opening to its closing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trade {
    /// Side of the position.
    pub direction: Direction,
    /// Number of the bar on which it opened.
    pub entry_bar: usize,
    /// Number of the bar on which it closed.
    pub exit_bar: usize,
    /// Price at which it opened, with half the spread and slippage.
    pub entry_price: f64,
    /// Price at which it closed, with half the spread and slippage.
    pub exit_price: f64,
    /// Size in units of the base, above 0.
    pub quantity: f64,
    /// Net profit in quote currency: price difference times quantity, less commission in and out.
    pub profit: f64,
    /// Commission, half spreads and slippage of entry and exit, in quote currency.
    pub costs: f64,
    /// What closed it.
    pub exit_reason: ExitReason,
    /// How far the mid price went against the entry price, in price units, at least 0.
    pub max_adverse: f64,
    /// How far the mid price went with the entry price, in price units, at least 0.
    pub max_favourable: f64,
}

/// What closed a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ExitReason {
    /// An order to close.
    Signal,
    /// An entry of the other side.
    Reversal,
    /// Its stop.
    StopLoss,
    /// Its target.
    TakeProfit,
    /// The data ended.
    EndOfWindow,
    /// Equity had fallen to zero or less.
    Bankrupt,
}

impl ExitReason {
    /// Its name in snake case, as in the serialised form.
    ///
    /// ```
    /// assert_eq!(broker::ExitReason::StopLoss.name(), "stop_loss");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Signal => "signal",
            Self::Reversal => "reversal",
            Self::StopLoss => "stop_loss",
            Self::TakeProfit => "take_profit",
            Self::EndOfWindow => "end_of_window",
            Self::Bankrupt => "bankrupt",
        }
    }
}
