//! How much an order trades that does not say it.

use crate::decimal::ten_digits;
use crate::working::Working;
use crate::{Broker, Commission, Rejection, Size};

impl Broker {
    /// Money for an order, and what one unit of it costs at `price`; `None` for a fixed size.
    pub(crate) fn budget(&self, price: f64, point_value: f64) -> Option<(f64, f64)> {
        let unit = price * point_value;
        match self.rules.default_size {
            Size::Fixed(_) => None,
            Size::Cash(money) => Some((money, unit)),
            Size::PercentOfEquity(percent) => {
                let money = self.equity(self.now.prices.close) * percent * 0.01;
                Some(match self.account.costs.commission {
                    Commission::None => (money, unit),
                    Commission::Percent(fee) => (money, unit * (1.0 + fee * 0.01)),
                    Commission::PerUnit(fee) => (money, unit + fee),
                    Commission::PerOrder(fee) => (f64::max(0.0, money - fee), unit),
                })
            }
        }
    }

    fn units(&self, money: f64, unit: f64) -> f64 {
        let money = if self.rules.is_tradingview() && money > 0.0 { ten_digits(money) } else { money };
        money / unit
    }

    /// Units of an order that gives none, before they are rounded to steps.
    pub(crate) fn default_quantity(&self, price: f64) -> Result<f64, Rejection> {
        let quantity = match (self.rules.default_size, self.budget(price, self.now.point_value)) {
            (_, Some((money, unit))) => self.units(money, unit),
            (Size::Fixed(units) | Size::Cash(units) | Size::PercentOfEquity(units), None) => units,
        };
        if quantity >= 0.0 && quantity.is_finite() { Ok(quantity) } else { Err(Rejection::Quantity { quantity }) }
    }

    /// The price at which an order would fill if it filled now.
    pub(crate) fn price_now(&self, buys: bool, stop: f64, limit: f64) -> f64 {
        let close = self.now.prices.close;
        let worse = |a: f64, b: f64| if buys { f64::max(a, b) } else { f64::min(a, b) };
        let better = |a: f64, b: f64| if buys { f64::min(a, b) } else { f64::max(a, b) };
        if stop.is_nan() && limit.is_nan() {
            let sign = if buys { 1.0 } else { -1.0 };
            return close + sign * self.slippage();
        }
        // The minimum and maximum of a number and NaN are the number.
        better(worse(close, stop), limit)
    }

    /// Settles the quantity of an order with a budget at the price at which it fills.
    pub(crate) fn settle_quantity(&self, order: &mut Working, price: f64) {
        let Some(budget) = order.budget.take() else { return };
        let Some((_, unit)) = self.budget(price, budget.point_value) else { return };
        let opening = self.units(budget.money, unit);
        order.quantity = if opening > 0.0 && opening.is_finite() {
            self.quantities.floor_of_money(opening + order.flip)
        } else {
            0.0
        };
    }

    /// Price units by which market and stop fills are worse.
    pub(crate) fn slippage(&self) -> f64 {
        self.account.tick_size * f64::from(self.account.costs.slippage_ticks)
    }
}
