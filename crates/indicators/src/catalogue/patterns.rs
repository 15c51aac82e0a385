//! The candlestick patterns, in TA-Lib's order.
use super::make::{number, output};
use super::{Column, Group, IndicatorInfo, OutputInfo, ParameterInfo, Unit};

const NISON: &str = "S. Nison, Japanese Candlestick Charting Techniques (1991)";
const NISON_LATER: &str = "S. Nison, Beyond Candlesticks (1994)";
const MORRIS: &str = "G. L. Morris, CandlePower (1992), later Candlestick Charting Explained";
const BULKOWSKI: &str = "T. N. Bulkowski, Encyclopedia of Candlestick Charts (2008)";
const CHESLER: &str = "D. L. Chesler, Trading False Moves with the Hikkake Pattern, Active Trader (April 2004)";

const OUTPUTS: &[OutputInfo] = &[output("value", Unit::Signal)];
const PENETRATION: &[ParameterInfo] = &[number("penetration", 0.0, 3e37, 0.3)];
const DEEP_PENETRATION: &[ParameterInfo] = &[number("penetration", 0.0, 3e37, 0.5)];

/// What there is to say about a pattern.
struct Text {
    name: &'static str,
    title: &'static str,
    talib: &'static str,
    formula: &'static str,
    meaning: &'static str,
    notes: &'static str,
    reference: &'static str,
}

const fn entry(text: &Text, parameters: &'static [ParameterInfo]) -> IndicatorInfo {
    let Text { name, title, talib, formula, meaning, notes, reference } = *text;
    IndicatorInfo {
        name,
        title,
        group: Group::Pattern,
        inputs: &[Column::Open, Column::High, Column::Low, Column::Close],
        parameters,
        outputs: OUTPUTS,
        talib: Some(talib),
        pine: None,
        formula,
        meaning,
        notes,
        reference,
    }
}

/// A pattern without parameters.
const fn pattern(text: &Text) -> IndicatorInfo {
    entry(text, &[])
}

/// A pattern in which a candle reaches into the body of another one, by at least 0.3 of it unless said otherwise.
const fn penetrating(text: &Text) -> IndicatorInfo {
    entry(text, PENETRATION)
}

/// The same with half of the body.
const fn deeply_penetrating(text: &Text) -> IndicatorInfo {
    entry(text, DEEP_PENETRATION)
}

// What the words mean with TA-Lib's settings, for the notes of those patterns that use them.

macro_rules! first {
    ($n_bars:literal) => {
        concat!("The first ", $n_bars, " bars have no value.")
    };
}

macro_rules! long {
    () => {
        " Long: a body above the mean of the 10 bodies before it."
    };
}

macro_rules! short {
    () => {
        " Short: a body below the mean of the 10 bodies before it."
    };
}

macro_rules! doji {
    () => {
        " Doji: a body of at most 0.1 of the mean range of the 10 candles before it."
    };
}

macro_rules! bare {
    () => {
        " Hardly a shadow: below 0.1 of the mean range of the 10 candles before it."
    };
}

macro_rules! short_shadow {
    () => {
        " Short shadow: below the mean shadow of the 10 candles before it."
    };
}

macro_rules! near {
    () => {
        " Near, nearly: within 0.2 of the mean range of the 5 candles before."
    };
}

macro_rules! far {
    () => {
        " Far: by more than 0.6 of the mean range of the 5 candles before."
    };
}

macro_rules! equal {
    () => {
        " The same price: within 0.05 of the mean range of the 5 candles before."
    };
}

mod more;
mod one;
mod three;
mod two;

pub(crate) static ENTRIES: &[IndicatorInfo] = &[
    three::TWO_CROWS,
    three::THREE_BLACKCROWS,
    three::THREE_INSIDE,
    more::THREE_LINESTRIKE,
    three::THREE_OUTSIDE,
    three::THREE_STARSINSOUTH,
    three::THREE_WHITESOLDIERS,
    three::ABANDONEDBABY,
    three::ADVANCEBLOCK,
    one::BELTHOLD,
    more::BREAKAWAY,
    one::CLOSINGMARUBOZU,
    more::CONCEALBABYSWALL,
    two::COUNTERATTACK,
    two::DARKCLOUDCOVER,
    one::DOJI,
    two::DOJISTAR,
    one::DRAGONFLYDOJI,
    two::ENGULFING,
    three::EVENINGDOJISTAR,
    three::EVENINGSTAR,
    three::GAPSIDESIDEWHITE,
    one::GRAVESTONEDOJI,
    two::HAMMER,
    two::HANGINGMAN,
    two::HARAMI,
    two::HARAMICROSS,
    one::HIGHWAVE,
    three::HIKKAKE,
    more::HIKKAKEMOD,
    two::HOMINGPIGEON,
    three::IDENTICAL3CROWS,
    two::INNECK,
    two::INVERTEDHAMMER,
    two::KICKING,
    two::KICKINGBYLENGTH,
    more::LADDERBOTTOM,
    one::LONGLEGGEDDOJI,
    one::LONGLINE,
    one::MARUBOZU,
    two::MATCHINGLOW,
    more::MATHOLD,
    three::MORNINGDOJISTAR,
    three::MORNINGSTAR,
    two::ONNECK,
    two::PIERCING,
    one::RICKSHAWMAN,
    more::RISEFALL3METHODS,
    two::SEPARATINGLINES,
    two::SHOOTINGSTAR,
    one::SHORTLINE,
    one::SPINNINGTOP,
    three::STALLEDPATTERN,
    three::STICKSANDWICH,
    one::TAKURI,
    three::TASUKIGAP,
    two::THRUSTING,
    three::TRISTAR,
    three::UNIQUE3RIVER,
    three::UPSIDEGAP2CROWS,
    three::XSIDEGAP3METHODS,
];
