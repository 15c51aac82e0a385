use serde::Serialize;

use crate::Candle;

/// Prices and volume of a candle, or of what makes one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CandleValues {
    /// First price.
    pub open: f64,
    /// Highest price.
    pub high: f64,
    /// Lowest price.
    pub low: f64,
    /// Last price.
    pub close: f64,
    /// Volume in millions.
    pub volume: f64,
}

/// One of the [`CandleValues`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CandleField {
    /// First price.
    Open,
    /// Highest price.
    High,
    /// Lowest price.
    Low,
    /// Last price.
    Close,
    /// Volume.
    Volume,
}

impl CandleValues {
    /// A candle in which nothing was traded.
    pub(super) const fn flat(level: f64) -> Self {
        Self { open: level, high: level, low: level, close: level, volume: 0.0 }
    }

    /// One candle of this and the one after it.
    pub(super) fn then(self, later: Self) -> Self {
        Self {
            open: self.open,
            high: self.high.max(later.high),
            low: self.low.min(later.low),
            close: later.close,
            volume: self.volume + later.volume,
        }
    }

    /// What differs: prices by their bits, which are equal if the stored integers are, the volume by more than `slack`.
    pub(super) fn differences(&self, other: &Self, slack: f64) -> Vec<CandleField> {
        let prices = [
            (CandleField::Open, self.open, other.open),
            (CandleField::High, self.high, other.high),
            (CandleField::Low, self.low, other.low),
            (CandleField::Close, self.close, other.close),
        ];
        let differ = prices.into_iter().filter(|(_, a, b)| a.to_bits() != b.to_bits()).map(|(field, _, _)| field);
        let volume = ((self.volume - other.volume).abs() > slack).then_some(CandleField::Volume);
        differ.chain(volume).collect()
    }
}

impl From<&Candle> for CandleValues {
    fn from(candle: &Candle) -> Self {
        let Candle { open, high, low, close, volume, .. } = *candle;
        Self { open, high, low, close, volume }
    }
}
