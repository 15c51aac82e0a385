//! What a script asks for becomes orders in the book.

use crate::working::{Budget, Role, Working};
use crate::{Broker, Close, Command, Direction, ExitSize, Id, Order, OrderKind, Rejection};

impl Broker {
    pub(crate) fn carry_out(&mut self, command: Command) -> Result<(), Rejection> {
        if let Some(bar) = self.bankrupt_at {
            return Err(Rejection::Bankrupt { bar });
        }
        match command {
            Command::Entry(order) => self.place_entry(&order),
            Command::Order(order) => self.place_net(&order),
            Command::Exit(exit) => self.place_exit(&exit),
            Command::Close(close) => self.place_close(&close),
            Command::Cancel(id) => self.cancel(id),
            Command::CancelAll => {
                self.orders.retain(|order| order.is_attached);
                Ok(())
            }
        }
    }

    fn cancel(&mut self, id: Id) -> Result<(), Rejection> {
        let before = self.orders.len();
        self.orders.retain(|order| order.id != id || order.role == Role::Close || order.is_attached);
        if self.orders.len() == before { Err(Rejection::Unknown { id }) } else { Ok(()) }
    }

    #[inline]
    fn place_entry(&mut self, order: &Order) -> Result<(), Rejection> {
        self.allowed()?;
        let placed_before = self.orders.iter().find(|waiting| waiting.opens() && waiting.id == order.id);
        let skip_flip = placed_before.is_some_and(|waiting| waiting.placed_bar == self.now.bar);
        let mut working = self.priced(order, Role::Entry)?;
        let direction = order.direction;
        let reverses = self.size * direction.sign() < 0.0;
        if working.quantity == 0.0 && (!self.rules.is_tradingview() || skip_flip || !reverses) {
            self.withdraw(order.id);
            let quantity = order.quantity.unwrap_or(0.0);
            return Err(Rejection::QuantityBelowStep { quantity, step: self.quantities.step() });
        }
        if let Err(reason) = self.margin_of_order(&working) {
            if working.is_market() && reverses {
                // What is refused is the opening: the position is closed all the same.
                working.quantity = 0.0;
                self.place(working);
            }
            return Err(reason);
        }
        let meets = self.size_to_meet();
        if !skip_flip && meets * direction.sign() > 0.0 {
            if let Err(reason) = self.room(direction) {
                self.withdraw(order.id);
                return Err(reason);
            }
        } else if !working.is_market() && self.size != 0.0 && !skip_flip {
            working.flip = meets.abs();
            working.quantity = self.quantities.add(working.quantity, working.flip);
        }
        working.skip_flip = skip_flip;
        self.place(working);
        Ok(())
    }

    fn place_net(&mut self, order: &Order) -> Result<(), Rejection> {
        if let Some(rule) = self.risk.halted {
            return Err(Rejection::Halted { rule });
        }
        let working = self.priced(order, Role::Net)?;
        if working.quantity == 0.0 {
            self.withdraw(order.id);
            let quantity = order.quantity.unwrap_or(0.0);
            return Err(Rejection::QuantityBelowStep { quantity, step: self.quantities.step() });
        }
        self.place(working);
        Ok(())
    }

    /// Whether there is room for one more entry of that side.
    pub(crate) fn room(&self, direction: Direction) -> Result<(), Rejection> {
        let limit = self.rules.pyramiding.max(1);
        let n_open = self.entries.iter().filter(|entry| entry.bound > 0.0).count();
        if n_open >= limit as usize { Err(Rejection::Pyramiding { direction, n_open, limit }) } else { Ok(()) }
    }

    /// The order with prices on ticks and its quantity on steps.
    #[inline]
    fn priced(&self, order: &Order, role: Role) -> Result<Working, Rejection> {
        order.bracket.check()?;
        order.kind.check()?;
        let buys = order.direction == Direction::Long;
        let (mut stop, mut limit, mut then_limit) = (f64::NAN, f64::NAN, f64::NAN);
        match order.kind {
            OrderKind::Market => {}
            OrderKind::Stop(price) => stop = self.ticks.price(price, buys),
            OrderKind::Limit(price) => limit = self.ticks.price(price, !buys),
            OrderKind::StopLimit { stop: start, limit: price } => {
                (stop, then_limit) = (self.ticks.price(start, buys), self.ticks.price(price, !buys));
            }
        }
        let mut working = Working::new(role, order.id, order.direction, 0.0);
        (working.stop, working.limit, working.then_limit) = (stop, limit, then_limit);
        (working.oca, working.bracket) = (order.oca, order.bracket);
        if let Some(quantity) = order.quantity {
            working.quantity = self.whole_quantity(quantity)?;
            return Ok(working);
        }
        let price = self.price_now(buys, stop, if limit.is_nan() { then_limit } else { limit });
        let quantity = self.default_quantity(price)?;
        working.quantity = self.quantities.floor_of_money(quantity);
        if !working.is_market()
            && let Some((money, _)) = self.budget(price, self.now.point_value)
        {
            working.budget = Some(Budget { money, point_value: self.now.point_value, price });
        }
        Ok(working)
    }

    fn whole_quantity(&self, quantity: f64) -> Result<f64, Rejection> {
        if !(quantity >= 0.0 && quantity.is_finite()) {
            return Err(Rejection::Quantity { quantity });
        }
        self.quantities.floor(quantity).ok_or(Rejection::Quantity { quantity })
    }

    /// Size of the position as the market orders that wait will leave it.
    pub(crate) fn size_to_meet(&self) -> f64 {
        let mut size = self.size;
        for order in self.orders.iter().filter(|order| order.is_market()) {
            let signed = order.direction.sign() * order.quantity;
            match order.role {
                Role::Close => {
                    let left = size + signed;
                    size = if left * size > 0.0 { left } else { 0.0 };
                }
                Role::Entry => size = if size * signed >= 0.0 { size + signed } else { signed },
                Role::Net | Role::Exit => {}
            }
        }
        size
    }

    fn place_close(&mut self, close: &Close) -> Result<(), Rejection> {
        if self.size == 0.0 {
            return Err(Rejection::NoPosition);
        }
        let quantity = match close.entry {
            None => self.size.abs(),
            Some(entry) => self.quantity_to_close(entry, close.size)?,
        };
        let direction = self.side().opposite();
        let mut working = Working::new(Role::Close, close.entry.unwrap_or_default(), direction, quantity);
        (working.from, working.call, working.immediately) = (close.entry, close.call, close.immediately);
        self.place(working);
        Ok(())
    }

    fn quantity_to_close(&self, entry: Id, size: ExitSize) -> Result<f64, Rejection> {
        let named = || self.entries.iter().filter(|open| open.id == entry);
        let bound: f64 = named().map(|open| open.bound).sum();
        if bound == 0.0 {
            return Err(Rejection::NoEntry { entry });
        }
        let quantity = match size {
            ExitSize::Rest => self.quantities.floor_of_part(bound),
            ExitSize::Quantity(quantity) => match self.whole_quantity(quantity.abs())? {
                // Less than a step closes all of it.
                0.0 => bound,
                whole => f64::min(whole, bound),
            },
            ExitSize::Percent(percent) => {
                if !(0.0..=100.0).contains(&percent) {
                    return Err(Rejection::Percent { percent });
                }
                let base = match self.rules.close_entries {
                    crate::CloseEntries::Any => named().map(|open| open.size).sum(),
                    crate::CloseEntries::Fifo => bound,
                };
                self.part_of(f64::min(base * (percent * 0.01), bound), bound)
            }
        };
        if quantity > 0.0 {
            Ok(quantity)
        } else {
            Err(Rejection::QuantityBelowStep { quantity, step: self.quantities.step() })
        }
    }

    /// A part of `whole` in per cent, rounded down to steps but not to nothing.
    pub(crate) fn part_of(&self, part: f64, whole: f64) -> f64 {
        let rounded = self.quantities.floor_of_part(part);
        if rounded == 0.0 && part > 0.0 && self.quantities.floor_of_part(whole) > 0.0 {
            self.quantities.step()
        } else {
            rounded
        }
    }

    /// Side of the position; long while flat.
    pub(crate) fn side(&self) -> Direction {
        if self.size < 0.0 { Direction::Short } else { Direction::Long }
    }
}
