use serde::{Deserialize, Serialize};

use super::Value;
use crate::Error;

/// The values that a parameter takes. Both bounds belong to the range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    /// Real numbers, or with a step the numbers `low + k · step` up to `high`.
    Float {
        /// Lower bound.
        low: f64,
        /// Upper bound.
        high: f64,
        /// Distance of the values; `None` for all of them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<f64>,
        /// Whether values are spread evenly over their logarithm; excludes a step.
        #[serde(default)]
        log: bool,
    },
    /// Whole numbers `low + k · step` up to `high`.
    Int {
        /// Lower bound.
        low: i64,
        /// Upper bound.
        high: i64,
        /// Distance of the values, at least 1.
        step: u32,
        /// Whether values are spread evenly over their logarithm; excludes a step other than 1.
        #[serde(default)]
        log: bool,
    },
    /// One of several choices without an order.
    Categorical {
        /// Their names, all different.
        choices: Vec<String>,
    },
    /// False or true.
    Boolean,
}

impl Domain {
    /// Real numbers, spread evenly.
    pub fn float(low: f64, high: f64) -> Self {
        Self::Float { low, high, step: None, log: false }
    }

    /// Real numbers, spread evenly over their logarithm.
    pub fn log_float(low: f64, high: f64) -> Self {
        Self::Float { low, high, step: None, log: true }
    }

    /// The numbers `low + k · step` up to `high`.
    pub fn float_step(low: f64, high: f64, step: f64) -> Self {
        Self::Float { low, high, step: Some(step), log: false }
    }

    /// Whole numbers, spread evenly.
    pub fn int(low: i64, high: i64) -> Self {
        Self::Int { low, high, step: 1, log: false }
    }

    /// Whole numbers, spread evenly over their logarithm.
    pub fn log_int(low: i64, high: i64) -> Self {
        Self::Int { low, high, step: 1, log: true }
    }

    /// The whole numbers `low + k · step` up to `high`.
    pub fn int_step(low: i64, high: i64, step: u32) -> Self {
        Self::Int { low, high, step, log: false }
    }

    /// One of `choices`.
    pub fn categorical<T: Into<String>>(choices: impl IntoIterator<Item = T>) -> Self {
        Self::Categorical { choices: choices.into_iter().map(Into::into).collect() }
    }

    /// False or true.
    pub fn boolean() -> Self {
        Self::Boolean
    }

    /// How many values there are; `None` for a continuum.
    pub fn n_values(&self) -> Option<u64> {
        match *self {
            Self::Float { low, high, step: None, .. } => (low >= high).then_some(1),
            // The share of 1e-9 keeps the last value where `high - low` is a multiple of the step but for rounding.
            Self::Float { low, high, step: Some(step), .. } => Some(floor_u64((high - low) / step * (1.0 + 1e-9)) + 1),
            Self::Int { low, high, step, .. } => Some(high.abs_diff(low) / u64::from(step) + 1),
            Self::Categorical { ref choices } => Some(choices.len() as u64),
            Self::Boolean => Some(2),
        }
    }

    /// Whether the parameter takes this value; floats with a step must be the very number that the grid has.
    pub fn contains(&self, value: Value) -> bool {
        match (self, value) {
            (&Self::Float { low, high, step: None, .. }, Value::Float(x)) => (low..=high).contains(&x),
            _ => self.grid_position(value).is_some_and(|at| self.at_grid(at) == value),
        }
    }

    /// Position of a value among the countable values; `None` for a continuum and for values of another kind.
    pub(crate) fn grid_position(&self, value: Value) -> Option<u64> {
        let n = self.n_values()?;
        let at = match (self, value) {
            (&Self::Float { low, step, .. }, Value::Float(x)) => {
                let at = step.map_or(0.0, |step| libm::round((x - low) / step));
                if !(at >= 0.0 && x.is_finite()) {
                    return None;
                }
                floor_u64(at)
            }
            (&Self::Int { low, high, step, .. }, Value::Int(x)) if (low..=high).contains(&x) => {
                x.abs_diff(low) / u64::from(step)
            }
            (Self::Categorical { .. }, Value::Choice(x)) => x as u64,
            (Self::Boolean, Value::Bool(x)) => u64::from(x),
            _ => return None,
        };
        (at < n).then_some(at)
    }

    /// The value at a position among the countable values.
    pub(crate) fn at_grid(&self, at: u64) -> Value {
        match *self {
            Self::Float { low, high, step, .. } => Value::Float((low + at as f64 * step.unwrap_or(0.0)).min(high)),
            Self::Int { low, step, .. } => Value::Int(low.wrapping_add_unsigned(at * u64::from(step))),
            Self::Categorical { .. } => Value::Choice(usize::try_from(at).expect("a position among choices in memory")),
            Self::Boolean => Value::Bool(at == 1),
        }
    }

    pub(super) fn validate(&self, name: &str) -> Result<(), Error> {
        let name = || name.to_owned();
        match *self {
            Self::Float { low, high, step, log } => {
                check_range(name(), low, high, log)?;
                match step {
                    // Above 2^53 steps the positions would no longer be exact.
                    Some(step) if log || !(step > 0.0 && (high - low) / step < 9e15) => {
                        Err(Error::BadStep { name: name(), step })
                    }
                    _ => Ok(()),
                }
            }
            Self::Int { low, high, step, log } => {
                check_range(name(), low as f64, high as f64, log)?;
                if step == 0 || (log && step != 1) || high.abs_diff(low) > 1 << 53 {
                    return Err(Error::BadStep { name: name(), step: f64::from(step) });
                }
                Ok(())
            }
            Self::Categorical { ref choices } => {
                let repeated = (1..choices.len()).any(|i| choices[..i].contains(&choices[i]));
                if choices.is_empty() || repeated {
                    return Err(Error::BadChoices { name: name(), n_choices: choices.len() });
                }
                Ok(())
            }
            Self::Boolean => Ok(()),
        }
    }
}

fn check_range(name: String, low: f64, high: f64, log: bool) -> Result<(), Error> {
    if !(low <= high && (high - low).is_finite()) {
        return Err(Error::BadRange { name, low, high });
    }
    if log && low <= 0.0 {
        return Err(Error::LogOfNonPositive { name, low });
    }
    Ok(())
}

/// The whole part of a number that is not negative and below 2⁶⁴.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the callers check the range")]
pub(super) fn floor_u64(x: f64) -> u64 {
    libm::floor(x) as u64
}

/// When a parameter is active: its parent is active and has one of these values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Name of the parent.
    pub parent: String,
    /// The parent's values.
    pub values: Vec<Value>,
}

/// A named parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name, unique in the space.
    pub name: String,
    /// Its values.
    pub domain: Domain,
    /// When it is active; `None` for always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
}

impl Parameter {
    /// A parameter that is always active.
    pub fn new(name: impl Into<String>, domain: Domain) -> Self {
        Self { name: name.into(), domain, condition: None }
    }

    /// The same parameter, active only where `parent` is active and has one of `values`.
    #[must_use]
    pub fn when(mut self, parent: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        self.condition = Some(Condition { parent: parent.into(), values: values.into_iter().collect() });
        self
    }
}
