//! Patterns of four and five candles; in the formulas 1 is the oldest.
use super::{CHESLER, MORRIS, NISON, Text, deeply_penetrating, pattern};
use crate::catalogue::IndicatorInfo;

pub(super) const THREE_LINESTRIKE: IndicatorInfo = pattern(&Text {
    name: "cdl3linestrike",
    title: "Three-line strike",
    talib: "CDL3LINESTRIKE",
    formula: "1 to 3: same colour, closes going on in their direction, 2 and 3 open in or near the body before. 4: \
        other colour, opens beyond close 3 and closes beyond open 1.",
    meaning: "One candle takes back the work of three. The books call it a rest within the trend of the three; \
        statistics of U.S. shares find that the price more often follows the fourth.",
    notes: concat!(
        first!("8"),
        near!(),
        " 100 if the first three candles are white, −100 if black: the direction of the three, not of the strike.",
    ),
    reference: MORRIS,
});

pub(super) const BREAKAWAY: IndicatorInfo = pattern(&Text {
    name: "cdlbreakaway",
    title: "Breakaway",
    talib: "CDLBREAKAWAY",
    formula: "1: long. 2: same colour, body beyond body 1. 3 and 4: highs and lows go on in that direction, 4 of \
        the same colour. 5: other colour, closes in the gap between close 1 and open 2.",
    meaning: "A gap, three more bars in its direction with less and less force, and one candle that undoes them. A \
        short-term turn is likely: up after a decline, down after an advance.",
    notes: concat!(first!("14"), long!(), " 100 if the fifth candle is white, −100 if black."),
    reference: MORRIS,
});

pub(super) const CONCEALBABYSWALL: IndicatorInfo = pattern(&Text {
    name: "cdlconcealbabyswall",
    title: "Concealing baby swallow",
    talib: "CDLCONCEALBABYSWALL",
    formula: "Four black candles. 1 and 2: hardly any shadows. 3: body below body 2, with an upper shadow that \
        reaches into body 2. 4: its range goes beyond that of 3 at both ends.",
    meaning: "A steep decline in which the third candle tries to rise and the fourth swallows it whole. Selling is \
        exhausted, so that a rise may follow. It is extremely rare.",
    notes: concat!(first!("13"), bare!(), " 100 where found. The first two bodies need not be long."),
    reference: MORRIS,
});

pub(super) const HIKKAKEMOD: IndicatorInfo = pattern(&Text {
    name: "cdlhikkakemod",
    title: "Modified hikkake",
    talib: "CDLHIKKAKEMOD",
    formula: "2: inside the range of 1, closes near its low (bullish) or near its high (bearish). 3: inside bar of \
        2. 4: lower high and lower low than 3 (bullish), or higher high and higher low (bearish). Confirmed if one \
        of the next three closes is above high 3 (below low 3).",
    meaning: "A hikkake with one more inside bar and a close at the far end, which makes it rarer and points more \
        clearly to a turn of the trend.",
    notes: concat!(
        first!("10"),
        near!(),
        " ±100 on the fourth candle, ±200 on the bar that confirms it, in the direction in which the price is \
        expected to go. A new pattern takes the place of one that waits.",
    ),
    reference: CHESLER,
});

pub(super) const LADDERBOTTOM: IndicatorInfo = pattern(&Text {
    name: "cdlladderbottom",
    title: "Ladder bottom",
    talib: "CDLLADDERBOTTOM",
    formula: "1 to 3: black, with falling opens and closes. 4: black, with an upper shadow. 5: white, opens above \
        open 4 and closes above high 4.",
    meaning: "The market climbs down a ladder; the fourth candle shows the first attempt to rise, the fifth that it \
        succeeds. Bullish after a decline.",
    notes: concat!(first!("14"), bare!(), " 100 where found."),
    reference: MORRIS,
});

pub(super) const MATHOLD: IndicatorInfo = deeply_penetrating(&Text {
    name: "cdlmathold",
    title: "Mat hold",
    talib: "CDLMATHOLD",
    formula: "1: white, long. 2: black, short, body above body 1. 3 and 4: short, each lower than the one before, \
        partly inside body 1 but not below close 1 − penetration · body 1. 5: white, opens above close 4 and closes \
        above the highs of 2 to 4.",
    meaning: "An advance rests for three small candles that give back little, and goes on. It is a stronger rising \
        three methods: the rest stays higher.",
    notes: concat!(
        first!("14"),
        long!(),
        short!(),
        " 100 where found. With a penetration of 0.5 the small bodies stay in the upper half of the first one.",
    ),
    reference: NISON,
});

pub(super) const RISEFALL3METHODS: IndicatorInfo = pattern(&Text {
    name: "cdlrisefall3methods",
    title: "Rising and falling three methods",
    talib: "CDLRISEFALL3METHODS",
    formula: "1: long. 2 to 4: short, of the other colour, closes going against 1, each body partly inside the \
        range of 1. 5: long, of the colour of 1, opens beyond close 4 and closes beyond close 1, in the direction of \
        1.",
    meaning: "A flag in the language of candles: a strong candle, a rest against it that stays within its range, \
        and another strong candle. The trend goes on.",
    notes: concat!(
        first!("14"),
        long!(),
        short!(),
        " 100 if the first candle is white, −100 if black. Only rests of exactly three candles are found.",
    ),
    reference: NISON,
});
