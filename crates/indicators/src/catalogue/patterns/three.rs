//! Patterns of three candles; in the formulas 1 is the oldest.
use super::{CHESLER, MORRIS, NISON, Text, pattern, penetrating};
use crate::catalogue::IndicatorInfo;

pub(super) const TWO_CROWS: IndicatorInfo = pattern(&Text {
    name: "cdl2crows",
    title: "Two crows",
    talib: "CDL2CROWS",
    formula: "1: white, long. 2: black, body above body 1. 3: black, opens inside body 2 and closes inside body 1.",
    meaning: "An advance gaps up and closes lower than it opened, and the next bar fills the gap. Buyers have lost \
        their hold, so that a fall is near. Bearish after an advance.",
    notes: concat!(first!("12"), long!(), " −100 where found."),
    reference: MORRIS,
});

pub(super) const THREE_BLACKCROWS: IndicatorInfo = pattern(&Text {
    name: "cdl3blackcrows",
    title: "Three black crows",
    talib: "CDL3BLACKCROWS",
    formula: "A white candle, then three black ones with falling closes and hardly any lower shadows; 2 and 3 open \
        inside the body before, close 1 is below the high of the white candle.",
    meaning: "Three times the market opens higher than it had closed and three times it is sold to the low. After \
        an advance a fall begins. It comes late: much of the move may be over by the third crow.",
    notes: concat!(first!("13"), bare!(), " −100 where found. The candle before the three must be white."),
    reference: NISON,
});

pub(super) const THREE_INSIDE: IndicatorInfo = pattern(&Text {
    name: "cdl3inside",
    title: "Three inside up and down",
    talib: "CDL3INSIDE",
    formula: "1: long. 2: not longer than a short body, inside body 1. 3: of the other colour than 1, closes beyond \
        open 1.",
    meaning: "A harami with its confirmation: the third candle leaves the first body on the side where it began. Up \
        after a decline, down after an advance.",
    notes: concat!(first!("12"), long!(), short!(), " 100 if the first candle is black, −100 if white."),
    reference: MORRIS,
});

pub(super) const THREE_OUTSIDE: IndicatorInfo = pattern(&Text {
    name: "cdl3outside",
    title: "Three outside up and down",
    talib: "CDL3OUTSIDE",
    formula: "1 and 2: opposite colours, body 2 beyond body 1 at both ends. 3: closes beyond close 2, in the \
        direction of 2.",
    meaning: "An engulfing pattern with its confirmation: the third candle goes on where the second went. Up after \
        a decline, down after an advance.",
    notes: concat!(
        first!("3"),
        " 100 if the second candle is white, −100 if black. TA-Lib has no value at the third bar of a history, \
        though three candles would suffice.",
    ),
    reference: MORRIS,
});

pub(super) const THREE_STARSINSOUTH: IndicatorInfo = pattern(&Text {
    name: "cdl3starsinsouth",
    title: "Three stars in the south",
    talib: "CDL3STARSINSOUTH",
    formula: "Three black candles. 1: long, with a lower shadow longer than its body. 2: smaller, opens above close \
        1 and within its range, falls below close 1 but not below low 1, has a lower shadow. 3: short, hardly any \
        shadows, inside the range of 2.",
    meaning: "A decline that loses force from bar to bar: each low is higher, each body smaller. After it a rise is \
        likely. It is one of the rarest patterns.",
    notes: concat!(first!("12"), long!(), short!(), bare!(), " 100 where found."),
    reference: MORRIS,
});

pub(super) const THREE_WHITESOLDIERS: IndicatorInfo = pattern(&Text {
    name: "cdl3whitesoldiers",
    title: "Three advancing white soldiers",
    talib: "CDL3WHITESOLDIERS",
    formula: "Three white candles with rising closes and hardly any upper shadows; 2 and 3 open above the open \
        before, in or near the body before, and are not far smaller than it; 3 is not short.",
    meaning: "Three times the market opens within the day before and closes at its high. After a decline or a quiet \
        time it shows that a steady rise has begun. Very long candles warn that it may be overdone.",
    notes: concat!(first!("12"), short!(), bare!(), near!(), far!(), " 100 where found."),
    reference: NISON,
});

pub(super) const ABANDONEDBABY: IndicatorInfo = penetrating(&Text {
    name: "cdlabandonedbaby",
    title: "Abandoned baby",
    talib: "CDLABANDONEDBABY",
    formula: "1: long. 2: doji whose range lies beyond the ranges of both neighbours. 3: of the other colour than \
        1, not short, closes beyond close 1 by penetration · body 1 into body 1.",
    meaning: "A doji left alone by gaps on both sides: those who followed the trend at the last are trapped. It is \
        the strongest of the stars, and rare in markets that trade around the clock. Bullish below, bearish above.",
    notes: concat!(first!("12"), long!(), doji!(), short!(), " 100 if the third candle is white, −100 if black."),
    reference: NISON,
});

pub(super) const ADVANCEBLOCK: IndicatorInfo = pattern(&Text {
    name: "cdladvanceblock",
    title: "Advance block",
    talib: "CDLADVANCEBLOCK",
    formula: "Three white candles with rising closes, each opening in or near the body before; 1: long, with a \
        short upper shadow; then weakness: 2 far smaller than 1 and 3 not longer than 2, or 3 far smaller than 2, or \
        shrinking bodies with an upper shadow at 2 or 3, or 3 smaller than 2 with a long upper shadow.",
    meaning: "It looks like three white soldiers, but bodies shrink or upper shadows grow: the advance meets \
        supply. Within an advance it says that profits should be secured; a fall need not follow at once.",
    notes: concat!(first!("12"), long!(), short_shadow!(), near!(), far!(), " −100 where found."),
    reference: NISON,
});

pub(super) const EVENINGDOJISTAR: IndicatorInfo = penetrating(&Text {
    name: "cdleveningdojistar",
    title: "Evening doji star",
    talib: "CDLEVENINGDOJISTAR",
    formula: "1: white, long. 2: doji, body above body 1. 3: black, not short, closes below close 1 − penetration · \
        body 1.",
    meaning: "An evening star whose star is a doji. After an advance it speaks for a fall, more strongly than the \
        ordinary star.",
    notes: concat!(first!("12"), long!(), doji!(), short!(), " −100 where found."),
    reference: NISON,
});

pub(super) const EVENINGSTAR: IndicatorInfo = penetrating(&Text {
    name: "cdleveningstar",
    title: "Evening star",
    talib: "CDLEVENINGSTAR",
    formula: "1: white, long. 2: not longer than a short body, body above body 1. 3: black, not short, closes below \
        close 1 − penetration · body 1.",
    meaning: "The advance jumps up, hesitates, and is sold on the third day into the first body. One of the most \
        trusted patterns of a top.",
    notes: concat!(first!("12"), long!(), short!(), " −100 where found."),
    reference: NISON,
});

pub(super) const GAPSIDESIDEWHITE: IndicatorInfo = pattern(&Text {
    name: "cdlgapsidesidewhite",
    title: "Gap side-by-side white lines",
    talib: "CDLGAPSIDESIDEWHITE",
    formula: "Bodies 2 and 3 both lie above body 1, or both below it; 2 and 3 are white, open at the same price and \
        are of nearly the same length.",
    meaning: "After a gap two like white candles keep it open. After a gap up the advance goes on; after a gap down \
        they are short covering, and the decline goes on.",
    notes: concat!(first!("7"), near!(), equal!(), " 100 after a gap up, −100 after a gap down."),
    reference: NISON,
});

pub(super) const HIKKAKE: IndicatorInfo = pattern(&Text {
    name: "cdlhikkake",
    title: "Hikkake",
    talib: "CDLHIKKAKE",
    formula: "2: inside bar, with a lower high and a higher low than 1. 3: lower high and lower low than 2 \
        (bullish), or higher high and higher low (bearish). Confirmed if one of the next three closes is above high \
        2 (below low 2).",
    meaning: "The break of an inside bar that fails: those who followed it are trapped, and their exits drive the \
        price the other way. The pattern itself is the warning, its confirmation the signal.",
    notes: concat!(
        first!("5"),
        " ±100 on the third candle, ±200 on the bar that confirms it, in the direction in which the price is \
        expected to go. A new pattern takes the place of one that waits.",
    ),
    reference: CHESLER,
});

pub(super) const IDENTICAL3CROWS: IndicatorInfo = pattern(&Text {
    name: "cdlidentical3crows",
    title: "Identical three crows",
    talib: "CDLIDENTICAL3CROWS",
    formula: "Three black candles with falling closes and hardly any lower shadows; 2 and 3 open where the candle \
        before closed.",
    meaning: "Three black crows without rebounds between them: nobody buys the opening. After an advance a sharp \
        fall.",
    notes: concat!(first!("12"), bare!(), equal!(), " −100 where found."),
    reference: MORRIS,
});

pub(super) const MORNINGDOJISTAR: IndicatorInfo = penetrating(&Text {
    name: "cdlmorningdojistar",
    title: "Morning doji star",
    talib: "CDLMORNINGDOJISTAR",
    formula: "1: black, long. 2: doji, body below body 1. 3: white, not short, closes above close 1 + penetration · \
        body 1.",
    meaning: "A morning star whose star is a doji. After a decline it speaks for a rise, more strongly than the \
        ordinary star.",
    notes: concat!(first!("12"), long!(), doji!(), short!(), " 100 where found."),
    reference: NISON,
});

pub(super) const MORNINGSTAR: IndicatorInfo = penetrating(&Text {
    name: "cdlmorningstar",
    title: "Morning star",
    talib: "CDLMORNINGSTAR",
    formula: "1: black, long. 2: not longer than a short body, body below body 1. 3: white, not short, closes above \
        close 1 + penetration · body 1.",
    meaning: "The decline jumps down, hesitates, and is bought on the third day into the first body: the star \
        before sunrise. One of the most trusted patterns of a bottom.",
    notes: concat!(first!("12"), long!(), short!(), " 100 where found."),
    reference: NISON,
});

pub(super) const STALLEDPATTERN: IndicatorInfo = pattern(&Text {
    name: "cdlstalledpattern",
    title: "Stalled pattern",
    talib: "CDLSTALLEDPATTERN",
    formula: "Three white candles with rising closes. 1 and 2: long; 2 opens above open 1, in or near body 1, with \
        hardly an upper shadow. 3: short, opens near close 2 or above.",
    meaning: "Also called deliberation: after two strong candles the third is small and sits on the shoulder of the \
        second. The advance pauses; profits should be secured, though a fall need not follow.",
    notes: concat!(first!("12"), long!(), short!(), bare!(), near!(), " −100 where found."),
    reference: NISON,
});

pub(super) const STICKSANDWICH: IndicatorInfo = pattern(&Text {
    name: "cdlsticksandwich",
    title: "Stick sandwich",
    talib: "CDLSTICKSANDWICH",
    formula: "1: black. 2: white, its low above close 1. 3: black, closes at close 1.",
    meaning: "A white candle between two black ones that close at the same price. That price has held twice, so \
        that it is taken for support from which the market may rise.",
    notes: concat!(first!("7"), equal!(), " 100 where found."),
    reference: MORRIS,
});

pub(super) const TASUKIGAP: IndicatorInfo = pattern(&Text {
    name: "cdltasukigap",
    title: "Tasuki gap",
    talib: "CDLTASUKIGAP",
    formula: "Body 2 lies above body 1, and 2 is white; 3 is black, opens inside body 2, closes below it but above \
        body 1, and is nearly as long as 2. Or the same upside down.",
    meaning: "After a gap the market turns back but does not close it: the turn is profit taking, and the trend \
        goes on in the direction of the gap.",
    notes: concat!(first!("7"), near!(), " 100 after a gap up, −100 after a gap down."),
    reference: NISON,
});

pub(super) const TRISTAR: IndicatorInfo = pattern(&Text {
    name: "cdltristar",
    title: "Tristar",
    talib: "CDLTRISTAR",
    formula: "Three doji; body 2 lies above body 1 and top 3 is below top 2 (bearish), or body 2 lies below body 1 \
        and bottom 3 is above bottom 2 (bullish).",
    meaning: "Three bars without decision, the middle one apart. It is very rare and, at the end of a long trend, a \
        sign of a turn; where trading is thin it is only noise.",
    notes: concat!(
        first!("12"),
        doji!(),
        " 100 or −100. All three bodies are compared with the limit for the first one.",
    ),
    reference: NISON,
});

pub(super) const UNIQUE3RIVER: IndicatorInfo = pattern(&Text {
    name: "cdlunique3river",
    title: "Unique three river bottom",
    talib: "CDLUNIQUE3RIVER",
    formula: "1: black, long. 2: black, opens not above open 1, closes above close 1, its low below low 1. 3: \
        white, short, opens above low 2.",
    meaning: "A decline makes a new low that does not hold, and a small white candle follows above it. Held to be a \
        sign of a bottom, like a morning star; it is very rare.",
    notes: concat!(
        first!("12"),
        long!(),
        short!(),
        " 100 where found. The third candle may close above close 2, which stricter books exclude.",
    ),
    reference: NISON,
});

pub(super) const UPSIDEGAP2CROWS: IndicatorInfo = pattern(&Text {
    name: "cdlupsidegap2crows",
    title: "Upside gap two crows",
    talib: "CDLUPSIDEGAP2CROWS",
    formula: "1: white, long. 2: black, not longer than a short body, body above body 1. 3: black, opens above open \
        2, closes below close 2 and above close 1.",
    meaning: "Two black candles above a gap, the second around the first: twice the market opened high and could \
        not keep it. Bearish after an advance, above all once the gap is closed.",
    notes: concat!(first!("12"), long!(), short!(), " −100 where found."),
    reference: NISON,
});

pub(super) const XSIDEGAP3METHODS: IndicatorInfo = pattern(&Text {
    name: "cdlxsidegap3methods",
    title: "Upside and downside gap three methods",
    talib: "CDLXSIDEGAP3METHODS",
    formula: "1 and 2: same colour, body 2 beyond body 1 in their direction. 3: other colour, opens inside body 2 \
        and closes inside body 1.",
    meaning: "The third candle closes the gap of a trend at once. The gap is then taken as done with and the trend \
        is expected to go on; others read the closing of the gap as a warning.",
    notes: concat!(first!("2"), " 100 if the first candle is white, −100 if black."),
    reference: MORRIS,
});
