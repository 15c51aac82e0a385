//! TradingView's broker emulator, rule for rule: order matching and account for back-tests and for Pine scripts.
//!
//! A [`Broker`] is fed bar by bar. What a script asks at a bar's close ([`Command`]: the calls of Pine's `strategy`
//! namespace) fills from the next bar's open on; everything that happens is an [`Event`], and every refusal an error or
//! an event with its reason and numbers. Nothing allocates once the buffers have grown.
//!
//! ```
//! use broker::{
//!     Account, BarPrices, Broker, Command, Commission, Costs, Direction, Event, Exit, ExitReason, Ids, Order, Rules, Spread,
//! };
//!
//! let costs = Costs { commission: Commission::None, slippage_ticks: 0, spread: Spread::None };
//! let account = Account { initial_cash: 10_000.0, tick_size: 0.01, quantity_step: 1.0, costs };
//! let mut broker = Broker::with_rules(&account, &Rules::tradingview())?;
//! let mut ids = Ids::default();
//!
//! // strategy.entry("Long", strategy.long, qty = 10)
//! broker.submit(Command::Entry(Order::market(ids.id("Long"), Direction::Long).quantity(10.0)))?;
//! // strategy.exit("Out", "Long", loss = 50, profit = 100)
//! let exit = Exit::new(ids.id("Out"), Some(ids.id("Long")));
//! broker.submit(Command::Exit(Exit { loss_ticks: Some(50.0), profit_ticks: Some(100.0), ..exit }))?;
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
//! A script's runtime calls [`Broker::advance_over`] for each bar, runs the script (what it reads, such as
//! [`Broker::position_size`], is constant meanwhile), and calls [`Broker::after_script`]. A back-test of one position
//! needs [`Broker::advance`] alone, and [`Broker::hold`] for bars on which nothing can happen; a search takes [`LotAccount`],
//! which does that case with the same bits at a fraction of the cost. A clone is a snapshot.
//!
//! Not here: Pine itself, indicators, the list of closed trades (its events are), calculation on every tick or on order
//! fills, several instruments on one account.
//!
//! # Rules
//!
//! Sources: M = TradingView's Pine Script user manual, "Strategies" (13 March 2026); P = measurements of TradingView
//! published with PyneCore 6.11.0; F = `PineForge`'s notes on execution; O = ours, beyond TradingView.
//!
//! | | rule | source |
//! |---|---|---|
//! | 1.1 | What is asked at a bar's close works from the next bar's open on; market orders fill there. | M |
//! | 1.2 | With [`process_orders_on_close`](Rules::process_orders_on_close) orders of a bar are tried at its close, too: market orders, and priced ones that the close has reached. [`Close::immediately`] fills there in any case. | M |
//! | 2.1 | Path inside a bar: open, high, low, close if the open is nearer to the high; open, low, high, close if it is nearer to the low, or as near to both. There are no gaps in it. | M, tie F, P |
//! | 2.2 | Orders that the open has passed fill there: stops at the open, limits at the open's better price. Market orders come first, then entries, then exits. | M, P |
//! | 2.3 | Inside the bar orders fill in the order in which the path meets them, each at its own price. Those that wait at one price fill in their order in the queue; of one exit's levels the stop comes first, then the trailing stop, then the target. | P, F |
//! | 2.4 | An exit behind an entry in such a batch fills with what it had when the batch began, and opens under its own name what the entry left it nothing to close of. | P |
//! | 3.1 | Prices of stops and limits are put on a tick away from the price: buy stops and sell limits up, sell stops and buy limits down. Within 1/10,000 of a tick counts as on it. | P |
//! | 3.2 | Slippage worsens market and stop fills by whole ticks, never limit fills. | M, P |
//! | 3.3 | Placing an order again modifies it. With the same prices and quantity it keeps its place in the queue, else it goes to the back. | P |
//! | 3.4 | A refused order takes the one that waits under its name with it. | P |
//! | 3.5 | With [`limit_fill_ticks`](Rules::limit_fill_ticks) a limit fills, at its price, only when the price has passed it by so many ticks; at an open beyond them it fills there. | M |
//! | 3.6 | Stop and limit in one order are a stop-limit order. Once its stop is reached it is a limit order, and stays one if it is placed again unchanged. | M, P |
//! | 4.1 | Entries of one direction are counted against [`pyramiding`](Rules::pyramiding) when they are placed, market entries again when they fill; priced ones that wait may exceed it. 0 means 1. | M, P |
//! | 4.2 | An entry against the position reverses it with one order: a market entry by the size it meets, a priced one by the size there was when it was placed, market orders placed before it taken into account. [`Command::Order`] nets, and knows no pyramiding. | M, P |
//! | 4.3 | An entry placed twice on one bar trades its own quantity only. | P |
//! | 4.4 | Two opposite market entries that fill at one moment are reported as a long trade, whichever came first. | P |
//! | 5.1 | An exit is placed for each entry that is open or waits, counts its ticks from that entry's price, and goes with that entry. Without a name it is for every entry. | M, P |
//! | 5.2 | It reserves its part of the entry; later exits find what is left, and close no more than the entry has left. A part below one step is one step. | M, P |
//! | 5.3 | Where ticks and a price are given for one side, the one that is met first counts. | M |
//! | 5.4 | Once it has closed its part it does nothing more for that entry. Until one of its parts has closed something it also serves later entries of the name. | M, P |
//! | 5.5 | An exit without a level keeps its reservation and cannot fill. | P |
//! | 5.6 | An exit whose level lies behind the price at which its entry fills closes it there. | P |
//! | 5.7 | When other orders than its exits close all that is left of an entry, its exits live on for a long entry of the same name that waits; those of a short one go, and with them exits that wait for that one. | P |
//! | 6.1 | A trailing stop starts at its price or so many ticks beyond the entry, and follows the best price of the path by its offset, on the same bar too. With an offset of 0 it fills where it starts. | M, P, F |
//! | 6.2 | Placed with the entry open it starts from the close, if that is far enough. Placed again unchanged it stays where it is. | P |
//! | 7 | One-cancels-all groups: after any fill the others are cancelled, or reduced by the filled quantity. Groups of one name and different kinds are different. | M |
//! | 8 | Orders close the oldest entry first, or with [`CloseEntries::Any`] the one they name. One exit over several entries makes several trades. | M |
//! | 9.1 | Default sizes: fixed; cash over price; a part of equity over a price that includes the commission. The money has ten significant digits, and the quantity is cut to whole steps. | P |
//! | 9.2 | Market orders are sized at the close at which they are placed, priced ones at the price at which they fill with the money of their placing. | P |
//! | 9.3 | A given quantity is cut to whole steps as its shortest decimal; quantities are whole numbers of 10⁻⁸. | P |
//! | 9.4 | Commission per cent, per unit or per order, on every order. It is rounded once an order, to ten significant digits, halves up, and divided among the order's trades by quantity. | M, P |
//! | 10.1 | An entry that own money cannot cover is not taken, or dropped where it would fill. If it would have reversed the position it closes it when it is not taken, and does nothing when it is dropped. | M, P |
//! | 10.2 | Margin call, at the open and at each extreme: with `available = equity − size · price · ratio`, `cover = available / ratio / price` cut to whole steps, four times `cover` is closed. Less than a step is one unit, where steps are fractions. | M, P |
//! | 10.3 | Margin is looked at again after the script, at the close, and priced entries that it no longer covers are cancelled. | P |
//! | 10.4 | With a margin of 0 nothing of this happens. Then a position may cost more than the account: [`stop_when_bankrupt`](Rules::stop_when_bankrupt) closes it at the first close without equity and ends trading. TradingView goes on. | M, O |
//! | 11.1 | `max_intraday_filled_orders`: the position is closed at the fill that reaches it (after a priced entry inside the bar, at the extreme that follows), and nothing opens until the day ends. A reversal counts once. | P |
//! | 11.2 | `max_drawdown`: judged at the close of bars on which something closed, from the highest equity that closed trades have left. | P |
//! | 11.3 | `max_intraday_loss`: judged at each extreme, from the equity of the day's beginning; the day is over. | P |
//! | 11.4 | `max_position_size` cuts entries and orders. | M, P |
//! | 11.5 | `allow_entry_in`: entries of the other side close, and open nothing. | M |
//! | 11.6 | `max_cons_loss_days`: judged when a day begins. | P |
//! | 12.1 | Money is converted at the rate of the bar at which it is booked ([`BarInput::rate`]); fees per unit and per order are in account currency already. | M, P |
//! | 12.2 | Net profit is gross profit less gross loss less the commissions of open entries. | P |
//! | 13.1 | With a [`Spread`] bars are mid prices: market and stop fills pay half of it, limits fill when their side of the quote reaches them, stops trigger at the mid price. | O |
//! | 13.2 | [`Inside::Sides`]: buying sees the ask and selling the bid, for stops too. [`Inside::Path`]: straight lines instead of the assumed path. [`Inside::Ticks`]: nothing fills between two quotes, so each fill is one as at an open. Equity and margin are marked to the bar's prices and the middle. | O |
//! | 13.3 | [`Latency`]: a command is judged when it arrives, and refused with [`Event::Refused`]. | O |
//! | 13.4 | [`Swap`]: each night is booked on the entries that are open, as commission or its opposite. | O |
//! | 13.5 | [`Arithmetic::Plain`] rounds prices and quantities of orders only: fills keep the prices of bars between ticks, money is not rounded, and of what P has measured 4.4, 5.7 and the order by price of what a gap has passed do not apply. | O |
//!
//! # Where PyneCore differs
//!
//! `tests/golden` compares 37 strategies and random commands trade by trade, double by double. Of 160 seeds of random
//! commands 132 trade alike throughout; the others part where
//!
//! - orders have reduced an entry and an exit of it fills inside a bar: PyneCore lets it close what it was placed for,
//!   out of other entries. Rule 5.2 is what PyneCore's own measurements say;
//! - a trailing stop, its target and other orders are met on one way up: PyneCore walks trailing stops first, here the
//!   path decides (2.1);
//! - an exit in ticks is placed again unchanged: it goes to the back of PyneCore's queue, against rule 3.3;
//! - `close_all` is placed and the position has shrunk when it fills: PyneCore opens the difference on the other side,
//!   which was measured after margin calls at the close only; here it closes what is left;
//! - several orders fill at one close: PyneCore takes them in the order in which their names were first used;
//! - groups of one name and different kinds: PyneCore throws them together, against the manual;
//! - a name is placed again as an order of another kind, or an exit waits for an entry that a gap's batch fills: PyneCore
//!   keeps its book by names and binds such exits to the entry that is still to come.
//!
//! Known of TradingView and not reproduced: sizes and margins in whole ticks above 10⁷ of account currency and the last
//! step of a size at odd prices; a second stage of a margin call that covers several entries; exits that TradingView
//! withdraws from a position whose reversal it has dropped; exits without a name that adopt a later position after
//! their entry was refused.
#![forbid(unsafe_code)]
#![expect(clippy::float_cmp, reason = "numbers on grids and numbers that were stored are compared for identity")]

mod account;
mod bar;
mod book;
mod booking;
mod bound;
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
mod lot;
mod margin;
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
