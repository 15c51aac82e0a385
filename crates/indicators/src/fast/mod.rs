//! fast
mod adx;
mod atr;
mod bollinger;
mod buffers;
mod ema;
mod join;
mod macd;
mod rsi;
mod scan;
mod sma;
mod spread;
mod stochastic;
mod vector;
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

pub(crate) static FAMILIES: &[&[Maker]] = &[&[
    Maker::of::<Ema, _, _>(),
    Maker::of::<Rma, _, _>(),
    Maker::of::<Dema, _, _>(),
    Maker::of::<Tema, _, _>(),
    Maker::of::<Sma, _, _>(),
    Maker::of::<Rsi, _, _>(),
    Maker::of::<Macd, _, _>(),
    Maker::of::<Atr, _, _>(),
    Maker::of::<Natr, _, _>(),
    Maker::of::<Adx, _, _>(),
    Maker::of::<Bollinger, _, _>(),
    Maker::of::<StdDev, _, _>(),
    Maker::of::<Var, _, _>(),
    Maker::of::<Stochastic, _, _>(),
]];
