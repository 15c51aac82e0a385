//! How orders meet a price that moves without a gap.

use crate::Broker;
use crate::events::Sink;
use crate::now::At;
use crate::reach::{Level, What};

/// How far along a segment a level is met.
#[derive(Clone, Copy)]
struct Meeting {
    /// Grows along the segment.
    progress: f64,
    level: Level,
    index: usize,
}

impl Broker {
    /// Leads the price from `from` to `to`, filling what it meets, each at its own price.
    pub(crate) fn walk(&mut self, from: At, to: At, sink: Sink<'_>) {
        self.now.node += 1;
        let mut at = from;
        while let Some(meeting) = self.next_meeting(at, to) {
            let here = self.point(at, to, meeting);
            self.touch(here);
            self.follow_all(here);
            self.meet(at, here, to, sink);
            at = here;
        }
        self.touch(to);
        self.follow_all(to);
    }

    fn point(&self, at: At, to: At, meeting: Meeting) -> At {
        if !self.now.sides {
            return self.now.at_mid(clip(meeting.level.threshold, at.mid, to.mid));
        }
        let share = meeting.progress;
        let between = |from: f64, to: f64| from + (to - from) * share;
        let mut point = At::sides(between(at.bid, to.bid), between(at.ask, to.ask));
        if self.orders[meeting.index].buys() {
            point.ask = clip(meeting.level.threshold, at.ask, to.ask);
        } else {
            point.bid = clip(meeting.level.threshold, at.bid, to.bid);
        }
        point
    }

    /// The level that is met first.
    fn next_meeting(&self, at: At, to: At) -> Option<Meeting> {
        let mut first: Option<Meeting> = None;
        for (index, order) in self.orders.iter().enumerate() {
            if order.is_market() || !order.is_live() {
                continue;
            }
            for level in self.levels(order) {
                if let Some(progress) = self.progress(order, level, at, to)
                    && first.is_none_or(|before| progress < before.progress)
                {
                    first = Some(Meeting { progress, level, index });
                }
            }
        }
        first
    }

    /// How far along the way from `at` to `to` a level is met: the price itself, seen so that it grows, where there is
    /// one price; else the part of the way.
    fn progress(&self, order: &crate::working::Working, level: Level, at: At, to: At) -> Option<f64> {
        let (from, to) = (self.watched(order, at), self.watched(order, to));
        let rising = to > from;
        if from == to || level.above != rising || !level.is_reached(to) {
            return None;
        }
        let met = clip(level.threshold, from, to);
        Some(if self.now.sides {
            (met - from) / (to - from)
        } else if rising {
            met
        } else {
            -met
        })
    }

    /// Fills everything that waits at the point `here` on the way from `from` to `to`, in its order in the queue.
    fn meet(&mut self, from: At, here: At, to: At, sink: Sink<'_>) {
        let mut batch = std::mem::take(&mut self.batch);
        batch.clear();
        for (index, order) in self.orders.iter().enumerate() {
            if order.is_market() || !order.is_live() {
                continue;
            }
            let (before, at, end) = (self.watched(order, from), self.watched(order, here), self.watched(order, to));
            let ahead = |level: &Level| end != before && level.above == (end > before) && level.is_reached(at);
            if let Some(level) = self.levels(order).into_iter().find(ahead) {
                batch.push(self.hit(index, level));
            }
        }
        self.commit_exits(&batch);
        for &hit in &batch {
            self.meet_one(hit, here, sink);
        }
        self.release_exits();
        self.batch = batch;
    }

    fn meet_one(&mut self, hit: crate::matching::Hit, at: At, sink: Sink<'_>) {
        let Some(index) = self.index_of(hit.slot) else { return };
        let order = &self.orders[index];
        match hit.what {
            What::Arm => self.arm(index, self.watched(order, at), at, sink),
            What::Stop if !order.then_limit.is_nan() => {
                // If its limit is reached, too, it fills at the price that started it, which is the better one.
                if let Some(limit) = self.trigger(index, at, sink) {
                    let hit = self.hit(index, limit);
                    self.fire(hit, at, true, sink);
                }
            }
            _ => self.fire(hit, at, false, sink),
        }
        if self.orders.iter().any(|order| order.is_fresh) {
            self.settle_fresh(self.after_entry(at), sink);
        }
    }

    /// The quote by which TradingView judges the exits of an entry that has just filled inside the bar: moved so that the
    /// entry's side is its fill price.
    fn after_entry(&self, at: At) -> At {
        let Some(open) = self.entries.last().filter(|_| self.rules.is_tradingview()) else { return at };
        let side = at.side(open.direction == crate::Direction::Long);
        if at.bid == at.ask {
            return At::one(open.entry_price);
        }
        let shift = open.entry_price - side;
        At { mid: at.mid + shift, bid: at.bid + shift, ask: at.ask + shift }
    }

    fn follow_all(&mut self, at: At) {
        for index in 0..self.orders.len() {
            let order = &self.orders[index];
            if !order.trail.stop.is_nan() && order.is_live() {
                let watched = self.watched(order, at);
                self.follow(index, watched);
            }
        }
    }
}

/// `value`, but not before `from` on the way to `to`.
fn clip(value: f64, from: f64, to: f64) -> f64 {
    if to > from { f64::max(value, from) } else { f64::min(value, from) }
}
