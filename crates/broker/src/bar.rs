//! One bar, from its open to its close.

use market::TicksView;

use crate::events::Sink;
use crate::ledger::stretch;
use crate::now::At;
use crate::reach::Level;
use crate::{BarInput, BarPrices, Broker, Inside, Quote};

impl Broker {
    pub(crate) fn bar(&mut self, input: &BarInput<'_>, sink: Sink<'_>) -> f64 {
        let has_ticks = matches!(input.inside, Inside::Ticks(ticks) if !ticks.time.is_empty());
        if !self.late.is_empty() {
            // Judged by what was known before this bar.
            self.receive_at_open(input.bar, has_ticks, sink);
        }
        let before = self.now.open_time;
        self.enter_prices(input);
        self.now.open_time = input.open_time;
        if let (Some(swap), Some(from), Some(to)) = (self.rules.swap, before, input.open_time) {
            self.charge_nights(&swap, from, to, sink);
        }
        self.now.start_size = self.size;
        self.now.start_equity = self.equity_now();
        let halted = self.roll_day(input.day, sink);
        let nothing_to_do = self.orders.is_empty() && self.late.is_empty() && self.size == 0.0;
        if !halted && !nothing_to_do {
            self.follow_prices(input, sink);
        }
        self.end_bar(sink)
    }

    fn follow_prices(&mut self, input: &BarInput<'_>, sink: Sink<'_>) {
        self.drop_orphans(sink);
        match input.inside {
            Inside::Mid => self.mid_path(sink),
            Inside::Sides { bid, ask } => self.path(sides_path(&bid, &ask).into_iter(), sink),
            Inside::Path(points) => {
                self.path(points.iter().map(|&Quote { bid, ask }| At::sides(bid, ask)), sink);
            }
            Inside::Ticks(ticks) if ticks.time.is_empty() => self.mid_path(sink),
            Inside::Ticks(ticks) => self.quotes(ticks, sink),
        }
        self.cancel_unaffordable(sink);
    }

    fn mid_path(&mut self, sink: Sink<'_>) {
        let prices = self.now.prices;
        if self.is_quiet(prices.low, prices.high) {
            self.pass_by(prices.low, prices.high);
            return;
        }
        let path = prices.path().map(|price| self.now.at_mid(price));
        self.jump(path[0], sink);
        if self.is_quiet(prices.low, prices.high) {
            // What is left meets nothing on the way.
            self.pass_by(prices.low, prices.high);
            return;
        }
        self.margin_call(path[0].mid, sink);
        self.rest_of_path(path[0], path[1..].iter().copied(), sink);
    }

    fn pass_by(&mut self, low: f64, high: f64) {
        for open in &mut self.entries {
            open.touch(low, high);
        }
    }

    /// Whether no order can fill between two mid prices, and nothing else looks at the path.
    fn is_quiet(&self, low: f64, high: f64) -> bool {
        if self.now.sides || self.looks_at_margin() || self.risk.looks_at_the_path() {
            return false;
        }
        self.orders.iter().all(|order| {
            let out_of_reach = |level: Level| !level.is_reached(if level.above { high } else { low });
            let waits = !order.is_market() && !order.is_fresh && !order.has_trail();
            let bound = order.lot.is_some() || order.opens();
            order.is_used || (waits && bound && self.levels(order).into_iter().all(out_of_reach))
        })
    }

    /// Leads the price along points: the first is the open, which may lie anywhere, then straight lines.
    fn path(&mut self, mut points: impl Iterator<Item = At>, sink: Sink<'_>) {
        let Some(open) = points.next() else { return };
        self.jump(open, sink);
        self.margin_call(open.mid, sink);
        self.rest_of_path(open, points, sink);
    }

    fn rest_of_path(&mut self, open: At, points: impl Iterator<Item = At>, sink: Sink<'_>) {
        let mut from = open;
        for to in points {
            self.walk(from, to, sink);
            if self.size != 0.0 {
                self.margin_call(to.mid, sink);
                self.intraday_loss(to, sink);
            }
            from = to;
        }
    }

    fn quotes(&mut self, ticks: TicksView<'_>, sink: Sink<'_>) {
        for ((&time, &bid), &ask) in ticks.time.iter().zip(ticks.bid).zip(ticks.ask) {
            let at = At::sides(bid, ask);
            if self.receive_by(time, at, sink) {
                self.drop_orphans(sink);
            }
            self.jump(at, sink);
            if self.size != 0.0 {
                self.margin_call(at.mid, sink);
                self.intraday_loss(at, sink);
            }
        }
    }

    fn end_bar(&mut self, sink: Sink<'_>) -> f64 {
        let BarPrices { high, low, close, .. } = self.now.prices;
        self.now.mark = close;
        if self.rules.keep_extremes {
            let (average, point_value) = (self.average, self.now.point_value);
            let (mut worst, mut best) = (0.0, 0.0);
            for open in &mut self.entries {
                let (loss, profit) = stretch(open, high, low, average, point_value);
                (worst, best) = (worst + loss, best + profit);
            }
            self.ledger.end_bar(worst, best);
        }
        self.risk_at_close(sink);
        let equity = self.equity(close);
        if equity <= 0.0 && self.rules.stop_when_bankrupt { self.go_bankrupt(sink) } else { equity }
    }
}

/// The points that bid and ask are taken to have met: the extreme that is nearer to the open in the middle of both comes
/// first.
fn sides_path(bid: &BarPrices, ask: &BarPrices) -> [At; 4] {
    let middle = |b: f64, a: f64| f64::midpoint(b, a);
    let mid = BarPrices {
        open: middle(bid.open, ask.open),
        high: middle(bid.high, ask.high),
        low: middle(bid.low, ask.low),
        close: middle(bid.close, ask.close),
        spread: f64::NAN,
    };
    let (high, low) = (At::sides(bid.high, ask.high), At::sides(bid.low, ask.low));
    let (first, second) = if mid.high_is_nearer() { (high, low) } else { (low, high) };
    [At::sides(bid.open, ask.open), first, second, At::sides(bid.close, ask.close)]
}
