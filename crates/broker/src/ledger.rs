use crate::OpenTrade;

/// The account's money, all in account currency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ledger {
    pub(crate) initial: f64,
    /// Initial money plus all that was booked, entry commissions of open trades included.
    pub(crate) balance: f64,
    pub(crate) gross_profit: f64,
    pub(crate) gross_loss: f64,
    /// Commissions of open entries, less their swap.
    pub(crate) open_commission: f64,
    pub(crate) n_won: usize,
    pub(crate) n_lost: usize,
    pub(crate) n_even: usize,
    /// Highest equity that closed trades have left.
    peak: f64,
    /// Lowest equity at which an entry was opened.
    trough: f64,
    pub(crate) max_drawdown: f64,
    pub(crate) max_drawdown_percent: f64,
    pub(crate) max_runup: f64,
    pub(crate) max_runup_percent: f64,
    pub(crate) max_held_long: f64,
    pub(crate) max_held_short: f64,
}

impl Ledger {
    pub(crate) fn new(initial: f64) -> Self {
        Self {
            initial,
            balance: initial,
            gross_profit: 0.0,
            gross_loss: 0.0,
            open_commission: 0.0,
            n_won: 0,
            n_lost: 0,
            n_even: 0,
            peak: f64::NEG_INFINITY,
            trough: f64::INFINITY,
            max_drawdown: 0.0,
            max_drawdown_percent: 0.0,
            max_runup: 0.0,
            max_runup_percent: 0.0,
            max_held_long: 0.0,
            max_held_short: 0.0,
        }
    }

    /// Profit of closed trades less the commissions of open ones, from the gross sums as TradingView derives it.
    pub(crate) fn net_profit(&self) -> f64 {
        self.gross_profit - (self.gross_loss + self.open_commission)
    }

    pub(crate) fn book_entry(&mut self, commission: f64) {
        self.balance -= commission;
        self.open_commission += commission;
    }

    /// - `gross`: profit without commissions.
    /// - `entry_commission`: what [`book_entry`](Self::book_entry) booked for this part.
    /// - `profit`: net of both commissions.
    pub(crate) fn book_exit(&mut self, gross: f64, entry_commission: f64, exit_commission: f64, profit: f64) {
        self.balance += gross - exit_commission;
        self.open_commission -= entry_commission;
        if profit > 0.0 {
            self.n_won += 1;
            self.gross_profit += profit;
        } else if profit < 0.0 {
            self.n_lost += 1;
            self.gross_loss -= profit;
        } else {
            self.n_even += 1;
        }
    }

    /// Notes the equity at which an entry fills.
    pub(crate) fn anchor(&mut self, equity: f64) {
        self.trough = f64::min(self.trough, equity);
    }

    /// Notes a position's size, below 0 for a short one.
    pub(crate) fn held(&mut self, size: f64) {
        self.max_held_long = f64::max(self.max_held_long, size);
        self.max_held_short = f64::max(self.max_held_short, -size);
    }

    /// The highest equity that closed trades have left, at least the initial money.
    pub(crate) fn peak(&self) -> f64 {
        f64::max(self.initial, self.peak)
    }

    /// Brings the extremes up to the end of a bar whose worst and best open profit are `worst` and `best` (both at
    /// least 0, the first as a loss).
    pub(crate) fn end_bar(&mut self, worst: f64, best: f64) {
        let realized = self.initial + self.net_profit();
        self.peak = f64::max(self.peak, realized);
        let (peak, trough) = (self.peak(), self.trough);
        let drawdown = peak - realized + worst;
        self.max_drawdown = f64::max(self.max_drawdown, drawdown);
        if peak > 0.0 {
            self.max_drawdown_percent = f64::max(self.max_drawdown_percent, drawdown / peak * 100.0);
        }
        let runup = realized + best - trough;
        if runup.is_finite() {
            self.max_runup = f64::max(self.max_runup, runup);
            let top = trough + runup;
            if top > 0.0 {
                self.max_runup_percent = f64::max(self.max_runup_percent, runup / top * 100.0);
            }
        }
    }
}

/// Brings an open trade's own extremes up to a bar's `high` and `low`; gives its worst loss and best profit against the
/// position's average price, without commissions.
pub(crate) fn stretch(trade: &mut OpenTrade, high: f64, low: f64, average: f64, point_value: f64) -> (f64, f64) {
    let size = trade.direction.sign() * trade.quantity;
    let own = |price: f64| size * (price - trade.entry_price) * point_value - trade.commission;
    let (at_high, at_low) = (own(high), own(low));
    trade.max_drawdown = f64::max(trade.max_drawdown, -f64::min(at_high, at_low));
    trade.max_runup = f64::max(trade.max_runup, f64::max(at_high, at_low));
    let (at_high, at_low) = (size * (high - average) * point_value, size * (low - average) * point_value);
    (-f64::min(f64::min(at_high, at_low), 0.0), f64::max(f64::max(at_high, at_low), 0.0))
}
