use crate::{IndicatorKind, Profile};

/// What there is to know about an indicator without computing it: for menus, validation, searches, documentation and
/// code generators.
///
/// ```
/// use indicators::IndicatorKind;
///
/// let info = IndicatorKind::named("macd").ok_or("no such indicator")?.info();
/// assert_eq!(info.parameters.iter().map(|p| p.default).collect::<Vec<_>>(), [12.0, 26.0, 9.0]);
/// assert_eq!(info.outputs.iter().map(|o| o.name).collect::<Vec<_>>(), ["macd", "signal", "histogram"]);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct IndicatorInfo {
    /// Its short name in lower case.
    pub name: &'static str,
    /// Its name in words.
    pub title: &'static str,
    /// What kind of study it is.
    pub group: Group,
    /// The columns it reads, in the order of [`IndicatorSpec::compute`](crate::IndicatorSpec::compute).
    pub inputs: &'static [Column],
    /// Its parameters, in the order of [`IndicatorSpec::new`](crate::IndicatorSpec::new).
    pub parameters: &'static [ParameterInfo],
    /// Its outputs, in the order of [`IndicatorSpec::compute`](crate::IndicatorSpec::compute).
    pub outputs: &'static [OutputInfo],
    /// TA-Lib's function of the same parameters and outputs; where ours has more outputs, TA-Lib's are the first.
    pub talib: Option<&'static str>,
    /// The same in Pine Script.
    pub pine: Option<Pine>,
    /// How it is computed, in a line of text.
    pub formula: &'static str,
    /// What a trader reads from it.
    pub meaning: &'static str,
    /// Flat and degenerate cases, and where the profiles differ.
    pub notes: &'static str,
    /// Where it was first described, or by whom it is defined.
    pub reference: &'static str,
}

impl IndicatorInfo {
    /// Its handle.
    pub fn kind(&'static self) -> IndicatorKind {
        IndicatorKind::of(self.name)
    }

    /// The profiles it can be computed in.
    pub fn profiles(&self) -> impl Iterator<Item = Profile> {
        Profile::ALL.into_iter().filter(|&profile| crate::maker::find(self.name, profile).is_some())
    }
}

/// What kind of study an indicator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Group {
    /// Averages, bands and stops on the scale of the price.
    Overlap,
    /// Strength, speed and direction of a movement.
    Momentum,
    /// What reads the volume.
    Volume,
    /// Size of the movements.
    Volatility,
    /// One price from the prices of a bar.
    Price,
    /// Periods and phases.
    Cycle,
    /// Rolling statistics.
    Statistics,
    /// Arithmetic of columns.
    Math,
    /// Candlestick formations.
    Pattern,
    /// Support, resistance, pivots and trend lines.
    Levels,
}

/// A column that an indicator reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Column {
    /// One number a bar, of the caller's choice; usually the close.
    Source,
    /// A second one.
    Second,
    /// First price of each bar.
    Open,
    /// Highest price of each bar.
    High,
    /// Lowest price of each bar.
    Low,
    /// Last price of each bar.
    Close,
    /// Volume of each bar.
    Volume,
    /// Not 0 on a bar that fulfils a condition, or that begins a new session.
    Condition,
}

impl Column {
    /// Its name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Second => "second",
            Self::Open => "open",
            Self::High => "high",
            Self::Low => "low",
            Self::Close => "close",
            Self::Volume => "volume",
            Self::Condition => "condition",
        }
    }

    /// Whether it is one of the caller's choice, and not one that each bar has.
    pub const fn is_chosen(self) -> bool {
        matches!(self, Self::Source | Self::Second | Self::Condition)
    }
}

/// A parameter of an indicator.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ParameterInfo {
    /// Its name.
    pub name: &'static str,
    /// What kind of number it is.
    pub kind: ParameterKind,
    /// The smallest value allowed.
    pub min: f64,
    /// The largest value allowed.
    pub max: f64,
    /// What books and charting programs usually take.
    pub default: f64,
}

/// What kind of number a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum ParameterKind {
    /// A whole number, mostly of bars.
    Bars,
    /// A real number.
    Number,
    /// One of these names; as a number its index.
    Choice(&'static [&'static str]),
}

/// An output of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct OutputInfo {
    /// Its name; `value` where there is only one.
    pub name: &'static str,
    /// What it is measured in.
    pub unit: Unit,
}

/// What an output is measured in: values of different units do not share an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Unit {
    /// The input price's unit and level.
    Price,
    /// The input price's unit, around or above 0.
    PriceDifference,
    /// 0 to 100.
    Percent,
    /// The volume's unit, or volume times price.
    Volume,
    /// A number of bars, or the index of one.
    Bars,
    /// −1, 0, 1, or TA-Lib's ±100, ±80, ±200: a formation or a direction.
    Signal,
    /// An angle in degrees.
    Degrees,
    /// A number of no unit.
    Number,
}

/// An indicator in Pine Script v6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Pine {
    /// Statements, one a line. `{source}` and `{second}` stand for the columns of the caller's choice, other names in
    /// braces for parameters; `{name}` for what the indicator is to be called, so that its variables are its own.
    /// A single expression, if it has no `=`.
    pub lines: &'static str,
    /// For each output the expression that gives it behind these lines; empty if `lines` is an expression.
    pub outputs: &'static [&'static str],
}
