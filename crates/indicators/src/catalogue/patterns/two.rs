//! Patterns of two candles, and of one that is seen against the candle before.
use super::{MORRIS, NISON, Text, deeply_penetrating, pattern};
use crate::catalogue::IndicatorInfo;

pub(super) const COUNTERATTACK: IndicatorInfo = pattern(&Text {
    name: "cdlcounterattack",
    title: "Counterattack",
    talib: "CDLCOUNTERATTACK",
    formula: "1: long. 2: long, of the other colour, and closes where 1 closed.",
    meaning: "The market opens with a gap in the direction of the trend and is driven back to the close before. \
        Nothing is won yet, but the trend has been stopped. White as the second candle after a decline it speaks for \
        a rise, black after an advance for a fall.",
    notes: concat!(first!("11"), long!(), equal!(), " 100 if the second candle is white, −100 if black."),
    reference: NISON,
});

pub(super) const DARKCLOUDCOVER: IndicatorInfo = deeply_penetrating(&Text {
    name: "cdldarkcloudcover",
    title: "Dark cloud cover",
    talib: "CDLDARKCLOUDCOVER",
    formula: "1: white, long. 2: black, opens above the high of 1 and closes inside body 1, below close 1 − \
        penetration · body 1.",
    meaning: "A strong advance opens higher once more and loses much of the day before: buyers from the open are \
        under water. After an advance it speaks for a fall, the more so the deeper the second candle closes.",
    notes: concat!(
        first!("11"),
        long!(),
        " −100 where found. With a penetration of 0.5 the second candle must close below the middle of the first \
        body.",
    ),
    reference: NISON,
});

pub(super) const DOJISTAR: IndicatorInfo = pattern(&Text {
    name: "cdldojistar",
    title: "Doji star",
    talib: "CDLDOJISTAR",
    formula: "1: long. 2: doji whose body lies above body 1 if 1 is white, below it if 1 is black.",
    meaning: "After a long candle the market gaps on in the same direction and then stalls. It warns that the trend \
        may turn; the third candle makes it a morning or evening star.",
    notes: concat!(first!("11"), long!(), doji!(), " −100 above a white candle, 100 below a black one."),
    reference: NISON,
});

pub(super) const ENGULFING: IndicatorInfo = pattern(&Text {
    name: "cdlengulfing",
    title: "Engulfing",
    talib: "CDLENGULFING",
    formula: "Candles of opposite colour; body 2 reaches beyond body 1 at both ends, or at one end while the other \
        ends are equal.",
    meaning: "The second candle undoes the first and more: whoever moved the market on the first day has been \
        overwhelmed. Bullish after a decline, bearish after an advance; a small first and a large second body make \
        it stronger.",
    notes: concat!(
        first!("2"),
        " 100 if the second candle is white, −100 if black; 80 and −80 if one end of the bodies is equal.",
    ),
    reference: NISON,
});

pub(super) const HAMMER: IndicatorInfo = pattern(&Text {
    name: "cdlhammer",
    title: "Hammer",
    talib: "CDLHAMMER",
    formula: "Short body, lower shadow longer than the body, hardly an upper shadow; the body begins at or below \
        the low of the candle before, or near it.",
    meaning: "Sellers drove the price down and could not keep it there: the market hammers out a bottom. Bullish \
        after a decline. The colour of the body matters little.",
    notes: concat!(
        first!("11"),
        short!(),
        bare!(),
        near!(),
        " 100 where found. The trend is not examined, only that the body lies low beside the candle before.",
    ),
    reference: NISON,
});

pub(super) const HANGINGMAN: IndicatorInfo = pattern(&Text {
    name: "cdlhangingman",
    title: "Hanging man",
    talib: "CDLHANGINGMAN",
    formula: "Short body, lower shadow longer than the body, hardly an upper shadow; the body begins at or above \
        the high of the candle before, or near it.",
    meaning: "The shape of a hammer after an advance. For the first time sellers reached far down; if the next bar \
        closes below the body, those who bought at its open hang there with losses. Bearish, with confirmation.",
    notes: concat!(
        first!("11"),
        short!(),
        bare!(),
        near!(),
        " −100 where found. The trend is not examined, only that the body lies high beside the candle before.",
    ),
    reference: NISON,
});

pub(super) const HARAMI: IndicatorInfo = pattern(&Text {
    name: "cdlharami",
    title: "Harami",
    talib: "CDLHARAMI",
    formula: "1: long. 2: not longer than a short body, inside body 1; one end may be equal.",
    meaning: "The word means pregnant: a large body holds a small one. The market that ran has come to rest, which \
        after a decline speaks for a rise and after an advance for a fall. It is a weaker sign than the engulfing \
        pattern.",
    notes: concat!(
        first!("11"),
        long!(),
        short!(),
        " 100 if the first candle is black, −100 if white; 80 and −80 if one end of the bodies is equal.",
    ),
    reference: NISON,
});

pub(super) const HARAMICROSS: IndicatorInfo = pattern(&Text {
    name: "cdlharamicross",
    title: "Harami cross",
    talib: "CDLHARAMICROSS",
    formula: "1: long. 2: doji inside body 1; one end may be equal.",
    meaning: "A harami whose second candle is a doji: after a strong day nobody moves. It is taken more seriously \
        than the harami, above all at tops.",
    notes: concat!(
        first!("11"),
        long!(),
        doji!(),
        " 100 if the first candle is black, −100 if white; 80 and −80 if one end of the bodies is equal.",
    ),
    reference: NISON,
});

pub(super) const HOMINGPIGEON: IndicatorInfo = pattern(&Text {
    name: "cdlhomingpigeon",
    title: "Homing pigeon",
    talib: "CDLHOMINGPIGEON",
    formula: "Two black candles. 1: long. 2: not longer than a short body, opens below open 1 and closes above \
        close 1.",
    meaning: "A harami of two black candles. In a decline selling dries up while the price stays within the day \
        before, so that a rise may follow.",
    notes: concat!(first!("11"), long!(), short!(), " 100 where found."),
    reference: MORRIS,
});

pub(super) const INNECK: IndicatorInfo = pattern(&Text {
    name: "cdlinneck",
    title: "In-neck",
    talib: "CDLINNECK",
    formula: "1: black, long. 2: white, opens below low 1 and closes at close 1 or just above.",
    meaning: "In a decline the market opens lower still, and the rebound only reaches the close before. Buyers are \
        too weak, so that the decline goes on once the low of the white candle is broken.",
    notes: concat!(first!("11"), long!(), equal!(), " −100 where found."),
    reference: NISON,
});

pub(super) const INVERTEDHAMMER: IndicatorInfo = pattern(&Text {
    name: "cdlinvertedhammer",
    title: "Inverted hammer",
    talib: "CDLINVERTEDHAMMER",
    formula: "Short body below the body before, upper shadow longer than the body, hardly a lower shadow.",
    meaning: "After a decline buyers tried to lift the price for the first time. They failed to keep it, but those \
        who are short may take fright: if the next bar opens or closes above the body, a rise is likely.",
    notes: concat!(
        first!("11"),
        short!(),
        bare!(),
        " 100 where found. The trend is not examined, only the gap below the candle before.",
    ),
    reference: NISON,
});

pub(super) const KICKING: IndicatorInfo = pattern(&Text {
    name: "cdlkicking",
    title: "Kicking",
    talib: "CDLKICKING",
    formula: "Two marubozu of opposite colours, long and with hardly any shadows, and a gap between their ranges: \
        up if 2 is white, down if 2 is black.",
    meaning: "The market reverses overnight: it opens beyond where the day before began and runs on. It is held to \
        be one of the strongest signals, whatever the trend was before; it is rare.",
    notes: concat!(first!("11"), long!(), bare!(), " 100 if the second candle is white, −100 if black."),
    reference: MORRIS,
});

pub(super) const KICKINGBYLENGTH: IndicatorInfo = pattern(&Text {
    name: "cdlkickingbylength",
    title: "Kicking by length",
    talib: "CDLKICKINGBYLENGTH",
    formula: "Two marubozu of opposite colours, long and with hardly any shadows, and a gap between their ranges; \
        the longer one gives the direction.",
    meaning: "The kicking pattern for those who hold that the longer of the two candles tells where the market \
        goes, even if that is the first.",
    notes: concat!(
        first!("11"),
        long!(),
        bare!(),
        " 100 if the longer candle is white, −100 if black; at equal length the first one counts.",
    ),
    reference: MORRIS,
});

pub(super) const MATCHINGLOW: IndicatorInfo = pattern(&Text {
    name: "cdlmatchinglow",
    title: "Matching low",
    talib: "CDLMATCHINGLOW",
    formula: "Two black candles that close at the same price.",
    meaning: "In a decline the market falls twice and twice stops at the same close: there is support. It speaks \
        for a rise as long as that price holds.",
    notes: concat!(first!("6"), equal!(), " 100 where found."),
    reference: MORRIS,
});

pub(super) const ONNECK: IndicatorInfo = pattern(&Text {
    name: "cdlonneck",
    title: "On-neck",
    talib: "CDLONNECK",
    formula: "1: black, long. 2: white, opens below low 1 and closes at low 1.",
    meaning: "In a decline the market opens lower and the rebound only reaches the low before. It is weaker than \
        the in-neck pattern, and the decline goes on once the low of the white candle is broken.",
    notes: concat!(first!("11"), long!(), equal!(), " −100 where found."),
    reference: NISON,
});

pub(super) const PIERCING: IndicatorInfo = pattern(&Text {
    name: "cdlpiercing",
    title: "Piercing line",
    talib: "CDLPIERCING",
    formula: "1: black, long. 2: white, long, opens below low 1 and closes inside body 1, above its middle.",
    meaning: "The counterpart of the dark cloud cover: a decline opens lower once more, and buyers win back more \
        than half of the day before. After a decline it speaks for a rise.",
    notes: concat!(first!("11"), long!(), " 100 where found."),
    reference: NISON,
});

pub(super) const SEPARATINGLINES: IndicatorInfo = pattern(&Text {
    name: "cdlseparatinglines",
    title: "Separating lines",
    talib: "CDLSEPARATINGLINES",
    formula: "Candles of opposite colours that open at the same price. 2: long, with hardly a shadow at its open.",
    meaning: "Against the trend came one candle, and the next begins where that one began and runs with the trend: \
        the interruption is over and the trend goes on.",
    notes: concat!(first!("11"), long!(), bare!(), equal!(), " 100 if the second candle is white, −100 if black."),
    reference: NISON,
});

pub(super) const SHOOTINGSTAR: IndicatorInfo = pattern(&Text {
    name: "cdlshootingstar",
    title: "Shooting star",
    talib: "CDLSHOOTINGSTAR",
    formula: "Short body above the body before, upper shadow longer than the body, hardly a lower shadow.",
    meaning: "After an advance the market gaps up, runs higher and falls back to where it opened: demand is used \
        up. Bearish, less so than an evening star.",
    notes: concat!(
        first!("11"),
        short!(),
        bare!(),
        " −100 where found. The trend is not examined, only the gap above the candle before.",
    ),
    reference: NISON,
});

pub(super) const THRUSTING: IndicatorInfo = pattern(&Text {
    name: "cdlthrusting",
    title: "Thrusting",
    talib: "CDLTHRUSTING",
    formula: "1: black, long. 2: white, opens below low 1 and closes inside body 1, above close 1 but not above the \
        middle of body 1.",
    meaning: "The rebound is stronger than on-neck and in-neck and weaker than the piercing line. Within a decline \
        it is read as its continuation.",
    notes: concat!(first!("11"), long!(), equal!(), " −100 where found."),
    reference: NISON,
});
