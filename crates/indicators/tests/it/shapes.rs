//! Formations of candles, drawn so that each pattern is found where they end.
use indicators::talib::patterns::Pattern::{self, *};

use crate::data::{Bars, Dice};

/// A formation that follows candles with bodies of ten ticks and shadows of five.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) pattern: Pattern,
    /// What the pattern says at its end.
    pub(crate) value: i16,
    /// Whether it says the opposite of the formation upside down.
    pub(crate) mirrors: bool,
    /// Open, high, low and close in ticks.
    candles: &'static [[i64; 4]],
}

/// A formation that means the opposite upside down.
const fn both(pattern: Pattern, value: i16, candles: &'static [[i64; 4]]) -> Shape {
    Shape { pattern, value, mirrors: true, candles }
}

/// A formation that means nothing upside down, or the same.
const fn one(pattern: Pattern, value: i16, candles: &'static [[i64; 4]]) -> Shape {
    Shape { pattern, value, mirrors: false, candles }
}

#[rustfmt::skip]
pub(crate) const SHAPES: &[Shape] = &[
    one(TwoCrows, -100, &[[0, 22, -2, 20], [26, 28, 22, 23], [25, 26, 8, 10]]),
    one(ThreeBlackCrows, -100, &[[0, 22, -5, 18], [20, 22, 5, 6], [15, 16, -5, -4], [5, 6, -15, -14]]),
    both(ThreeInside, -100, &[[0, 22, -2, 20], [12, 14, 6, 8], [8, 9, -8, -6]]),
    both(ThreeLineStrike, 100, &[[0, 12, -2, 10], [8, 20, 6, 18], [16, 28, 14, 26], [28, 30, -6, -4]]),
    both(ThreeOutside, 100, &[[10, 12, 3, 5], [3, 18, 2, 15], [14, 20, 13, 19]]),
    one(ThreeStarsInTheSouth, 100, &[[20, 22, -25, 0], [12, 13, -15, 2], [4, 4, -1, -1]]),
    one(ThreeWhiteSoldiers, 100, &[[0, 16, -2, 15], [8, 26, 7, 25], [18, 38, 17, 37]]),
    both(AbandonedBaby, -100, &[[0, 21, -1, 20], [25, 26, 24, 25], [20, 22, 4, 5]]),
    one(AdvanceBlock, -100, &[[0, 22, -2, 20], [10, 30, 9, 24], [20, 34, 19, 26]]),
    both(BeltHold, 100, &[[0, 24, 0, 20]]),
    both(Breakaway, 100, &[[40, 42, 18, 20], [15, 16, 9, 10], [8, 10, 4, 6], [6, 7, 0, 2], [3, 19, 2, 18]]),
    both(ClosingMarubozu, 100, &[[0, 20, -5, 20]]),
    one(ConcealingBabySwallow, 100, &[[40, 40, 25, 25], [25, 25, 10, 10], [8, 14, 2, 4], [16, 16, 0, 1]]),
    both(Counterattack, 100, &[[20, 22, -2, 0], [-20, 2, -22, 0]]),
    one(DarkCloudCover, -100, &[[0, 22, -2, 20], [25, 26, 5, 6]]),
    one(Doji, 100, &[[0, 8, -8, 0]]),
    both(DojiStar, -100, &[[0, 22, -2, 20], [25, 28, 22, 25]]),
    one(DragonflyDoji, 100, &[[0, 0, -15, 0]]),
    both(Engulfing, 100, &[[10, 12, 3, 5], [3, 18, 2, 15]]),
    both(Engulfing, 80, &[[10, 12, 3, 5], [5, 18, 2, 15]]),
    one(EveningDojiStar, -100, &[[0, 22, -2, 20], [25, 28, 22, 25], [20, 21, 2, 4]]),
    one(EveningStar, -100, &[[0, 22, -2, 20], [24, 29, 22, 27], [20, 21, 2, 4]]),
    one(GapSideBySideWhiteLines, 100, &[[0, 11, -2, 10], [15, 24, 14, 22], [15, 24, 13, 22]]),
    one(GapSideBySideWhiteLines, -100, &[[40, 41, 28, 30], [15, 24, 14, 22], [15, 24, 13, 22]]),
    one(GravestoneDoji, 100, &[[0, 15, 0, 0]]),
    one(Hammer, 100, &[[10, 12, -2, 0], [-1, 2, -12, 1]]),
    one(HangingMan, -100, &[[0, 12, -2, 10], [11, 14, -2, 13]]),
    both(Harami, -100, &[[0, 22, -2, 20], [12, 14, 6, 8]]),
    both(Harami, -80, &[[0, 22, -2, 20], [20, 22, 10, 14]]),
    both(HaramiCross, -100, &[[0, 22, -2, 20], [10, 14, 6, 10]]),
    both(HaramiCross, -80, &[[0, 22, -2, 20], [20, 24, 16, 20]]),
    both(HighWave, 100, &[[0, 12, -12, 2]]),
    both(Hikkake, 100, &[[0, 20, -20, 5], [2, 10, -10, 4], [0, 6, -14, -4]]),
    both(Hikkake, 200, &[[0, 20, -20, 5], [2, 10, -10, 4], [0, 6, -14, -4], [0, 15, -5, 12]]),
    both(Hikkake, 200, &[[0, 20, -20, 5], [2, 10, -10, 4], [0, 6, -14, -4], [0, 9, -5, 3], [0, 15, -5, 12]]),
    both(HikkakeModified, 100, &[[0, 30, -30, 5], [10, 20, -20, -18], [0, 10, -10, 4], [0, 6, -14, -4]]),
    both(HikkakeModified, 200,
        &[[0, 30, -30, 5], [10, 20, -20, -18], [0, 10, -10, 4], [0, 6, -14, -4], [0, 8, -8, 3],
          [0, 8, -12, 3], [0, 15, -5, 12]]),
    one(HomingPigeon, 100, &[[20, 22, -2, 0], [12, 14, 6, 8]]),
    one(IdenticalThreeCrows, -100, &[[20, 22, 5, 6], [6, 7, -9, -8], [-8, -7, -21, -20]]),
    one(InNeck, -100, &[[20, 22, -2, 0], [-8, 2, -9, 0]]),
    one(InvertedHammer, 100, &[[10, 12, -2, 0], [-5, 8, -6, -3]]),
    both(Kicking, 100, &[[20, 20, 0, 0], [25, 45, 25, 45]]),
    both(KickingByLength, 100, &[[20, 20, 0, 0], [25, 50, 25, 50]]),
    both(KickingByLength, -100, &[[25, 25, 0, 0], [27, 44, 27, 44]]),
    one(LadderBottom, 100, &[[40, 42, 28, 30], [34, 36, 22, 24], [28, 30, 16, 18], [20, 28, 10, 12], [22, 34, 21, 32]]),
    one(LongLeggedDoji, 100, &[[0, 10, -10, 0]]),
    both(LongLine, 100, &[[0, 22, -2, 20]]),
    both(Marubozu, 100, &[[0, 20, 0, 20]]),
    one(MatchingLow, 100, &[[20, 22, -2, 0], [10, 12, -2, 0]]),
    one(MatHold, 100, &[[0, 22, -2, 20], [27, 28, 22, 24], [23, 24, 17, 19], [20, 21, 14, 16], [18, 34, 17, 32]]),
    one(MorningDojiStar, 100, &[[20, 22, -2, 0], [-5, -2, -8, -5], [0, 18, -1, 16]]),
    one(MorningStar, 100, &[[20, 22, -2, 0], [-4, -2, -9, -7], [0, 18, -1, 16]]),
    one(OnNeck, -100, &[[20, 22, -2, 0], [-8, 0, -9, -2]]),
    one(Piercing, 100, &[[20, 22, -2, 0], [-8, 14, -9, 13]]),
    one(RickshawMan, 100, &[[0, 10, -10, 0]]),
    both(RiseFallThreeMethods, 100,
        &[[0, 22, -2, 20], [18, 19, 13, 15], [15, 16, 10, 12], [12, 13, 7, 9], [11, 32, 10, 30]]),
    both(SeparatingLines, 100, &[[10, 12, -2, 0], [10, 32, 10, 30]]),
    one(ShootingStar, -100, &[[0, 12, -2, 10], [13, 26, 12, 15]]),
    both(ShortLine, 100, &[[0, 4, -1, 3]]),
    both(SpinningTop, 100, &[[0, 8, -6, 2]]),
    one(StalledPattern, -100, &[[0, 22, -2, 20], [10, 31, 9, 30], [29, 34, 28, 32]]),
    one(StickSandwich, 100, &[[10, 12, -2, 0], [4, 16, 2, 14], [13, 14, -2, 0]]),
    one(Takuri, 100, &[[0, 0, -15, 0]]),
    both(TasukiGap, 100, &[[0, 12, -2, 10], [15, 24, 14, 22], [19, 20, 11, 12]]),
    one(Thrusting, -100, &[[20, 22, -2, 0], [-8, 8, -9, 6]]),
    both(Tristar, -100, &[[0, 3, -3, 0], [6, 9, 4, 6], [3, 5, 1, 3]]),
    one(UniqueThreeRiver, 100, &[[20, 22, -5, 0], [12, 13, -12, 5], [-3, 2, -4, 1]]),
    one(UpsideGapTwoCrows, -100, &[[0, 22, -2, 20], [26, 28, 23, 24], [29, 30, 21, 22]]),
    both(GapThreeMethods, 100, &[[0, 12, -2, 10], [15, 24, 14, 22], [18, 19, 3, 5]]),
];

impl Shape {
    /// Ordinary candles and the formation, upside down for a `side` of −1, each price moved by up to `blur` ticks.
    pub(crate) fn drawn(&self, dice: &mut Dice, blur: i64, side: i64) -> Bars {
        let mut bars = Bars::default();
        for _ in 0..16 + dice.below(5) {
            let open = dice.between(-8, 8);
            let close = open + if dice.below(2) == 0 { 10 } else { -10 };
            push(&mut bars, [open, open.max(close) + 5, open.min(close) - 5, close]);
        }
        for &[open, high, low, close] in self.candles {
            let (high, low) = if side < 0 { (-low, -high) } else { (high, low) };
            let [open, high, low, close] =
                [side * open, high, low, side * close].map(|price| price + dice.between(-blur, blur));
            push(&mut bars, [open, high.max(open).max(close), low.min(open).min(close), close]);
        }
        complete(bars)
    }
}

fn push(bars: &mut Bars, ticks: [i64; 4]) {
    let [open, high, low, close] = ticks.map(|price| (10_000 + price) as f64 * 0.01);
    bars.open.push(open);
    bars.high.push(high);
    bars.low.push(low);
    bars.close.push(close);
}

/// All formations one behind the other, as they are and upside down, `rounds` times with prices blurred by the dice.
pub(crate) fn formations(rounds: i64, seed: u64) -> Bars {
    let mut dice = Dice(seed);
    let mut bars = Bars::default();
    for round in 0..rounds {
        for shape in SHAPES {
            for side in [1, -1] {
                let drawn = shape.drawn(&mut dice, round % 4, side);
                bars.open.extend(drawn.open);
                bars.high.extend(drawn.high);
                bars.low.extend(drawn.low);
                bars.close.extend(drawn.close);
            }
        }
    }
    complete(bars)
}

/// With the columns that patterns do not read.
pub(crate) fn complete(bars: Bars) -> Bars {
    let [volume, second, condition] = [0.0; 3].map(|value| vec![value; bars.len()]);
    Bars { volume, second, condition, ..bars }
}
