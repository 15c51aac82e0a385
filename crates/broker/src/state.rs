//! What a script reads. It is constant while a script runs: only bars change it.

use crate::{Broker, Direction, OpenTrade, Position, WaitingOrder};

impl Broker {
    /// Initial cash plus the profit of closed trades, less the commissions of open entries.
    #[inline]
    pub fn balance(&self) -> f64 {
        if self.rules.is_tradingview() { self.ledger.initial + self.ledger.net_profit() } else { self.ledger.balance }
    }

    /// The open position as a whole.
    #[inline]
    pub fn position(&self) -> Option<Position> {
        let direction = if self.size > 0.0 { Direction::Long } else { Direction::Short };
        (self.size != 0.0).then_some(Position { direction, quantity: self.size.abs(), average_price: self.average })
    }

    /// Size of the position, below 0 for a short one: `strategy.position_size`.
    #[inline]
    pub fn position_size(&self) -> f64 {
        self.size
    }

    /// Mean entry price of the position: `strategy.position_avg_price`.
    pub fn position_average_price(&self) -> Option<f64> {
        (self.size != 0.0).then_some(self.average)
    }

    /// What is open, oldest entry first: `strategy.opentrades`.
    pub fn open_trades(&self) -> impl Iterator<Item = &OpenTrade> {
        self.entries.iter().filter(|open| open.quantity > 0.0)
    }

    /// The orders that wait to fill, oldest first, with quantities and prices on their grids.
    pub fn orders(&self) -> impl Iterator<Item = WaitingOrder> + '_ {
        self.orders.iter().filter(|order| !order.is_used).map(WaitingOrder::of)
    }

    /// Whether there is neither a position nor an order: then no bar changes anything but the day of risk rules.
    #[inline]
    pub fn is_idle(&self) -> bool {
        self.orders.is_empty() && self.size == 0.0 && self.late.is_empty() && !self.risk.is_set()
    }

    /// Balance plus the open position's profit at `price`: `strategy.equity` at the bar's close.
    #[inline]
    pub fn equity(&self, price: f64) -> f64 {
        if self.rules.is_tradingview() {
            return self.ledger.initial + self.ledger.net_profit() + self.open_profit_at(price);
        }
        match &self.entries[..] {
            [] => self.ledger.balance,
            [open] => self.ledger.balance + open.open_profit(price) * self.now.point_value,
            entries => {
                let profit: f64 = entries.iter().map(|open| open.open_profit(price)).sum();
                self.ledger.balance + profit * self.now.point_value
            }
        }
    }

    /// Profit of the open position at `price`, without commissions: `strategy.openprofit` at the bar's close.
    pub fn open_profit_at(&self, price: f64) -> f64 {
        if self.size == 0.0 {
            return 0.0;
        }
        let mark = if self.rules.is_tradingview() {
            let tick = self.account.tick_size;
            (price / tick + 0.5).floor() * tick
        } else {
            price
        };
        self.size * (mark - self.average) * self.now.point_value
    }

    /// Equity at the last price that counted: a fill of this bar, or the close of the bar before.
    pub(crate) fn equity_now(&self) -> f64 {
        self.equity(self.now.mark)
    }

    /// Profit of closed trades less the commissions of open entries: `strategy.netprofit`.
    pub fn net_profit(&self) -> f64 {
        if self.rules.is_tradingview() { self.ledger.net_profit() } else { self.ledger.balance - self.ledger.initial }
    }

    /// Sum of the profits of trades that won: `strategy.grossprofit`.
    pub fn gross_profit(&self) -> f64 {
        self.ledger.gross_profit
    }

    /// Sum of the losses of trades that lost, with the commissions of open entries, at least 0 but for swaps:
    /// `strategy.grossloss`.
    pub fn gross_loss(&self) -> f64 {
        self.ledger.gross_loss + self.ledger.open_commission
    }

    /// Closed trades with a profit above 0: `strategy.wintrades`.
    pub fn n_won(&self) -> usize {
        self.ledger.n_won
    }

    /// Closed trades with a profit below 0: `strategy.losstrades`.
    pub fn n_lost(&self) -> usize {
        self.ledger.n_lost
    }

    /// Closed trades with a profit of 0: `strategy.eventrades`.
    pub fn n_even(&self) -> usize {
        self.ledger.n_even
    }

    /// Closed trades: `strategy.closedtrades`.
    pub fn n_closed(&self) -> usize {
        self.ledger.n_won + self.ledger.n_lost + self.ledger.n_even
    }

    /// Deepest fall of equity from the highest that closed trades had left, in account currency and in per cent of that
    /// highest: `strategy.max_drawdown`. 0 without [`keep_extremes`](crate::Rules::keep_extremes).
    pub fn max_drawdown(&self) -> (f64, f64) {
        (self.ledger.max_drawdown, self.ledger.max_drawdown_percent)
    }

    /// Highest rise of equity from the lowest at which an entry had opened, in account currency and in per cent of
    /// where it rose to: `strategy.max_runup`. 0 without [`keep_extremes`](crate::Rules::keep_extremes).
    pub fn max_runup(&self) -> (f64, f64) {
        (self.ledger.max_runup, self.ledger.max_runup_percent)
    }

    /// Largest long and largest short position so far: `strategy.max_contracts_held_long` and `_short`.
    pub fn max_held(&self) -> (f64, f64) {
        (self.ledger.max_held_long, self.ledger.max_held_short)
    }

    /// The price at which own money stops to cover the position, on a tick: `strategy.margin_liquidation_price`.
    /// `None` while flat, without margin, and for a long position with a margin of 100 per cent.
    pub fn margin_liquidation_price(&self) -> Option<f64> {
        let long = self.size > 0.0;
        let ratio = self.rules.margin_ratio(long);
        if self.size == 0.0 || ratio == 0.0 {
            return None;
        }
        let units = self.size.abs() * self.now.point_value;
        let capital = self.ledger.initial + self.net_profit();
        let (above, below) = if long {
            (units * self.average - capital, units * (1.0 - ratio))
        } else {
            (capital + units * self.average, units * (1.0 + ratio))
        };
        (below != 0.0).then(|| self.ticks.price(above / below, !long))
    }

    /// Number of the bar at whose close equity was zero or less for the first time.
    pub fn bankrupt_at(&self) -> Option<usize> {
        self.bankrupt_at
    }
}
