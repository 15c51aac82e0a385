//! TradingView's arithmetic: the bits of Pine Script v6, with its rules for `na`, which is NaN here.
//!
//! The first value comes on the bar on which TradingView's chart begins, and at an na each function does what its
//! namesake in `ta.*` does ([`Missing::Na`](crate::Missing::Na)): most pass it over, some stay where they are, some
//! count it as a bar without a value. Conditions are true where they are neither 0 nor na; results that are true or
//! false in Pine Script are 1 and 0. An infinite value is a number like any other, as it is there: sliding sums do not
//! recover from it.
mod averages;
mod events;
mod levels;
mod momentum;
mod pieces;
mod statistics;
mod volatility;
mod volume;

pub use self::averages::{Alma, Ema, Hma, Rma, Sma, Swma, Vwma, Wma};
pub use self::events::{BarsSince, Cross, Crossover, Crossunder, Falling, Rising, ValueWhen};
pub use self::levels::{PivotFormula, PivotHigh, PivotLow, PivotPointLevels, Psar, Supertrend};
pub use self::momentum::{
    Adx, Cci, CciSource, Cmo, Cog, Dmi, Macd, Mfi, MfiSource, Mom, Rci, Roc, Rsi, StochK, Stochastic, Tsi, TsiRatio,
    Willr,
};
pub use self::statistics::{
    Correl, Cummax, Cummin, Cumsum, Dev, HighestBars, LinearReg, Linreg, LowestBars, Max, Median, Min, Mode,
    PercentRank, PercentileLinearInterpolation, PercentileNearestRank, Range, Stddev, Stdev, Sum, Var, Variance,
};
pub use self::volatility::{Atr, Bollinger, BollingerWidth, Donchian, Kcw, Keltner, Tr, Trange};
pub use self::volume::{Ad, Iii, Nvi, Obv, Pvi, Pvt, Vwap, VwapBands, Wad, Wvad};
use crate::maker::Maker;

pub(crate) static FAMILIES: &[&[Maker]] = &[
    averages::MAKERS,
    momentum::MAKERS,
    volatility::MAKERS,
    volume::MAKERS,
    statistics::MAKERS,
    events::MAKERS,
    levels::MAKERS,
];
