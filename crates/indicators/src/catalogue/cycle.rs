use super::make::{bars, number, output};
use super::{Column, Group, IndicatorInfo, Unit};

pub(crate) static ENTRIES: &[IndicatorInfo] = &[
    IndicatorInfo {
        name: "ht_dcperiod",
        title: "Dominant cycle period",
        group: Group::Cycle,
        inputs: &[Column::Source],
        parameters: &[],
        outputs: &[output("value", Unit::Bars)],
        talib: Some("HT_DCPERIOD"),
        pine: None,
        formula: "angle between successive phasors of the detrended price, as a period of 6 to 50 bars, smoothed",
        meaning: "How many bars the swing in the price takes at present. It sets the periods of adaptive studies; a \
            short period in a sideways market is one to trade the swings of.",
        notes: "First value on bar 33. The period is measured from the whole history, so earlier bars keep a small \
            influence. Without movement it goes to 6. Made with the platform’s arc tangent.",
        reference: "J. F. Ehlers, Rocket Science for Traders (2001), chapter 7",
    },
    IndicatorInfo {
        name: "ht_dcphase",
        title: "Dominant cycle phase",
        group: Group::Cycle,
        inputs: &[Column::Source],
        parameters: &[],
        outputs: &[output("value", Unit::Degrees)],
        talib: Some("HT_DCPHASE"),
        pine: None,
        formula: "angle of the first harmonic of the last cycle’s smoothed prices, −45 to 315 degrees",
        meaning: "Where in its swing the price stands. In a cycle the phase advances evenly, through 0 in the rise, \
            90 at the top and 270 at the bottom; in a trend it stands nearly still.",
        notes: "First value on bar 64. The period is measured from the whole history, so earlier bars keep a small \
            influence. Made with the platform’s sine, cosine and arc tangent.",
        reference: "J. F. Ehlers, Rocket Science for Traders (2001), chapter 9",
    },
    IndicatorInfo {
        name: "ht_phasor",
        title: "Phasor of the cycle",
        group: Group::Cycle,
        inputs: &[Column::Source],
        parameters: &[],
        outputs: &[output("in_phase", Unit::PriceDifference), output("quadrature", Unit::PriceDifference)],
        talib: Some("HT_PHASOR"),
        pine: None,
        formula: "in_phase: the detrended price of three bars before; quadrature: the same a quarter of a cycle later",
        meaning: "The cycle in the price as a rotating pointer. Both parts swing around 0; their lengths give the \
            amplitude of the cycle, their angle its phase.",
        notes: "First values on bar 33. The period is measured from the whole history, so earlier bars keep a small \
            influence. Without movement both are 0.",
        reference: "J. F. Ehlers, Rocket Science for Traders (2001), chapter 6",
    },
    IndicatorInfo {
        name: "ht_sine",
        title: "Sine wave of the cycle",
        group: Group::Cycle,
        inputs: &[Column::Source],
        parameters: &[],
        outputs: &[output("sine", Unit::Number), output("lead_sine", Unit::Number)],
        talib: Some("HT_SINE"),
        pine: None,
        formula: "sine = sin(phase); lead_sine = sin(phase + 45°), phase from ht_dcphase",
        meaning: "The swing of the price as a clean wave, and the same an eighth of a cycle ahead. Crossings come \
            just before tops and bottoms while the market swings; in a trend the lines run side by side.",
        notes: "First values on bar 64, −1 to 1. The period is measured from the whole history, so earlier bars keep \
            a small influence. Made with the platform’s sine.",
        reference: "J. F. Ehlers, Rocket Science for Traders (2001), chapter 9",
    },
    IndicatorInfo {
        name: "ht_trendmode",
        title: "Trend or cycle",
        group: Group::Cycle,
        inputs: &[Column::Source],
        parameters: &[],
        outputs: &[output("value", Unit::Signal)],
        talib: Some("HT_TRENDMODE"),
        pine: None,
        formula: "0 for half a cycle behind each crossing of ht_sine and while the phase advances evenly, else 1; 1 \
            also where the price is 1.5 % or more off its trendline",
        meaning: "Which kind of tools to use: 1 for those that follow trends, 0 for those that sell high and buy low.",
        notes: "First value on bar 64. The period is measured from the whole history, so earlier bars keep a small \
            influence. Made with the platform’s sine, cosine and arc tangent.",
        reference: "J. F. Ehlers, Rocket Science for Traders (2001), chapter 11",
    },
    IndicatorInfo {
        name: "swak_2php",
        title: "Two-pole high-pass filter",
        group: Group::Cycle,
        inputs: &[Column::Source],
        parameters: &[bars("period", 2, 10_000, 20)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("SWAK_2PHP"),
        pine: None,
        formula: "y = 2 · (1 − a) · y₁ − (1 − a)² · y₂ + (1 − a/2)² · (x − 2 · x₁ + x₂); a from the period",
        meaning: "The price without its trend: waves longer than the period are taken out, and more sharply than by \
            the one-pole filter. It swings around 0 with hardly any lag.",
        notes: "A value on each bar; the filter begins at 0, as if the first price had stood for ever. The constants \
            are made with the platform’s sine.",
        reference: "J. F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities 24 (2006)",
    },
    IndicatorInfo {
        name: "swak_bp",
        title: "Band-pass filter",
        group: Group::Cycle,
        inputs: &[Column::Source],
        parameters: &[bars("period", 5, 2000, 20), number("delta", 0.05, 0.5, 0.1)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("SWAK_BP"),
        pine: None,
        formula: "y = b · (1 + a) · y₁ − a · y₂ + (1 − a)/2 · (x − x₂); a and b from the period and delta",
        meaning: "The waves of about one period in the price: longer and shorter ones are taken out. A smaller delta \
            lets through a narrower band, and rings longer.",
        notes: "A value on each bar; the filter begins at 0, as if the first price had stood for ever. The constants \
            are made with the platform’s sine and cosine.",
        reference: "J. F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities 24 (2006)",
    },
    IndicatorInfo {
        name: "swak_hp",
        title: "High-pass filter",
        group: Group::Cycle,
        inputs: &[Column::Source],
        parameters: &[bars("period", 5, 100_000, 20)],
        outputs: &[output("value", Unit::PriceDifference)],
        talib: Some("SWAK_HP"),
        pine: None,
        formula: "y = (1 − a) · y₁ + (1 − a/2) · (x − x₁); a from the period",
        meaning: "The price without its trend: waves longer than the period are taken out. It swings around 0 with \
            hardly any lag, for oscillators and for removing drift before further study.",
        notes: "A value on each bar; the filter begins at 0, as if the first price had stood for ever. The constants \
            are made with the platform’s sine and cosine.",
        reference: "J. F. Ehlers, Swiss Army Knife Indicator, Stocks & Commodities 24 (2006)",
    },
];
