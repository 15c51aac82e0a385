use crate::IndicatorInfo;
use crate::catalogue::CATALOGUE;

/// Which indicator of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub enum IndicatorKind {
    /// Simple moving average.
    Sma,
    /// Exponential moving average.
    Ema,
    /// Wilder's relative strength index.
    Rsi,
    /// Moving average convergence/divergence.
    Macd,
    /// Bollinger bands.
    Bollinger,
    /// Stochastic oscillator.
    Stochastic,
    /// Average true range.
    Atr,
    /// Average directional index.
    Adx,
}

impl IndicatorKind {
    /// All of them, in the order of the enum.
    pub const ALL: &[Self] =
        &[Self::Sma, Self::Ema, Self::Rsi, Self::Macd, Self::Bollinger, Self::Stochastic, Self::Atr, Self::Adx];

    /// What the catalogue says about it.
    pub fn info(self) -> &'static IndicatorInfo {
        &CATALOGUE[self as usize]
    }
}
