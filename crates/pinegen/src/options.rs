use crate::Error;

/// What a script needs beyond the strategy: the account of the back-test and where the numbers come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Lines for the header: run, data, results, warnings. Line breaks inside become spaces.
    pub provenance: Vec<String>,
    /// Starting cash in the account's currency, above 0.
    pub initial_cash: f64,
    /// Commission of each order.
    pub commission: Commission,
    /// Ticks that market and stop orders lose. TradingView knows no spread: half of it belongs in here.
    pub slippage_ticks: u32,
    /// Smallest step of a quantity in units, above 0; sizes are rounded down to it.
    pub quantity_step: f64,
}

/// Commission of each order, as `strategy()` takes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Commission {
    /// None.
    None,
    /// Per cent of the order's value.
    Percent(f64),
    /// Account currency a unit.
    PerUnit(f64),
    /// Account currency an order.
    PerOrder(f64),
}

impl Options {
    pub(crate) fn check(&self) -> Result<(), Error> {
        for (name, value) in [("initial_cash", self.initial_cash), ("quantity_step", self.quantity_step)] {
            if !(value.is_finite() && value > 0.0) {
                return Err(Error::Option { name, value, expected: "above 0" });
            }
        }
        let (Commission::Percent(value) | Commission::PerUnit(value) | Commission::PerOrder(value)) = self.commission
        else {
            return Ok(());
        };
        if value.is_finite() && value >= 0.0 {
            return Ok(());
        }
        Err(Error::Option { name: "commission", value, expected: "of 0 or more" })
    }
}
