//! Back-tests of typed strategies over bars: a plan compiled once and run for many parameter sets.
//!
//! [`Plan::compile`] lays out what a [`strategy::Strategy`] computes, [`Market`] keeps indicator columns, [`run`] gives a
//! [`Report`] with every trade, and [`evaluate`] gives the same [`Metrics`], bit for bit, without keeping anything.
//! [`run`] has an example.
//!
//! Not here: searches over parameters, several instruments at once, tick-by-tick simulation, files.
//!
//! # Rules
//!
//! 1. Conditions are evaluated at a bar's close; the orders they cause fill at the next bar's open by the rules of
//!    [`broker`]. Signals at the window's last bar are ignored, because their orders would fill behind it.
//! 2. Where both sides enter at the same close, neither does. An entry against the position reverses it; one along with
//!    it is ignored, and then the exit condition counts. An exit condition closes an open position of its side.
//! 3. A number without a value (a lookback, a division by zero, a lag before the first bar) makes its comparison not
//!    hold, so that [`Not`](strategy::Cond::Not) of it holds, as in Pine Script 6. A crossing needs both bars.
//! 4. Stop and target are fixed at the signal bar's close, in whole ticks: the distance over the tick size, rounded half
//!    away from zero, at least 1. They are placed from the fill price. The target stays where it is; a stop that
//!    trails or goes to break even moves at the close of a bar, for use from the next open on.
//!    A time stop orders at the close of the last bar of its count, that of the entry included.
//! 5. The size is computed at the signal bar's close from the equity there, multiplied by the confidence (limited to 0
//!    to 1), and rounded down to the quantity step.
//! 6. An entry whose distance, volatility or confidence has no value, or whose quantity is less than one step, is dropped and
//!    recorded with the reason; where it would have reversed a position, the exit condition still counts.
//! 7. When equity is zero or less at a close, the position is closed there and nothing is traded any more
//!    ([`Metrics::bankrupt`]).
//! 8. A number of longer bars is that of the last of them that had ended when a bar opened.
//! 9. What is open at the window's last close is closed there with the costs of a market order.
//!
//! The result up to a bar never depends on later bars, except that the window's last bar closes what is open.
#![forbid(unsafe_code)]

mod curve;
mod equity;
mod error;
mod eval;
mod guard;
mod kelly;
mod kernel;
mod longer;
mod market;
mod metrics;
mod orders;
mod plan;
mod program;
mod report;
mod run;
mod signals;
mod words;

pub use crate::error::Error;
pub use crate::market::Market;
pub use crate::metrics::Metrics;
pub use crate::plan::Plan;
pub use crate::report::{DropReason, DroppedEntry, Report, Trade};
pub use crate::run::{Scratch, evaluate, evaluate_many, run};
pub use broker::{Account, Commission, Costs, Direction, ExitReason, Spread};
pub use indicators::Profile;

/// Version of this crate, for records of how results were made.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
