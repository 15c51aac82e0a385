//! What the exits of entries may still close.

use crate::events::Sink;
use crate::fill::Closing;
use crate::working::{Role, Working};
use crate::{Broker, Event, OpenTrade};

impl Broker {
    /// Takes what was closed off the entries whose exits may close it no more.
    pub(crate) fn settle_bound(&mut self, quantity: f64, what: &Closing, sink: Sink<'_>) {
        let mut left = quantity;
        let own_lot = what.bound_lot.filter(|&lot| self.lot(Some(lot)).is_some());
        for index in 0..self.entries.len() {
            let open = self.entries[index];
            let pays = match own_lot {
                Some(lot) => lot == open.lot,
                None => what.bound_id.is_none_or(|id| id == open.id) && what.lot.is_none_or(|lot| lot == open.lot),
            };
            if left <= 0.0 || open.bound <= 0.0 || !pays {
                continue;
            }
            let part = f64::min(left, open.bound);
            left = self.quantities.add(left, -part);
            let bound = self.quantities.add(open.bound, -part);
            self.entries[index].bound = bound;
            if bound <= 0.0 {
                self.drop_exits_of(&open, own_lot.is_none(), what, sink);
            }
        }
    }

    /// Removes the exits of an entry of which nothing is left to close. `carries`: exits of a long entry of the same
    /// name that waits live on for it, unless it is the order that reverses.
    fn drop_exits_of(&mut self, open: &OpenTrade, carries: bool, what: &Closing, sink: Sink<'_>) {
        let waits = self.awaits(open.id).is_some_and(Working::buys);
        let carried = carries
            && self.rules.is_tradingview()
            && waits
            && !(what.reversal.is_some() && what.exit_id == Some(open.id));
        // An exit that waits for another entry of the same name goes with the last one that is open.
        let was_last =
            self.rules.is_tradingview() && self.entries.iter().all(|other| other.id != open.id || other.bound <= 0.0);
        let bar = self.now.bar;
        self.orders.retain_mut(|order| {
            let own = order.lot == Some(open.lot);
            let waits = was_last && order.lot.is_none() && order.from == Some(open.id);
            if order.role != Role::Exit || !(own || waits) || order.is_committed {
                return true;
            }
            if carried && !order.is_attached {
                order.lot = None;
                return true;
            }
            if !order.is_used {
                sink(Event::Cancelled { bar, id: order.name(), cause: crate::Cause::EntryClosed });
            }
            false
        });
    }

    /// A call that has closed something no longer covers entries to come.
    pub(crate) fn spend_calls(&mut self, order: &Working) {
        for other in self.orders.iter_mut().filter(|other| other.role == Role::Exit) {
            if (other.id, other.from) == (order.id, order.from) {
                other.is_spent = true;
            }
        }
    }

    /// Nothing is open any more: exits that wait for no entry go.
    pub(crate) fn flatten(&mut self, sink: Sink<'_>) {
        self.entries.clear();
        self.average = f64::NAN;
        let mut index = 0;
        while let Some(order) = self.orders.get(index) {
            let kept = !order.closes()
                || order.is_committed
                || order.from.is_some_and(|entry| order.lot.is_none() && self.awaits(entry).is_some());
            if kept {
                index += 1;
                continue;
            }
            let order = self.orders.remove(index);
            if !order.is_used {
                self.tell_cancelled(order.name(), crate::Cause::EntryClosed, sink);
            }
        }
    }
}
