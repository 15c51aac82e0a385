mod alma;
mod ema;
mod exp;
mod hma;
mod rma;
mod sma;
mod swma;
mod vwma;
mod wma;

pub use self::alma::Alma;
pub use self::ema::Ema;
pub use self::hma::Hma;
pub use self::rma::Rma;
pub use self::sma::Sma;
pub use self::swma::Swma;
pub use self::vwma::Vwma;
pub use self::wma::Wma;
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<Sma, _, _>(),
    Maker::of::<Ema, _, _>(),
    Maker::of::<Rma, _, _>(),
    Maker::of::<Wma, _, _>(),
    Maker::of::<Hma, _, _>(),
    Maker::of::<Alma, _, _>(),
    Maker::of::<Vwma, _, _>(),
    Maker::of::<Swma, _, _>(),
];
