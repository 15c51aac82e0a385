use serde::{Deserialize, Serialize};

use crate::model::{Equity, Metric, Trade};

/// One of the best strategies and how it did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Strategy {
    /// Its name, unique in the report by habit.
    pub name: String,
    /// Its parameters.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    /// Share of the capital that is advised for it, 0 to 1; the shares of a report sum to at most 1.
    #[serde(default)]
    pub allocation: Option<f64>,
    /// Place in the ranking as a number, higher is better.
    #[serde(default)]
    pub score: Option<f64>,
    /// How the score came about.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    /// Largest absolute correlation of returns with those ranked above, 0 to 1.
    #[serde(default)]
    pub correlation_to_better: Option<f64>,
    /// What else is to be said about it, in plain words; may be empty.
    #[serde(default)]
    pub note: String,
    /// Files beside the report that belong to it.
    #[serde(default)]
    pub files: Vec<Link>,
    /// Its account over time.
    #[serde(default)]
    pub equity: Option<Equity>,
    /// Its trades, in order of entry.
    #[serde(default)]
    pub trades: Vec<Trade>,
    /// Its figures; each has a cell for each of [`Report::metric_columns`](crate::Report::metric_columns).
    #[serde(default)]
    pub metrics: Vec<Metric>,
    /// What else could have happened, one simulation after the other.
    #[serde(default)]
    pub monte_carlo: Vec<MonteCarlo>,
}

impl Strategy {
    /// A strategy that has a name only.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            parameters: Vec::new(),
            allocation: None,
            score: None,
            criteria: Vec::new(),
            correlation_to_better: None,
            note: String::new(),
            files: Vec::new(),
            equity: None,
            trades: Vec::new(),
            metrics: Vec::new(),
            monte_carlo: Vec::new(),
        }
    }
}

/// A parameter and its value, ready to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// The input.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// How a strategy does by one criterion of the ranking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// The criterion.
    pub name: String,
    /// Its weight, at least 0.
    pub weight: f64,
    /// The figure; absent where it is undefined.
    pub value: Option<f64>,
    /// Its place among the candidates, 0 to 1.
    pub score: f64,
}

/// A file beside the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What it is.
    pub label: String,
    /// Where it is, relative to the report. It is shown as text, never as a link that could run something.
    pub path: String,
}

/// Quantiles of equity over simulated paths.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonteCarlo {
    /// How the paths were made, in words, such as `1,000 shuffles of the trades, seed 7`.
    pub method: String,
    /// What came out, in words; may be empty.
    #[serde(default)]
    pub summary: String,
    /// What one step of a path is, such as `trade` or `day`.
    pub step: String,
    /// Steps done at each value of the bands, 0 for the start; empty: 1, 2, 3 and so on. They are evenly spread.
    #[serde(default)]
    pub steps: Vec<u64>,
    /// Quantiles of equity at each step, by rising quantile; all of one length.
    pub bands: Vec<QuantileBand>,
    /// What did happen, at the same steps; may be empty.
    pub realised: Vec<f64>,
}

/// One quantile over the steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuantileBand {
    /// Which, 0 to 1.
    pub quantile: f64,
    /// Equity at each step, in the header's currency.
    pub equity: Vec<f64>,
}
