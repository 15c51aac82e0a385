//! `strategy.exit`: one leg for each entry, with a reservation of its own.

use crate::working::{NO_TRAIL, Role, Trailing, Working};
use crate::{Broker, Direction, Exit, ExitSize, Id, Oca, OcaKind, OpenTrade, Rejection};

/// The entry that a leg is for.
#[derive(Clone, Copy)]
struct Target {
    entry: Id,
    lot: Option<u32>,
    direction: Direction,
    /// Its size when it filled, or as it is ordered now.
    size: f64,
}

impl Broker {
    pub(crate) fn place_exit(&mut self, exit: &Exit) -> Result<(), Rejection> {
        exit.check()?;
        let mut result = Err(match exit.from_entry {
            Some(entry) => Rejection::NoEntry { entry },
            None => Rejection::NoPosition,
        });
        let mut note = |outcome: Result<(), Rejection>| {
            if outcome.is_ok() || matches!(result, Err(Rejection::NoEntry { .. } | Rejection::NoPosition)) {
                result = outcome;
            }
        };
        for index in 0..self.entries.len() {
            let OpenTrade { id, lot, direction, size, bound, .. } = self.entries[index];
            if bound > 0.0 && exit.from_entry.is_none_or(|entry| entry == id) {
                note(self.place_leg(exit, Target { entry: id, lot: Some(lot), direction, size }));
            }
        }
        let flat = self.size == 0.0;
        let side = self.side();
        let mut slot = 0;
        while let Some(order) = self.orders.iter().find(|order| order.opens() && order.slot > slot) {
            slot = order.slot;
            let wanted = match exit.from_entry {
                Some(entry) => entry == order.id,
                // The order that reverses the position gets its exits when it has filled.
                None => flat || order.direction == side,
            };
            if wanted {
                let (entry, direction, size) = (order.id, order.direction, self.opening_part(order));
                note(self.place_leg(exit, Target { entry, lot: None, direction, size }));
            }
        }
        result
    }

    /// What an order that waits will open.
    fn opening_part(&self, order: &Working) -> f64 {
        let market = order.is_market();
        if market && self.size * order.direction.sign() > 0.0 && self.room(order.direction).is_err() {
            return 0.0;
        }
        let reverses = self.size * order.direction.sign() < 0.0;
        let closing = match (market && !order.skip_flip, reverses) {
            (true, _) | (_, false) => 0.0,
            (false, true) if market => self.size.abs(),
            (false, true) => order.flip,
        };
        f64::max(order.quantity - closing, 0.0)
    }

    fn place_leg(&mut self, exit: &Exit, target: Target) -> Result<(), Rejection> {
        let mut leg = Working::new(Role::Exit, exit.id, target.direction.opposite(), 0.0);
        (leg.from, leg.lot) = (Some(target.entry), target.lot);
        let before = self.orders.iter().position(|order| order.same_key(&leg));
        if before.is_some_and(|index| self.orders[index].is_used) {
            return Err(Rejection::ExitUsed);
        }
        let reserved = self.reservation(&leg, exit.size, target.size);
        let Ok(reserved) = reserved else {
            if !exit.has_level()
                && let Some(index) = before
            {
                self.orders.remove(index);
            }
            return reserved.map(|_| ());
        };
        (leg.reserved, leg.quantity, leg.bound, leg.exit) = (reserved, reserved, target.size, Some(*exit));
        leg.oca = exit.oca.map(|group| Oca { group, kind: OcaKind::Reduce });
        let entry_price = self.lot(target.lot).map(|open| open.entry_price);
        self.set_levels(&mut leg, exit, target.direction, entry_price);
        let carried = before.map(|index| self.orders[index]).filter(|order| {
            let trail = |order: &Working| order.exit.and_then(|exit| exit.trail);
            order.has_trail() && trail(order) == exit.trail
        });
        if let Some(order) = carried {
            leg.trail.stop = order.trail.stop;
        } else {
            self.start_trail_at_close(&mut leg);
        }
        self.place(leg);
        if exit.has_level() { Ok(()) } else { Err(Rejection::NoLevel) }
    }

    /// What is left of an entry for an exit after those that were placed before it.
    fn reservation(&self, leg: &Working, size: ExitSize, entry_size: f64) -> Result<f64, Rejection> {
        let others: f64 = self
            .orders
            .iter()
            .filter(|order| order.role == Role::Exit && (order.from, order.lot) == (leg.from, leg.lot))
            // A part of another size is that of an order which has been modified since.
            .filter(|order| order.id != leg.id && order.bound == entry_size)
            .map(|order| order.reserved)
            .sum();
        let left = entry_size - others;
        let (asked, reserved) = match size {
            ExitSize::Rest => (left, self.quantities.floor_of_part(left)),
            ExitSize::Quantity(quantity) => match self.quantities.floor(quantity) {
                None => return Err(Rejection::Quantity { quantity }),
                Some(0.0) => (left, self.quantities.floor_of_part(left)),
                Some(whole) if quantity < left => (quantity, whole),
                Some(_) => (quantity, self.quantities.floor_of_part(left)),
            },
            ExitSize::Percent(percent) => {
                let part = entry_size * (percent * 0.01);
                (part, self.part_of(f64::min(part, left), left))
            }
        };
        if reserved > 0.0 { Ok(reserved) } else { Err(Rejection::Reserved { asked, left, size: entry_size }) }
    }

    /// Puts the levels of an exit on ticks; those counted from the entry's price only once that is known.
    fn set_levels(&self, leg: &mut Working, exit: &Exit, side: Direction, entry_price: Option<f64>) {
        let long = side == Direction::Long;
        let on_tick = |price: Option<f64>, up: bool| price.map_or(f64::NAN, |price| self.ticks.price(price, up));
        let from_entry = |ticks: Option<f64>, sign: f64| match (entry_price, ticks) {
            (Some(entry), Some(ticks)) => self.ticks.price(entry + sign * (self.account.tick_size * ticks), sign > 0.0),
            _ => f64::NAN,
        };
        let sign = side.sign();
        // The level that the price meets first on its way from the entry.
        let nearest = |a: f64, b: f64, lower: bool| if lower { f64::min(a, b) } else { f64::max(a, b) };
        leg.limit = nearest(on_tick(exit.limit, long), from_entry(exit.profit_ticks, sign), long);
        leg.stop = nearest(on_tick(exit.stop, !long), from_entry(exit.loss_ticks, -sign), !long);
        let started = leg.trail.stop;
        leg.trail = exit.trail.map_or(NO_TRAIL, |trail| Trailing {
            activation: nearest(on_tick(trail.price, !long), from_entry(trail.points, sign), long),
            offset: self.account.tick_size * trail.offset_ticks.trunc(),
            stop: started,
        });
    }

    /// A trailing stop that is placed with the entry open starts from the close, if that is far enough.
    fn start_trail_at_close(&self, leg: &mut Working) {
        let (close, Trailing { activation, offset, .. }) = (self.now.prices.close, leg.trail);
        if leg.lot.is_none() || activation.is_nan() || close.is_nan() {
            return;
        }
        if leg.buys() && close < activation {
            leg.trail.stop = f64::min(self.ticks.round(activation + offset), self.ticks.round(close + offset));
        } else if !leg.buys() && close > activation {
            leg.trail.stop = f64::max(self.ticks.round(activation - offset), self.ticks.round(close - offset));
        }
    }

    pub(crate) fn lot(&self, lot: Option<u32>) -> Option<&OpenTrade> {
        let lot = lot?;
        self.entries.iter().find(|open| open.lot == lot && open.bound > 0.0)
    }

    /// Gives an entry that has just filled its exits: those that waited for it, and copies of those that live on other
    /// entries of its name.
    pub(crate) fn bind_exits(&mut self, open: &OpenTrade) {
        let last = self.next_slot;
        let mut index = 0;
        while let Some(order) = self.orders.get(index).filter(|order| order.slot <= last) {
            let waits = order.role == Role::Exit && order.lot.is_none() && order.from == Some(open.id);
            if !waits {
                index += 1;
                continue;
            }
            let mut leg = self.orders.remove(index);
            leg.lot = Some(open.lot);
            let exit = leg.exit.expect("an exit remembers what was asked");
            if exit.size == ExitSize::Rest {
                let grown = self.quantities.floor_of_part(f64::max(leg.reserved + (open.size - leg.bound), 0.0));
                (leg.reserved, leg.quantity, leg.bound) = (grown, grown, open.size);
            }
            self.set_levels(&mut leg, &exit, open.direction, Some(open.entry_price));
            leg.is_fresh = true;
            self.push(leg);
        }
        self.repeat_exits(open);
    }

    /// A call without which nothing is said lives on for later entries of the same name until it has closed something.
    fn repeat_exits(&mut self, open: &OpenTrade) {
        for index in 0..self.orders.len() {
            let source = self.orders[index];
            let lives = source.role == Role::Exit
                && source.from == Some(open.id)
                && source.lot.is_some_and(|lot| lot != open.lot)
                && !source.is_used
                && !source.is_spent
                && !source.is_attached;
            let (true, Some(exit)) = (lives, source.exit) else { continue };
            let mut leg = Working::new(Role::Exit, source.id, open.direction.opposite(), 0.0);
            (leg.from, leg.lot, leg.exit, leg.oca) = (source.from, Some(open.lot), Some(exit), source.oca);
            if self.orders.iter().any(|order| order.same_key(&leg)) {
                continue;
            }
            let Ok(reserved) = self.reservation(&leg, exit.size, open.size) else { continue };
            (leg.reserved, leg.quantity, leg.bound) = (reserved, reserved, open.size);
            self.set_levels(&mut leg, &exit, open.direction, Some(open.entry_price));
            (leg.is_fresh, leg.placed_bar, leg.placed_fill) = (true, self.now.bar, self.n_fills);
            self.push(leg);
        }
    }

    /// Stop and target that came with the entry's own order.
    pub(crate) fn attach_bracket(&mut self, order: &Working, open: &OpenTrade) {
        let mut exit = Exit::new(order.id, Some(order.id));
        exit.loss_ticks = order.bracket.stop_loss_ticks.map(f64::from);
        exit.profit_ticks = order.bracket.take_profit_ticks.map(f64::from);
        let mut leg = Working::new(Role::Exit, order.id, open.direction.opposite(), open.size);
        (leg.from, leg.lot, leg.exit) = (Some(order.id), Some(open.lot), Some(exit));
        (leg.bound, leg.reserved, leg.is_fresh, leg.is_attached) = (open.size, open.size, true, true);
        self.set_levels(&mut leg, &exit, open.direction, Some(open.entry_price));
        (leg.placed_bar, leg.placed_fill) = (self.now.bar, self.n_fills);
        self.push(leg);
    }
}
