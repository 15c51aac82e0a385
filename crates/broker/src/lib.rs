//! Order matching and account with the rules of TradingView's broker emulator.
//!
//! A [`Broker`] is fed bar by bar. Orders that were handed in at a bar's close fill from the next bar's open on; inside
//! the bar the price is taken to run from the open to the nearer extreme, to the other extreme, to the close.
//!
//! ```
//! use broker::{Account, BarPrices, Bracket, Broker, Command, Commission, Costs, Direction, Event, ExitReason, Id, Order};
//!
//! let costs = Costs { commission: Commission::None, slippage_ticks: 0, spread: broker::Spread::None };
//! let account = Account { initial_cash: 10_000.0, tick_size: 0.01, quantity_step: 1.0, costs };
//! let mut broker = Broker::new(&account)?;
//! let bracket = Bracket { stop_loss_ticks: Some(50), take_profit_ticks: Some(100) };
//! broker.submit(Command::Entry(Order::market(Id(0), Direction::Long).quantity(10.0).bracket(bracket)))?;
//!
//! let mut closed = Vec::new();
//! let bar = BarPrices { open: 100.0, high: 101.5, low: 99.9, close: 101.2, spread: f64::NAN };
//! let equity = broker.advance(0, &bar, &mut |event| {
//!     if let Event::Closed(trade) = event {
//!         closed.push(trade);
//!     }
//! });
//! assert_eq!(closed[0].exit_reason, ExitReason::TakeProfit);
//! assert_eq!((closed[0].entry_price, closed[0].exit_price, equity), (100.0, 101.0, 10_010.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Not here: strategies, indicators, margin, several positions at once, trailing stops, stop-limit orders.
//!
//! # Rules
//!
//! 1. Market orders fill at the next open. Stop and limit orders that the open has already passed fill there too: a
//!    stop at the open, a limit at the open's better price. Market orders come before them.
//! 2. Path: open, high, low, close if the open is nearer to the high; open, low, high, close if it is nearer to the
//!    low or as near to both. Orders fill in the order in which the path meets them, at their own price; where it
//!    meets several at once, entries come before the bracket, and its stop before its target.
//! 3. A [`Bracket`] counts whole ticks from the entry's fill price and works from the fill on, on the same bar too.
//!    Stop and limit prices are rounded to a tick away from the price: those of buy stops and sell limits up, those
//!    of sell stops and buy limits down; within 1/10,000 of a tick counts as on it.
//! 4. Prices of bars are mid prices. Market and stop orders pay half the spread and the slippage on top; a limit order
//!    pays neither, but fills only when its side of the quote (mid plus half the spread for a buy) reaches it. A stop
//!    triggers when the mid price reaches it.
//! 5. An entry against the open position reverses it with one order of both quantities. An entry along with it is
//!    refused: one position at a time.
//! 6. Commission is charged once an order. Where one order closes a position and opens another, each trade bears the
//!    part of its quantity.
//! 7. Quantities are rounded down to the quantity step; an order of less than one step is refused.
//! 8. There is no margin: a position may be larger than the account. When equity at a bar's close is zero or less, the
//!    position is closed at that close, all orders are cancelled and no order is taken any more.
//!
//! With spread [`Spread::None`] and prices on the tick grid these are TradingView's rules (with margin switched off).
//! Fills are never rounded to the grid, so bars between ticks (mid prices) keep their prices.
//!
//! Sources: TradingView's Pine Script user manual, "Strategies" (13 March 2026), and measurements published with
//! PyneCore 6.11.0.
#![forbid(unsafe_code)]
#![expect(clippy::float_cmp, reason = "numbers on grids and numbers that were stored are compared for identity")]

mod account;
mod bar;
mod book;
mod booking;
mod broker;
mod close_of_bar;
mod commands;
mod decimal;
mod direction;
mod error;
mod event;
mod events;
mod exits;
mod fill;
mod grid;
mod hold;
mod id;
mod latency;
mod ledger;
mod margin;
mod lot;
mod matching;
mod now;
mod open_trade;
mod order;
mod prices;
mod quantities;
mod reach;
mod risk;
mod rules;
mod sizing;
mod state;
mod swap;
mod trade;
mod waiting;
mod walk;
mod working;

pub use crate::account::{Account, Commission, Costs, Spread};
pub use crate::broker::Broker;
pub use crate::direction::Direction;
pub use crate::error::{Error, Rejection};
pub use crate::event::{Cause, Event};
pub use crate::id::{Id, Ids};
pub use crate::lot::{ClosedLot, Lot, LotAccount, Reached};
pub use crate::open_trade::{OpenTrade, Position};
pub use crate::order::{Bracket, Close, Command, Exit, ExitSize, Oca, OcaKind, Order, OrderKind, Trail};
pub use crate::prices::{BarInput, BarPrices, Inside, Quote};
pub use crate::risk::{RiskLimit, RiskRule};
pub use crate::rules::{Arithmetic, CloseEntries, Latency, Rules, Size};
pub use crate::swap::Swap;
pub use crate::trade::{ExitReason, Trade};
pub use crate::waiting::{WaitingKind, WaitingOrder};

/// Version of this crate, for records of how results were made.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
