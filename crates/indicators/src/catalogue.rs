use crate::{Bollinger, IndicatorKind, Period};

/// What there is to know about an indicator without computing it: for menus, validation, searches and code generators.
///
/// ```
/// use indicators::IndicatorKind;
///
/// let info = IndicatorKind::Macd.info();
/// assert_eq!(info.name, "macd");
/// assert_eq!(info.parameters.iter().map(|p| p.default).collect::<Vec<_>>(), [12.0, 26.0, 9.0]);
/// assert_eq!(info.outputs.iter().map(|o| o.name).collect::<Vec<_>>(), ["macd", "signal", "histogram"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IndicatorInfo {
    /// Which indicator.
    pub kind: IndicatorKind,
    /// Its short name in lower case, as serde writes the kind.
    pub name: &'static str,
    /// Its name in words.
    pub title: &'static str,
    /// The columns it reads.
    pub input: InputColumns,
    /// Its parameters, in the order of [`IndicatorSpec::new`](crate::IndicatorSpec::new).
    pub parameters: &'static [ParameterInfo],
    /// Its outputs, in the order of [`IndicatorSpec::compute`](crate::IndicatorSpec::compute).
    pub outputs: &'static [OutputInfo],
    /// The function of Pine Script that computes the same indicator; how its numbers differ stands at the function
    /// of this crate.
    pub pine: &'static str,
    /// Where it was first described.
    pub reference: &'static str,
}

/// The columns an indicator reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InputColumns {
    /// One price a bar, of the caller's choice.
    Price,
    /// High, low and close of each bar.
    HighLowClose,
}

/// A parameter of an indicator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParameterInfo {
    /// Its name, as in [`IndicatorSpec`](crate::IndicatorSpec).
    pub name: &'static str,
    /// Whether it is a whole number (of bars).
    pub integer: bool,
    /// The smallest value allowed.
    pub min: f64,
    /// The largest value allowed.
    pub max: f64,
    /// What books and charting programs usually take.
    pub default: f64,
}

/// An output of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutputInfo {
    /// Its name; `value` where there is only one.
    pub name: &'static str,
    /// What it is measured in.
    pub unit: Unit,
}

/// What an output is measured in: values of different units do not share an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// The input price's unit and level.
    Price,
    /// 0 to 100.
    Percent,
    /// The input price's unit, around or above 0.
    PriceDifference,
}

const fn bars(name: &'static str, default: f64) -> ParameterInfo {
    ParameterInfo { name, integer: true, min: 1.0, max: Period::MAX as f64, default }
}

const fn output(name: &'static str, unit: Unit) -> OutputInfo {
    OutputInfo { name, unit }
}

const WILDER: &str = "J. W. Wilder, New Concepts in Technical Trading Systems (1978)";

/// One entry for each kind, in the order of the enum.
pub(crate) static CATALOGUE: [IndicatorInfo; 8] = [
    IndicatorInfo {
        kind: IndicatorKind::Sma,
        name: "sma",
        title: "Simple moving average",
        input: InputColumns::Price,
        parameters: &[bars("period", 20.0)],
        outputs: &[output("value", Unit::Price)],
        pine: "ta.sma",
        reference: "J. J. Murphy, Technical Analysis of the Financial Markets (1999), chapter 9",
    },
    IndicatorInfo {
        kind: IndicatorKind::Ema,
        name: "ema",
        title: "Exponential moving average",
        input: InputColumns::Price,
        parameters: &[bars("period", 20.0)],
        outputs: &[output("value", Unit::Price)],
        pine: "ta.ema",
        reference: "J. J. Murphy, Technical Analysis of the Financial Markets (1999), chapter 9",
    },
    IndicatorInfo {
        kind: IndicatorKind::Rsi,
        name: "rsi",
        title: "Relative strength index",
        input: InputColumns::Price,
        parameters: &[bars("period", 14.0)],
        outputs: &[output("value", Unit::Percent)],
        pine: "ta.rsi",
        reference: WILDER,
    },
    IndicatorInfo {
        kind: IndicatorKind::Macd,
        name: "macd",
        title: "Moving average convergence/divergence",
        input: InputColumns::Price,
        parameters: &[bars("fast", 12.0), bars("slow", 26.0), bars("signal", 9.0)],
        outputs: &[
            output("macd", Unit::PriceDifference),
            output("signal", Unit::PriceDifference),
            output("histogram", Unit::PriceDifference),
        ],
        pine: "ta.macd",
        reference: "G. Appel, Technical Analysis: Power Tools for Active Investors (2005), chapter 8",
    },
    IndicatorInfo {
        kind: IndicatorKind::Bollinger,
        name: "bollinger",
        title: "Bollinger bands",
        input: InputColumns::Price,
        parameters: &[
            bars("period", 20.0),
            ParameterInfo {
                name: "deviations",
                integer: false,
                min: 0.0,
                max: Bollinger::MAX_DEVIATIONS,
                default: 2.0,
            },
        ],
        outputs: &[output("upper", Unit::Price), output("middle", Unit::Price), output("lower", Unit::Price)],
        pine: "ta.bb",
        reference: "J. Bollinger, Bollinger on Bollinger Bands (2001)",
    },
    IndicatorInfo {
        kind: IndicatorKind::Stochastic,
        name: "stochastic",
        title: "Stochastic oscillator",
        input: InputColumns::HighLowClose,
        parameters: &[bars("k_period", 14.0), bars("k_smoothing", 3.0), bars("d_period", 3.0)],
        outputs: &[output("k", Unit::Percent), output("d", Unit::Percent)],
        pine: "ta.stoch",
        reference: "G. C. Lane, Lane's Stochastics, Technical Analysis of Stocks & Commodities 2 (1984)",
    },
    IndicatorInfo {
        kind: IndicatorKind::Atr,
        name: "atr",
        title: "Average true range",
        input: InputColumns::HighLowClose,
        parameters: &[bars("period", 14.0)],
        outputs: &[output("value", Unit::PriceDifference)],
        pine: "ta.atr",
        reference: WILDER,
    },
    IndicatorInfo {
        kind: IndicatorKind::Adx,
        name: "adx",
        title: "Average directional index",
        input: InputColumns::HighLowClose,
        parameters: &[bars("period", 14.0)],
        outputs: &[output("adx", Unit::Percent), output("plus_di", Unit::Percent), output("minus_di", Unit::Percent)],
        pine: "ta.dmi",
        reference: WILDER,
    },
];
