use serde::{Deserialize, Serialize};

use crate::model::{
    Candles, Commentary, Correlation, DataQuality, Fact, Header, HeatMap, Metric, Overfitting, Period, Search,
    Strategy, Timing, Verdict, WalkForward, Warning,
};

/// Everything that the page shows. Only the header is needed; what is absent or empty is not shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// What was run, on what.
    pub header: Header,
    /// The answer, first on the page.
    #[serde(default)]
    pub verdict: Option<Verdict>,
    /// Large figures under the verdict.
    #[serde(default)]
    pub facts: Vec<Fact>,
    /// What a reader must know before trusting a number; shown in the given order.
    #[serde(default)]
    pub warnings: Vec<Warning>,
    /// What to do next, in plain words.
    #[serde(default)]
    pub recommendations: Vec<String>,
    /// The figures behind the verdict; each has one cell.
    #[serde(default)]
    pub evidence: Vec<Metric>,
    /// The bars. With bars, the time axis counts bars, so that weekends take no room.
    #[serde(default)]
    pub candles: Option<Candles>,
    /// Ranges shaded in the charts; they may touch and must not overlap.
    #[serde(default)]
    pub periods: Vec<Period>,
    /// Heads of the columns of [`Strategy::metrics`], such as `In-sample` and `Holdout`.
    #[serde(default)]
    pub metric_columns: Vec<String>,
    /// The best strategies, first one first.
    #[serde(default)]
    pub strategies: Vec<Strategy>,
    /// Correlation of the returns of `strategies`.
    #[serde(default)]
    pub correlation: Option<Correlation>,
    /// Results over pairs of parameters.
    #[serde(default)]
    pub heat_maps: Vec<HeatMap>,
    /// The walk-forward analysis.
    #[serde(default)]
    pub walk_forward: Option<WalkForward>,
    /// Probability of back-test over-fitting.
    #[serde(default)]
    pub overfitting: Option<Overfitting>,
    /// What was searched.
    #[serde(default)]
    pub search: Option<Search>,
    /// A comment by a model or a person.
    #[serde(default)]
    pub commentary: Option<Commentary>,
    /// What validation found in the data.
    #[serde(default)]
    pub data_quality: Option<DataQuality>,
    /// Method and conventions, one sentence or two each.
    #[serde(default)]
    pub method: Vec<String>,
    /// How long the stages took. Equal runs differ in it: leave it out where the page must be reproducible.
    #[serde(default)]
    pub timing: Option<Timing>,
}

impl Report {
    /// A report that has a header only.
    pub fn new(header: Header) -> Self {
        Self {
            header,
            verdict: None,
            facts: Vec::new(),
            warnings: Vec::new(),
            recommendations: Vec::new(),
            evidence: Vec::new(),
            candles: None,
            periods: Vec::new(),
            metric_columns: Vec::new(),
            strategies: Vec::new(),
            correlation: None,
            heat_maps: Vec::new(),
            walk_forward: None,
            overfitting: None,
            search: None,
            commentary: None,
            data_quality: None,
            method: Vec::new(),
            timing: None,
        }
    }
}
