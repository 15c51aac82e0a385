//! The order of operations that suits the processor, with a relative error of at most 10⁻¹².
//!
//! Recursive averages are computed eight bars at a time, by a tree of what the eight add (those of [`Adx`] one fused
//! multiply-add a bar, beside its divisions); sums over a window are trees of powers of two, from which nothing is ever
//! subtracted. So nothing drifts, however long the history, and a value that has
//! left the window has left no trace, however large it was. Tests hold every value to the textbook's formula in
//! double-double arithmetic. Errors are measured by the value; those of percentages by 100, and those of differences of
//! averages (MACD, DEMA, TEMA) by the price.
//!
//! What picks one of its values (extremes, formations, medians) or is a short formula of one or two bars has no faster
//! order; there the states of [`talib`] serve this profile too, as those of [`extra`](mod@crate::extra) serve all
//! three. Anything else is an error,
//! [`Error::NotInProfile`](crate::Error::NotInProfile), never silently another profile's numbers.
mod adx;
mod atr;
mod bollinger;
mod ema;
pub(crate) mod join;
mod macd;
mod rsi;
mod scan;
mod sma;
mod spread;
mod stochastic;
pub(crate) mod vector;
mod window;

pub use self::adx::Adx;
pub use self::atr::{Atr, Natr};
pub use self::bollinger::{Bollinger, StdDev, Var};
pub use self::ema::{Dema, Ema, Rma, Tema};
pub use self::macd::Macd;
pub use self::rsi::Rsi;
pub use self::sma::Sma;
pub use self::stochastic::Stochastic;
use crate::maker::Maker;
use crate::talib;

pub(crate) static FAMILIES: &[&[Maker]] = &[KERNELS, NO_CHOICE, talib::patterns::MAKERS];

/// What has arithmetic of its own.
static KERNELS: &[Maker] = &[
    Maker::of::<Adx, _, _>(),
    Maker::of::<Atr, _, _>(),
    Maker::of::<Bollinger, _, _>(),
    Maker::of::<Dema, _, _>(),
    Maker::of::<Ema, _, _>(),
    Maker::of::<Macd, _, _>(),
    Maker::of::<Natr, _, _>(),
    Maker::of::<Rma, _, _>(),
    Maker::of::<Rsi, _, _>(),
    Maker::of::<Sma, _, _>(),
    Maker::of::<StdDev, _, _>(),
    Maker::of::<Stochastic, _, _>(),
    Maker::of::<Tema, _, _>(),
    Maker::of::<Var, _, _>(),
];

/// What picks a value or computes a short formula.
static NO_CHOICE: &[Maker] = &[
    Maker::of::<talib::Acos, _, _>(),
    Maker::of::<talib::Add, _, _>(),
    Maker::of::<talib::Aroon, _, _>(),
    Maker::of::<talib::AroonOsc, _, _>(),
    Maker::of::<talib::Asin, _, _>(),
    Maker::of::<talib::Atan, _, _>(),
    Maker::of::<talib::AvgPrice, _, _>(),
    Maker::of::<talib::Bop, _, _>(),
    Maker::of::<talib::Ceil, _, _>(),
    Maker::of::<talib::Cos, _, _>(),
    Maker::of::<talib::Cosh, _, _>(),
    Maker::of::<talib::Div, _, _>(),
    Maker::of::<talib::Donchian, _, _>(),
    Maker::of::<talib::Exp, _, _>(),
    Maker::of::<talib::Floor, _, _>(),
    Maker::of::<talib::Fractal, _, _>(),
    Maker::of::<talib::HeikinAshi, _, _>(),
    Maker::of::<talib::Ibs, _, _>(),
    Maker::of::<talib::Ln, _, _>(),
    Maker::of::<talib::Log10, _, _>(),
    Maker::of::<talib::Max, _, _>(),
    Maker::of::<talib::MaxIndex, _, _>(),
    Maker::of::<talib::MedPrice, _, _>(),
    Maker::of::<talib::Median, _, _>(),
    Maker::of::<talib::Midpoint, _, _>(),
    Maker::of::<talib::Midprice, _, _>(),
    Maker::of::<talib::Min, _, _>(),
    Maker::of::<talib::MinIndex, _, _>(),
    Maker::of::<talib::MinMax, _, _>(),
    Maker::of::<talib::MinMaxIndex, _, _>(),
    Maker::of::<talib::Mom, _, _>(),
    Maker::of::<talib::Mult, _, _>(),
    Maker::of::<talib::Percentile, _, _>(),
    Maker::of::<talib::PercentRank, _, _>(),
    Maker::of::<talib::Roc, _, _>(),
    Maker::of::<talib::Rocp, _, _>(),
    Maker::of::<talib::Rocr, _, _>(),
    Maker::of::<talib::Rocr100, _, _>(),
    Maker::of::<talib::Sin, _, _>(),
    Maker::of::<talib::Sinh, _, _>(),
    Maker::of::<talib::Sqrt, _, _>(),
    Maker::of::<talib::Sub, _, _>(),
    Maker::of::<talib::Tan, _, _>(),
    Maker::of::<talib::Tanh, _, _>(),
    Maker::of::<talib::Trange, _, _>(),
    Maker::of::<talib::TypPrice, _, _>(),
    Maker::of::<talib::WclPrice, _, _>(),
    Maker::of::<talib::Willr, _, _>(),
];
