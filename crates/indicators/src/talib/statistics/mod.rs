mod beta;
mod correl;
mod kurtosis;
mod line;
mod linearreg;
mod percentrank;
mod rank;
mod sorted;
mod stddev;
pub(crate) mod variance;

pub use self::beta::Beta;
pub use self::correl::Correl;
pub use self::kurtosis::Kurtosis;
pub use self::linearreg::{LinearReg, LinearRegAngle, LinearRegIntercept, LinearRegSlope, Tsf};
pub use self::percentrank::PercentRank;
pub use self::rank::{Median, Percentile};
pub use self::stddev::{StdDev, Var};
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<Beta, _, _>(),
    Maker::of::<Correl, _, _>(),
    Maker::of::<Kurtosis, _, _>(),
    Maker::of::<LinearReg, _, _>(),
    Maker::of::<LinearRegAngle, _, _>(),
    Maker::of::<LinearRegIntercept, _, _>(),
    Maker::of::<LinearRegSlope, _, _>(),
    Maker::of::<Median, _, _>(),
    Maker::of::<Percentile, _, _>(),
    Maker::of::<PercentRank, _, _>(),
    Maker::of::<StdDev, _, _>(),
    Maker::of::<Tsf, _, _>(),
    Maker::of::<Var, _, _>(),
];
