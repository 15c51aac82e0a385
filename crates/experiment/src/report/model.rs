use backtest::{Metrics, Profile};
use optimizer::Appraisal;
use serde::{Deserialize, Serialize};
use trade_report::Warning;

use crate::stages::data::DataQuality;

/// Everything that the report says: `performance_report.json` is this type, and `report.html` shows it, with more about
/// the best strategies.
///
/// Money is in the instrument's quote currency, returns and drawdowns are fractions, Sharpe ratios carry their period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PerformanceReport {
    /// Name of the run; equal plans over equal inputs share it.
    pub run_id: String,
    /// Seed of everything random.
    pub seed: u64,
    /// Whose arithmetic the indicators follow.
    pub profile: Profile,
    /// Whether anything found is better than chance.
    pub verdict: VerdictSummary,
    /// What a reader must know before trusting a number, the gravest first.
    pub warnings: Vec<Warning>,
    /// What to do next, in plain words, the most important first.
    pub recommendations: Vec<String>,
    /// The data.
    pub data: DataSummary,
    /// What trading costs.
    pub costs: CostSummary,
    /// How the bars are split.
    pub split: SplitSummary,
    /// What was searched.
    pub search: SearchSummary,
    /// Search and trade of each fold.
    pub walk_forward: WalkForwardSummary,
    /// The figures behind the verdict.
    pub evidence: EvidenceSummary,
    /// The best, first one first.
    pub top: Vec<StrategySummary>,
    /// How the shares of the best are found.
    pub allocation_rule: String,
    /// The comment on the chart.
    pub analyst: AnalystSummary,
}

/// Whether anything found is better than chance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VerdictSummary {
    /// True only if all conditions of `rule` hold.
    pub edge_found: bool,
    /// "edge found" or "no edge found".
    pub headline: String,
    /// What decided it.
    pub reasons: Vec<String>,
    /// The conditions, all of which "edge found" needs.
    pub rule: String,
}

/// The data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataSummary {
    /// Symbol.
    pub symbol: String,
    /// Length of a bar.
    pub timeframe: String,
    /// The source in words.
    pub source: String,
    /// Open time of the first bar.
    pub first: String,
    /// Open time of the last bar.
    pub last: String,
    /// Number of bars.
    pub n_bars: usize,
    /// Number of ticks; absent for a file of bars.
    pub n_ticks: Option<usize>,
    /// Mean of the bars' spreads in pips; absent where none is known.
    pub mean_spread_pips: Option<f64>,
    /// Quality in one paragraph.
    pub summary: String,
    /// What validation found and what was done about it.
    pub findings: Vec<FindingSummary>,
    /// The whole result of validation and cleaning.
    pub quality: DataQuality,
}

/// One kind of finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FindingSummary {
    /// The kind.
    pub name: String,
    /// How many.
    pub count: usize,
    /// When the first was seen.
    pub example: String,
    /// What was done about it.
    pub action: String,
}

/// What trading costs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostSummary {
    /// Quote currency.
    pub currency: String,
    /// Commission, slippage and spread in words.
    pub description: String,
    /// Commission, spread and slippage of a trade of the best pick, in and out, on average over the search period; absent
    /// if nothing was ranked or it did not trade.
    pub per_trade: Option<f64>,
    /// The same in pips of the traded quantity.
    pub per_trade_pips: Option<f64>,
}

/// How the bars are split.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SplitSummary {
    /// What the search saw.
    pub search: PeriodSummary,
    /// Bars between the two.
    pub embargo_bars: usize,
    /// What no search saw.
    pub holdout: PeriodSummary,
    /// Bars in a year at the data's density, by which ratios are annualised.
    pub bars_per_year: f64,
}

/// What was searched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchSummary {
    /// Parameter sets tried, over all strategies.
    pub n_tried: usize,
    /// Back-tests run, over all windows.
    pub n_backtests: usize,
    /// Trades below which a result does not count.
    pub min_trades: usize,
    /// Each strategy.
    pub strategies: Vec<TriedSummary>,
}

/// How the parameter sets of one strategy did on the search period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TriedSummary {
    /// Its name.
    pub name: String,
    /// Parameter sets tried.
    pub n_tried: usize,
    /// Those with enough trades to count.
    pub n_considered: usize,
    /// Those of them with a profit after costs.
    pub n_profitable: usize,
    /// Median annualised Sharpe ratio of those that count.
    pub median_sharpe: Option<f64>,
    /// Largest annualised Sharpe ratio of those that count.
    pub best_sharpe: Option<f64>,
}

/// The walk-forward analysis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WalkForwardSummary {
    /// Each fold.
    pub folds: Vec<FoldSummary>,
    /// Out-of-sample trades of all folds.
    pub n_trades: usize,
    /// Out-of-sample profit of all folds after costs.
    pub net_profit: f64,
    /// Mean return a bar out-of-sample over that in-sample.
    pub efficiency: Option<f64>,
}

/// One fold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoldSummary {
    /// From 1.
    pub number: usize,
    /// What was searched.
    pub train: PeriodSummary,
    /// What was traded.
    pub test: PeriodSummary,
    /// What was chosen in-sample; absent if nothing had enough trades.
    pub choice: Option<ChoiceSummary>,
}

/// A part of the data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeriodSummary {
    /// First bar, to the minute.
    pub from: String,
    /// Last bar, to the minute.
    pub to: String,
    /// Number of bars.
    pub n_bars: usize,
}

/// What a fold chose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChoiceSummary {
    /// The strategy.
    pub name: String,
    /// Its parameters.
    pub parameters: Vec<ParameterSummary>,
    /// Figures over the training.
    pub in_sample: Metrics,
    /// Figures over the test.
    pub out_of_sample: Metrics,
}

/// The figures behind the verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceSummary {
    /// Probability, without any edge, of results as good as those of the search and of the holdout together: what the
    /// verdict rests on.
    pub p_value: Option<f64>,
    /// Probability that the same search finds as much in a market without a pattern.
    pub search_p: Option<f64>,
    /// Markets without a pattern that were searched for it.
    pub null_markets: usize,
    /// Probability of so high a Sharpe ratio of the best pick over the holdout if the true one were 0.
    pub holdout_p: Option<f64>,
    /// What else should be known, each with value and threshold; none of it decides.
    pub cautions: Vec<String>,
    /// Probability that the best in-sample Sharpe ratio is above the best of as many lucky ones.
    pub deflated_sharpe: Option<f64>,
    /// Best annualised Sharpe ratio in-sample.
    pub best_sharpe: Option<f64>,
    /// Annualised Sharpe ratio to expect of the best of as many sets without an edge.
    pub luck_sharpe: Option<f64>,
    /// Probability that the walk-forward result is above zero.
    pub walk_forward_psr: Option<f64>,
    /// White's reality check on the finalists, with Hansen's consistent recentring: probability of the best by chance.
    pub reality_check_p: Option<f64>,
    /// Bars of walk-forward result needed to trust its Sharpe ratio at 95 %.
    pub min_track_record_bars: Option<f64>,
}

/// One of the best.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StrategySummary {
    /// From 1.
    pub rank: usize,
    /// Its name.
    pub name: String,
    /// Its parameters.
    pub parameters: Vec<ParameterSummary>,
    /// Share of the capital that is advised, 0 to 1; what the shares of all leave is cash.
    pub allocation: f64,
    /// Weighted mean of the criteria, 0 to 1.
    pub score: f64,
    /// Each criterion.
    pub criteria: Vec<CriterionSummary>,
    /// Largest absolute correlation of bar returns with those ranked above; absent for the first.
    pub correlation: Option<f64>,
    /// Figures over the search period.
    pub in_sample: Metrics,
    /// Figures over the holdout.
    pub out_of_sample: Metrics,
    /// What to expect of it: return, risk, Sharpe ratio with its interval, decay on the holdout, difficulty of trading it.
    pub appraisal: Appraisal,
    /// The Pine script, relative to the output folder; absent if Pine Script lacks one of the indicators.
    pub pine_file: Option<String>,
    /// The chart with trades, relative to the output folder.
    pub chart_file: String,
    /// What the chart shows.
    pub trades_caption: String,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParameterSummary {
    /// The input.
    pub name: String,
    /// Its value.
    pub value: f64,
}

/// How a strategy does by one criterion of the ranking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CriterionSummary {
    /// The criterion.
    pub name: String,
    /// Its weight.
    pub weight: f64,
    /// The figure; absent where it is undefined.
    pub value: Option<f64>,
    /// Its place among the finalists, 0 to 1.
    pub score: f64,
}

/// The comment on the chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnalystSummary {
    /// Who speaks: `rules`, or the model's name.
    pub label: String,
    /// Buy, sell or hold.
    pub action: String,
    /// 0 to 1, as the analyst states it.
    pub confidence: f64,
    /// Why.
    pub reasoning: String,
    /// Patterns it names.
    pub patterns: Vec<String>,
    /// Price levels it names.
    pub levels: Vec<String>,
}
