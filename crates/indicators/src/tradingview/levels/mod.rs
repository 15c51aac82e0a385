mod pivot_point_levels;
mod pivots;
mod psar;
mod supertrend;

pub use self::pivot_point_levels::{PivotFormula, PivotPointLevels};
pub use self::pivots::{PivotHigh, PivotLow};
pub use self::psar::Psar;
pub use self::supertrend::Supertrend;
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<Supertrend, _, _>(),
    Maker::of::<Psar, _, _>(),
    Maker::of::<PivotHigh, _, _>(),
    Maker::of::<PivotLow, _, _>(),
    Maker::of::<PivotPointLevels, _, _>(),
];
