use super::machine::Machine;
use super::setting::CandleSettings;
use super::signal::Signal;
use super::view::View;
use super::{more, one, three, two};
use crate::IndicatorKind;
use crate::indicator::{Indicator, constructor};
use crate::maker::Maker;
use crate::memory::memory;

/// From which bar on a pattern can be looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    /// Bars behind the longest average of its settings.
    behind_averages: usize,
    /// Bars it needs whatever the averages are.
    least: usize,
    /// Bars in which it waits for a confirmation.
    pub(super) confirmation: usize,
}

impl Span {
    const fn of(behind_averages: usize) -> Self {
        Self { behind_averages, least: 0, confirmation: 0 }
    }

    /// It waits three bars for a confirmation.
    const fn confirmed(behind_averages: usize, least: usize) -> Self {
        Self { behind_averages, least, confirmation: 3 }
    }

    /// The first bar on which its setup is looked for, `longest` being the longest average of its settings.
    pub(super) fn start(self, longest: usize) -> usize {
        (longest + self.behind_averages).max(self.least)
    }
}

macro_rules! patterns {
    ($(
        $(#[doc = $doc:literal])*
        $pattern:ident $single:ident($($penetration:ident)?) $name:literal $define:path, $span:expr;
    )*) => {
        /// A candlestick pattern of TA-Lib.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Pattern {
            $($(#[doc = $doc])* $pattern,)*
        }

        impl Pattern {
            /// All 61, in the order of the catalogue.
            pub const ALL: [Self; 61] = [$(Self::$pattern),*];

            /// Its name in the catalogue.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$pattern => $name,)*
                }
            }

            pub(super) const fn span(self) -> Span {
                match self {
                    $(Self::$pattern => $span,)*
                }
            }

            /// Applies its definition.
            #[inline(always)]
            pub(super) fn define<V: View>(self, view: &mut V) -> Signal {
                match self {
                    $(Self::$pattern => $define(view),)*
                }
            }
        }

        $(
            $(#[doc = $doc])*
            ///
            /// 100 where it is found bullish or of no direction, −100 where bearish, 0 elsewhere; what it consists of
            #[doc = concat!("stands in the [catalogue](crate::IndicatorKind::info) under `", $name, "`.")]
            /// Many patterns in one pass: [`CandlestickPatterns`](super::CandlestickPatterns).
            #[derive(Clone, Debug)]
            pub struct $single {
                machine: Machine,
            }

            memory!($single { machine });
            constructor!($single($($penetration: f64)?));

            impl Indicator<4, 1> for $single {
                const NAME: &'static str = $name;

                fn build(args: &[f64]) -> Self {
                    Self { machine: Machine::of_one(Pattern::$pattern, args) }
                }

                fn lookback(_: &[f64]) -> [usize; 1] {
                    [Pattern::$pattern.lookback(&CandleSettings::default())]
                }

                #[inline(always)]
                fn step(&mut self, bar: [f64; 4]) -> [f64; 1] {
                    [self.machine.step_one(bar)]
                }

                fn run_known(&mut self, inputs: [&[f64]; 4], [out]: [&mut [f64]; 1]) {
                    self.machine.run_one(inputs, out);
                }
            }
        )*

        pub(crate) static MAKERS: &[Maker] = &[$(Maker::of::<$single, _, _>()),*];
    };
}

patterns! {
    /// Two crows: bearish, three candles.
    TwoCrows Cdl2Crows() "cdl2crows" three::two_crows, Span::of(2);
    /// Three black crows: bearish, three candles and the white one before.
    ThreeBlackCrows Cdl3BlackCrows() "cdl3blackcrows" three::three_black_crows, Span::of(3);
    /// Three inside up and down: three candles.
    ThreeInside Cdl3Inside() "cdl3inside" three::three_inside, Span::of(2);
    /// Three-line strike: four candles, signed by the colour of the first three.
    ThreeLineStrike Cdl3LineStrike() "cdl3linestrike" more::three_line_strike, Span::of(3);
    /// Three outside up and down: three candles.
    ThreeOutside Cdl3Outside() "cdl3outside" three::three_outside, Span::of(3);
    /// Three stars in the south: bullish, three candles.
    ThreeStarsInTheSouth Cdl3StarsInSouth() "cdl3starsinsouth" three::three_stars_in_the_south, Span::of(2);
    /// Three advancing white soldiers: bullish, three candles.
    ThreeWhiteSoldiers Cdl3WhiteSoldiers() "cdl3whitesoldiers" three::three_white_soldiers, Span::of(2);
    /// Abandoned baby: three candles.
    AbandonedBaby CdlAbandonedBaby(penetration) "cdlabandonedbaby" three::abandoned_baby, Span::of(2);
    /// Advance block: bearish, three candles.
    AdvanceBlock CdlAdvanceBlock() "cdladvanceblock" three::advance_block, Span::of(2);
    /// Belt hold: one candle.
    BeltHold CdlBeltHold() "cdlbelthold" one::belt_hold, Span::of(0);
    /// Breakaway: five candles.
    Breakaway CdlBreakaway() "cdlbreakaway" more::breakaway, Span::of(4);
    /// Closing marubozu: one candle.
    ClosingMarubozu CdlClosingMarubozu() "cdlclosingmarubozu" one::closing_marubozu, Span::of(0);
    /// Concealing baby swallow: bullish, four candles.
    ConcealingBabySwallow CdlConcealBabySwall() "cdlconcealbabyswall" more::concealing_baby_swallow, Span::of(3);
    /// Counterattack: two candles.
    Counterattack CdlCounterAttack() "cdlcounterattack" two::counterattack, Span::of(1);
    /// Dark cloud cover: bearish, two candles.
    DarkCloudCover CdlDarkCloudCover(penetration) "cdldarkcloudcover" two::dark_cloud_cover, Span::of(1);
    /// Doji: one candle of no direction.
    Doji CdlDoji() "cdldoji" one::doji, Span::of(0);
    /// Doji star: two candles.
    DojiStar CdlDojiStar() "cdldojistar" two::doji_star, Span::of(1);
    /// Dragonfly doji: one candle.
    DragonflyDoji CdlDragonflyDoji() "cdldragonflydoji" one::dragonfly_doji, Span::of(0);
    /// Engulfing: two candles, ±80 if one end of the bodies is the same.
    Engulfing CdlEngulfing() "cdlengulfing" two::engulfing, Span::of(2);
    /// Evening doji star: bearish, three candles.
    EveningDojiStar CdlEveningDojiStar(penetration) "cdleveningdojistar" three::evening_doji_star, Span::of(2);
    /// Evening star: bearish, three candles.
    EveningStar CdlEveningStar(penetration) "cdleveningstar" three::evening_star, Span::of(2);
    /// Gap side-by-side white lines: three candles.
    GapSideBySideWhiteLines CdlGapSideSideWhite() "cdlgapsidesidewhite" three::gap_side_by_side_white_lines, Span::of(2);
    /// Gravestone doji: one candle, marked with 100 though it is read as bearish.
    GravestoneDoji CdlGravestoneDoji() "cdlgravestonedoji" one::gravestone_doji, Span::of(0);
    /// Hammer: bullish, one candle and the one before.
    Hammer CdlHammer() "cdlhammer" two::hammer, Span::of(1);
    /// Hanging man: bearish, one candle and the one before.
    HangingMan CdlHangingMan() "cdlhangingman" two::hanging_man, Span::of(1);
    /// Harami: two candles, ±80 if one end of the bodies is the same.
    Harami CdlHarami() "cdlharami" two::harami, Span::of(1);
    /// Harami cross: two candles, ±80 if one end of the bodies is the same.
    HaramiCross CdlHaramiCross() "cdlharamicross" two::harami_cross, Span::of(1);
    /// High-wave candle: one candle, signed by its colour.
    HighWave CdlHighWave() "cdlhighwave" one::high_wave, Span::of(0);
    /// Hikkake: three candles, and ±200 if a close within three bars confirms it.
    Hikkake CdlHikkake() "cdlhikkake" three::hikkake, Span::confirmed(0, 2);
    /// Modified hikkake: four candles, and ±200 if a close within three bars confirms it.
    HikkakeModified CdlHikkakeMod() "cdlhikkakemod" more::hikkake_modified, Span::confirmed(2, 3);
    /// Homing pigeon: bullish, two candles.
    HomingPigeon CdlHomingPigeon() "cdlhomingpigeon" two::homing_pigeon, Span::of(1);
    /// Identical three crows: bearish, three candles.
    IdenticalThreeCrows CdlIdentical3Crows() "cdlidentical3crows" three::identical_three_crows, Span::of(2);
    /// In-neck: bearish, two candles.
    InNeck CdlInNeck() "cdlinneck" two::in_neck, Span::of(1);
    /// Inverted hammer: bullish, one candle and the one before.
    InvertedHammer CdlInvertedHammer() "cdlinvertedhammer" two::inverted_hammer, Span::of(1);
    /// Kicking: two candles, signed by the colour of the second.
    Kicking CdlKicking() "cdlkicking" two::kicking, Span::of(1);
    /// Kicking: two candles, signed by the colour of the longer one.
    KickingByLength CdlKickingByLength() "cdlkickingbylength" two::kicking_by_length, Span::of(1);
    /// Ladder bottom: bullish, five candles.
    LadderBottom CdlLadderBottom() "cdlladderbottom" more::ladder_bottom, Span::of(4);
    /// Long-legged doji: one candle of no direction.
    LongLeggedDoji CdlLongLeggedDoji() "cdllongleggeddoji" one::long_legged_doji, Span::of(0);
    /// Long line: one candle, signed by its colour.
    LongLine CdlLongLine() "cdllongline" one::long_line, Span::of(0);
    /// Marubozu: one candle, signed by its colour.
    Marubozu CdlMarubozu() "cdlmarubozu" one::marubozu, Span::of(0);
    /// Matching low: bullish, two candles.
    MatchingLow CdlMatchingLow() "cdlmatchinglow" two::matching_low, Span::of(1);
    /// Mat hold: bullish, five candles.
    MatHold CdlMatHold(penetration) "cdlmathold" more::mat_hold, Span::of(4);
    /// Morning doji star: bullish, three candles.
    MorningDojiStar CdlMorningDojiStar(penetration) "cdlmorningdojistar" three::morning_doji_star, Span::of(2);
    /// Morning star: bullish, three candles.
    MorningStar CdlMorningStar(penetration) "cdlmorningstar" three::morning_star, Span::of(2);
    /// On-neck: bearish, two candles.
    OnNeck CdlOnNeck() "cdlonneck" two::on_neck, Span::of(1);
    /// Piercing line: bullish, two candles.
    Piercing CdlPiercing() "cdlpiercing" two::piercing, Span::of(1);
    /// Rickshaw man: one candle of no direction.
    RickshawMan CdlRickshawMan() "cdlrickshawman" one::rickshaw_man, Span::of(0);
    /// Rising and falling three methods: five candles.
    RiseFallThreeMethods CdlRiseFall3Methods() "cdlrisefall3methods" more::rising_falling_three_methods, Span::of(4);
    /// Separating lines: two candles, signed by the colour of the second.
    SeparatingLines CdlSeparatingLines() "cdlseparatinglines" two::separating_lines, Span::of(1);
    /// Shooting star: bearish, one candle and the one before.
    ShootingStar CdlShootingStar() "cdlshootingstar" two::shooting_star, Span::of(1);
    /// Short line: one candle, signed by its colour.
    ShortLine CdlShortLine() "cdlshortline" one::short_line, Span::of(0);
    /// Spinning top: one candle, signed by its colour.
    SpinningTop CdlSpinningTop() "cdlspinningtop" one::spinning_top, Span::of(0);
    /// Stalled pattern: bearish, three candles.
    StalledPattern CdlStalledPattern() "cdlstalledpattern" three::stalled_pattern, Span::of(2);
    /// Stick sandwich: bullish, three candles.
    StickSandwich CdlStickSandwich() "cdlsticksandwich" three::stick_sandwich, Span::of(2);
    /// Takuri: bullish, one candle, a dragonfly doji with a very long lower shadow.
    Takuri CdlTakuri() "cdltakuri" one::takuri, Span::of(0);
    /// Tasuki gap: three candles.
    TasukiGap CdlTasukiGap() "cdltasukigap" three::tasuki_gap, Span::of(2);
    /// Thrusting: bearish, two candles.
    Thrusting CdlThrusting() "cdlthrusting" two::thrusting, Span::of(1);
    /// Tristar: three candles.
    Tristar CdlTristar() "cdltristar" three::tristar, Span::of(2);
    /// Unique three river bottom: bullish, three candles.
    UniqueThreeRiver CdlUnique3River() "cdlunique3river" three::unique_three_river, Span::of(2);
    /// Upside gap two crows: bearish, three candles.
    UpsideGapTwoCrows CdlUpsideGap2Crows() "cdlupsidegap2crows" three::upside_gap_two_crows, Span::of(2);
    /// Upside and downside gap three methods: three candles.
    GapThreeMethods CdlXSideGap3Methods() "cdlxsidegap3methods" three::gap_three_methods, Span::of(2);
}

impl Pattern {
    /// The pattern of this name in the catalogue; `None` if there is none.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pattern| pattern.name() == name)
    }

    /// Its entry in the catalogue.
    pub fn kind(self) -> IndicatorKind {
        IndicatorKind::of(self.name())
    }

    /// The number of leading bars on which it cannot be found.
    pub fn lookback(self, settings: &CandleSettings) -> usize {
        let longest = super::plan::longest_average(self, settings);
        self.span().start(longest) + self.span().confirmation
    }

    /// The value that stands for its second strength.
    pub(super) const fn second_strength(self) -> i16 {
        match self {
            Self::Hikkake | Self::HikkakeModified => 200,
            _ => 80,
        }
    }
}
