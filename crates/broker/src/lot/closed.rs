use crate::{ExitReason, Lot};

/// A position that has been closed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClosedLot {
    /// The position.
    pub lot: Lot,
    /// Number of the bar on which it closed.
    pub exit_bar: usize,
    /// Price at which it closed, with half the spread and slippage.
    pub exit_price: f64,
    /// Net profit in quote currency: price difference times quantity, less commission in and out.
    pub profit: f64,
    /// Commission, half spreads and slippage of entry and exit, in quote currency.
    pub costs: f64,
    /// What closed it.
    pub exit_reason: ExitReason,
}

impl ClosedLot {
    /// How far the price went against the entry price and how far with it, in price units, at least 0; `lowest` and
    /// `highest` are the extremes of the mid price while it was open.
    pub fn excursions(&self, lowest: f64, highest: f64) -> (f64, f64) {
        let entry = self.lot.entry_price;
        let (rise, fall) = (f64::max(highest - entry, 0.0), f64::max(entry - lowest, 0.0));
        match self.lot.direction {
            crate::Direction::Long => (fall, rise),
            crate::Direction::Short => (rise, fall),
        }
    }
}
