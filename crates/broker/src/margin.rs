//! Own money that a position needs.

use crate::events::Sink;
use crate::fill::Closing;
use crate::matching::Fill;
use crate::now::At;
use crate::reach::What;
use crate::working::{Role, Working};
use crate::{Broker, Cause, CloseEntries, Event, ExitReason, Rejection};

/// Float noise that counts as covered.
const NOISE: f64 = 1e-11;

impl Broker {
    #[inline]
    pub(crate) fn looks_at_margin(&self) -> bool {
        self.size != 0.0 && self.rules.margin_ratio(self.size > 0.0) > 0.0
    }

    /// Whether own money covers an order when it is placed, at the price of that moment.
    pub(crate) fn margin_of_order(&self, order: &Working) -> Result<(), Rejection> {
        let ratio = self.rules.margin_ratio(order.buys());
        if ratio == 0.0 {
            return Ok(());
        }
        let mut price = self.now.prices.close;
        if order.is_market() {
            price += order.direction.sign() * self.slippage();
        }
        let needed = order.quantity * price * self.now.point_value * ratio;
        let equity = self.equity(self.now.prices.close);
        if needed > equity { Err(Rejection::Margin { needed, equity }) } else { Ok(()) }
    }

    /// Whether own money covers the position that a fill would leave.
    fn covers(&self, order: &Working, price: f64, size: f64, equity: f64) -> Result<(), Rejection> {
        let ratio = self.rules.margin_ratio(order.buys());
        let after = (size + order.direction.sign() * order.quantity).abs();
        let needed = after * price * self.now.point_value * ratio;
        if ratio > 0.0 && needed - equity > equity.abs() * NOISE {
            Err(Rejection::Margin { needed, equity })
        } else {
            Ok(())
        }
    }

    /// What stands against a fill that opens: settles the order's quantity, and says why it cannot be carried out.
    pub(crate) fn may_open(&self, order: &mut Working, fill: &Fill) -> Result<(), Rejection> {
        let sign = order.direction.sign();
        if order.role == Role::Entry && order.is_market() {
            if self.size * sign > 0.0 {
                self.room(order.direction)?;
            } else if self.size != 0.0 && !order.skip_flip {
                order.quantity = self.quantities.add(order.quantity, self.size.abs());
            }
        }
        if let Some(budget) = order.budget {
            let frozen = !order.triggered.is_nan() || (fill.what == What::Stop && fill.jumped);
            let slip = if order.triggered.is_nan() { sign * self.slippage() } else { 0.0 };
            self.settle_quantity(order, if frozen { budget.price + slip } else { fill.price });
        }
        if order.quantity == 0.0 {
            return Err(Rejection::QuantityBelowStep { quantity: 0.0, step: self.quantities.step() });
        }
        self.day_has_room()?;
        self.trim_to_limit(order)?;
        if self.size == 0.0 {
            self.allows(order.direction)?;
        }
        self.covers_fill(order, fill)
    }

    /// TradingView judges entries that fill at an open or close, and what `strategy.order` opens; a price that is met
    /// inside a bar is left to the margin call. What only a fill of the same moment has made too large passes.
    fn covers_fill(&self, order: &Working, fill: &Fill) -> Result<(), Rejection> {
        let after = self.size + order.direction.sign() * order.quantity;
        let grows = after * self.size < 0.0 || after.abs() > self.size.abs();
        let judged = match order.role {
            Role::Entry => fill.jumped,
            _ => grows,
        };
        if !judged {
            return Ok(());
        }
        let equity = self.equity_now();
        let Err(reason) = self.covers(order, fill.price, self.size, equity) else { return Ok(()) };
        let (start_size, start_equity) = (self.now.start_size, self.now.start_equity);
        let reverses = self.size == 0.0 && start_size * order.direction.sign() < 0.0 && order.role == Role::Entry;
        let stacks = self.size != start_size && self.covers(order, fill.price, start_size, start_equity).is_ok();
        if reverses || stacks { Ok(()) } else { Err(reason) }
    }

    /// A reversal that is dropped takes the closes of the same bar with it: it was the request to close.
    pub(crate) fn drop_closes_beside(&mut self, entry: &Working, sink: Sink<'_>) {
        if self.size * entry.direction.sign() < 0.0 {
            let (bar, direction) = (entry.placed_bar, entry.direction);
            self.cancel_where(Cause::Margin, sink, |order| {
                order.role == Role::Close && order.placed_bar == bar && order.direction == direction
            });
        }
    }

    /// Cancels priced entries that own money covers no more at the close.
    pub(crate) fn cancel_unaffordable(&mut self, sink: Sink<'_>) {
        let (long, short) = (self.rules.margin_ratio(true), self.rules.margin_ratio(false));
        if long == 0.0 && short == 0.0 {
            return;
        }
        let close = self.now.prices.close;
        let (equity, unit) = (self.equity(close), close * self.now.point_value);
        self.cancel_where(Cause::Margin, sink, |order| {
            let opening = order.quantity - order.flip;
            let needed = opening * unit * if order.buys() { long } else { short };
            order.role == Role::Entry && !order.is_market() && needed > equity
        });
    }

    /// Own money that is missing at a mid price, and the part of the position that brings it back.
    fn shortfall(&self, price: f64) -> Option<(f64, f64)> {
        let ratio = self.rules.margin_ratio(self.size > 0.0);
        if self.size == 0.0 || ratio == 0.0 {
            return None;
        }
        let (held, point_value) = (self.size.abs(), self.now.point_value);
        let value = held * price * point_value;
        let spent = held * self.average * point_value;
        let open_profit = if self.size > 0.0 { value - spent } else { spent - value };
        let equity = self.ledger.initial + self.ledger.net_profit() + open_profit;
        let available = equity - value * ratio;
        if available >= 0.0 {
            return None;
        }
        let cover = self.quantities.whole_steps(available.abs() / ratio / (price * point_value));
        let quantity = if cover == 0.0 && self.quantities.step() < 1.0 {
            1.0
        } else {
            self.quantities.of_steps(f64::max(1.0, cover * 4.0))
        };
        Some((-available, f64::min(quantity, held)))
    }

    /// Closes four times what is needed if own money does not cover the position at a mid price.
    pub(crate) fn margin_call(&mut self, price: f64, sink: Sink<'_>) {
        if !self.looks_at_margin() {
            return;
        }
        let Some((shortfall, quantity)) = self.shortfall(price) else { return };
        sink(Event::MarginCall { bar: self.now.bar, price, shortfall, quantity });
        let at = if self.now.sides { At::one(price) } else { self.now.at_mid(price) };
        let fill = self.taker_fill(at, self.size < 0.0, None, ExitReason::MarginCall, What::Market);
        if self.rules.close_entries == CloseEntries::Fifo {
            self.close_quantity(quantity, fill, &Closing::everything(ExitReason::MarginCall), sink);
            return;
        }
        // Each entry bears it.
        let mut last = 0;
        while let Some(open) = self.entries.iter().find(|open| open.lot > last && open.quantity > 0.0) {
            last = open.lot;
            let what =
                Closing { lot: Some(last), bound_lot: Some(last), ..Closing::everything(ExitReason::MarginCall) };
            self.close_quantity(f64::min(quantity, open.quantity), fill, &what, sink);
        }
    }
}
