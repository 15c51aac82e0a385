//! Patterns of a single candle.
use super::{BULKOWSKI, MORRIS, NISON, NISON_LATER, Text, pattern};
use crate::catalogue::IndicatorInfo;

pub(super) const BELTHOLD: IndicatorInfo = pattern(&Text {
    name: "cdlbelthold",
    title: "Belt hold",
    talib: "CDLBELTHOLD",
    formula: "A long body that opens at the end of its range: white with hardly a lower shadow, or black with \
        hardly an upper one.",
    meaning: "The day opens at its extreme and moves away from it until the close, as a wrestler pushes his \
        opponent out of the ring. White after a decline it speaks for a rise, black after an advance for a fall. It \
        counts for more the longer the body is and the rarer such candles have become.",
    notes: concat!(first!("10"), long!(), bare!(), " 100 if white, −100 if black."),
    reference: NISON,
});

pub(super) const CLOSINGMARUBOZU: IndicatorInfo = pattern(&Text {
    name: "cdlclosingmarubozu",
    title: "Closing marubozu",
    talib: "CDLCLOSINGMARUBOZU",
    formula: "A long body that closes at the end of its range: white with hardly an upper shadow, or black with \
        hardly a lower one.",
    meaning: "One side held the price to the last moment: buyers if the candle is white, sellers if it is black. It \
        is mostly read as a sign that the move goes on. Alone it says little; it strengthens the patterns that it is \
        part of.",
    notes: concat!(first!("10"), long!(), bare!(), " 100 if white, −100 if black."),
    reference: NISON,
});

pub(super) const DOJI: IndicatorInfo = pattern(&Text {
    name: "cdldoji",
    title: "Doji",
    talib: "CDLDOJI",
    formula: "The body is at most a tenth of the mean range of the 10 candles before.",
    meaning: "Open and close are the same: neither side has won. After a long advance or decline it warns that the \
        move tires; in a quiet sideways market it means nothing. What the next candle does decides.",
    notes: concat!(first!("10"), doji!(), " Always 100 where found: it has no direction."),
    reference: NISON,
});

pub(super) const DRAGONFLYDOJI: IndicatorInfo = pattern(&Text {
    name: "cdldragonflydoji",
    title: "Dragonfly doji",
    talib: "CDLDRAGONFLYDOJI",
    formula: "A doji with hardly an upper shadow, and with a lower one.",
    meaning: "The price fell during the bar and came back to where it opened, its high. After a decline sellers \
        have been turned back, which speaks for a rise. The longer the lower shadow, the better.",
    notes: concat!(first!("10"), doji!(), bare!(), " Always 100 where found."),
    reference: NISON,
});

pub(super) const GRAVESTONEDOJI: IndicatorInfo = pattern(&Text {
    name: "cdlgravestonedoji",
    title: "Gravestone doji",
    talib: "CDLGRAVESTONEDOJI",
    formula: "A doji with hardly a lower shadow, and with an upper one.",
    meaning: "The price rose during the bar and fell back to where it opened, its low. After an advance buyers have \
        been turned back, which speaks for a fall; it is among the stronger doji for tops.",
    notes: concat!(
        first!("10"),
        doji!(),
        bare!(),
        " Always 100 where found, although it is read as bearish after an advance: the sign is that of TA-Lib.",
    ),
    reference: NISON,
});

pub(super) const HIGHWAVE: IndicatorInfo = pattern(&Text {
    name: "cdlhighwave",
    title: "High-wave candle",
    talib: "CDLHIGHWAVE",
    formula: "A short body with an upper and a lower shadow each longer than twice the body.",
    meaning: "Both sides drove the price far and neither kept it. Several of them in a row, or one after a strong \
        trend, tell of a market that has lost its direction, often before a turn.",
    notes: concat!(first!("10"), short!(), " 100 if white, −100 if black: the colour only, not a forecast."),
    reference: NISON_LATER,
});

pub(super) const LONGLEGGEDDOJI: IndicatorInfo = pattern(&Text {
    name: "cdllongleggeddoji",
    title: "Long-legged doji",
    talib: "CDLLONGLEGGEDDOJI",
    formula: "A doji with at least one shadow longer than its body.",
    meaning: "The price went far in one or both directions and closed where it opened. It tells of confusion; at \
        the end of a trend that is a warning.",
    notes: concat!(
        first!("10"),
        doji!(),
        " Always 100 where found. The shadow is compared with the tiny body, so that most doji are long-legged to \
        TA-Lib.",
    ),
    reference: NISON,
});

pub(super) const LONGLINE: IndicatorInfo = pattern(&Text {
    name: "cdllongline",
    title: "Long line",
    talib: "CDLLONGLINE",
    formula: "A long body whose shadows are both short.",
    meaning: "A determined bar that closed far from its open. White it shows buyers in charge, black sellers. It is \
        a building block of many patterns rather than a signal of its own.",
    notes: concat!(first!("10"), long!(), short_shadow!(), " 100 if white, −100 if black."),
    reference: MORRIS,
});

pub(super) const MARUBOZU: IndicatorInfo = pattern(&Text {
    name: "cdlmarubozu",
    title: "Marubozu",
    talib: "CDLMARUBOZU",
    formula: "A long body with hardly any shadow at either end.",
    meaning: "The bar opened at one extreme and closed at the other: one side ruled it throughout. It mostly \
        announces that the move goes on, and often begins or ends a larger pattern.",
    notes: concat!(first!("10"), long!(), bare!(), " 100 if white, −100 if black."),
    reference: NISON,
});

pub(super) const RICKSHAWMAN: IndicatorInfo = pattern(&Text {
    name: "cdlrickshawman",
    title: "Rickshaw man",
    talib: "CDLRICKSHAWMAN",
    formula: "A doji with two shadows longer than its body, the body near the middle of the range.",
    meaning: "A long-legged doji that is in balance: the price travelled far both ways and came back to the middle. \
        It stands for indecision at its greatest, and is watched after a long trend.",
    notes: concat!(first!("10"), doji!(), near!(), " Always 100 where found: it has no direction."),
    reference: NISON,
});

pub(super) const SHORTLINE: IndicatorInfo = pattern(&Text {
    name: "cdlshortline",
    title: "Short line",
    talib: "CDLSHORTLINE",
    formula: "A short body whose shadows are both short.",
    meaning: "A bar in which little happened. It tells of rest or of doubt, and matters as the star or the small \
        candle within other patterns.",
    notes: concat!(
        first!("10"),
        short!(),
        short_shadow!(),
        " 100 if white, −100 if black: the colour only, not a forecast.",
    ),
    reference: MORRIS,
});

pub(super) const SPINNINGTOP: IndicatorInfo = pattern(&Text {
    name: "cdlspinningtop",
    title: "Spinning top",
    talib: "CDLSPINNINGTOP",
    formula: "A short body with an upper and a lower shadow each longer than the body.",
    meaning: "Buyers and sellers pulled the price both ways without result. After a strong move it shows that the \
        move loses force; in a quiet market it means little.",
    notes: concat!(first!("10"), short!(), " 100 if white, −100 if black: the colour only, not a forecast."),
    reference: NISON,
});

pub(super) const TAKURI: IndicatorInfo = pattern(&Text {
    name: "cdltakuri",
    title: "Takuri",
    talib: "CDLTAKURI",
    formula: "A doji with hardly an upper shadow and a lower one longer than twice its body.",
    meaning: "The name is that of a fisherman who hauls in his line, feeling for the bottom. The price fell far and \
        came all the way back, so that after a decline a rise is near. It is a dragonfly doji with a longer shadow.",
    notes: concat!(first!("10"), doji!(), bare!(), " Always 100 where found."),
    reference: BULKOWSKI,
});
