use crate::{Broker, Cause, Event, Id};

/// Where events go: not generic, so that the engine is compiled once.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(Event);

impl Broker {
    pub(crate) fn tell_cancelled(&self, id: Option<Id>, cause: Cause, sink: Sink<'_>) {
        sink(Event::Cancelled { bar: self.now.bar, id, cause });
    }

    /// Removes the orders that `goes` names, and tells so.
    pub(crate) fn cancel_where(
        &mut self,
        cause: Cause,
        sink: Sink<'_>,
        mut goes: impl FnMut(&crate::working::Working) -> bool,
    ) {
        let bar = self.now.bar;
        self.orders.retain(|order| {
            let cancelled = goes(order);
            if cancelled && !order.is_used {
                sink(Event::Cancelled { bar, id: order.name(), cause });
            }
            !cancelled
        });
    }
}
