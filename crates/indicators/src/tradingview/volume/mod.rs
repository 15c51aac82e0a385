mod accumulation;
mod price_volume;
mod volume_index;
mod vwap;

pub use self::accumulation::{Ad, Iii, Wad, Wvad};
pub use self::price_volume::{Obv, Pvt};
pub use self::volume_index::{Nvi, Pvi};
pub use self::vwap::{Vwap, VwapBands};
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<Obv, _, _>(),
    Maker::of::<Ad, _, _>(),
    Maker::of::<Wad, _, _>(),
    Maker::of::<Iii, _, _>(),
    Maker::of::<Wvad, _, _>(),
    Maker::of::<Nvi, _, _>(),
    Maker::of::<Pvi, _, _>(),
    Maker::of::<Pvt, _, _>(),
    Maker::of::<Vwap, _, _>(),
    Maker::of::<VwapBands, _, _>(),
];
