//! What traders use beyond TA-Lib and Pine Script. The arithmetic is the same in every profile.
mod alligator;
mod bands;
mod moments;
mod oscillators;
mod pivots;
mod renko;
mod smoothed;
mod stops;
mod swings;
mod volatility;
mod volume;
mod weighted;

pub use self::alligator::{Alligator, Gator};
pub use self::bands::{AnchoredVwap, Envelope, GannHighLow, RSquared, RegressionChannel, Starc};
pub use self::moments::{Autocorrelation, Entropy, Hurst, Skewness, ZScore};
pub use self::oscillators::{
    Bias, DeMarker, LaguerreRsi, PrettyGood, PriceMomentum, PriceRelative, PsychologicalLine, RelativeVigor, TdSetup,
};
pub(crate) use self::pivots::METHODS;
pub use self::pivots::{PivotPoints, RollingPivots};
pub use self::renko::Renko;
pub use self::stops::{AtrStop, ChandelierExit};
pub use self::swings::{FibonacciRetracement, FractalChaosBands, SupportResistance, TrendLines};
pub use self::volatility::{GarmanKlass, HistoricalVolatility, Parkinson, UlcerIndex, YangZhang};
pub use self::volume::TwiggsMoneyFlow;
pub use self::weighted::{FibonacciWma, SineWma};
use crate::maker::Maker;

pub(crate) static FAMILIES: &[&[Maker]] = &[MAKERS];

static MAKERS: &[Maker] = &[
    Maker::of::<SineWma, _, _>(),
    Maker::of::<FibonacciWma, _, _>(),
    Maker::of::<Alligator, _, _>(),
    Maker::of::<Gator, _, _>(),
    Maker::of::<Envelope, _, _>(),
    Maker::of::<Starc, _, _>(),
    Maker::of::<RegressionChannel, _, _>(),
    Maker::of::<GannHighLow, _, _>(),
    Maker::of::<AnchoredVwap, _, _>(),
    Maker::of::<ChandelierExit, _, _>(),
    Maker::of::<AtrStop, _, _>(),
    Maker::of::<Renko, _, _>(),
    Maker::of::<DeMarker, _, _>(),
    Maker::of::<PsychologicalLine, _, _>(),
    Maker::of::<Bias, _, _>(),
    Maker::of::<LaguerreRsi, _, _>(),
    Maker::of::<PrettyGood, _, _>(),
    Maker::of::<RelativeVigor, _, _>(),
    Maker::of::<TdSetup, _, _>(),
    Maker::of::<PriceMomentum, _, _>(),
    Maker::of::<PriceRelative, _, _>(),
    Maker::of::<TwiggsMoneyFlow, _, _>(),
    Maker::of::<HistoricalVolatility, _, _>(),
    Maker::of::<Parkinson, _, _>(),
    Maker::of::<GarmanKlass, _, _>(),
    Maker::of::<YangZhang, _, _>(),
    Maker::of::<UlcerIndex, _, _>(),
    Maker::of::<ZScore, _, _>(),
    Maker::of::<Skewness, _, _>(),
    Maker::of::<Autocorrelation, _, _>(),
    Maker::of::<Entropy, _, _>(),
    Maker::of::<Hurst, _, _>(),
    Maker::of::<RSquared, _, _>(),
    Maker::of::<PivotPoints, _, _>(),
    Maker::of::<RollingPivots, _, _>(),
    Maker::of::<FractalChaosBands, _, _>(),
    Maker::of::<TrendLines, _, _>(),
    Maker::of::<SupportResistance, _, _>(),
    Maker::of::<FibonacciRetracement, _, _>(),
];
