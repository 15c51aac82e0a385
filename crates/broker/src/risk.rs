//! Rules that stop a strategy: Pine's `strategy.risk`.

use crate::events::Sink;
use crate::matching::Fill;
use crate::now::At;
use crate::reach::What;
use crate::working::Working;
use crate::{Broker, Direction, Event, ExitReason, Rejection};

/// A rule of risk management, set by [`Broker::limit_risk`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum RiskRule {
    /// After so many filled orders in a day the position is closed, and nothing opens until the day ends.
    MaxIntradayFilledOrders(u32),
    /// When equity has fallen so far below the highest that closed trades have left, trading ends. It is judged at the
    /// close of bars on which something closed.
    MaxDrawdown(RiskLimit),
    /// When equity has fallen so far below that of the day's beginning, trading ends for the day. It is judged at the
    /// extremes of bars.
    MaxIntradayLoss(RiskLimit),
    /// Units that a position may have.
    MaxPositionSize(f64),
    /// Entries of one side only; those of the other side close, and open nothing.
    AllowEntryIn(Direction),
    /// After so many days in a row that lost money trading ends.
    MaxConsLossDays(u32),
}

/// A loss that ends trading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RiskLimit {
    /// In account currency.
    Cash(f64),
    /// In per cent of the equity that it is counted from.
    Percent(f64),
}

/// The rules that are set, and what they have seen.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RiskState {
    max_filled: Option<u32>,
    max_drawdown: Option<RiskLimit>,
    max_day_loss: Option<RiskLimit>,
    max_size: Option<f64>,
    only: Option<Direction>,
    max_loss_days: Option<u32>,
    pub(crate) halted: Option<RiskRule>,
    /// The day whose end lifts the halt.
    halted_day: Option<i64>,
    day: Option<i64>,
    day_equity: f64,
    n_loss_days: u32,
    n_filled: u32,
    /// Trades that had closed at the end of the bar before.
    n_closed: usize,
}

impl RiskRule {
    /// Its name in Pine Script, without `strategy.risk`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MaxIntradayFilledOrders(_) => "max_intraday_filled_orders",
            Self::MaxDrawdown(_) => "max_drawdown",
            Self::MaxIntradayLoss(_) => "max_intraday_loss",
            Self::MaxPositionSize(_) => "max_position_size",
            Self::AllowEntryIn(_) => "allow_entry_in",
            Self::MaxConsLossDays(_) => "max_cons_loss_days",
        }
    }
}

impl RiskLimit {
    fn money(self, base: f64) -> f64 {
        match self {
            Self::Cash(money) => money,
            Self::Percent(percent) => base * percent * 0.01,
        }
    }
}

impl RiskState {
    pub(crate) fn is_set(&self) -> bool {
        self.max_filled.is_some()
            || self.max_drawdown.is_some()
            || self.max_day_loss.is_some()
            || self.max_loss_days.is_some()
    }

    pub(crate) fn looks_at_the_path(&self) -> bool {
        self.max_day_loss.is_some()
    }

    fn cap(&self) -> Option<RiskRule> {
        let cap = self.max_filled.filter(|&cap| self.n_filled >= cap)?;
        Some(RiskRule::MaxIntradayFilledOrders(cap))
    }
}

impl Broker {
    /// Sets a rule of risk management, which replaces one of the same kind.
    pub fn limit_risk(&mut self, rule: RiskRule) {
        match rule {
            RiskRule::MaxIntradayFilledOrders(count) => self.risk.max_filled = Some(count),
            RiskRule::MaxDrawdown(limit) => self.risk.max_drawdown = Some(limit),
            RiskRule::MaxIntradayLoss(limit) => self.risk.max_day_loss = Some(limit),
            RiskRule::MaxPositionSize(units) => self.risk.max_size = Some(units.abs()),
            RiskRule::AllowEntryIn(side) => self.risk.only = Some(side),
            RiskRule::MaxConsLossDays(count) => self.risk.max_loss_days = Some(count),
        }
    }

    /// Whether entries are taken at all now.
    pub(crate) fn allowed(&self) -> Result<(), Rejection> {
        self.risk.halted.or_else(|| self.risk.cap()).map_or(Ok(()), |rule| Err(Rejection::Halted { rule }))
    }

    pub(crate) fn day_has_room(&self) -> Result<(), Rejection> {
        self.risk.cap().map_or(Ok(()), |rule| Err(Rejection::Halted { rule }))
    }

    pub(crate) fn allows(&self, direction: Direction) -> Result<(), Rejection> {
        if self.risk.only.is_none_or(|only| only == direction) {
            Ok(())
        } else {
            Err(Rejection::Direction { direction })
        }
    }

    /// Cuts an order to what the largest position allows.
    pub(crate) fn trim_to_limit(&self, order: &mut Working) -> Result<(), Rejection> {
        let Some(limit) = self.risk.max_size else { return Ok(()) };
        let held = self.size.abs();
        if (self.size + order.direction.sign() * order.quantity).abs() <= limit {
            return Ok(());
        }
        order.quantity = self.quantities.floor_of_part(f64::max(limit - held, 0.0));
        if order.quantity > 0.0 { Ok(()) } else { Err(Rejection::PositionSize { held, limit }) }
    }

    /// Counts a filled order, and closes the position when the day has had enough.
    pub(crate) fn count_fill(&mut self, order: &Working, fill: &Fill, sink: Sink<'_>) {
        self.risk.n_filled += 1;
        let Some(rule) = self.risk.cap() else { return };
        if self.size == 0.0 {
            return;
        }
        sink(Event::Halted { bar: self.now.bar, rule });
        // An entry that filled inside the bar in its own direction is carried to the extreme that the path goes to.
        let prices = self.now.prices;
        let mut price = fill.price;
        let inside = order.opens() && !fill.jumped;
        if inside && self.size > 0.0 && price > prices.open {
            price = prices.high;
        } else if inside && self.size < 0.0 && price < prices.open {
            price = prices.low;
        }
        self.cancel_orders_for_good(sink);
        let close =
            Fill { price, mid: price, cost: 0.0, reason: ExitReason::RiskRule, what: What::Market, jumped: true };
        let everything = crate::fill::Closing::everything(ExitReason::RiskRule);
        self.close_quantity(self.size.abs(), close, &everything, sink);
    }

    pub(crate) fn cancel_orders_for_good(&mut self, sink: Sink<'_>) {
        self.cancel_where(crate::Cause::Halt, sink, |_| true);
    }

    fn halt(&mut self, rule: RiskRule, at: At, until_day_ends: bool, sink: Sink<'_>) {
        sink(Event::Halted { bar: self.now.bar, rule });
        self.cancel_orders_for_good(sink);
        self.close_everything(at, ExitReason::RiskRule, sink);
        self.risk.halted = Some(rule);
        self.risk.halted_day = if until_day_ends { self.risk.day } else { None };
    }

    /// Begins a trading day, if `day` is one; gives whether that ends trading.
    pub(crate) fn roll_day(&mut self, day: i64, sink: Sink<'_>) -> bool {
        self.now.day = day;
        if self.risk.day == Some(day) {
            return false;
        }
        let equity = self.now.start_equity;
        if self.risk.halted_day.take().is_some() {
            self.risk.halted = None;
        }
        if self.risk.day.is_some() {
            self.risk.n_loss_days = if equity < self.risk.day_equity { self.risk.n_loss_days + 1 } else { 0 };
        }
        (self.risk.day, self.risk.day_equity, self.risk.n_filled) = (Some(day), equity, 0);
        self.loss_days(At::one(self.now.prices.open), sink)
    }

    fn loss_days(&mut self, at: At, sink: Sink<'_>) -> bool {
        let Some(count) = self.risk.max_loss_days else { return false };
        let broken = count > 0 && self.risk.n_loss_days >= count && self.risk.halted.is_none();
        if broken {
            self.halt(RiskRule::MaxConsLossDays(count), at, false, sink);
        }
        broken
    }

    /// Judges the day's loss at a point of the path.
    pub(crate) fn intraday_loss(&mut self, at: At, sink: Sink<'_>) {
        let Some(limit) = self.risk.max_day_loss else { return };
        if self.size == 0.0 || self.risk.halted.is_some() || self.risk.day_equity <= 0.0 {
            return;
        }
        let lost = self.risk.day_equity - self.equity(at.mid);
        let most = limit.money(self.risk.day_equity);
        if lost >= most && most > 0.0 {
            self.halt(RiskRule::MaxIntradayLoss(limit), at, true, sink);
        }
    }

    /// Judges what is judged at a bar's close.
    pub(crate) fn risk_at_close(&mut self, sink: Sink<'_>) {
        if !self.risk.is_set() {
            return;
        }
        let n_closed = self.ledger.n_won + self.ledger.n_lost + self.ledger.n_even;
        let has_closed = n_closed > std::mem::replace(&mut self.risk.n_closed, n_closed);
        if self.risk.halted.is_some() {
            return;
        }
        let at = self.now.at_close();
        if let Some(limit) = self.risk.max_drawdown.filter(|_| has_closed) {
            let peak = self.ledger.peak();
            let (fallen, most) = (peak - self.equity(self.now.prices.close), limit.money(peak));
            if fallen >= most && most > 0.0 {
                return self.halt(RiskRule::MaxDrawdown(limit), at, false, sink);
            }
        }
        self.intraday_loss(at, sink);
        self.loss_days(at, sink);
    }
}
