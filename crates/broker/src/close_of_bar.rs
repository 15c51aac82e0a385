//! After the script has run: what still fills at the close of the same bar.

use crate::Broker;
use crate::events::Sink;
use crate::matching::Hit;
use crate::reach::What;

impl Broker {
    pub(crate) fn close_of_bar(&mut self, sink: Sink<'_>) -> f64 {
        let at = self.now.at_close();
        self.now.node += 1;
        let mut slot = 0;
        while let Some(index) = self.orders.iter().position(|order| order.slot > slot && order.immediately) {
            slot = self.orders[index].slot;
            let hit = self.market_hit(index);
            self.fire(hit, at, true, sink);
        }
        self.margin_call(at.mid, sink);
        if self.rules.process_orders_on_close {
            self.fill_at_close(sink);
        }
        let equity = self.equity(self.now.prices.close);
        if equity <= 0.0 && self.rules.stop_when_bankrupt { self.go_bankrupt(sink) } else { equity }
    }

    /// Tries the orders of this bar at its close.
    fn fill_at_close(&mut self, sink: Sink<'_>) {
        let (at, bar) = (self.now.at_close(), self.now.bar);
        let mut batch = std::mem::take(&mut self.batch);
        batch.clear();
        for market in [true, false] {
            for index in 0..self.orders.len() {
                let order = self.orders[index];
                if order.placed_bar != bar || order.is_market() != market {
                    continue;
                }
                if market {
                    batch.push(self.market_hit(index));
                } else if order.is_live() {
                    self.hit_at_close(index, &mut batch, sink);
                }
            }
        }
        for &hit in &batch {
            self.fire(hit, at, true, sink);
        }
        // What has just opened can close here, too.
        self.settle_fresh(at, sink);
        self.batch = batch;
    }

    fn hit_at_close(&mut self, index: usize, batch: &mut Vec<Hit>, sink: Sink<'_>) {
        let at = self.now.at_close();
        let order = self.orders[index];
        let Some(level) = self.reached(&order, at) else { return };
        if level.what == What::Trail {
            return;
        }
        if level.what == What::Stop && !order.then_limit.is_nan() {
            if let Some(limit) = self.trigger(index, at, sink) {
                batch.push(self.hit(index, limit));
            }
        } else {
            batch.push(self.hit(index, level));
        }
    }
}
