//! TA-Lib's arithmetic: the bits of its release 0.8.3.
//!
//! For numbers without gaps every value is the very double that TA-Lib computes, from the same bar on. At a missing
//! value TA-Lib gives NaN for ever after, or a number made of nothing, from function to function; here the history begins
//! anew behind it ([`Missing::Restart`](crate::Missing::Restart)).
pub(crate) mod cycle;
pub(crate) mod math;
pub(crate) mod momentum;
pub(crate) mod oscillators;
pub(crate) mod overlap;
pub mod patterns;
pub(crate) mod price;
pub(crate) mod statistics;
pub(crate) mod volatility;
pub(crate) mod volume;

pub use self::cycle::{HtDcperiod, HtDcphase, HtPhasor, HtSine, HtTrendmode, Swak2php, SwakBp, SwakHp};
pub use self::math::{
    Acos, Add, Asin, Atan, Ceil, Cos, Cosh, CumSum, Div, Exp, Floor, Ln, Log10, Max, MaxIndex, Min, MinIndex, MinMax,
    MinMaxIndex, Mult, Sin, Sinh, Sqrt, Sub, Sum, Tan, Tanh,
};
pub use self::momentum::{
    Ac, Adx, Adxr, Ao, Apo, Aroon, AroonOsc, Asi, Bop, Cg, Coppock, Cti, DirectionalIndicator, DirectionalMovement,
    Dosc, Dpo, Dx, Er, Eri, Fosc, Kst, KstExt, Macd, MacdExt, MacdFix, MinusDi, MinusDm, Mom, PlusDi, PlusDm, Ppo, Pvo,
    Qstick, Roc, Rocp, Rocr, Rocr100, Si, Trix, Tsi, Vhf, Vortex,
};
pub use self::oscillators::{
    Cci, Chop, Choppiness, Choptr, Cmo, Cmou, Crsi, Fisher, Fractal, Ibs, Imi, Kdj, Mfi, Pso, Rsi, Smi, Sqzmom, Stc,
    Stoch, Stochastic, Stochf, Stochrsi, Ultosc, Wad, Wavetrend, Willr,
};
pub use self::overlap::{
    Accbands, Alma, Bbands, Bollinger, Cksp, Dema, Donchian, Ema, Frama, Hma, HtTrendline, Ichimoku, Kama, Kc, Ma,
    Mama, Mavp, Mcgd, Midpoint, Midprice, Rma, Sar, Sarext, Sma, Supertrend, SwakButter, SwakGauss, T3, Tema, Trima,
    Vidya, Vwma, Wma, Zigzag, Zlema,
};
pub use self::price::{AvgDev, AvgPrice, HeikinAshi, MedPrice, TypPrice, WclPrice};
pub use self::statistics::{
    Beta, Correl, Kurtosis, LinearReg, LinearRegAngle, LinearRegIntercept, LinearRegSlope, Median, PercentRank,
    Percentile, StdDev, Tsf, Var,
};
pub use self::volatility::{Adr, Atr, Bbw, Cvi, Massi, Natr, Percentb, RogersSatchell, Rvi, Rvir, Trange};
pub use self::volume::{Ad, Adosc, Cmf, Efi, Emv, Kvo, MarketFi, Nvi, Obv, Pvi, Pvt, Rvol, Vwap};

pub(crate) static FAMILIES: &[&[crate::maker::Maker]] = &[
    overlap::MAKERS,
    momentum::MAKERS,
    oscillators::MAKERS,
    volume::MAKERS,
    volatility::MAKERS,
    price::MAKERS,
    statistics::MAKERS,
    cycle::MAKERS,
    math::MAKERS,
    patterns::MAKERS,
];
