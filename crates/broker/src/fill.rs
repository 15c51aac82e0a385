//! What a fill does to the position.

use crate::booking::Booking;
use crate::events::Sink;
use crate::matching::Fill;
use crate::reach::What;
use crate::working::{Role, Working};
use crate::{Broker, CloseEntries, Event, ExitReason, Id, OpenTrade, Rejection};

/// What an order closes with, where the trades go.
#[derive(Clone, Copy)]
pub(crate) struct Closing {
    pub(crate) exit_id: Option<Id>,
    pub(crate) reason: ExitReason,
    /// Only what entries of that name have opened.
    pub(crate) only: Option<Id>,
    /// Only this entry.
    pub(crate) lot: Option<u32>,
    /// The fill whose own exits pay for it.
    pub(crate) bound_lot: Option<u32>,
    pub(crate) bound_id: Option<Id>,
    /// Whether an entry of the other side does it; with the fills there were when that was placed.
    pub(crate) reversal: Option<u64>,
}

impl Closing {
    pub(crate) fn everything(reason: ExitReason) -> Self {
        Self { exit_id: None, reason, only: None, lot: None, bound_lot: None, bound_id: None, reversal: None }
    }
}

impl Broker {
    /// Fills the order at `index` of the book, or drops it with the reason.
    pub(crate) fn execute(&mut self, index: usize, fill: Fill, sink: Sink<'_>) {
        let mut fill = fill;
        if self.rules.is_tradingview() {
            let tick = self.account.tick_size;
            fill.price = (fill.price / tick + 0.5).floor() * tick;
        }
        let mut order = self.orders[index];
        if let Some(open) = self.lot(order.lot).filter(|_| !order.is_committed) {
            // What others have closed of its entry is gone for an exit.
            order.quantity = f64::min(order.quantity, open.bound);
        }
        let outcome = if order.closes() { self.may_close(&order) } else { self.may_open(&mut order, &fill) };
        if let Err(reason) = outcome {
            self.orders.remove(index);
            sink(Event::Dropped { bar: self.now.bar, id: order.name(), reason });
            if matches!(reason, Rejection::Margin { .. }) {
                self.drop_closes_beside(&order, sink);
            }
            return;
        }
        let filled = order.quantity;
        self.take(index, &order);
        self.trade(&order, &fill, sink);
        self.n_fills += 1;
        self.now.mark = fill.price;
        if let Some(oca) = order.oca {
            self.settle_group(oca, filled, sink);
        }
        self.count_fill(&order, &fill, sink);
    }

    /// Takes a filled order out of the book; an exit whose entry lives on keeps its reservation.
    fn take(&mut self, index: usize, order: &Working) {
        if order.role == Role::Exit
            && let Some(open) = self.lot(order.lot)
            && self.quantities.add(open.bound, -order.quantity) > 0.0
        {
            self.orders[index].is_used = true;
        } else {
            self.orders.remove(index);
        }
    }

    fn may_close(&self, order: &Working) -> Result<(), Rejection> {
        if self.size == 0.0 && !order.is_committed { Err(Rejection::NoPosition) } else { Ok(()) }
    }

    /// Trades an order: closes what stands against it, opens the rest if it may.
    fn trade(&mut self, order: &Working, fill: &Fill, sink: Sink<'_>) {
        let against = if self.size * order.direction.sign() < 0.0 { self.size.abs() } else { 0.0 };
        // By the rule that closes the entry which is named, an exit finds no other.
        let only = order.from.filter(|_| self.rules.close_entries == CloseEntries::Any && order.closes());
        let there = only.map_or(against, |entry| f64::min(against, self.open_quantity(entry)));
        let opens = (order.opens() || order.is_committed) && there >= against;
        let mut opening = if opens { f64::max(self.quantities.add(order.quantity, -against), 0.0) } else { 0.0 };
        if against > 0.0 && opening > 0.0 && self.allows(order.direction).is_err() {
            opening = 0.0;
        }
        let closing = f64::min(order.quantity, there);
        if closing == 0.0 && opening == 0.0 {
            let reason = order.from.map_or(Rejection::NoPosition, |entry| Rejection::NoEntry { entry });
            sink(Event::Dropped { bar: self.now.bar, id: order.name(), reason });
        }
        self.parts.clear();
        let known = if closing > 0.0 && opening > 0.0 { closing + opening } else { f64::NAN };
        let mut booking = Booking::new(known, closing, order.quantity);
        if closing > 0.0 {
            let reversal = (order.opens() && opening > 0.0).then_some(order.placed_fill);
            let what = Closing {
                exit_id: (order.role != Role::Close).then_some(order.id),
                reason: if order.opens() { ExitReason::Reversal } else { fill.reason },
                only,
                lot: None,
                bound_lot: order.lot,
                bound_id: if order.role == Role::Close { order.from } else { None },
                reversal,
            };
            self.reduce(closing, &what, fill, &mut booking, sink);
            if order.role == Role::Exit {
                self.spend_calls(order);
            }
        }
        if opening > 0.0 {
            self.open(order, opening, fill, &mut booking, sink);
        }
        if self.size == 0.0 {
            self.flatten(sink);
        }
    }

    /// What is open of the entries of that name.
    fn open_quantity(&self, entry: Id) -> f64 {
        self.entries.iter().filter(|open| open.id == entry).map(|open| open.quantity).sum()
    }

    /// Closes `quantity` of what is open, the oldest entry first, and books a trade for each.
    pub(crate) fn reduce(&mut self, quantity: f64, what: &Closing, fill: &Fill, booking: &mut Booking, sink: Sink<'_>) {
        let mut left = quantity;
        self.take_flat_fee(booking);
        for index in 0..self.entries.len() {
            let open = self.entries[index];
            let taken = open.quantity > 0.0
                && what.only.is_none_or(|id| id == open.id)
                && what.lot.is_none_or(|lot| lot == open.lot);
            if left <= 0.0 || !taken {
                continue;
            }
            let part = f64::min(left, open.quantity);
            self.close_part(index, part, what, fill, booking, sink);
            left = self.quantities.add(left, -part);
        }
        self.settle_bound(self.quantities.add(quantity, -left), what, sink);
        self.entries.retain(|open| open.quantity > 0.0 || open.bound > 0.0);
        self.find_average();
    }

    fn open(&mut self, order: &Working, quantity: f64, fill: &Fill, booking: &mut Booking, sink: Sink<'_>) {
        let commission = self.commission(quantity, fill.price, booking);
        self.ledger.book_entry(commission);
        if self.rules.keep_extremes {
            let ahead = self.open_profit_at(fill.price);
            self.ledger.anchor(self.ledger.initial + self.ledger.net_profit() + f64::max(ahead, 0.0));
        }
        self.next_lot += 1;
        let open = OpenTrade {
            lot: self.next_lot,
            id: order.id,
            direction: order.direction,
            quantity,
            bound: quantity,
            size: quantity,
            entry_bar: self.now.bar,
            entry_price: fill.price,
            commission,
            swap: 0.0,
            costs: commission + fill.cost * quantity * self.now.point_value,
            highest: fill.mid,
            lowest: fill.mid,
            max_drawdown: 0.0,
            max_runup: 0.0,
            fill: self.n_fills,
            node: self.now.node,
        };
        self.size = self.quantities.add(self.size, order.direction.sign() * quantity);
        self.ledger.held(self.size);
        self.entries.push(open);
        self.find_average();
        sink(Event::Opened(open));
        self.bind_exits(&open);
        if order.opens() && !order.bracket.is_empty() {
            self.attach_bracket(order, &open);
        }
    }

    /// The mean entry price of what is open.
    pub(crate) fn find_average(&mut self) {
        let cost: f64 = self.entries.iter().map(|open| open.entry_price * open.quantity).sum();
        self.average = if self.size == 0.0 { f64::NAN } else { cost / self.size.abs() };
    }

    /// Closes everything as one market order.
    pub(crate) fn close_everything(&mut self, at: crate::now::At, reason: ExitReason, sink: Sink<'_>) {
        if self.size == 0.0 {
            return;
        }
        let fill = self.taker_fill(at, self.size < 0.0, None, reason, What::Market);
        self.close_quantity(self.size.abs(), fill, &Closing::everything(reason), sink);
    }

    pub(crate) fn close_quantity(&mut self, quantity: f64, fill: Fill, what: &Closing, sink: Sink<'_>) {
        let mut fill = fill;
        if self.rules.is_tradingview() {
            let tick = self.account.tick_size;
            fill.price = (fill.price / tick + 0.5).floor() * tick;
        }
        self.parts.clear();
        let mut booking = Booking::new(f64::NAN, quantity, quantity);
        self.reduce(quantity, what, &fill, &mut booking, sink);
        self.n_fills += 1;
        self.now.mark = fill.price;
        if self.size == 0.0 {
            self.flatten(sink);
        }
    }
}
