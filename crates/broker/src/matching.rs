//! How orders meet prices.

use crate::order::Waiting;
use crate::{BarPrices, Broker, Direction, Entry, Event, ExitReason, Order, OrderKind, Position, Rejection, Trade};

/// Mid price and half the spread at one moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quote {
    pub(crate) mid: f64,
    pub(crate) half_spread: f64,
}

/// A price at which an order fills, and what of it is a cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fill {
    mid: f64,
    price: f64,
    /// Half spread and slippage, in price units.
    cost: f64,
}

/// What the price has met.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Target {
    /// The order at this place of the queue.
    Order(usize),
    StopLoss,
    TakeProfit,
}

/// A stop or limit order as the path sees it: which way it trades, and at which price.
#[derive(Clone, Copy, Debug)]
struct Level {
    buys: bool,
    kind: OrderKind,
}

impl Level {
    /// The mid price at which it fills; NaN for what has no level.
    fn trigger(self, half_spread: f64) -> f64 {
        match (self.kind, self.buys) {
            (OrderKind::Market, _) => f64::NAN,
            (OrderKind::Stop(price), _) => price,
            (OrderKind::Limit(price), true) => price - half_spread,
            (OrderKind::Limit(price), false) => price + half_spread,
        }
    }

    /// Whether it waits for the price to rise, not to fall.
    fn waits_above(self) -> bool {
        matches!((self.kind, self.buys), (OrderKind::Stop(_), true) | (OrderKind::Limit(_), false))
    }

    fn is_reached(self, at: Quote) -> bool {
        let trigger = self.trigger(at.half_spread);
        if self.waits_above() { at.mid >= trigger } else { at.mid <= trigger }
    }

    /// What a limit order pays once it is reached: its own price, or the better one of its side after a gap.
    fn limit_price(self, at: Quote) -> f64 {
        let trigger = self.trigger(at.half_spread);
        match self.kind {
            OrderKind::Limit(_) if self.buys && at.mid < trigger => at.mid + at.half_spread,
            OrderKind::Limit(_) if !self.buys && at.mid > trigger => at.mid - at.half_spread,
            // Just met: its own price exactly, which that sum or difference may miss by a last bit.
            OrderKind::Limit(price) | OrderKind::Stop(price) => price,
            OrderKind::Market => at.mid,
        }
    }
}

impl Broker {
    /// Leads the price along the bar's path, after the market orders.
    pub(crate) fn walk(&mut self, bar: usize, prices: &BarPrices, half_spread: f64, on_event: &mut impl FnMut(Event)) {
        let path = prices.path();
        let mut at = Quote { mid: path[0], half_spread };
        self.move_to(&mut at, path[0]);
        self.settle(bar, at, on_event);
        for &end in &path[1..] {
            while let Some(trigger) = self.next_on_the_way(at, end) {
                self.move_to(&mut at, trigger);
                self.settle(bar, at, on_event);
            }
            self.move_to(&mut at, end);
        }
    }

    fn move_to(&mut self, at: &mut Quote, mid: f64) {
        at.mid = mid;
        if let Some(position) = &mut self.position {
            position.touch(mid, mid);
        }
    }

    pub(crate) fn fill_market_orders(&mut self, bar: usize, at: Quote, on_event: &mut impl FnMut(Event)) {
        if let Some(position) = &mut self.position {
            position.touch(at.mid, at.mid);
        }
        let mut index = 0;
        while let Some(waiting) = self.orders.get(index) {
            let direction = match waiting.order {
                Order::Entry(Entry { direction, kind: OrderKind::Market, .. }) => Some(direction),
                Order::Entry(_) => {
                    index += 1;
                    continue;
                }
                Order::Close => self.position.map(|position| position.direction.opposite()),
            };
            let fill = direction.map(|direction| self.taker_fill(at, direction));
            let waiting = self.orders.remove(index);
            match fill {
                Some(fill) => self.carry_out(waiting, bar, fill, on_event),
                None => on_event(Event::Dropped { bar, order: waiting.order, reason: Rejection::NoPosition }),
            }
        }
    }

    /// Fills everything that the price has reached.
    fn settle(&mut self, bar: usize, at: Quote, on_event: &mut impl FnMut(Event)) {
        while let Some((target, level)) = self.first_reached(at) {
            let fill = match level.kind {
                OrderKind::Limit(_) => Fill { mid: at.mid, price: level.limit_price(at), cost: 0.0 },
                OrderKind::Market | OrderKind::Stop(_) => self.taker_fill(at, side_of(level.buys)),
            };
            self.execute(target, bar, fill, on_event);
        }
    }

    fn first_reached(&self, at: Quote) -> Option<(Target, Level)> {
        self.levels().find(|(_, level)| level.is_reached(at))
    }

    /// The mid price of the first level that the price meets on its way from `at` to `end`, both reached levels and
    /// those beyond `end` left out.
    fn next_on_the_way(&self, at: Quote, end: f64) -> Option<f64> {
        let rising = end > at.mid;
        let ahead = self.levels().filter(|(_, level)| level.waits_above() == rising);
        let triggers = ahead.map(|(_, level)| level.trigger(at.half_spread));
        if rising {
            triggers.filter(|&trigger| trigger <= end).reduce(f64::min)
        } else {
            triggers.filter(|&trigger| trigger >= end).reduce(f64::max)
        }
    }

    /// Everything that waits for a price: orders in their order, then the stop, then the target.
    fn levels(&self) -> impl Iterator<Item = (Target, Level)> + '_ {
        let orders = self.orders.iter().enumerate().filter_map(|(index, waiting)| match waiting.order {
            Order::Entry(Entry { kind: OrderKind::Market, .. }) | Order::Close => None,
            Order::Entry(Entry { direction, kind, .. }) => {
                Some((Target::Order(index), Level { buys: direction == Direction::Long, kind }))
            }
        });
        let bracket = self.position.iter().flat_map(|position| {
            let buys = position.direction == Direction::Short;
            let stop = position.stop_loss().map(|price| (Target::StopLoss, OrderKind::Stop(price)));
            let target = position.take_profit().map(|price| (Target::TakeProfit, OrderKind::Limit(price)));
            [stop, target].into_iter().flatten().map(move |(target, kind)| (target, Level { buys, kind }))
        });
        orders.chain(bracket)
    }

    fn execute(&mut self, target: Target, bar: usize, fill: Fill, on_event: &mut impl FnMut(Event)) {
        let reason = match target {
            Target::Order(index) => {
                let waiting = self.orders.remove(index);
                return self.carry_out(waiting, bar, fill, on_event);
            }
            Target::StopLoss => ExitReason::StopLoss,
            Target::TakeProfit => ExitReason::TakeProfit,
        };
        if let Some(position) = self.position.take() {
            self.close(position, bar, fill, position.quantity, reason, on_event);
        }
    }

    fn carry_out(&mut self, waiting: Waiting, bar: usize, fill: Fill, on_event: &mut impl FnMut(Event)) {
        let Waiting { order, frozen_quantity } = waiting;
        match order {
            Order::Close => {
                if let Some(position) = self.position.take() {
                    self.close(position, bar, fill, position.quantity, ExitReason::Signal, on_event);
                }
            }
            Order::Entry(Entry { direction, .. }) if self.is_open(direction) => {
                on_event(Event::Dropped { bar, order, reason: Rejection::PositionOpen { direction } });
            }
            Order::Entry(entry) => {
                let held = self.position.map_or(0.0, |position| position.quantity);
                let order_quantity = frozen_quantity.unwrap_or(entry.quantity + held);
                let quantity = self.reverse(bar, fill, order_quantity, on_event);
                if quantity > 0.0 {
                    self.open(Entry { quantity, ..entry }, bar, fill, order_quantity, on_event);
                }
            }
        }
    }

    /// Lets an order of `order_quantity` close what it can of the position against it; gives what is left of it.
    fn reverse(&mut self, bar: usize, fill: Fill, order_quantity: f64, on_event: &mut impl FnMut(Event)) -> f64 {
        let Some(position) = self.position.take() else { return order_quantity };
        if order_quantity >= position.quantity {
            self.close(position, bar, fill, order_quantity, ExitReason::Reversal, on_event);
            return self.quantities.nearest(order_quantity - position.quantity);
        }
        let (part, rest) = position.split(order_quantity, self.quantities);
        self.position = Some(rest);
        self.close(part, bar, fill, order_quantity, ExitReason::Reversal, on_event);
        0.0
    }

    fn open(&mut self, entry: Entry, bar: usize, fill: Fill, order_quantity: f64, on_event: &mut impl FnMut(Event)) {
        let Entry { direction, quantity, bracket, .. } = entry;
        let commission = self.account.commission(quantity, order_quantity, fill.price);
        self.balance -= commission;
        let (stop, target) = Position::levels(direction, fill.price, bracket, self.ticks, self.account.tick_size);
        let position = Position {
            direction,
            quantity,
            entry_bar: bar,
            entry_price: fill.price,
            entry_commission: commission,
            entry_costs: commission + fill.cost * quantity,
            stop,
            target,
            highest: fill.mid,
            lowest: fill.mid,
        };
        self.position = Some(position);
        on_event(Event::Opened(position));
    }

    /// Books the end of a position that has been taken out already.
    pub(crate) fn close(
        &mut self,
        position: Position,
        bar: usize,
        fill: Fill,
        order_quantity: f64,
        exit_reason: ExitReason,
        on_event: &mut impl FnMut(Event),
    ) {
        let Position { direction, quantity, entry_bar, entry_price, entry_commission, .. } = position;
        let commission = self.account.commission(quantity, order_quantity, fill.price);
        let gross = position.open_profit(fill.price);
        self.balance += gross - commission;
        let rise = f64::max(position.highest - entry_price, 0.0);
        let fall = f64::max(entry_price - position.lowest, 0.0);
        let (max_favourable, max_adverse) = match direction {
            Direction::Long => (rise, fall),
            Direction::Short => (fall, rise),
        };
        on_event(Event::Closed(Trade {
            direction,
            entry_bar,
            exit_bar: bar,
            entry_price,
            exit_price: fill.price,
            quantity,
            profit: gross - entry_commission - commission,
            costs: position.entry_costs + commission + fill.cost * quantity,
            exit_reason,
            max_adverse,
            max_favourable,
        }));
    }

    /// The fill of a market order, or of a stop that the price has passed.
    pub(crate) fn taker_fill(&self, at: Quote, direction: Direction) -> Fill {
        let slippage = self.account.tick_size * f64::from(self.account.costs.slippage_ticks);
        let cost = at.half_spread + slippage;
        Fill { mid: at.mid, price: at.mid + direction.sign() * cost, cost }
    }
}

fn side_of(buys: bool) -> Direction {
    if buys { Direction::Long } else { Direction::Short }
}
