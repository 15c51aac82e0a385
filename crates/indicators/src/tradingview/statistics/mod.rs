mod correl;
mod cumulative;
mod deviation;
mod extremes;
mod linreg;
mod median;
mod percentile;
mod percentrank;
mod sum;
mod variance;

pub use self::correl::Correl;
pub use self::cumulative::{Cummax, Cummin, Cumsum};
pub use self::deviation::Dev;
pub(crate) use self::deviation::Deviation;
pub use self::extremes::{HighestBars, LowestBars, Max, Min, Range};
pub use self::linreg::{LinearReg, Linreg};
pub use self::median::{Median, Mode};
pub use self::percentile::{PercentileLinearInterpolation, PercentileNearestRank};
pub use self::percentrank::PercentRank;
pub use self::sum::Sum;
pub use self::variance::{Stddev, Stdev, Var, Variance};
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<Sum, _, _>(),
    Maker::of::<Cumsum, _, _>(),
    Maker::of::<Cummax, _, _>(),
    Maker::of::<Cummin, _, _>(),
    Maker::of::<Max, _, _>(),
    Maker::of::<Min, _, _>(),
    Maker::of::<HighestBars, _, _>(),
    Maker::of::<LowestBars, _, _>(),
    Maker::of::<Range, _, _>(),
    Maker::of::<Dev, _, _>(),
    Maker::of::<Variance, _, _>(),
    Maker::of::<Stdev, _, _>(),
    Maker::of::<Var, _, _>(),
    Maker::of::<Stddev, _, _>(),
    Maker::of::<Correl, _, _>(),
    Maker::of::<Linreg, _, _>(),
    Maker::of::<LinearReg, _, _>(),
    Maker::of::<Median, _, _>(),
    Maker::of::<Mode, _, _>(),
    Maker::of::<PercentRank, _, _>(),
    Maker::of::<PercentileLinearInterpolation, _, _>(),
    Maker::of::<PercentileNearestRank, _, _>(),
];
