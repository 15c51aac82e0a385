//! TA-Lib's 61 candlestick patterns: many of them in one pass, or each as an indicator of its own.
//!
//! Each pattern is defined once, as comparisons between the candles it consists of. [`CandlestickPatterns`] answers the
//! comparisons of all chosen patterns once, for 56 bars at a time, and each definition is then logic on words of bits;
//! the single patterns, such as [`CdlMorningStar`], are the same machine with one definition.
//!
//! The values are those of TA-Lib 0.8.3, also where the rounding of its running totals decides: the totals begin at the
//! candle where TA-Lib's begin, and change in its order.
mod confirmation;
mod engine;
mod kernel;
mod machine;
mod merge;
mod more;
mod one;
mod pattern;
mod plan;
mod set;
mod setting;
mod signal;
mod three;
mod two;
mod view;

pub use self::engine::{CandlestickPatterns, SignalValue};
pub(crate) use self::pattern::MAKERS;
pub use self::pattern::{
    Cdl2Crows, Cdl3BlackCrows, Cdl3Inside, Cdl3LineStrike, Cdl3Outside, Cdl3StarsInSouth, Cdl3WhiteSoldiers,
    CdlAbandonedBaby, CdlAdvanceBlock, CdlBeltHold, CdlBreakaway, CdlClosingMarubozu, CdlConcealBabySwall,
    CdlCounterAttack, CdlDarkCloudCover, CdlDoji, CdlDojiStar, CdlDragonflyDoji, CdlEngulfing, CdlEveningDojiStar,
    CdlEveningStar, CdlGapSideSideWhite, CdlGravestoneDoji, CdlHammer, CdlHangingMan, CdlHarami, CdlHaramiCross,
    CdlHighWave, CdlHikkake, CdlHikkakeMod, CdlHomingPigeon, CdlIdentical3Crows, CdlInNeck, CdlInvertedHammer,
    CdlKicking, CdlKickingByLength, CdlLadderBottom, CdlLongLeggedDoji, CdlLongLine, CdlMarubozu, CdlMatHold,
    CdlMatchingLow, CdlMorningDojiStar, CdlMorningStar, CdlOnNeck, CdlPiercing, CdlRickshawMan, CdlRiseFall3Methods,
    CdlSeparatingLines, CdlShootingStar, CdlShortLine, CdlSpinningTop, CdlStalledPattern, CdlStickSandwich, CdlTakuri,
    CdlTasukiGap, CdlThrusting, CdlTristar, CdlUnique3River, CdlUpsideGap2Crows, CdlXSideGap3Methods, Pattern,
};
pub use self::set::{PatternSet, PatternSignals};
pub use self::setting::{CandleRange, CandleSetting, CandleSettings, Penetrations};
