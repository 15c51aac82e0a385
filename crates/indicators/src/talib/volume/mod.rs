mod ad;
mod adosc;
mod cmf;
mod efi;
mod emv;
mod kvo;
mod marketfi;
mod money_flow;
mod obv;
mod pvt;
mod rvol;
mod volume_index;
mod vwap;
mod weights;

pub use self::ad::Ad;
pub use self::adosc::Adosc;
pub use self::cmf::Cmf;
pub use self::efi::Efi;
pub use self::emv::Emv;
pub use self::kvo::Kvo;
pub use self::marketfi::MarketFi;
pub use self::obv::Obv;
pub use self::pvt::Pvt;
pub use self::rvol::Rvol;
pub use self::volume_index::{Nvi, Pvi};
pub use self::vwap::Vwap;
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<Ad, _, _>(),
    Maker::of::<Adosc, _, _>(),
    Maker::of::<Cmf, _, _>(),
    Maker::of::<Efi, _, _>(),
    Maker::of::<Emv, _, _>(),
    Maker::of::<Kvo, _, _>(),
    Maker::of::<MarketFi, _, _>(),
    Maker::of::<Nvi, _, _>(),
    Maker::of::<Obv, _, _>(),
    Maker::of::<Pvi, _, _>(),
    Maker::of::<Pvt, _, _>(),
    Maker::of::<Rvol, _, _>(),
    Maker::of::<Vwap, _, _>(),
];
