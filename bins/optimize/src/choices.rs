use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// Formats of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Comma-separated, names in the first line.
    Csv,
    /// JSON Lines: an object a row.
    #[value(alias = "jsonl")]
    Json,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Print {
    /// Text for people.
    Human,
    /// One JSON object.
    Json,
}

/// Figures that a search can maximise or minimise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Figure {
    /// Sharpe ratio of bar returns.
    Sharpe,
    /// Sortino ratio.
    Sortino,
    /// Return after costs.
    NetReturn,
    /// Calmar ratio.
    Calmar,
    /// Profit factor.
    ProfitFactor,
    /// Largest drawdown, the smaller the better; with others only.
    MaxDrawdown,
    /// Share of winning trades; with others only.
    WinRate,
    /// Net profit over costs; with others only.
    ProfitPerCost,
    /// Number of trades; with others only.
    TradeCount,
    /// Share of bars in a position, the smaller the better; with others only.
    Exposure,
}

/// How markets without a pattern are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum NullName {
    /// Each move keeps its size and place, and a coin tells its sign: volatility stays as it is.
    Signs,
    /// The bars in another order.
    Permutation,
}

/// Samplers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SamplerName {
    /// Tree-structured Parzen estimator: learns, and chooses among strategies too.
    Tpe,
    /// CMA-ES: learns; for one strategy.
    CmaEs,
    /// NSGA-II: learns, for several figures.
    Nsga2,
    /// Random points.
    Random,
    /// Scrambled Sobol points, which cover the space evenly.
    Sobol,
    /// The grid in random order.
    Grid,
}

/// When a trial is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Prune {
    /// Never.
    None,
    /// Worse than the median of the others at the same part.
    Median,
    /// Successive halving.
    Halving,
    /// Significantly worse than the best trial over the same parts, by Wilcoxon's signed-rank test.
    Wilcoxon,
}
