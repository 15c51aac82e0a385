//! Strength, speed and direction of a movement.
mod adx;
mod adxr;
mod aroon;
mod awesome;
mod batch;
mod bop;
mod cg;
mod change;
mod coppock;
mod cti;
mod di;
mod directional;
mod dm;
mod dosc;
mod dpo;
mod dx;
mod er;
mod eri;
mod fosc;
mod kst;
mod macd;
mod macdext;
mod pair;
mod price_oscillators;
mod qstick;
mod swing;
mod trix;
mod tsi;
mod vhf;
mod vortex;

pub use self::adx::Adx;
pub use self::adxr::Adxr;
pub use self::aroon::{Aroon, AroonOsc};
pub use self::awesome::{Ac, Ao};
pub use self::bop::Bop;
pub use self::cg::Cg;
pub use self::change::{Mom, Roc, Rocp, Rocr, Rocr100};
pub use self::coppock::Coppock;
pub use self::cti::Cti;
pub use self::di::{DirectionalIndicator, MinusDi, PlusDi};
pub use self::dm::{DirectionalMovement, MinusDm, PlusDm};
pub use self::dosc::Dosc;
pub use self::dpo::Dpo;
pub use self::dx::Dx;
pub use self::er::Er;
pub use self::eri::Eri;
pub use self::fosc::Fosc;
pub use self::kst::{Kst, KstExt};
pub use self::macd::{Macd, MacdFix};
pub use self::macdext::MacdExt;
pub use self::price_oscillators::{Apo, Ppo, Pvo};
pub use self::qstick::Qstick;
pub use self::swing::{Asi, Si};
pub use self::trix::Trix;
pub use self::tsi::Tsi;
pub use self::vhf::Vhf;
pub use self::vortex::Vortex;
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<Ac, _, _>(),
    Maker::of::<Adx, _, _>(),
    Maker::of::<Adxr, _, _>(),
    Maker::of::<Ao, _, _>(),
    Maker::of::<Apo, _, _>(),
    Maker::of::<Aroon, _, _>(),
    Maker::of::<AroonOsc, _, _>(),
    Maker::of::<Asi, _, _>(),
    Maker::of::<Bop, _, _>(),
    Maker::of::<Cg, _, _>(),
    Maker::of::<Coppock, _, _>(),
    Maker::of::<Cti, _, _>(),
    Maker::of::<Dosc, _, _>(),
    Maker::of::<Dpo, _, _>(),
    Maker::of::<Dx, _, _>(),
    Maker::of::<Er, _, _>(),
    Maker::of::<Eri, _, _>(),
    Maker::of::<Fosc, _, _>(),
    Maker::of::<Kst, _, _>(),
    Maker::of::<KstExt, _, _>(),
    Maker::of::<Macd, _, _>(),
    Maker::of::<MacdExt, _, _>(),
    Maker::of::<MacdFix, _, _>(),
    Maker::of::<MinusDi, _, _>(),
    Maker::of::<MinusDm, _, _>(),
    Maker::of::<Mom, _, _>(),
    Maker::of::<PlusDi, _, _>(),
    Maker::of::<PlusDm, _, _>(),
    Maker::of::<Ppo, _, _>(),
    Maker::of::<Pvo, _, _>(),
    Maker::of::<Qstick, _, _>(),
    Maker::of::<Roc, _, _>(),
    Maker::of::<Rocp, _, _>(),
    Maker::of::<Rocr, _, _>(),
    Maker::of::<Rocr100, _, _>(),
    Maker::of::<Si, _, _>(),
    Maker::of::<Trix, _, _>(),
    Maker::of::<Tsi, _, _>(),
    Maker::of::<Vhf, _, _>(),
    Maker::of::<Vortex, _, _>(),
];
