use serde::{Deserialize, Serialize};

/// What a number counts, which decides how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unit {
    /// A fraction, written in per cent with two decimals.
    Fraction,
    /// Money in the header's currency, two decimals.
    Money,
    /// A number without unit, two decimals.
    Ratio,
    /// A probability, three decimals.
    Probability,
    /// A whole number.
    Count,
    /// A number of bars.
    Bars,
    /// A number of days, one decimal.
    Days,
}

/// A named figure with its definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// The field's name for it.
    pub name: String,
    /// How it is defined, in a sentence or two; shown as a tooltip and in a list. May be empty.
    pub definition: String,
    /// What it counts.
    pub unit: Unit,
    /// What it belongs to, such as `Risk`; a table has a heading wherever it changes. May be empty.
    #[serde(default)]
    pub group: String,
    /// Whether it is also a column of the table of the best.
    #[serde(default)]
    pub key: bool,
    /// Its values; absent where it is undefined.
    pub cells: Vec<Option<Estimate>>,
}

/// A number, with its interval where one is known.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Where the true one lies.
    #[serde(default)]
    pub interval: Option<Interval>,
}

impl From<f64> for Estimate {
    fn from(value: f64) -> Self {
        Self { value, interval: None }
    }
}

/// A confidence interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end, not below the lower one.
    pub high: f64,
    /// Confidence, 0 to 1, such as 0.95.
    pub level: f64,
}

/// Correlation of the returns of the report's strategies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correlation {
    /// Row by row, -1 to 1; as many rows and columns as strategies. Absent where a return has no variance.
    pub values: Vec<Option<f64>>,
    /// Of which returns, in words; may be empty.
    pub note: String,
}

/// Probability of back-test over-fitting, by combinatorially symmetric cross-validation (Bailey, Borwein, López de
/// Prado and Zhu, 2015).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overfitting {
    /// Share of the splits whose logit is at most 0, 0 to 1.
    pub pbo: f64,
    /// The logit of the out-of-sample rank of the in-sample best, for each split.
    pub logits: Vec<f64>,
    /// Number of parts, trials and what else matters, in words; may be empty.
    pub note: String,
}
