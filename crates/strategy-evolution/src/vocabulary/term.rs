use indicators::{Column, IndicatorKind, OutputInfo, ParameterInfo, ParameterKind, Unit};
use serde::{Deserialize, Serialize};
use strategy::Price;

use super::Grid;

/// Longest period that [`Term::of`] offers by itself.
const LONGEST: f64 = 500.0;

/// An output of an indicator that strategies may read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The indicator.
    pub kind: IndicatorKind,
    /// Which output, as the catalogue names it.
    pub output: String,
    /// What it is measured in, and so with what it may be compared.
    pub measure: Measure,
    /// The prices it may be computed from; empty if it reads columns of the bars only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Price>,
    /// The values of each of its parameters, in the catalogue's order.
    pub args: Vec<Grid>,
    /// Numbers it may be compared with; absent if it has no scale of its own, as a price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<Grid>,
    /// What becomes of it in a market that is turned upside down; absent if that is not known, and then it cannot occur
    /// where [`Sides::Mirrored`](super::Sides::Mirrored) is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mirror: Option<Mirror>,
}

/// What a number is measured in. Numbers of different measures are not compared, but for [`Measure::Signed`] and
/// [`Measure::Size`], which share the price's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// A price: an average, a band, a stop.
    Price,
    /// A difference of prices, around 0: momentum, MACD.
    Signed,
    /// A distance of prices, not below 0: a range, a deviation.
    Size,
    /// Traded volume.
    Volume,
    /// A scale of the indicator's own (0 to 100, a ratio, a direction): it is compared with constants, with its own
    /// past and with other outputs and parameters of the same indicator.
    Own,
}

/// What becomes of a number when every price p of the market is turned into −p (and high and low change places).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mirror {
    /// Its value v becomes 2 · `about` − v; absent if it stays as it is. Prices turn about 0.
    pub about: Option<f64>,
    /// The output that takes its place, as the lower band that of the upper; absent if it is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
}

impl Mirror {
    /// The value stays as it is, as that of a range or a volume.
    pub const SAME: Self = Self { about: None, output: None };

    /// The value v becomes 2 · `about` − v.
    pub const fn about(about: f64) -> Self {
        Self { about: Some(about), output: None }
    }
}

impl Term {
    /// An output as the catalogue describes it: periods around the usual ones, levels where the unit has a scale (0 to
    /// 100, a direction, a difference around 0), nothing about its mirror image. `None` if the indicator has no such
    /// output or reads what a strategy cannot give it.
    ///
    /// ```
    /// use indicators::IndicatorKind;
    /// use strategy_evolution::{Grid, Measure, Term};
    ///
    /// let rsi = IndicatorKind::named("rsi").ok_or("no such indicator")?;
    /// let term = Term::of(rsi, "value").ok_or("no such output")?;
    /// assert_eq!((term.measure, term.levels), (Measure::Own, Some(Grid::steps(5.0, 95.0, 5.0))));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn of(kind: IndicatorKind, output: &str) -> Option<Self> {
        let info = kind.info();
        let output = info.outputs.iter().find(|known| known.name == output)?;
        if info.inputs.iter().any(|column| matches!(column, Column::Second | Column::Condition)) {
            return None;
        }
        let measure = match output.unit {
            Unit::Price => Measure::Price,
            Unit::PriceDifference => Measure::Signed,
            Unit::Volume => Measure::Volume,
            Unit::Percent | Unit::Bars | Unit::Signal | Unit::Degrees | Unit::Number => Measure::Own,
        };
        let levels = match output.unit {
            Unit::Percent => Some(Grid::steps(5.0, 95.0, 5.0)),
            Unit::Signal | Unit::PriceDifference | Unit::Degrees => Some(Grid::list([0.0])),
            Unit::Price | Unit::Volume | Unit::Bars | Unit::Number => None,
        };
        let sources = if info.inputs.contains(&Column::Source) { vec![Price::Close] } else { Vec::new() };
        let args = info.parameters.iter().map(around).collect();
        Some(Self { kind, output: output.name.to_owned(), measure, sources, args, levels, mirror: None })
    }

    pub(crate) fn output_info(&self) -> Option<&'static OutputInfo> {
        self.kind.info().outputs.iter().find(|known| known.name == self.output)
    }

    /// Whether the measure is one that the unit of the output allows.
    pub(crate) fn measure_fits(&self, unit: Unit) -> bool {
        let of_volume = !self.sources.is_empty() && self.sources.iter().all(|&source| source == Price::Volume);
        let of_price = !self.sources.contains(&Price::Volume);
        match (unit, self.measure) {
            (Unit::Price, Measure::Price) | (Unit::PriceDifference, Measure::Signed | Measure::Size) => of_price,
            (Unit::Price | Unit::PriceDifference, Measure::Volume) => of_volume,
            (Unit::Volume, Measure::Volume) | (_, Measure::Own) => true,
            _ => false,
        }
    }
}

/// Values around the default of a parameter: for bars the default times a quarter, a half, 1, 2 and 4.
fn around(parameter: &ParameterInfo) -> Grid {
    let factors: &[f64] = match parameter.kind {
        ParameterKind::Bars if parameter.default > 1.0 => &[0.25, 0.5, 1.0, 2.0, 4.0],
        ParameterKind::Number if parameter.default > 0.0 => &[0.5, 0.75, 1.0, 1.5, 2.0],
        _ => &[1.0],
    };
    let whole = parameter.kind != ParameterKind::Number;
    let mut values: Vec<f64> = factors
        .iter()
        .map(|factor| parameter.default * factor)
        .map(|value| if whole { value.round() } else { value })
        .filter(|&value| value == parameter.default || !whole || value <= LONGEST)
        .filter(|&value| value >= parameter.min && value <= parameter.max)
        .collect();
    values.dedup();
    Grid::List(values)
}
