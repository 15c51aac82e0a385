use serde::{Deserialize, Serialize};

/// The value of one parameter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Of a float parameter.
    Float(f64),
    /// Of an integer parameter.
    Int(i64),
    /// Of a categorical parameter: position of the choice.
    Choice(usize),
    /// Of a boolean parameter.
    Bool(bool),
}

impl Value {
    /// A number as `f64`; `None` for choices and truth values.
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Float(value) => Some(value),
            Self::Int(value) => Some(value as f64),
            Self::Choice(_) | Self::Bool(_) => None,
        }
    }
}

/// One value for each active parameter of a [`Space`](crate::Space), in the order of its parameters; `None` where a
/// parameter is not active.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Point {
    values: Vec<Option<Value>>,
}

impl Point {
    /// From one entry a parameter. [`Space::check`](crate::Space::check) says whether they fit.
    pub fn new(values: Vec<Option<Value>>) -> Self {
        Self { values }
    }

    /// One entry a parameter, in the order of the space.
    pub fn values(&self) -> &[Option<Value>] {
        &self.values
    }

    /// A key that is equal for equal points, −0.0 counting as 0.0.
    pub(crate) fn key(&self) -> Vec<(u8, u64)> {
        let of = |value: &Option<Value>| match *value {
            None => (0, 0),
            Some(Value::Float(x)) => (1, (x + 0.0).to_bits()),
            Some(Value::Int(x)) => (2, x.cast_unsigned()),
            Some(Value::Choice(x)) => (3, x as u64),
            Some(Value::Bool(x)) => (4, u64::from(x)),
        };
        self.values.iter().map(of).collect()
    }
}
