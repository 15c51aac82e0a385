use std::ops::Range;

use broker::{ClosedLot, Direction, Lot};

use crate::DropReason;
use crate::kernel::Recorder;

/// Keeps the equity at each close.
pub(crate) struct Equity<'a> {
    closes: &'a [f64],
    /// The initial cash, then the equity at each close.
    values: Vec<f64>,
}

impl<'a> Equity<'a> {
    /// `closes` are those of the whole market.
    pub(crate) fn new(closes: &'a [f64], initial_cash: f64) -> Self {
        Self { closes, values: vec![initial_cash] }
    }

    /// The initial cash, then the equity at each close.
    pub(crate) fn values(&self) -> &[f64] {
        &self.values
    }
}

impl Recorder for Equity<'_> {
    fn held(&mut self, bars: Range<usize>, lot: &Lot, balance: f64) {
        self.values.extend(self.closes[bars].iter().map(|&close| lot.worth(balance, close)));
    }

    fn marked(&mut self, n_bars: usize, equity: f64) {
        self.values.resize(self.values.len() + n_bars, equity);
    }

    fn closed(&mut self, _closed: &ClosedLot, _touched: [f64; 2]) {}

    fn dropped(&mut self, _bar: usize, _direction: Direction, _reason: DropReason) {}
}
