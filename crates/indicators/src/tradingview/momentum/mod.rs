mod cci;
mod change;
mod cmo;
mod cog;
mod dmi;
mod macd;
mod mfi;
mod rci;
mod rsi;
mod stoch_k;
mod stochastic;
mod tsi;
mod willr;

pub use self::cci::{Cci, CciSource};
pub use self::change::{Mom, Roc};
pub use self::cmo::Cmo;
pub use self::cog::Cog;
pub use self::dmi::{Adx, Dmi};
pub use self::macd::Macd;
pub use self::mfi::{Mfi, MfiSource};
pub use self::rci::Rci;
pub use self::rsi::Rsi;
pub use self::stoch_k::StochK;
pub use self::stochastic::Stochastic;
pub use self::tsi::{Tsi, TsiRatio};
pub use self::willr::Willr;
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<Rsi, _, _>(),
    Maker::of::<Macd, _, _>(),
    Maker::of::<Stochastic, _, _>(),
    Maker::of::<StochK, _, _>(),
    Maker::of::<Dmi, _, _>(),
    Maker::of::<Adx, _, _>(),
    Maker::of::<Mom, _, _>(),
    Maker::of::<Roc, _, _>(),
    Maker::of::<Cci, _, _>(),
    Maker::of::<CciSource, _, _>(),
    Maker::of::<Cmo, _, _>(),
    Maker::of::<Cog, _, _>(),
    Maker::of::<Mfi, _, _>(),
    Maker::of::<MfiSource, _, _>(),
    Maker::of::<Rci, _, _>(),
    Maker::of::<Tsi, _, _>(),
    Maker::of::<TsiRatio, _, _>(),
    Maker::of::<Willr, _, _>(),
];
