//! Which price an order waits for.

use crate::now::At;
use crate::working::Working;
use crate::{Broker, Direction};

/// Why an order fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    Market,
    Stop,
    /// The trailing stop was reached.
    Trail,
    Limit,
    /// The trailing stop starts.
    Arm,
}

/// A price at which something happens to an order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Level {
    pub(crate) what: What,
    /// The order's own price.
    pub(crate) price: f64,
    /// The same on the scale that is watched: mid prices, or its side's.
    pub(crate) threshold: f64,
    /// Whether it waits for the price to rise.
    pub(crate) above: bool,
}

impl Level {
    #[inline]
    pub(crate) fn is_reached(&self, watched: f64) -> bool {
        if self.above { watched >= self.threshold } else { watched <= self.threshold }
    }
}

impl Broker {
    /// What an order waits for, the first that counts on top: stop, trailing stop, limit. Levels without a price are
    /// NaN and never reached.
    #[inline]
    pub(crate) fn levels(&self, order: &Working) -> [Level; 3] {
        let buys = order.direction == Direction::Long;
        let stop = Level { what: What::Stop, price: order.stop, threshold: order.stop, above: buys };
        let trail = if order.trail.stop.is_nan() {
            let price = order.trail.activation;
            Level { what: What::Arm, price, threshold: price, above: !buys }
        } else {
            let price = order.trail.stop;
            Level { what: What::Trail, price, threshold: price, above: buys }
        };
        let limit =
            Level { what: What::Limit, price: order.limit, threshold: self.limit_threshold(order), above: !buys };
        [stop, trail, limit]
    }

    #[inline]
    pub(crate) fn limit_threshold(&self, order: &Working) -> f64 {
        let sign = order.direction.sign();
        let price = order.limit - sign * self.limit_distance();
        if self.now.sides { price } else { price - sign * self.now.half_spread }
    }

    /// Price units by which a limit must be passed.
    #[inline]
    pub(crate) fn limit_distance(&self) -> f64 {
        self.account.tick_size * f64::from(self.rules.limit_fill_ticks)
    }

    /// The price that an order's levels are compared with.
    #[inline]
    pub(crate) fn watched(&self, order: &Working, at: At) -> f64 {
        if self.now.sides { at.side(order.buys()) } else { at.mid }
    }

    /// What `at` has reached of an order, starting a trailing stop left out.
    pub(crate) fn reached(&self, order: &Working, at: At) -> Option<Level> {
        let watched = self.watched(order, at);
        self.levels(order).into_iter().find(|level| level.what != What::Arm && level.is_reached(watched))
    }
}
