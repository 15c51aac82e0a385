//! Cycles: periods, phases and filters.
pub(crate) mod filter;
pub(crate) mod hilbert;
mod ht_dcperiod;
mod ht_dcphase;
mod ht_phasor;
mod ht_sine;
mod ht_trendmode;
mod phase;
mod swak_2php;
mod swak_bp;
mod swak_hp;
pub(crate) mod trendline;

pub use self::ht_dcperiod::HtDcperiod;
pub use self::ht_dcphase::HtDcphase;
pub use self::ht_phasor::HtPhasor;
pub use self::ht_sine::HtSine;
pub use self::ht_trendmode::HtTrendmode;
pub use self::swak_2php::Swak2php;
pub use self::swak_bp::SwakBp;
pub use self::swak_hp::SwakHp;
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<HtDcperiod, _, _>(),
    Maker::of::<HtDcphase, _, _>(),
    Maker::of::<HtPhasor, _, _>(),
    Maker::of::<HtSine, _, _>(),
    Maker::of::<HtTrendmode, _, _>(),
    Maker::of::<Swak2php, _, _>(),
    Maker::of::<SwakBp, _, _>(),
    Maker::of::<SwakHp, _, _>(),
];
