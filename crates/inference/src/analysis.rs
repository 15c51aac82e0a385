use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::Confidence;

/// What an analyst says about one instrument at one moment.
///
/// All fields are required and no others are allowed; ranges that no type carries are checked by
/// [`Analysis::validate`] and stand in [`crate::analysis_schema`].
///
/// ```
/// use inference::{Action, Analysis, Confidence};
///
/// let analysis = Analysis {
///     action: Action::Hold,
///     confidence: Confidence::new(0.5)?,
///     reasoning: "No trend.".to_owned(),
///     patterns: vec![],
///     levels: vec![],
///     proposals: vec![],
/// };
/// analysis.validate()?;
/// # Ok::<(), inference::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(description = "What an analyst says about one instrument at one moment.")]
pub struct Analysis {
    /// What to do at the newest bar.
    pub action: Action,
    /// How sure the action is, 0 to 1.
    pub confidence: Confidence,
    /// Why, in 1 to 1000 characters.
    #[schemars(length(min = 1, max = 1000))]
    pub reasoning: String,
    /// Patterns seen in the charts, at most 16.
    #[schemars(length(max = 16))]
    pub patterns: Vec<Pattern>,
    /// Support and resistance prices, at most 16.
    #[schemars(length(max = 16))]
    pub levels: Vec<Level>,
    /// Indicator settings worth trying, at most 16.
    #[schemars(length(max = 16))]
    pub proposals: Vec<Proposal>,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Action {
    /// Be long.
    Buy,
    /// Be short.
    Sell,
    /// Do nothing.
    Hold,
}

impl Action {
    /// Each action once.
    pub const ALL: [Self; 3] = [Self::Buy, Self::Sell, Self::Hold];

    /// The action as it stands in JSON: `BUY`, `SELL` or `HOLD`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Buy => "BUY",
            Self::Sell => "SELL",
            Self::Hold => "HOLD",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl JsonSchema for Action {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Action".into()
    }

    /// A plain `enum`, which every grammar compiler knows, and not one `const` a documented variant.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": Self::ALL.map(Self::name) })
    }
}

/// A pattern seen in a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// Its usual name, such as `double bottom`, in 1 to 80 characters.
    #[schemars(length(min = 1, max = 80))]
    pub name: String,
    /// How sure it is there, 0 to 1.
    pub confidence: Confidence,
}

/// A price at which the market turned before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Whether it holds from below or from above.
    pub kind: LevelKind,
    /// The price, in the quote currency, above 0.
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub price: f64,
}

/// Which side of the market a level holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LevelKind {
    /// Buyers were met there: the price stopped falling.
    Support,
    /// Sellers were met there: the price stopped rising.
    Resistance,
}

impl LevelKind {
    /// Each kind once.
    pub const ALL: [Self; 2] = [Self::Support, Self::Resistance];

    /// The kind as it stands in JSON: `support` or `resistance`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Resistance => "resistance",
        }
    }
}

impl fmt::Display for LevelKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl JsonSchema for LevelKind {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "LevelKind".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": Self::ALL.map(Self::name) })
    }
}

/// Settings of an indicator that the analyst would try: a hint for a parameter search, never an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The indicator's name, such as `rsi`, in 1 to 40 characters. Whether it exists is the reader's question.
    #[schemars(length(min = 1, max = 40))]
    pub indicator: String,
    /// Its parameters, 1 to 8, each name once.
    #[schemars(length(min = 1, max = 8))]
    pub parameters: Vec<Parameter>,
    /// Why, in 1 to 400 characters.
    #[schemars(length(min = 1, max = 400))]
    pub reason: String,
}

/// A parameter of an indicator and its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name, such as `period`, in 1 to 40 characters.
    #[schemars(length(min = 1, max = 40))]
    pub name: String,
    /// Its value, in the indicator's own unit.
    pub value: f64,
}

#[cfg(test)]
mod tests {
    use super::{Action, LevelKind};

    #[test]
    fn names_are_those_of_the_json() {
        for action in Action::ALL {
            assert_eq!(serde_json::to_string(&action).unwrap(), format!("\"{action}\""));
        }
        for kind in LevelKind::ALL {
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{kind}\""));
        }
    }
}
