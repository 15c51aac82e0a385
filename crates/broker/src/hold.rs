//! Bars on which nothing can happen.

use market::BarsView;

use crate::{BarPrices, Broker};

/// Mid prices between which no order fills.
#[derive(Clone, Copy)]
struct Reach {
    buy_stop: f64,
    sell_stop: f64,
    buy_limit: f64,
    sell_limit: f64,
}

impl Reach {
    #[inline]
    fn contains(self, low: f64, high: f64, half_spread: f64) -> bool {
        self.buys(low, high, half_spread) || self.sells(low, high, half_spread)
    }

    #[inline]
    fn buys(self, low: f64, high: f64, half_spread: f64) -> bool {
        high >= self.buy_stop || low + half_spread <= self.buy_limit
    }

    #[inline]
    fn sells(self, low: f64, high: f64, half_spread: f64) -> bool {
        low <= self.sell_stop || high - half_spread >= self.sell_limit
    }

    fn has_buys(self) -> bool {
        self.buy_stop < f64::INFINITY || self.buy_limit > f64::NEG_INFINITY
    }

    fn has_sells(self) -> bool {
        self.sell_stop > f64::NEG_INFINITY || self.sell_limit < f64::INFINITY
    }
}

impl Broker {
    /// Lets bars go by as long as they do nothing but move the open position's worth: the fast way of calling
    /// [`advance`](Self::advance) on each of them, with the same bits as result.
    ///
    /// Appends the equity at each close to `equity` and gives the number of bars that went by. It stops before a bar
    /// that reaches an order or leaves no equity, and at once if nothing is open or anything waits that is not simply a
    /// price: market orders, trailing stops, margin, [`keep_extremes`](crate::Rules::keep_extremes), daily rules of
    /// risk, latency, swap.
    pub fn hold(&mut self, bars: &BarsView<'_>, equity: &mut Vec<f64>) -> usize {
        let Some(reach) = self.reach() else { return 0 };
        let before = equity.len();
        // Most positions wait for orders of one side only: half the comparisons.
        match (reach.has_buys(), reach.has_sells()) {
            (false, _) => self.run(bars, |low, high, half| reach.sells(low, high, half), equity),
            (true, false) => self.run(bars, |low, high, half| reach.buys(low, high, half), equity),
            (true, true) => self.run(bars, |low, high, half| reach.contains(low, high, half), equity),
        }
        let n_held = equity.len() - before;
        if let Some(last) = n_held.checked_sub(1) {
            self.now.bar += n_held;
            self.enter_mid(&BarPrices {
                open: bars.open[last],
                high: bars.high[last],
                low: bars.low[last],
                close: bars.close[last],
                spread: bars.spread[last],
            });
            self.now.mark = bars.close[last];
        }
        n_held
    }

    /// Goes over bars until one reaches something or leaves no worth.
    #[inline]
    fn run(&mut self, bars: &BarsView<'_>, reached: impl Fn(f64, f64, f64) -> bool, equity: &mut Vec<f64>) {
        let account = self.account;
        let rows = bars.high.iter().zip(bars.low).zip(bars.close).zip(bars.spread);
        if let [open] = &mut self.entries[..] {
            // One entry: its numbers kept in registers, which is what makes this fast.
            let (sign, entry_price, quantity) = (open.direction.sign(), open.entry_price, open.quantity);
            let (mut highest, mut lowest) = (open.highest, open.lowest);
            let (balance, point_value) = (self.ledger.balance, self.now.point_value);
            for (((&high, &low), &close), &spread) in rows {
                let worth = balance + sign * (close - entry_price) * quantity * point_value;
                if reached(low, high, account.half_spread(spread)) || worth <= 0.0 {
                    break;
                }
                (highest, lowest) = (f64::max(highest, high), f64::min(lowest, low));
                equity.push(worth);
            }
            (open.highest, open.lowest) = (highest, lowest);
            return;
        }
        for (((&high, &low), &close), &spread) in rows {
            let worth = self.equity(close);
            if reached(low, high, account.half_spread(spread)) || worth <= 0.0 {
                break;
            }
            for open in &mut self.entries {
                open.touch(low, high);
            }
            equity.push(worth);
        }
    }

    /// Lets a bar go by that does nothing but move the position's worth: gives that, or `None` if there is more to do.
    #[inline]
    pub(crate) fn pass(&mut self, bar: usize, prices: &BarPrices) -> Option<f64> {
        let reach = self.reach()?;
        let worth = self.equity(prices.close);
        if reach.contains(prices.low, prices.high, self.account.half_spread(prices.spread)) || worth <= 0.0 {
            return None;
        }
        for open in &mut self.entries {
            open.touch(prices.low, prices.high);
        }
        self.now.bar = bar;
        self.enter_mid(prices);
        self.now.mark = prices.close;
        Some(worth)
    }

    /// The prices that orders wait for, if that is all there is to look at.
    #[inline]
    fn reach(&self) -> Option<Reach> {
        let simple = self.size != 0.0
            && !self.rules.is_tradingview()
            && !self.rules.keep_extremes
            && !self.looks_at_margin()
            && !self.risk.is_set()
            && self.rules.swap.is_none()
            && self.late.is_empty()
            && self.rules.stop_when_bankrupt;
        if !simple {
            return None;
        }
        let mut reach = Reach {
            buy_stop: f64::INFINITY,
            sell_stop: f64::NEG_INFINITY,
            buy_limit: f64::NEG_INFINITY,
            sell_limit: f64::INFINITY,
        };
        for order in &self.orders {
            if order.is_used {
                continue;
            }
            let waits = !order.is_market() && !order.has_trail() && !order.is_fresh;
            if !waits || (order.closes() && order.lot.is_none()) {
                return None;
            }
            // The minimum and maximum of a number and NaN are the number.
            let limit = order.limit - order.direction.sign() * self.limit_distance();
            if order.buys() {
                reach.buy_stop = f64::min(reach.buy_stop, order.stop);
                reach.buy_limit = f64::max(reach.buy_limit, limit);
            } else {
                reach.sell_stop = f64::max(reach.sell_stop, order.stop);
                reach.sell_limit = f64::min(reach.sell_limit, limit);
            }
        }
        Some(reach)
    }
}
