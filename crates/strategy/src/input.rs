use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A number that a parameter search may change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// A name that is also a valid Pine identifier: `[a-z][a-z0-9_]*`.
    pub name: String,
    /// Its type and range.
    pub kind: InputKind,
}

/// Type, default and range of an [`Input`]. The range is `min, min + step, …` up to and including `max`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum InputKind {
    /// A whole number.
    Integer {
        /// Value outside of a search.
        default: i64,
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
        /// Distance of neighbouring values, at least 1.
        step: i64,
    },
    /// A decimal number.
    Float {
        /// Value outside of a search.
        default: f64,
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Distance of neighbouring values, above 0.
        step: f64,
    },
}

/// Position of an [`Input`] in [`Strategy::inputs`](crate::Strategy::inputs).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct InputId(pub u16);

/// A relation that the values of two inputs must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Constraint {
    /// The input with the smaller value, …
    pub less: InputId,
    /// … and the one with the larger value.
    pub than: InputId,
}

/// A number that is fixed while the strategy runs: written down, or taken from an input.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    /// The number itself.
    Const(f64),
    /// The value of an input.
    Input(InputId),
}

/// One value for each input of a strategy, in their order; whole numbers are stored as `f64`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Params(Vec<f64>);

impl Params {
    /// Values in the order of the inputs. They are checked where they meet a strategy.
    pub fn new(values: Vec<f64>) -> Self {
        Self(values)
    }

    /// The values, in the order of the inputs.
    pub fn values(&self) -> &[f64] {
        &self.0
    }
}

impl Input {
    /// Value outside of a search.
    pub fn default_value(&self) -> f64 {
        match self.kind {
            InputKind::Integer { default, .. } => default as f64,
            InputKind::Float { default, .. } => default,
        }
    }

    /// Smallest and largest value.
    pub fn range(&self) -> (f64, f64) {
        match self.kind {
            InputKind::Integer { min, max, .. } => (min as f64, max as f64),
            InputKind::Float { min, max, .. } => (min, max),
        }
    }

    /// Whether the values are whole numbers.
    pub fn is_integer(&self) -> bool {
        matches!(self.kind, InputKind::Integer { .. })
    }
}

impl Arg {
    /// The number under `params`.
    ///
    /// # Panics
    /// If it names an input that `params` lacks; a validated strategy with checked parameters has none such.
    pub fn value(self, params: &Params) -> f64 {
        match self {
            Self::Const(value) => value,
            Self::Input(InputId(index)) => params.values()[usize::from(index)],
        }
    }
}
