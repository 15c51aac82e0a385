//! Bars on which nothing can happen.

use market::BarsView;

use crate::{BarPrices, Broker, OpenTrade};

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
        high >= self.buy_stop
            || low <= self.sell_stop
            || low + half_spread <= self.buy_limit
            || high - half_spread >= self.sell_limit
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
        if let [open] = &mut self.entries[..] {
            // One entry: kept in registers, which is what makes this fast.
            let mut held = *open;
            let (balance, point_value) = (self.ledger.balance, self.now.point_value);
            let account = self.account;
            let worth = |held: &OpenTrade, close: f64| balance + held.open_profit(close) * point_value;
            run(bars, reach, &mut held, worth, OpenTrade::touch, |spread| account.half_spread(spread), equity);
            *open = held;
        } else {
            let account = self.account;
            let touch = |broker: &mut Self, low: f64, high: f64| {
                for open in &mut broker.entries {
                    open.touch(low, high);
                }
            };
            run(bars, reach, self, Self::equity, touch, |spread| account.half_spread(spread), equity);
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

    /// The prices that orders wait for, if that is all there is to look at.
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

/// Goes over bars until one reaches something or leaves no worth.
#[inline]
fn run<T>(
    bars: &BarsView<'_>,
    reach: Reach,
    state: &mut T,
    worth: impl Fn(&T, f64) -> f64,
    touch: impl Fn(&mut T, f64, f64),
    half_spread: impl Fn(f64) -> f64,
    equity: &mut Vec<f64>,
) {
    for (((&high, &low), &close), &spread) in bars.high.iter().zip(bars.low).zip(bars.close).zip(bars.spread) {
        let value = worth(state, close);
        if reach.contains(low, high, half_spread(spread)) || value <= 0.0 {
            break;
        }
        touch(state, low, high);
        equity.push(value);
    }
}
