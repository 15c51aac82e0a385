use crate::events::Sink;
use crate::grid::Grid;
use crate::latency::Late;
use crate::ledger::Ledger;
use crate::matching::Hit;
use crate::now::Now;
use crate::quantities::Quantities;
use crate::risk::RiskState;
use crate::working::Working;
use crate::{Account, BarInput, BarPrices, Command, Error, Event, ExitReason, OpenTrade, Rejection, Rules};

/// An account, its open entries and the orders that wait to fill. The crate's page has the rules.
///
/// A clone goes on exactly as the original would: a script's runtime keeps one to roll back to.
#[derive(Clone, Debug)]
pub struct Broker {
    pub(crate) account: Account,
    pub(crate) rules: Rules,
    pub(crate) ticks: Grid,
    pub(crate) quantities: Quantities,
    pub(crate) ledger: Ledger,
    /// Size of the position, below 0 for a short one.
    pub(crate) size: f64,
    /// Mean entry price; NaN while flat.
    pub(crate) average: f64,
    pub(crate) entries: Vec<OpenTrade>,
    pub(crate) orders: Vec<Working>,
    pub(crate) late: Vec<Late>,
    pub(crate) now: Now,
    pub(crate) risk: RiskState,
    pub(crate) next_slot: u64,
    pub(crate) next_lot: u32,
    /// Fills so far.
    pub(crate) n_fills: u64,
    pub(crate) bankrupt_at: Option<usize>,
    /// Orders reached at one point: memory only.
    pub(crate) batch: Vec<Hit>,
    /// Quantities of the parts of one order: memory only.
    pub(crate) parts: Vec<f64>,
}

impl Broker {
    /// A flat account without orders, under the rules of [`Rules::plain`].
    ///
    /// # Errors
    /// [`Error::Setting`] if the account's numbers are not valid.
    pub fn new(account: &Account) -> Result<Self, Error> {
        Self::with_rules(account, &Rules::plain())
    }

    /// A flat account without orders.
    ///
    /// # Errors
    /// [`Error::Setting`] if a number of the account or of the rules is not valid.
    pub fn with_rules(account: &Account, rules: &Rules) -> Result<Self, Error> {
        account.validate()?;
        rules.validate()?;
        Ok(Self {
            account: *account,
            rules: *rules,
            ticks: Grid::new(account.tick_size),
            quantities: Quantities::new(account.quantity_step, rules.is_tradingview()),
            ledger: Ledger::new(account.initial_cash),
            size: 0.0,
            average: f64::NAN,
            entries: Vec::new(),
            orders: Vec::new(),
            late: Vec::new(),
            now: Now::before_the_first_bar(rules.point_value),
            risk: RiskState::default(),
            next_slot: 0,
            next_lot: 0,
            n_fills: 0,
            bankrupt_at: None,
            batch: Vec::new(),
            parts: Vec::new(),
        })
    }

    /// Starts again with another account and the same rules, keeping the memory.
    ///
    /// # Errors
    /// [`Error::Setting`] if the account's numbers are not valid; nothing has changed then.
    pub fn reset(&mut self, account: &Account) -> Result<(), Error> {
        let mut fresh = Self::with_rules(account, &self.rules)?;
        std::mem::swap(&mut fresh.entries, &mut self.entries);
        std::mem::swap(&mut fresh.orders, &mut self.orders);
        std::mem::swap(&mut fresh.late, &mut self.late);
        std::mem::swap(&mut fresh.batch, &mut self.batch);
        std::mem::swap(&mut fresh.parts, &mut self.parts);
        fresh.entries.clear();
        fresh.orders.clear();
        fresh.late.clear();
        *self = fresh;
        Ok(())
    }

    /// Takes a command, which works from the next bar on (later with [`Latency`](crate::Latency)).
    ///
    /// # Errors
    /// [`Rejection`] says why it is not taken. By TradingView's rules a refused order may still have changed what
    /// waited: an order of the same name is gone, and an entry whose margin is not covered still closes the opposite
    /// position.
    #[inline]
    pub fn submit(&mut self, command: Command) -> Result<(), Rejection> {
        if self.rules.latency == crate::Latency::None { self.carry_out(command) } else { self.send(command) }
    }

    /// Lets a bar of four prices go by: fills orders, tells `on_event`, and gives the equity at the bar's close.
    ///
    /// Equity is the balance plus the open position's profit at the close, without the costs of closing.
    #[inline]
    pub fn advance(&mut self, bar: usize, prices: &BarPrices, on_event: &mut impl FnMut(Event)) -> f64 {
        if self.is_idle() && !self.rules.keep_extremes {
            self.now.bar = bar;
            self.enter_mid(prices);
            return self.ledger.balance;
        }
        if let Some(worth) = self.pass(bar, prices) {
            return worth;
        }
        self.advance_over(&BarInput::new(bar, *prices), on_event)
    }

    /// Lets a bar go by of which more is known than four prices.
    pub fn advance_over(&mut self, input: &BarInput<'_>, on_event: &mut impl FnMut(Event)) -> f64 {
        self.bar(input, on_event)
    }

    /// What remains to be done once the script has run at the bar's close: orders to close immediately, the margin at
    /// the close, and [`process_orders_on_close`](Rules::process_orders_on_close). Gives the equity.
    ///
    /// Without those three there is nothing to do, and no need to call it.
    pub fn after_script(&mut self, on_event: &mut impl FnMut(Event)) -> f64 {
        self.close_of_bar(on_event)
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
        self.now.bar = bar;
        self.enter_prices(&BarInput::new(bar, *prices));
        self.late.clear();
        self.cancel_orders_for_good(on_event);
        let at = self.now.at_close();
        self.close_everything(at, reason, on_event);
        self.equity(prices.close)
    }

    #[cold]
    pub(crate) fn go_bankrupt(&mut self, sink: Sink<'_>) -> f64 {
        let bar = *self.bankrupt_at.get_or_insert(self.now.bar);
        self.refuse_late(Rejection::Bankrupt { bar }, sink);
        self.cancel_orders_for_good(sink);
        let at = self.now.at_close();
        self.close_everything(at, ExitReason::Bankrupt, sink);
        self.equity(self.now.prices.close)
    }
}
