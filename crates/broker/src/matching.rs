//! How orders meet a price that is suddenly there: the open of a bar, or a quote.

use std::cmp::Ordering;

use crate::events::Sink;
use crate::now::At;
use crate::reach::{Level, What};
use crate::working::Role;
use crate::{Broker, Event, ExitReason};

/// An order that a price has reached.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub(crate) slot: u64,
    pub(crate) what: What,
    /// The order's own price.
    price: f64,
    /// The lowest of the order's prices.
    lowest: f64,
    closes: bool,
}

/// A price at which an order fills, and what of it is a cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fill {
    pub(crate) mid: f64,
    pub(crate) price: f64,
    /// Half spread and slippage, in price units.
    pub(crate) cost: f64,
    pub(crate) reason: ExitReason,
    pub(crate) what: What,
    /// At the price that was there, not at one that the path met.
    pub(crate) jumped: bool,
}

impl Broker {
    /// Fills everything that `at` finds reached: market orders in their order, then entries, then exits.
    pub(crate) fn jump(&mut self, at: At, sink: Sink<'_>) {
        self.now.node += 1;
        self.touch(at);
        if !self.orders.is_empty() {
            let mut batch = std::mem::take(&mut self.batch);
            batch.clear();
            let market = (0..self.orders.len()).filter(|&index| self.orders[index].is_market());
            batch.extend(market.map(|index| self.market_hit(index)));
            let n_market = batch.len();
            self.collect_passed(at, &mut batch, sink);
            for (place, &hit) in batch.iter().enumerate() {
                if place == n_market {
                    self.commit_exits(&batch[n_market..]);
                }
                self.fire(hit, at, true, sink);
            }
            self.release_exits();
            self.batch = batch;
        }
        self.settle_fresh(at, sink);
        self.start_trails(at, sink);
    }

    /// Resting orders that `at` has passed: entries, then exits, each by the lowest price they wait for.
    fn collect_passed(&mut self, at: At, batch: &mut Vec<Hit>, sink: Sink<'_>) {
        let n_market = batch.len();
        for index in 0..self.orders.len() {
            let order = &self.orders[index];
            if order.is_market() || !order.is_live() {
                continue;
            }
            let lowest = order.lowest();
            let Some(mut level) = self.reached(order, at) else { continue };
            if level.what == What::Stop && !order.then_limit.is_nan() {
                match self.trigger(index, at, sink) {
                    Some(limit) => level = limit,
                    None => continue,
                }
            }
            batch.push(Hit { lowest, ..self.hit(index, level) });
        }
        let by_price = self.rules.is_tradingview();
        batch[n_market..].sort_unstable_by(|a, b| {
            let price = if by_price { a.lowest.total_cmp(&b.lowest) } else { Ordering::Equal };
            a.closes.cmp(&b.closes).then(price).then(a.slot.cmp(&b.slot))
        });
    }

    /// Turns a stop-limit order whose stop was reached into a limit order; gives its limit if that is reached, too.
    pub(crate) fn trigger(&mut self, index: usize, at: At, sink: Sink<'_>) -> Option<Level> {
        let order = &mut self.orders[index];
        (order.triggered, order.limit) = (order.stop, order.then_limit);
        (order.stop, order.then_limit) = (f64::NAN, f64::NAN);
        let order = *order;
        sink(Event::Triggered { bar: self.now.bar, id: order.id, limit: order.limit });
        self.reached(&order, at)
    }

    /// An exit of a batch fills with what it had when the batch began, whatever an entry of the batch does to the
    /// position; what it cannot close it opens.
    pub(crate) fn commit_exits(&mut self, batch: &[Hit]) {
        if batch.len() < 2 {
            return;
        }
        let mut behind_entry = false;
        for hit in batch {
            behind_entry |= !hit.closes;
            if !(hit.closes && behind_entry) {
                continue;
            }
            let Some(index) = self.index_of(hit.slot) else { continue };
            let bound = self.lot(self.orders[index].lot).map(|open| open.bound);
            let order = &mut self.orders[index];
            // An exit that names no entry closes what is left of the position, and no more.
            let names_entry = order.exit.is_some_and(|exit| exit.from_entry.is_some());
            if let (true, Some(bound)) = (names_entry, bound) {
                order.is_committed = true;
                order.quantity = f64::min(order.quantity, bound);
            }
        }
    }

    pub(crate) fn release_exits(&mut self) {
        for order in &mut self.orders {
            order.is_committed = false;
        }
    }

    /// Fills one order of a batch, if it is still there. `jumped`: at the price that is there, not at its own.
    pub(crate) fn fire(&mut self, hit: Hit, at: At, jumped: bool, sink: Sink<'_>) {
        let Some(index) = self.index_of(hit.slot) else { return };
        let order = &self.orders[index];
        if order.is_used {
            return;
        }
        let fill = self.fill_price(order, hit.what, hit.price, at, jumped);
        self.execute(index, fill, sink);
    }

    pub(crate) fn market_hit(&self, index: usize) -> Hit {
        let order = &self.orders[index];
        Hit { slot: order.slot, what: What::Market, price: f64::NAN, lowest: f64::NAN, closes: order.closes() }
    }

    pub(crate) fn hit(&self, index: usize, level: Level) -> Hit {
        let order = &self.orders[index];
        Hit { slot: order.slot, what: level.what, price: level.price, lowest: level.price, closes: order.closes() }
    }

    fn fill_price(&self, order: &crate::working::Working, what: What, own: f64, at: At, jumped: bool) -> Fill {
        let buys = order.buys();
        let reason = match what {
            What::Market | What::Arm => ExitReason::Signal,
            What::Stop => ExitReason::StopLoss,
            What::Trail => ExitReason::TrailingStop,
            What::Limit => ExitReason::TakeProfit,
        };
        if what == What::Limit {
            let mut price = own;
            if jumped {
                let threshold = self.limit_threshold(order);
                let watched = self.watched(order, at);
                let beyond = if buys { watched < threshold } else { watched > threshold };
                // Just met: its own price exactly, which a sum or difference may miss by a last bit.
                if beyond || self.rules.limit_fill_ticks > 0 {
                    price = at.side(buys);
                }
            }
            return Fill { mid: at.mid, price, cost: 0.0, reason, what, jumped };
        }
        let met = jumped || what == What::Market;
        self.taker_fill(at, buys, if met { None } else { Some(own) }, reason, what)
    }

    /// The fill of a market order, or of a stop: at what is there, or at its `own` price if the path has just met it.
    pub(crate) fn taker_fill(&self, at: At, buys: bool, own: Option<f64>, reason: ExitReason, what: What) -> Fill {
        let sign = if buys { 1.0 } else { -1.0 };
        let slippage = self.slippage();
        let jumped = own.is_none();
        if self.now.sides {
            let half_spread = (at.ask - at.bid) / 2.0;
            let price = own.unwrap_or(at.side(buys)) + sign * slippage;
            return Fill { mid: at.mid, price, cost: half_spread + slippage, reason, what, jumped };
        }
        let cost = self.now.half_spread + slippage;
        Fill { mid: at.mid, price: own.unwrap_or(at.mid) + sign * cost, cost, reason, what, jumped }
    }

    /// Fills exits whose entry has just filled and whose level lies behind the price already.
    pub(crate) fn settle_fresh(&mut self, at: At, sink: Sink<'_>) {
        while let Some(index) = self.orders.iter().position(|order| order.is_fresh) {
            self.orders[index].is_fresh = false;
            let order = &self.orders[index];
            let levels = self.levels(order);
            let watched = self.watched(order, at);
            // The target comes first here.
            let level = levels.into_iter().rev().find(|level| level.what != What::Arm && level.is_reached(watched));
            if let Some(level) = level {
                let hit = self.hit(index, level);
                self.fire(hit, at, true, sink);
            } else if levels[1].what == What::Arm && levels[1].is_reached(watched) {
                self.arm(index, watched, at, sink);
            }
        }
    }

    /// Starts and moves trailing stops at a price that was jumped to.
    pub(crate) fn start_trails(&mut self, at: At, sink: Sink<'_>) {
        if !self.orders.iter().any(|order| order.has_trail() && order.role == Role::Exit) {
            return;
        }
        let mut slot = 0;
        while let Some(index) = self.orders.iter().position(|order| order.slot > slot && order.has_trail()) {
            let order = &self.orders[index];
            slot = order.slot;
            if !order.is_live() {
                continue;
            }
            let watched = self.watched(order, at);
            let level = self.levels(order)[1];
            if level.what == What::Arm {
                if level.is_reached(watched) {
                    self.arm(index, watched, at, sink);
                }
            } else if self.follow(index, watched) {
                let level = self.levels(&self.orders[index])[1];
                let hit = self.hit(index, level);
                self.fire(hit, at, false, sink);
            }
        }
    }

    /// Starts a trailing stop at the price `from`; without an offset it fills there.
    pub(crate) fn arm(&mut self, index: usize, from: f64, at: At, sink: Sink<'_>) {
        let order = &mut self.orders[index];
        let sign = order.direction.sign();
        order.trail.stop = self.ticks.round(from + sign * order.trail.offset);
        sink(Event::Armed { bar: self.now.bar, id: order.id, stop: order.trail.stop });
        let level = self.levels(&self.orders[index])[1];
        if level.is_reached(from) {
            let hit = self.hit(index, level);
            self.fire(hit, at, false, sink);
        }
    }

    /// Lets a trailing stop follow the price; gives whether it has caught up with it.
    pub(crate) fn follow(&mut self, index: usize, watched: f64) -> bool {
        let ticks = self.ticks;
        let order = &mut self.orders[index];
        let stop = ticks.round(watched + order.direction.sign() * order.trail.offset);
        if order.buys() {
            let moved = stop < order.trail.stop;
            order.trail.stop = f64::min(order.trail.stop, stop);
            moved && watched >= order.trail.stop
        } else {
            let moved = stop > order.trail.stop;
            order.trail.stop = f64::max(order.trail.stop, stop);
            moved && watched <= order.trail.stop
        }
    }

    /// Widens the excursions of open trades.
    #[inline]
    pub(crate) fn touch(&mut self, at: At) {
        for open in &mut self.entries {
            open.touch(at.mid, at.mid);
        }
    }
}
