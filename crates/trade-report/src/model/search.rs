use serde::{Deserialize, Serialize};

use crate::model::{Parameter, TimeRange, Unit};

/// Results over two parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeatMap {
    /// What it shows.
    pub title: String,
    /// What each cell is, such as `Sharpe ratio p.a., in-sample`.
    pub metric: String,
    /// What the metric counts.
    pub unit: Unit,
    /// The parameter along the width.
    pub x: Axis,
    /// The parameter along the height, lowest at the bottom.
    pub y: Axis,
    /// One value for each pair, row by row of `y`, so that `values[iy * x.values.len() + ix]` belongs to `x.values[ix]`
    /// and `y.values[iy]`; absent where there is no result.
    pub values: Vec<Option<f64>>,
    /// The chosen pair, as indices into `x.values` and `y.values`.
    #[serde(default)]
    pub chosen: Option<(usize, usize)>,
}

/// A parameter and its values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// The parameter.
    pub name: String,
    /// Its values, strictly rising.
    pub values: Vec<f64>,
}

/// The walk-forward analysis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WalkForward {
    /// What was done and what came out, in words; may be empty.
    pub summary: String,
    /// The figures of each fold; the first is drawn.
    pub figures: Vec<FoldFigure>,
    /// The folds, oldest first.
    pub folds: Vec<Fold>,
}

/// A figure that each fold has, in-sample and out-of-sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoldFigure {
    /// Its name.
    pub name: String,
    /// What it counts.
    pub unit: Unit,
}

/// One fold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fold {
    /// What was searched.
    pub train: TimeRange,
    /// What was traded.
    pub test: TimeRange,
    /// What was chosen in-sample; empty if nothing could be.
    pub choice: String,
    /// With which parameters.
    pub parameters: Vec<Parameter>,
    /// One for each of [`WalkForward::figures`].
    pub cells: Vec<FoldCell>,
}

/// A figure of a fold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FoldCell {
    /// Over the training range; absent where it is undefined.
    pub in_sample: Option<f64>,
    /// Over the test range; absent where it is undefined.
    pub out_of_sample: Option<f64>,
}

/// What was searched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// What the search did, in words; may be empty.
    pub summary: String,
    /// Trades below which a result does not count.
    pub min_trades: u64,
    /// Name of the figure of `median` and `best`, such as `Sharpe ratio p.a.`.
    pub metric: String,
    /// What the metric counts.
    pub unit: Unit,
    /// Each kind of strategy.
    pub rows: Vec<Tried>,
}

/// How the parameter sets of one kind of strategy did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tried {
    /// The strategy.
    pub name: String,
    /// Parameter sets tried.
    pub n_tried: u64,
    /// Those with enough trades to count.
    pub n_considered: u64,
    /// Those of them with a profit after costs.
    pub n_profitable: u64,
    /// Median of the metric over those that count.
    pub median: Option<f64>,
    /// Best of the metric over those that count.
    pub best: Option<f64>,
}

/// How long a run took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timing {
    /// The machine, threads and memory, in words; may be empty.
    pub note: String,
    /// The stages in their order.
    pub stages: Vec<StageTime>,
}

/// How long a stage took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageTime {
    /// The stage.
    pub name: String,
    /// Wall time in seconds, at least 0.
    pub seconds: f64,
    /// What it did, in words; may be empty.
    pub note: String,
}
