//! Commissions, and the trades they belong to.

use crate::decimal::{percent_of, share, ten_digits};
use crate::events::Sink;
use crate::fill::Closing;
use crate::matching::Fill;
use crate::{Broker, Commission, Event, OpenTrade, Trade};

/// The commission of one order, which is rounded once and divided among the trades it makes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Booking {
    /// Quantity that the order trades, if all of it is known beforehand; NaN: the sum of what was booked so far.
    known: f64,
    /// Quantity that it closes.
    closing: f64,
    /// Quantity that it was placed with.
    asked: f64,
    booked: f64,
    /// TradingView's fee per order for what it closes.
    flat_fee: Option<f64>,
}

impl Booking {
    pub(crate) fn new(known: f64, closing: f64, asked: f64) -> Self {
        Self { known, closing, asked, booked: 0.0, flat_fee: None }
    }
}

impl Broker {
    /// Commission in account currency of `quantity` units at `price`, which are a part of an order.
    pub(crate) fn commission(&mut self, quantity: f64, price: f64, booking: &mut Booking) -> f64 {
        if !self.rules.is_tradingview() {
            let whole = if booking.known.is_nan() { booking.asked } else { booking.known };
            let point_value = self.now.point_value;
            return match self.account.costs.commission {
                Commission::Percent(_) => self.account.commission(quantity, whole, price) * point_value,
                _ => self.account.commission(quantity, whole, price),
            };
        }
        let total = |whole: f64| match self.account.costs.commission {
            Commission::None => 0.0,
            Commission::Percent(percent) => {
                let rate = if self.now.rate == 1.0 {
                    percent_of(price, percent) * self.rules.point_value
                } else {
                    ten_digits(percent_of(price * self.now.rate, percent) * self.rules.point_value)
                };
                ten_digits(rate * whole)
            }
            Commission::PerUnit(fee) => ten_digits(fee * whole),
            Commission::PerOrder(fee) => ten_digits(fee),
        };
        self.parts.push(quantity);
        let whole = if booking.known.is_nan() {
            self.parts.iter().fold(0.0, |sum, &part| self.quantities.add(sum, part))
        } else {
            booking.known
        };
        let total = total(whole);
        let target = if self.parts.len() == 1 && quantity == whole {
            total
        } else {
            self.parts.iter().map(|&part| share(total, part, whole)).sum()
        };
        let commission = target - booking.booked;
        booking.booked = target;
        commission
    }

    /// Books TradingView's fee per order for what the order closes, to be divided among its trades.
    pub(crate) fn take_flat_fee(&mut self, booking: &mut Booking) {
        if self.rules.is_tradingview() && matches!(self.account.costs.commission, Commission::PerOrder(_)) {
            booking.flat_fee = Some(self.commission(booking.closing, f64::NAN, booking));
        }
    }

    /// Books the end of `part` of an entry.
    pub(crate) fn close_part(
        &mut self,
        index: usize,
        part: f64,
        what: &Closing,
        fill: &Fill,
        booking: &mut Booking,
        sink: Sink<'_>,
    ) {
        let closed = self.split(index, part);
        let sign = closed.direction.sign();
        let gross = sign * (fill.price - closed.entry_price) * part * self.now.point_value;
        let commission = match booking.flat_fee {
            Some(fee) => fee * part / booking.closing,
            None => self.commission(part, fill.price, booking),
        };
        let profit = if booking.flat_fee.is_some() {
            gross - (closed.commission + commission)
        } else {
            gross - closed.commission - commission
        };
        self.ledger.book_exit(gross, closed.commission, commission, profit);
        self.size = self.quantities.add(self.size, -sign * part);
        let (max_adverse, max_favourable) = closed.excursion();
        let mut trade = Trade {
            entry_id: closed.id,
            exit_id: what.exit_id,
            direction: closed.direction,
            entry_bar: closed.entry_bar,
            exit_bar: self.now.bar,
            entry_price: closed.entry_price,
            exit_price: fill.price,
            quantity: part,
            profit,
            costs: closed.costs + commission + fill.cost * part * self.now.point_value,
            commission: closed.commission + closed.swap + commission,
            swap: closed.swap,
            exit_reason: what.reason,
            max_adverse,
            max_favourable,
            max_drawdown: closed.max_drawdown,
            max_runup: closed.max_runup,
        };
        self.label_long_first(&mut trade, &closed, what);
        sink(Event::Closed(trade));
    }

    /// Two opposite entries that waited together and fill at one moment are reported with the long one as the entry.
    fn label_long_first(&self, trade: &mut Trade, closed: &OpenTrade, what: &Closing) {
        let Some(placed) = what.reversal else { return };
        let together = self.rules.is_tradingview()
            && closed.direction == crate::Direction::Short
            && closed.entry_bar == self.now.bar
            && closed.node == self.now.node
            && placed <= closed.fill
            && closed.entry_price == trade.exit_price;
        if let (true, Some(exit_id)) = (together, trade.exit_id) {
            trade.direction = crate::Direction::Long;
            (trade.entry_id, trade.exit_id) = (exit_id, Some(trade.entry_id));
        }
    }

    /// Takes `part` off an open entry and gives it with its share of the costs.
    fn split(&mut self, index: usize, part: f64) -> OpenTrade {
        let rest = self.quantities.add(self.entries[index].quantity, -part);
        let tradingview = self.rules.is_tradingview();
        let open = &mut self.entries[index];
        let mut closed = *open;
        closed.quantity = part;
        if rest <= 0.0 {
            open.quantity = 0.0;
            return closed;
        }
        let whole = *open;
        let divide = |value: f64| {
            if tradingview {
                let kept = 1.0 - part / whole.quantity;
                (value * (1.0 - kept), value * kept)
            } else {
                let share = value * (part / whole.quantity);
                (share, value - share)
            }
        };
        (closed.commission, open.commission) = divide(whole.commission);
        (closed.costs, open.costs) = divide(whole.costs);
        (closed.swap, open.swap) = divide(whole.swap);
        (closed.max_drawdown, open.max_drawdown) = divide(whole.max_drawdown);
        (closed.max_runup, open.max_runup) = divide(whole.max_runup);
        open.quantity = rest;
        closed
    }
}
