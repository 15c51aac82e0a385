mod avgdev;
mod ha;
mod prices;

pub use self::avgdev::AvgDev;
pub use self::ha::HeikinAshi;
pub use self::prices::{AvgPrice, MedPrice, TypPrice, WclPrice};
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<AvgDev, _, _>(),
    Maker::of::<AvgPrice, _, _>(),
    Maker::of::<HeikinAshi, _, _>(),
    Maker::of::<MedPrice, _, _>(),
    Maker::of::<TypPrice, _, _>(),
    Maker::of::<WclPrice, _, _>(),
];
