//! The orders that wait, sorted by their place in the queue.

use crate::events::Sink;
use crate::working::{Role, Working};
use crate::{Broker, Cause, Event, Id, Oca, OcaKind};

impl Broker {
    pub(crate) fn new_slot(&mut self) -> u64 {
        self.next_slot += 1;
        self.next_slot
    }

    /// Puts an order into the book. One that modifies another keeps its place if neither prices nor quantity change;
    /// else it goes to the back.
    pub(crate) fn place(&mut self, mut order: Working) {
        (order.placed_bar, order.placed_fill) = (self.now.bar, self.n_fills);
        let known = self.orders.iter().position(|waiting| waiting.same_key(&order));
        let Some(index) = known else { return self.push(order) };
        let waiting = self.orders[index];
        if !waiting.triggered.is_nan() && waiting.triggered == order.stop && waiting.limit == order.then_limit {
            // A stop that was reached stays reached.
            (order.triggered, order.limit) = (order.stop, order.then_limit);
            (order.stop, order.then_limit) = (f64::NAN, f64::NAN);
        }
        let same_bar_market = waiting.is_market() && order.is_market() && waiting.placed_bar == order.placed_bar;
        if same_bar_market || waiting.same_slot(&order) {
            order.slot = waiting.slot;
            self.orders[index] = order;
        } else {
            self.orders.remove(index);
            self.push(order);
        }
    }

    #[inline]
    pub(crate) fn push(&mut self, mut order: Working) {
        order.slot = self.new_slot();
        self.orders.push(order);
    }

    /// Takes away the order that would open something under that name.
    pub(crate) fn withdraw(&mut self, id: Id) {
        self.orders.retain(|order| order.closes() || order.id != id);
    }

    pub(crate) fn index_of(&self, slot: u64) -> Option<usize> {
        self.orders.binary_search_by_key(&slot, |order| order.slot).ok()
    }

    /// Whether an order that opens something waits under that name.
    pub(crate) fn awaits(&self, id: Id) -> Option<&Working> {
        self.orders.iter().find(|order| order.opens() && order.id == id)
    }

    /// What a fill of `filled` units does to the other orders of the group.
    pub(crate) fn settle_group(&mut self, oca: Oca, filled: f64, sink: Sink<'_>) {
        let bar = self.now.bar;
        let quantities = self.quantities;
        self.orders.retain_mut(|order| {
            if order.oca != Some(oca) || order.is_used {
                return true;
            }
            let left = match oca.kind {
                OcaKind::Cancel => 0.0,
                OcaKind::Reduce => quantities.add(order.quantity, -filled),
            };
            if left > 0.0 {
                order.quantity = left;
                sink(Event::Reduced { bar, id: order.id, quantity: left });
            } else {
                sink(Event::Cancelled { bar, id: order.name(), cause: Cause::Oca });
            }
            left > 0.0
        });
    }

    /// Drops exits that were placed for an entry which waited then and has gone since.
    pub(crate) fn drop_orphans(&mut self, sink: Sink<'_>) {
        if !self.orders.iter().any(|order| order.role == Role::Exit && order.lot.is_none()) {
            return;
        }
        let mut index = 0;
        while let Some(order) = self.orders.get(index) {
            let orphan = order.role == Role::Exit
                && order.lot.is_none()
                && order.from.is_none_or(|entry| self.awaits(entry).is_none());
            if orphan {
                let id = self.orders.remove(index).name();
                self.tell_cancelled(id, Cause::EntryGone, sink);
            } else {
                index += 1;
            }
        }
    }
}
