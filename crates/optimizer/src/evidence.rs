use std::fmt;

use backtest::Metrics;
use serde::{Deserialize, Serialize};
use trade_stats::{
    Bootstrap, RealityCheck, SharpeSample, deflated_sharpe, effective_trials, expected_max_sharpe, mean_correlation,
    min_track_record_length, moments, probabilistic_sharpe, reality_check,
};

use crate::{Finalist, Objective, Selection, Trial, WalkForwardReport};

/// Confidence that an edge needs.
pub const CONFIDENCE: f64 = 0.95;
/// Out-of-sample trades that an edge needs.
pub const MIN_TRADES: usize = 30;

/// The results of a whole run, on which the question is asked whether anything found is better than chance.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    /// Every trial of the search over the in-sample window: all candidates of all strategies.
    pub trials: &'a [Trial],
    /// Trades below which a trial is not taken for the best.
    pub min_trades: usize,
    /// The finalists over the same window.
    pub finalists: &'a [Finalist],
    /// What choosing on the past brought.
    pub walk_forward: &'a WalkForwardReport,
    /// Figures of the first of the ranking over bars that neither search nor walk-forward has seen; `None` if nothing
    /// was ranked.
    pub holdout: Option<&'a Metrics>,
}

/// What speaks for and against an edge. All Sharpe ratios are those of one bar, not annualised.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Parameter sets that were tried, over all strategies.
    pub n_trials: usize,
    /// Independent tries that they are worth, from the mean correlation of the finalists; for information only, the
    /// deflated ratio takes all of them.
    pub effective_trials: Option<f64>,
    /// Position of the candidate with the best in-sample Sharpe ratio, of those with enough trades.
    pub best: Option<usize>,
    /// Its in-sample Sharpe ratio.
    pub best_sharpe: Option<f64>,
    /// Sharpe ratio that the best of so many tries without skill is expected to show over so many bars, by luck alone.
    pub luck_sharpe: Option<f64>,
    /// Probability that the best is better than that: the deflated Sharpe ratio, with the variance 1 / (n − 1) that an
    /// estimate from n bars has where the truth is 0.
    pub deflated_sharpe: Option<f64>,
    /// Variance of the trials' Sharpe ratios, of those that have one.
    pub sharpe_variance: Option<f64>,
    /// The deflated Sharpe ratio with that variance, as its authors compute it from trials of one kind. Trials of
    /// different strategies differ by more than luck (one that trades too often loses its costs for certain), which
    /// makes this ratio far too small; it is for information only.
    pub deflated_sharpe_by_spread: Option<f64>,
    /// p-values of White's reality check over the finalists' in-sample returns. They do not know of the candidates that
    /// were left out before, so they flatter; they are no part of the verdict.
    pub reality_check: Option<RealityCheck>,
    /// Sharpe ratio of the walk-forward's out-of-sample returns.
    pub out_of_sample_sharpe: Option<f64>,
    /// Probability that it is above 0: the probabilistic Sharpe ratio.
    pub out_of_sample_probability: Option<f64>,
    /// Bars of out-of-sample returns that are needed to be sure of that; `None` if the ratio is not above 0.
    pub min_track_record_bars: Option<f64>,
    /// Bars of out-of-sample returns there are.
    pub out_of_sample_bars: usize,
    /// Out-of-sample trades.
    pub out_of_sample_trades: usize,
    /// Out-of-sample profit after costs, in quote currency.
    pub out_of_sample_profit: f64,
    /// Commission, spread and slippage of an out-of-sample trade on average, in quote currency; `None` without trades.
    pub cost_per_trade: Option<f64>,
    /// Walk-forward efficiency.
    pub efficiency: Option<f64>,
    /// Profit of the first of the ranking over the holdout, after costs, in quote currency.
    pub holdout_profit: Option<f64>,
}

/// Collects the evidence.
///
/// - `bootstrap`: settings of the reality check.
pub fn evidence(findings: &Findings<'_>, bootstrap: &Bootstrap) -> Evidence {
    let trials = findings.trials;
    let ratios: Vec<f64> = trials.iter().filter_map(|trial| Objective::Sharpe.value(&trial.metrics)).collect();
    let sharpe_variance = moments(&ratios).map(|m| m.std * m.std);
    let n_trials = trials.len() as f64;
    let selection = Selection { objective: Objective::Sharpe, min_trades: findings.min_trades };
    let best = selection.best(trials);
    let best_sample = best.and_then(|trial| sample(&trial.metrics));
    let luck_variance = best_sample.map(|sample| 1.0 / (sample.n as f64 - 1.0));
    let deflated =
        |variance: Option<f64>| best_sample.zip(variance).and_then(|(sample, v)| deflated_sharpe(&sample, v, n_trials));
    let returns: Vec<&[f64]> = findings.finalists.iter().map(|finalist| finalist.returns.as_slice()).collect();
    let walk_forward = findings.walk_forward;
    let out_of_sample = SharpeSample::of(&walk_forward.returns);
    Evidence {
        n_trials: trials.len(),
        effective_trials: mean_correlation(&returns).and_then(|mean| effective_trials(n_trials, mean)),
        best: best.map(|trial| trial.candidate),
        best_sharpe: best_sample.map(|sample| sample.value),
        luck_sharpe: luck_variance.and_then(|variance| expected_max_sharpe(variance, n_trials)),
        deflated_sharpe: deflated(luck_variance),
        sharpe_variance,
        deflated_sharpe_by_spread: deflated(sharpe_variance),
        reality_check: reality_check(&returns, bootstrap),
        out_of_sample_sharpe: out_of_sample.map(|sample| sample.value),
        out_of_sample_probability: out_of_sample.and_then(|sample| probabilistic_sharpe(&sample, 0.0)),
        min_track_record_bars: out_of_sample.and_then(|sample| min_track_record_length(&sample, 0.0, CONFIDENCE)),
        out_of_sample_bars: walk_forward.returns.len(),
        out_of_sample_trades: walk_forward.n_trades,
        out_of_sample_profit: walk_forward.net_profit,
        cost_per_trade: (walk_forward.n_trades > 0).then(|| walk_forward.costs / walk_forward.n_trades as f64),
        efficiency: walk_forward.efficiency,
        holdout_profit: findings.holdout.map(|metrics| metrics.net_profit),
    }
}

fn sample(metrics: &Metrics) -> Option<SharpeSample> {
    let value = Objective::Sharpe.value(metrics)?;
    Some(SharpeSample { value, n: metrics.n_bars, skewness: metrics.skewness?, kurtosis: metrics.kurtosis? })
}

/// The answer to "is anything found better than chance?".
///
/// Its text begins with "edge found" or with "no edge found".
///
/// ```
/// use optimizer::{Doubt, Verdict};
///
/// let verdict = Verdict::NoEdgeFound { reasons: vec![Doubt::TooFewTrades { found: 12 }] };
/// assert_eq!(verdict.to_string(), "no edge found: 12 out-of-sample trades, where 30 are needed");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Verdict {
    /// Every condition holds.
    EdgeFound,
    /// At least one does not.
    NoEdgeFound {
        /// Those that do not, in the order of [`Evidence::verdict`].
        reasons: Vec<Doubt>,
    },
}

/// A condition for an edge that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Doubt {
    /// Choosing on the past and trading the future lost money.
    #[error("the walk-forward earned {net_profit:.2} out-of-sample after costs")]
    OutOfSampleLoss {
        /// Its profit, in quote currency.
        net_profit: f64,
    },
    /// Too few out-of-sample trades to tell anything.
    #[error("{found} out-of-sample trades, where {MIN_TRADES} are needed")]
    TooFewTrades {
        /// Those there were.
        found: usize,
    },
    /// The out-of-sample returns may be chance.
    #[error(
        "the out-of-sample Sharpe ratio is above 0 with probability {}, where {CONFIDENCE} is needed",
        number(*probability)
    )]
    OutOfSampleChance {
        /// Probabilistic Sharpe ratio; `None` if it is undefined.
        probability: Option<f64>,
    },
    /// The best of so many tries looks no better than luck.
    #[error("the best in-sample is better than luck with probability {}, where {CONFIDENCE} is needed", number(*probability))]
    InSampleLuck {
        /// Deflated Sharpe ratio; `None` if it is undefined.
        probability: Option<f64>,
    },
    /// The first of the ranking lost on the bars kept back, or nothing was ranked.
    #[error("the best of the ranking earned {} on the bars kept back", number(*net_profit))]
    HoldoutLoss {
        /// Its profit, in quote currency; `None` if nothing was ranked.
        net_profit: Option<f64>,
    },
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "unknown".to_owned(), |value| format!("{value:.3}"))
}

impl Evidence {
    /// Decides. There is an edge only if **all** of this holds:
    ///
    /// 1. the stitched walk-forward earned money out-of-sample after costs,
    /// 2. with at least [`MIN_TRADES`] trades,
    /// 3. and with a probabilistic Sharpe ratio of at least [`CONFIDENCE`];
    /// 4. the deflated Sharpe ratio of the best in-sample, over all trials, is at least [`CONFIDENCE`];
    /// 5. the first of the ranking earned money on the holdout after costs.
    ///
    /// What is undefined does not hold. Condition 3 alone lets chance through in 5 of 100 searches of a market without
    /// drift and costs; all together in far fewer.
    pub fn verdict(&self) -> Verdict {
        let sure = |probability: Option<f64>| probability.is_some_and(|p| p >= CONFIDENCE);
        let earned = |profit: f64| profit > 0.0;
        let doubts = [
            (earned(self.out_of_sample_profit), Doubt::OutOfSampleLoss { net_profit: self.out_of_sample_profit }),
            (self.out_of_sample_trades >= MIN_TRADES, Doubt::TooFewTrades { found: self.out_of_sample_trades }),
            (
                sure(self.out_of_sample_probability),
                Doubt::OutOfSampleChance { probability: self.out_of_sample_probability },
            ),
            (sure(self.deflated_sharpe), Doubt::InSampleLuck { probability: self.deflated_sharpe }),
            (self.holdout_profit.is_some_and(earned), Doubt::HoldoutLoss { net_profit: self.holdout_profit }),
        ];
        let reasons: Vec<Doubt> = doubts.into_iter().filter(|(holds, _)| !holds).map(|(_, doubt)| doubt).collect();
        if reasons.is_empty() { Verdict::EdgeFound } else { Verdict::NoEdgeFound { reasons } }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EdgeFound => f.write_str("edge found: every condition for being better than chance holds"),
            Self::NoEdgeFound { reasons } => {
                f.write_str("no edge found")?;
                for (position, reason) in reasons.iter().enumerate() {
                    write!(f, "{}{reason}", if position == 0 { ": " } else { "; " })?;
                }
                Ok(())
            }
        }
    }
}
