use std::ops::Range;

use broker::{Direction, ExitReason};
use market::UnixNanos;
use serde::{Deserialize, Serialize};

use crate::Metrics;

/// What a run did and how it ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Positions of the bars that were traded, in the market's bars.
    pub window: Range<usize>,
    /// The closed trades, in the order of their exits. At the end of the window nothing stays open.
    pub trades: Vec<Trade>,
    /// Entries that the strategy asked for and that could not be ordered, in the order of time.
    pub dropped: Vec<DroppedEntry>,
    /// Equity at each bar's close in quote currency, one value for each bar of the window: an open position is marked
    /// to the mid price, without the costs of closing it. The last value has the costs of the last exit.
    pub equity: Vec<f64>,
    /// The numbers that sum it up.
    pub metrics: Metrics,
}

/// A position from its opening to its closing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trade {
    /// Side of the position.
    pub direction: Direction,
    /// Position of the bar on which it opened, in the market's bars.
    pub entry_bar: usize,
    /// Position of the bar on which it closed.
    pub exit_bar: usize,
    /// Open time of the bar on which it opened.
    pub entry_time: UnixNanos,
    /// Open time of the bar on which it closed.
    pub exit_time: UnixNanos,
    /// Price at which it opened, with half the spread and slippage.
    pub entry_price: f64,
    /// Price at which it closed, with half the spread and slippage.
    pub exit_price: f64,
    /// Size in units of the base, above 0.
    pub quantity: f64,
    /// Net profit in quote currency: price difference times quantity, less commission in and out.
    pub profit: f64,
    /// Commission, half spreads and slippage of entry and exit, in quote currency; `profit` has them already.
    pub costs: f64,
    /// What closed it.
    pub exit_reason: ExitReason,
    /// How far the mid price went against the entry price while it was open, in price units, at least 0.
    pub max_adverse: f64,
    /// How far the mid price went with the entry price while it was open, in price units, at least 0.
    pub max_favourable: f64,
}

/// An entry that the strategy asked for and that could not be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DroppedEntry {
    /// Position of the signal bar, in the market's bars.
    pub bar: usize,
    /// Its open time.
    pub time: UnixNanos,
    /// Side of the entry.
    pub direction: Direction,
    /// Why it could not be ordered.
    pub reason: DropReason,
}

/// Why an entry could not be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DropReason {
    /// A distance of stop or target has no value yet, or is more than 2³² ticks.
    NoDistance,
    /// The confidence has no value.
    NoConfidence,
    /// The volatility to size by has no value above 0.
    NoVolatility,
    /// The quantity is less than one step.
    BelowStep,
    /// The quantity is more than 2⁵³ steps.
    TooLarge,
}

impl DropReason {
    /// Its name in snake case, as in the serialised form.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoDistance => "no_distance",
            Self::NoConfidence => "no_confidence",
            Self::NoVolatility => "no_volatility",
            Self::BelowStep => "below_step",
            Self::TooLarge => "too_large",
        }
    }
}
