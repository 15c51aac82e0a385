use market::BarsView;

use crate::grid::Grid;
use crate::matching::Quote;
use crate::order::Waiting;
use crate::{Account, BarPrices, Direction, Entry, Error, ExitReason, Order, OrderKind, Position, Rejection, Trade};

/// An account with at most one open position and the orders that wait to fill. The crate's page has the rules.
///
/// Bars are numbered by the caller, who counts up by one; the broker only copies the numbers into trades.
#[derive(Clone, Debug)]
pub struct Broker {
    pub(crate) account: Account,
    pub(crate) ticks: Grid,
    pub(crate) quantities: Grid,
    pub(crate) balance: f64,
    pub(crate) position: Option<Position>,
    pub(crate) orders: Vec<Waiting>,
    bankrupt_at: Option<usize>,
}

/// What happened while a bar went by, in the order in which it happened.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// A position opened.
    Opened(Position),
    /// A position closed.
    Closed(Trade),
    /// An order that was taken before cannot be carried out, and is gone.
    Dropped {
        /// Number of the bar.
        bar: usize,
        /// The order.
        order: Order,
        /// Why.
        reason: Rejection,
    },
}

impl Broker {
    /// A flat account without orders.
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
            position: None,
            orders: Vec::new(),
            bankrupt_at: None,
        })
    }

    /// Starts again with another account, keeping the memory.
    ///
    /// # Errors
    /// [`Error::Setting`] if the account's numbers are not valid; nothing has changed then.
    pub fn reset(&mut self, account: &Account) -> Result<(), Error> {
        let mut fresh = Self::new(account)?;
        std::mem::swap(&mut fresh.orders, &mut self.orders);
        fresh.orders.clear();
        *self = fresh;
        Ok(())
    }

    /// Takes an order, which works from the next bar on.
    ///
    /// # Errors
    /// [`Rejection`] says why it is not taken; nothing has changed then.
    pub fn submit(&mut self, order: Order) -> Result<(), Rejection> {
        if let Some(bar) = self.bankrupt_at {
            return Err(Rejection::Bankrupt { bar });
        }
        let before = self.position_to_meet();
        let waiting = match order {
            Order::Close if before.is_none() => return Err(Rejection::NoPosition),
            Order::Close => Waiting { order, frozen_quantity: None },
            Order::Entry(entry) => {
                entry.bracket.check()?;
                entry.kind.check()?;
                let direction = entry.direction;
                let reversed = match before {
                    Some((open, _)) if open == direction => return Err(Rejection::PositionOpen { direction }),
                    Some((_, quantity)) => quantity,
                    None => 0.0,
                };
                let (quantity, kind) = (self.whole_quantity(entry.quantity)?, self.on_tick(direction, entry.kind));
                let frozen_quantity = (kind != OrderKind::Market).then_some(quantity + reversed);
                Waiting { order: Order::Entry(Entry { quantity, kind, ..entry }), frozen_quantity }
            }
        };
        self.orders.push(waiting);
        Ok(())
    }

    /// Cancels all orders that wait; the position with its stop and target stays.
    pub fn cancel_all(&mut self) {
        self.orders.clear();
    }

    /// Lets a bar go by: fills orders, tells `on_event`, and gives the equity at the bar's close.
    ///
    /// Equity is the balance plus the open position's profit at the close, marked to the mid price without the costs
    /// of closing.
    #[inline]
    pub fn advance(&mut self, bar: usize, prices: &BarPrices, on_event: &mut impl FnMut(Event)) -> f64 {
        if self.is_idle() {
            return self.balance;
        }
        let half_spread = self.account.half_spread(prices.spread);
        if !self.orders.is_empty() {
            self.fill_market_orders(bar, Quote { mid: prices.open, half_spread }, on_event);
        }
        match &mut self.position {
            None if self.orders.is_empty() => {}
            Some(position) if self.orders.is_empty() && !position.is_in_reach(prices.low, prices.high, half_spread) => {
                position.touch(prices.low, prices.high);
            }
            _ => self.walk(bar, prices, half_spread, on_event),
        }
        let equity = self.equity(prices.close);
        if equity <= 0.0 { self.go_bankrupt(bar, prices, on_event) } else { equity }
    }

    /// Lets bars go by as long as they do nothing but move the open position's worth: the fast way of calling
    /// [`advance`](Self::advance) on each of them, with the same bits as result.
    ///
    /// Appends the equity at each close to `equity` and gives the number of bars that went by. It stops before a bar
    /// that reaches the stop or the target or leaves no equity, and at once if an order waits or nothing is open.
    pub fn hold(&mut self, bars: &BarsView<'_>, equity: &mut Vec<f64>) -> usize {
        let Some(mut position) = self.position.filter(|_| self.orders.is_empty()) else { return 0 };
        let before = equity.len();
        for (((&high, &low), &close), &spread) in bars.high.iter().zip(bars.low).zip(bars.close).zip(bars.spread) {
            let worth = self.balance + position.open_profit(close);
            if position.is_in_reach(low, high, self.account.half_spread(spread)) || worth <= 0.0 {
                break;
            }
            position.touch(low, high);
            equity.push(worth);
        }
        self.position = Some(position);
        equity.len() - before
    }

    /// Closes the position at a bar's close, with the costs of a market order, and cancels all orders. To be called
    /// after [`advance`](Self::advance) with the same bar. Gives the equity.
    pub fn liquidate(
        &mut self,
        bar: usize,
        prices: &BarPrices,
        reason: ExitReason,
        on_event: &mut impl FnMut(Event),
    ) -> f64 {
        self.orders.clear();
        if let Some(position) = self.position.take() {
            let quote = Quote { mid: prices.close, half_spread: self.account.half_spread(prices.spread) };
            let fill = self.taker_fill(quote, position.direction.opposite());
            self.close(position, bar, fill, position.quantity, reason, on_event);
        }
        self.balance
    }

    /// Initial cash plus the profit of closed trades, less the commission of the open position's entry.
    #[inline]
    pub fn balance(&self) -> f64 {
        self.balance
    }

    /// The open position.
    pub fn position(&self) -> Option<&Position> {
        self.position.as_ref()
    }

    /// The orders that wait to fill, oldest first, with quantities and prices on their grids.
    pub fn orders(&self) -> impl Iterator<Item = Order> + '_ {
        self.orders.iter().map(|waiting| waiting.order)
    }

    /// Whether there is neither a position nor an order: then no bar changes anything.
    #[inline]
    pub fn is_idle(&self) -> bool {
        self.position.is_none() && self.orders.is_empty()
    }

    /// Balance plus the open position's profit at the mid price `price`.
    #[inline]
    pub fn equity(&self, price: f64) -> f64 {
        match &self.position {
            Some(position) => self.balance + position.open_profit(price),
            None => self.balance,
        }
    }

    /// Number of the bar at whose close equity was zero or less for the first time.
    pub fn bankrupt_at(&self) -> Option<usize> {
        self.bankrupt_at
    }

    pub(crate) fn is_open(&self, direction: Direction) -> bool {
        self.position.is_some_and(|position| position.direction == direction)
    }

    /// Side and size of the position as the market orders that wait will leave it.
    fn position_to_meet(&self) -> Option<(Direction, f64)> {
        let now = self.position.map(|position| (position.direction, position.quantity));
        self.orders.iter().fold(now, |before, waiting| match waiting.order {
            Order::Close => None,
            Order::Entry(Entry { direction, quantity, kind: OrderKind::Market, .. }) => Some((direction, quantity)),
            Order::Entry(_) => before,
        })
    }

    #[cold]
    fn go_bankrupt(&mut self, bar: usize, prices: &BarPrices, on_event: &mut impl FnMut(Event)) -> f64 {
        self.bankrupt_at.get_or_insert(bar);
        self.liquidate(bar, prices, ExitReason::Bankrupt, on_event)
    }

    fn whole_quantity(&self, quantity: f64) -> Result<f64, Rejection> {
        if !(quantity >= 0.0 && quantity.is_finite()) {
            return Err(Rejection::Quantity { quantity });
        }
        match self.quantities.floor(quantity) {
            None => Err(Rejection::Quantity { quantity }),
            Some(whole) if whole > 0.0 => Ok(whole),
            Some(_) => Err(Rejection::QuantityBelowStep { quantity, step: self.account.quantity_step }),
        }
    }

    /// A stop or limit price rounded to a tick, away from the price.
    fn on_tick(&self, direction: Direction, kind: OrderKind) -> OrderKind {
        let buys = direction == Direction::Long;
        match kind {
            OrderKind::Market => kind,
            OrderKind::Stop(price) => OrderKind::Stop(self.ticks.price(price, buys)),
            OrderKind::Limit(price) => OrderKind::Limit(self.ticks.price(price, !buys)),
        }
    }
}
