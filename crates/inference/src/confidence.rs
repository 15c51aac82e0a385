use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::Error;

/// How sure a statement is, from 0 (not at all) to 1 (certain).
///
/// What its maker means by it is the maker's: a language model's number is no calibrated probability.
///
/// ```
/// use inference::Confidence;
///
/// assert_eq!(Confidence::new(0.25)?.get(), 0.25);
/// assert!(Confidence::new(f64::NAN).is_err());
/// # Ok::<(), inference::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Confidence(f64);

impl Confidence {
    /// The lowest confidence, 0.
    pub const ZERO: Self = Self(0.0);

    /// A confidence of `value`.
    ///
    /// # Errors
    /// [`Error::Confidence`] outside 0..=1 and for NaN.
    pub fn new(value: f64) -> Result<Self, Error> {
        if (0.0..=1.0).contains(&value) { Ok(Self(value)) } else { Err(Error::Confidence { value }) }
    }

    /// The number, in 0..=1.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl TryFrom<f64> for Confidence {
    type Error = Error;

    fn try_from(value: f64) -> Result<Self, Error> {
        Self::new(value)
    }
}

impl From<Confidence> for f64 {
    fn from(confidence: Confidence) -> Self {
        confidence.0
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl JsonSchema for Confidence {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Confidence".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": 0, "maximum": 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::Confidence;

    #[test]
    fn takes_both_ends_and_nothing_beyond() {
        for value in [0.0, 0.5, 1.0] {
            assert_eq!(Confidence::new(value).unwrap().get().to_bits(), value.to_bits());
        }
        for value in [-f64::EPSILON, 1.0 + f64::EPSILON, f64::NAN, f64::INFINITY] {
            assert!(Confidence::new(value).is_err(), "{value}");
        }
    }

    #[test]
    fn is_a_plain_number_in_json() {
        assert_eq!(serde_json::to_string(&Confidence::new(0.3).unwrap()).unwrap(), "0.3");
        assert_eq!(
            serde_json::from_str::<Confidence>("1.5").unwrap_err().to_string(),
            "confidence 1.5 is not between 0 and 1"
        );
    }
}
