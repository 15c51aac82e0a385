mod cci;
mod chop;
mod cmo;
mod cmou;
mod crsi;
mod extremes;
mod fisher;
mod fractal;
mod ibs;
mod imi;
mod kdj;
mod mfi;
mod pso;
mod rsi;
pub(crate) mod running;
mod smi;
mod smoothing;
mod sqzmom;
mod stc;
mod stoch;
mod stochf;
mod stochrsi;
mod ultosc;
mod wad;
mod wavetrend;
mod willr;

pub use self::cci::Cci;
pub use self::chop::{Chop, Choppiness, Choptr};
pub use self::cmo::Cmo;
pub use self::cmou::Cmou;
pub use self::crsi::Crsi;
pub(crate) use self::extremes::{larger, smaller};
pub use self::fisher::Fisher;
pub use self::fractal::Fractal;
pub use self::ibs::Ibs;
pub use self::imi::Imi;
pub use self::kdj::Kdj;
pub use self::mfi::Mfi;
pub use self::pso::Pso;
pub use self::rsi::Rsi;
pub use self::smi::Smi;
pub use self::sqzmom::Sqzmom;
pub use self::stc::Stc;
pub use self::stoch::{Stoch, Stochastic};
pub use self::stochf::Stochf;
pub use self::stochrsi::Stochrsi;
pub use self::ultosc::Ultosc;
pub use self::wad::Wad;
pub use self::wavetrend::Wavetrend;
pub use self::willr::Willr;
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<Cci, _, _>(),
    Maker::of::<Chop, _, _>(),
    Maker::of::<Choptr, _, _>(),
    Maker::of::<Cmo, _, _>(),
    Maker::of::<Cmou, _, _>(),
    Maker::of::<Crsi, _, _>(),
    Maker::of::<Fisher, _, _>(),
    Maker::of::<Fractal, _, _>(),
    Maker::of::<Ibs, _, _>(),
    Maker::of::<Imi, _, _>(),
    Maker::of::<Kdj, _, _>(),
    Maker::of::<Mfi, _, _>(),
    Maker::of::<Pso, _, _>(),
    Maker::of::<Rsi, _, _>(),
    Maker::of::<Smi, _, _>(),
    Maker::of::<Sqzmom, _, _>(),
    Maker::of::<Stc, _, _>(),
    Maker::of::<Stoch, _, _>(),
    Maker::of::<Stochastic, _, _>(),
    Maker::of::<Stochf, _, _>(),
    Maker::of::<Stochrsi, _, _>(),
    Maker::of::<Ultosc, _, _>(),
    Maker::of::<Wad, _, _>(),
    Maker::of::<Wavetrend, _, _>(),
    Maker::of::<Willr, _, _>(),
];
