mod adr;
mod atr;
mod bbw;
mod cvi;
mod massi;
mod natr;
mod percentb;
mod rogers_satchell;
mod rvi;
mod true_range;

pub use self::adr::Adr;
pub use self::atr::Atr;
pub use self::bbw::Bbw;
pub use self::cvi::Cvi;
pub use self::massi::Massi;
pub use self::natr::Natr;
pub use self::percentb::Percentb;
pub use self::rogers_satchell::RogersSatchell;
pub use self::rvi::{Rvi, Rvir};
pub use self::true_range::Trange;
pub(crate) use self::true_range::true_range;
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<Adr, _, _>(),
    Maker::of::<Atr, _, _>(),
    Maker::of::<Bbw, _, _>(),
    Maker::of::<Cvi, _, _>(),
    Maker::of::<Massi, _, _>(),
    Maker::of::<Natr, _, _>(),
    Maker::of::<Percentb, _, _>(),
    Maker::of::<RogersSatchell, _, _>(),
    Maker::of::<Rvi, _, _>(),
    Maker::of::<Rvir, _, _>(),
    Maker::of::<Trange, _, _>(),
];
