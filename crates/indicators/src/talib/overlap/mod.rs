//! Averages, bands and stops on the scale of the price.
mod accbands;
mod alma;
mod bbands;
mod bollinger;
pub(crate) mod channel;
mod cksp;
mod dema;
pub(crate) mod deviation;
mod donchian;
mod ema;
pub(crate) mod extremes;
mod frama;
mod hma;
mod ht_trendline;
mod ichimoku;
mod kama;
mod kc;
mod ma;
mod mama;
mod mavp;
mod mcgd;
mod midpoint;
mod midprice;
pub(crate) mod parabolic;
mod rma;
mod sar;
mod sarext;
mod sma;
pub(crate) mod smoothing;
pub(crate) mod spread;
mod supertrend;
mod swak_butter;
mod swak_gauss;
mod t3;
mod tema;
mod trima;
pub(crate) mod true_range;
mod vidya;
mod vwma;
pub(crate) mod weighted;
mod wma;
mod zigzag;
mod zlema;

pub use self::accbands::Accbands;
pub use self::alma::Alma;
pub use self::bbands::Bbands;
pub use self::bollinger::Bollinger;
pub use self::cksp::Cksp;
pub use self::dema::Dema;
pub use self::donchian::Donchian;
pub use self::ema::Ema;
pub use self::frama::Frama;
pub use self::hma::Hma;
pub use self::ht_trendline::HtTrendline;
pub use self::ichimoku::Ichimoku;
pub use self::kama::Kama;
pub use self::kc::Kc;
pub use self::ma::Ma;
pub use self::mama::Mama;
pub use self::mavp::Mavp;
pub use self::mcgd::Mcgd;
pub use self::midpoint::Midpoint;
pub use self::midprice::Midprice;
pub use self::rma::Rma;
pub use self::sar::Sar;
pub use self::sarext::Sarext;
pub use self::sma::Sma;
pub use self::supertrend::Supertrend;
pub use self::swak_butter::SwakButter;
pub use self::swak_gauss::SwakGauss;
pub use self::t3::T3;
pub use self::tema::Tema;
pub use self::trima::Trima;
pub use self::vidya::Vidya;
pub use self::vwma::Vwma;
pub use self::wma::Wma;
pub use self::zigzag::Zigzag;
pub use self::zlema::Zlema;
use crate::maker::Maker;

pub(crate) static MAKERS: &[Maker] = &[
    Maker::of::<Accbands, _, _>(),
    Maker::of::<Alma, _, _>(),
    Maker::of::<Bbands, _, _>(),
    Maker::of::<Bollinger, _, _>(),
    Maker::of::<Cksp, _, _>(),
    Maker::of::<Dema, _, _>(),
    Maker::of::<Donchian, _, _>(),
    Maker::of::<Ema, _, _>(),
    Maker::of::<Frama, _, _>(),
    Maker::of::<Hma, _, _>(),
    Maker::of::<HtTrendline, _, _>(),
    Maker::of::<Ichimoku, _, _>(),
    Maker::of::<Kama, _, _>(),
    Maker::of::<Kc, _, _>(),
    Maker::of::<Ma, _, _>(),
    Maker::of::<Mama, _, _>(),
    Maker::of::<Mavp, _, _>(),
    Maker::of::<Mcgd, _, _>(),
    Maker::of::<Midpoint, _, _>(),
    Maker::of::<Midprice, _, _>(),
    Maker::of::<Rma, _, _>(),
    Maker::of::<Sar, _, _>(),
    Maker::of::<Sarext, _, _>(),
    Maker::of::<Sma, _, _>(),
    Maker::of::<Supertrend, _, _>(),
    Maker::of::<SwakButter, _, _>(),
    Maker::of::<SwakGauss, _, _>(),
    Maker::of::<T3, _, _>(),
    Maker::of::<Tema, _, _>(),
    Maker::of::<Trima, _, _>(),
    Maker::of::<Vidya, _, _>(),
    Maker::of::<Vwma, _, _>(),
    Maker::of::<Wma, _, _>(),
    Maker::of::<Zigzag, _, _>(),
    Maker::of::<Zlema, _, _>(),
];
