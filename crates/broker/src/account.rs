use serde::{Deserialize, Serialize};

use crate::Error;

/// The money to begin with, the instrument's steps, and what trading costs.
///
/// There is no default: a cost left out would be a cost forgotten.
///
/// ```
/// use broker::{Account, Commission, Costs, Spread};
///
/// let account = Account {
///     initial_cash: 10_000.0,
///     tick_size: 0.00001,
///     quantity_step: 1_000.0,
///     costs: Costs { commission: Commission::Percent(0.002), slippage_ticks: 2, spread: Spread::FromBars },
/// };
/// account.validate()?;
/// # Ok::<(), broker::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Money before the first bar, in quote currency, above 0.
    pub initial_cash: f64,
    /// Smallest price step of the instrument, 1e-9 to 1e9, in quote currency.
    pub tick_size: f64,
    /// Smallest step of a quantity, 1e-9 to 1e9, in units of the base.
    pub quantity_step: f64,
    /// What trading costs.
    pub costs: Costs,
}

/// What trading costs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    /// Fee of the broker.
    pub commission: Commission,
    /// Ticks by which market and stop fills are worse than the price; limit fills are not.
    pub slippage_ticks: u32,
    /// Ask − bid, of which market and stop fills pay half.
    pub spread: Spread,
}

/// Fee of the broker, charged on every order: on the way in and on the way out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Commission {
    /// No fee.
    None,
    /// Per cent of the order's value, 0 to 100: 0.1 is a thousandth of it.
    Percent(f64),
    /// Quote currency per unit, not negative.
    PerUnit(f64),
    /// Quote currency per order whatever its size, not negative.
    PerOrder(f64),
}

/// Where the spread comes from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spread {
    /// Buying and selling cost the same price.
    None,
    /// The same on every bar, in price units, not negative.
    Fixed(f64),
    /// The mean spread of the bar in which the order fills. A bar without one (NaN) cannot be traded: whoever drives
    /// the broker checks that beforehand.
    FromBars,
}

impl Account {
    /// Checks that every number lies within its range.
    ///
    /// # Errors
    /// [`Error::Setting`] naming the first that does not.
    pub fn validate(&self) -> Result<(), Error> {
        const STEP: &str = "1e-9 to 1e9";
        const NOT_NEGATIVE: &str = "0 and above, finite";
        let is_step = |value: f64| (1e-9..=1e9).contains(&value);
        let not_negative = |value: f64| value >= 0.0 && value.is_finite();
        let cash = self.initial_cash;
        require(cash > 0.0 && cash.is_finite(), "initial_cash", cash, "above 0, finite")?;
        require(is_step(self.tick_size), "tick_size", self.tick_size, STEP)?;
        require(is_step(self.quantity_step), "quantity_step", self.quantity_step, STEP)?;
        match self.costs.commission {
            Commission::None => {}
            Commission::Percent(value) => {
                require((0.0..=100.0).contains(&value), "costs.commission.percent", value, "0 to 100")?;
            }
            Commission::PerUnit(value) => {
                require(not_negative(value), "costs.commission.per_unit", value, NOT_NEGATIVE)?;
            }
            Commission::PerOrder(value) => {
                require(not_negative(value), "costs.commission.per_order", value, NOT_NEGATIVE)?;
            }
        }
        match self.costs.spread {
            Spread::Fixed(value) => require(not_negative(value), "costs.spread.fixed", value, NOT_NEGATIVE),
            Spread::None | Spread::FromBars => Ok(()),
        }
    }

    /// Fee in quote currency for `quantity` units at `price`, which are a part of an order of `order_quantity` units.
    pub(crate) fn commission(&self, quantity: f64, order_quantity: f64, price: f64) -> f64 {
        match self.costs.commission {
            Commission::None => 0.0,
            Commission::Percent(percent) => quantity * price * (percent / 100.0),
            Commission::PerUnit(fee) => quantity * fee,
            Commission::PerOrder(fee) => fee * (quantity / order_quantity),
        }
    }

    /// Half the spread in price units on a bar whose own mean spread is `bar_spread`.
    #[inline]
    pub(crate) fn half_spread(&self, bar_spread: f64) -> f64 {
        match self.costs.spread {
            Spread::None => 0.0,
            Spread::Fixed(spread) => spread / 2.0,
            Spread::FromBars => bar_spread / 2.0,
        }
    }
}

pub(crate) fn require(holds: bool, field: &'static str, value: f64, expected: &'static str) -> Result<(), Error> {
    if holds { Ok(()) } else { Err(Error::Setting { field, value, expected }) }
}
