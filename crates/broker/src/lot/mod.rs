//! The account of a strategy that holds one position at a time.
mod bracket;
mod closed;

pub use self::bracket::Reached;
pub use self::closed::ClosedLot;
use crate::grid::Grid;
use crate::{Account, BarPrices, Bracket, Direction, Error, ExitReason, Rejection};

/// An account with at most one position, which market orders open and close and a [`Bracket`] closes between them: the
/// rules of [`Broker`](crate::Broker) for that case, with its very bits, at a fraction of its cost.
///
/// A search spends its time in bars at which nothing happens. This account leaves them to its owner: orders fill by
/// [`LotAccount::fill`] at the next open, [`LotAccount::first_reached`] finds the bar at which the bracket is met, and
/// what the position is worth in between is [`Lot::worth`].
///
/// ```
/// use broker::{Account, Bracket, Commission, Costs, Direction, ExitReason, LotAccount, Spread};
///
/// let costs = Costs { commission: Commission::None, slippage_ticks: 0, spread: Spread::None };
/// let account = Account { initial_cash: 10_000.0, tick_size: 0.01, quantity_step: 1.0, costs };
/// let mut lots = LotAccount::new(&account)?;
/// lots.enter(Direction::Long, 10.0, Bracket::default())?;
/// assert!(lots.fill(0, 100.0, f64::NAN).is_none());
/// assert_eq!(lots.equity(101.5), 10_015.0);
///
/// lots.close(ExitReason::Signal);
/// let closed = lots.fill(1, 101.0, f64::NAN).ok_or("a position was open")?;
/// assert_eq!((closed.profit, lots.balance()), (10.0, 10_010.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct LotAccount {
    account: Account,
    ticks: Grid,
    quantities: Grid,
    balance: f64,
    lot: Option<Lot>,
    order: Option<LotOrder>,
}

/// A position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lot {
    /// Its side.
    pub direction: Direction,
    /// Its size in units of the base, above 0.
    pub quantity: f64,
    /// Number of the bar on which it opened.
    pub entry_bar: usize,
    /// Price at which it opened, with half the spread and slippage.
    pub entry_price: f64,
    /// Commission of the entry; already taken from the balance.
    entry_commission: f64,
    /// Commission, half spread and slippage of the entry.
    entry_costs: f64,
    /// NaN where there is none: then no comparison holds.
    stop: f64,
    /// Whether the stop lies elsewhere than where it was placed.
    stop_moved: bool,
    /// NaN where there is none.
    target: f64,
}

/// What fills at the next open.
#[derive(Clone, Copy, Debug, PartialEq)]
enum LotOrder {
    Enter { direction: Direction, quantity: f64, bracket: Bracket },
    Close(ExitReason),
}

/// A price at which an order fills, and what of it is a cost.
#[derive(Clone, Copy, Debug)]
struct Fill {
    price: f64,
    /// Half spread and slippage, in price units.
    cost: f64,
}

impl Lot {
    /// What it would gain if it closed at `price` without costs.
    #[inline(always)]
    pub fn open_profit(&self, price: f64) -> f64 {
        self.direction.sign() * (price - self.entry_price) * self.quantity
    }

    /// The account's equity at the mid price `price`, for a balance of `balance`.
    #[inline(always)]
    pub fn worth(&self, balance: f64, price: f64) -> f64 {
        balance + self.open_profit(price)
    }

    /// Whether a stop or a target waits.
    pub fn has_bracket(&self) -> bool {
        !(self.stop.is_nan() && self.target.is_nan())
    }
}

impl LotAccount {
    /// A flat account without an order.
    ///
    /// # Errors
    /// [`Error::Setting`] if the account's numbers are not valid.
    pub fn new(account: &Account) -> Result<Self, Error> {
        account.validate()?;
        Ok(Self {
            account: *account,
            ticks: Grid::new(account.tick_size),
            quantities: Grid::new(account.quantity_step),
            balance: account.initial_cash,
            lot: None,
            order: None,
        })
    }

    /// Initial cash plus the profit of closed positions, less the commission of the open one's entry.
    #[inline]
    pub fn balance(&self) -> f64 {
        self.balance
    }

    /// The open position.
    #[inline]
    pub fn lot(&self) -> Option<&Lot> {
        self.lot.as_ref()
    }

    /// Whether an order fills at the next open.
    #[inline]
    pub fn has_order(&self) -> bool {
        self.order.is_some()
    }

    /// Balance plus the open position's profit at the mid price `price`.
    #[inline]
    pub fn equity(&self, price: f64) -> f64 {
        self.lot.as_ref().map_or(self.balance, |lot| lot.worth(self.balance, price))
    }

    /// Orders a position of `quantity` units, rounded down to the quantity step, in place of the order before; a position
    /// of the other side is closed by the same order.
    ///
    /// # Errors
    /// [`Rejection`] says why it is not taken; nothing has changed then.
    pub fn enter(&mut self, direction: Direction, quantity: f64, bracket: Bracket) -> Result<(), Rejection> {
        bracket.check()?;
        if self.lot.is_some_and(|lot| lot.direction == direction) {
            return Err(Rejection::Pyramiding { direction, n_open: 1, limit: 1 });
        }
        if !(quantity >= 0.0 && quantity.is_finite()) {
            return Err(Rejection::Quantity { quantity });
        }
        let whole = self.quantities.floor(quantity).ok_or(Rejection::Quantity { quantity })?;
        if whole <= 0.0 {
            return Err(Rejection::QuantityBelowStep { quantity, step: self.account.quantity_step });
        }
        self.order = Some(LotOrder::Enter { direction, quantity: whole, bracket });
        Ok(())
    }

    /// Orders the position to be closed, in place of the order before. The trade will give `reason`.
    pub fn close(&mut self, reason: ExitReason) {
        self.order = Some(LotOrder::Close(reason));
    }

    /// Moves the position's stop to `price`, put on a tick away from the market as every stop is, if it then lies nearer to
    /// the market than before; a position without a stop gets one. What the price has passed already fills at the next
    /// open.
    pub fn move_stop(&mut self, price: f64) {
        let Some(lot) = &mut self.lot else { return };
        let nearer = match lot.direction {
            Direction::Long => f64::gt,
            Direction::Short => f64::lt,
        };
        let stop = self.ticks.price(price, lot.direction == Direction::Short);
        if lot.stop.is_nan() || nearer(&stop, &lot.stop) {
            (lot.stop, lot.stop_moved) = (stop, true);
        }
    }

    /// Whether a bar reaches the stop or the target of the position.
    #[inline]
    pub fn reaches(&self, prices: &BarPrices) -> bool {
        let Some(lot) = &self.lot else { return false };
        let half_spread = self.account.half_spread(prices.spread);
        match lot.direction {
            Direction::Long => prices.low <= lot.stop || prices.high >= lot.target + half_spread,
            Direction::Short => prices.high >= lot.stop || prices.low <= lot.target - half_spread,
        }
    }

    /// Fills the order at the open of bar number `bar`, at the mid price `open`; gives what it closed. `spread` is the
    /// bar's, in price units, read only with [`Spread::FromBars`](crate::Spread::FromBars).
    pub fn fill(&mut self, bar: usize, open: f64, spread: f64) -> Option<ClosedLot> {
        match self.order.take()? {
            LotOrder::Close(reason) => {
                let lot = self.lot.take()?;
                let fill = self.market_fill(open, spread, lot.direction.opposite());
                Some(self.book_exit(lot, bar, fill, lot.quantity, reason))
            }
            LotOrder::Enter { direction, quantity, bracket } => {
                let fill = self.market_fill(open, spread, direction);
                let against = self.lot.take();
                let order_quantity = quantity + against.map_or(0.0, |lot| lot.quantity);
                let closed = against.map(|lot| self.book_exit(lot, bar, fill, order_quantity, ExitReason::Reversal));
                let opened = match against {
                    Some(lot) => self.quantities.nearest(order_quantity - lot.quantity),
                    None => order_quantity,
                };
                self.book_entry(direction, opened, bracket, bar, fill, order_quantity);
                closed
            }
        }
    }

    /// Closes the position at the mid price `close` of bar number `bar`, with the costs of a market order, and takes the
    /// order back.
    pub fn liquidate(&mut self, bar: usize, close: f64, spread: f64, reason: ExitReason) -> Option<ClosedLot> {
        self.order = None;
        let lot = self.lot.take()?;
        let fill = self.market_fill(close, spread, lot.direction.opposite());
        Some(self.book_exit(lot, bar, fill, lot.quantity, reason))
    }

    /// What a market order pays, or a stop that the price has reached.
    fn market_fill(&self, mid: f64, spread: f64, direction: Direction) -> Fill {
        let slippage = self.account.tick_size * f64::from(self.account.costs.slippage_ticks);
        let cost = self.account.half_spread(spread) + slippage;
        Fill { price: mid + direction.sign() * cost, cost }
    }

    fn book_entry(
        &mut self,
        direction: Direction,
        quantity: f64,
        bracket: Bracket,
        bar: usize,
        fill: Fill,
        order_quantity: f64,
    ) {
        let commission = self.account.commission(quantity, order_quantity, fill.price);
        self.balance -= commission;
        let level = |ticks: Option<u32>, sign: f64| match ticks {
            Some(count) => {
                self.ticks.price(fill.price + sign * (self.account.tick_size * f64::from(count)), sign > 0.0)
            }
            None => f64::NAN,
        };
        self.lot = Some(Lot {
            direction,
            quantity,
            entry_bar: bar,
            entry_price: fill.price,
            entry_commission: commission,
            entry_costs: commission + fill.cost * quantity,
            stop: level(bracket.stop_loss_ticks, -direction.sign()),
            stop_moved: false,
            target: level(bracket.take_profit_ticks, direction.sign()),
        });
    }

    fn book_exit(
        &mut self,
        lot: Lot,
        bar: usize,
        fill: Fill,
        order_quantity: f64,
        exit_reason: ExitReason,
    ) -> ClosedLot {
        let commission = self.account.commission(lot.quantity, order_quantity, fill.price);
        let gross = lot.open_profit(fill.price);
        self.balance += gross - commission;
        ClosedLot {
            lot,
            exit_bar: bar,
            exit_price: fill.price,
            profit: gross - lot.entry_commission - commission,
            costs: lot.entry_costs + commission + fill.cost * lot.quantity,
            exit_reason,
        }
    }

    /// Closes the position on a bar that has reached its bracket, at the price that the bar's path meets first.
    ///
    /// # Panics
    /// If nothing was reached.
    pub fn close_reached(&mut self, bar: usize, prices: &BarPrices) -> (ClosedLot, Reached) {
        let half_spread = self.account.half_spread(prices.spread);
        let lot = self.lot.take().expect("a position is open");
        let reached = bracket::first_of_bar(&lot, prices, half_spread).expect("the bar reaches the bracket");
        let fill = match reached.limit_price {
            Some(price) => Fill { price, cost: 0.0 },
            None => self.market_fill(reached.mid, prices.spread, lot.direction.opposite()),
        };
        let closed = self.book_exit(lot, bar, fill, lot.quantity, reached.reason);
        (closed, reached)
    }
}
