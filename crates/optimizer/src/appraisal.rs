use backtest::Metrics;
use serde::{Deserialize, Serialize};
use trade_stats::{
    Interval, Sharpe, SharpeError, SharpeSample, Shortfall, deflated_sharpe, expected_shortfall, sharpe_interval,
};

use crate::CONFIDENCE;

/// Share of the worst bars in [`Risk::expected_shortfall`].
const TAIL: f64 = 0.05;
/// Days in a year.
const DAYS: f64 = 365.25;

/// What to expect of a candidate, in a trader's questions. All figures are after costs; what is undefined is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appraisal {
    /// What does it earn? Mean return of a bar times the bars a year, a fraction without compounding. In-sample, and so
    /// flattered by having been chosen; [`Self::decay`] says by how much.
    pub expected_return: Option<f64>,
    /// What can be lost?
    pub risk: Risk,
    /// How good is it for its risk, and how sure is that?
    pub sharpe: Option<SharpeEstimate>,
    /// How much of it was left on bars that nobody chose on?
    pub decay: Option<Decay>,
    /// How hard is it to trade?
    pub execution: Execution,
}

/// How far a candidate can fall.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Risk {
    /// Standard deviation of bar returns times √(bars a year), a fraction.
    pub volatility: Option<f64>,
    /// Deepest fall of equity from a peak, over that peak.
    pub max_drawdown: f64,
    /// Mean return of the worst 5 % of bars, a fraction, negative for a loss.
    ///
    /// Source: R. T. Rockafellar, S. Uryasev, *Optimization of Conditional Value-at-Risk*, Journal of Risk 2 (2000).
    pub expected_shortfall: Option<f64>,
}

/// A Sharpe ratio with what is known about it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharpeEstimate {
    /// Annualised ratio in-sample.
    pub annual: f64,
    /// Annualised interval with [`CONFIDENCE`], for returns of any distribution, as if it had been the only try.
    ///
    /// Source: J. D. Opdyke, *Comparing Sharpe Ratios: So Where Are the p-Values?*, Journal of Asset Management 8 (2007).
    pub interval: Option<Interval>,
    /// Probability that it is above the best of as many independent tries without skill: the deflated Sharpe ratio.
    ///
    /// Source: D. H. Bailey, M. López de Prado, *The Deflated Sharpe Ratio*, Journal of Portfolio Management 40 (2014).
    pub above_luck: Option<f64>,
}

/// The Sharpe ratio on bars that nobody chose on, beside that in-sample.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decay {
    /// Annualised ratio out-of-sample; each window annualises by its own bars a year.
    pub out_of_sample: f64,
    /// Its annualised interval with [`CONFIDENCE`].
    pub interval: Option<Interval>,
    /// Share of the in-sample ratio that was lost, 1 − out-of-sample / in-sample: 0 kept all, 1 lost all, above 1 turned
    /// into losses, below 0 did better. `None` where the in-sample ratio is not above 0.
    ///
    /// Source: A. Suhonen, M. Lennkh, F. Perez, *Quantifying Backtest Overfitting in Alternative Beta Strategies*, Journal
    /// of Portfolio Management 43 (2017), whose 215 strategies lost 73 % at the median.
    pub lost: Option<f64>,
}

/// What trading a candidate asks for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Execution {
    /// Trades a calendar day.
    pub trades_per_day: Option<f64>,
    /// Mean bars from entry to exit.
    pub mean_bars_in_trade: Option<f64>,
    /// Costs over the profit before costs; above 1 they ate more than there was. `None` where that profit is not above 0.
    pub cost_share: Option<f64>,
    /// Net profit of a trade over its costs: how many times the costs could come on top before nothing is left (break-even
    /// costs less one). `None` without costs.
    ///
    /// Source: H. Bessembinder, K. Chan, *Market Efficiency and the Returns to Technical Analysis*, Financial Management
    /// 27 (1998), on break-even costs.
    pub profit_over_costs: Option<f64>,
    /// What these amount to.
    pub difficulty: Difficulty,
}

/// How hard it is to earn in trading what was earned in the back-test. The grade is that of `profit_over_costs`, one
/// harder if a trade lasts less than two bars on average, because then the bar on which an order is late is half of it.
/// The borders are rules of thumb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Difficulty {
    /// Costs may come three times more before nothing is left, or there are none.
    Easy,
    /// They may double.
    Moderate,
    /// Less than twice the costs eat all of it.
    Hard,
    /// Nothing is left already.
    Unprofitable,
}

/// Appraises a candidate, such as a [`Finalist`](crate::Finalist).
///
/// - `metrics`: its figures over the search window.
/// - `returns`: its return in each bar of that window, as a fraction.
/// - `n_trials`: all candidates that were tried, over all strategies.
/// - `out_of_sample`: its figures over bars that neither search nor ranking has seen.
pub fn appraise(metrics: &Metrics, returns: &[f64], n_trials: usize, out_of_sample: Option<&Metrics>) -> Appraisal {
    let per_year = metrics.sharpe.map(|sharpe| sharpe.per_year);
    Appraisal {
        expected_return: per_year.map(|per_year| metrics.mean_return * per_year),
        risk: Risk {
            volatility: per_year.map(|per_year| metrics.std_return * per_year.sqrt()),
            max_drawdown: metrics.max_drawdown,
            expected_shortfall: expected_shortfall(returns, TAIL, Shortfall::Weighted),
        },
        sharpe: metrics.sharpe.map(|sharpe| estimate(metrics, sharpe, n_trials)),
        decay: out_of_sample.and_then(|after| decay(metrics, after)),
        execution: execution(metrics, per_year),
    }
}

fn estimate(metrics: &Metrics, sharpe: Sharpe, n_trials: usize) -> SharpeEstimate {
    let sample = sample(metrics);
    let above_luck = sample.and_then(|sample| deflated_sharpe(&sample, 1.0 / (sample.n as f64 - 1.0), n_trials as f64));
    SharpeEstimate { annual: sharpe.annual(), interval: annual_interval(metrics), above_luck }
}

fn decay(before: &Metrics, after: &Metrics) -> Option<Decay> {
    let out_of_sample = after.sharpe?.annual();
    let in_sample = before.sharpe.map(Sharpe::annual).filter(|ratio| *ratio > 0.0);
    let lost = in_sample.map(|in_sample| 1.0 - out_of_sample / in_sample);
    Some(Decay { out_of_sample, interval: annual_interval(after), lost })
}

fn annual_interval(metrics: &Metrics) -> Option<Interval> {
    let root = metrics.sharpe?.per_year.sqrt();
    let interval = sharpe_interval(&sample(metrics)?, CONFIDENCE, SharpeError::NonNormal)?;
    Some(Interval { low: interval.low * root, high: interval.high * root })
}

fn sample(metrics: &Metrics) -> Option<SharpeSample> {
    let (value, n) = (metrics.sharpe?.value, metrics.n_bars);
    Some(SharpeSample { value, n, skewness: metrics.skewness?, kurtosis: metrics.kurtosis? })
}

fn execution(metrics: &Metrics, per_year: Option<f64>) -> Execution {
    let before_costs = metrics.net_profit + metrics.costs;
    let profit_over_costs = (metrics.costs > 0.0).then(|| metrics.net_profit / metrics.costs);
    Execution {
        trades_per_day: per_year.map(|per_year| metrics.n_trades as f64 / (metrics.n_bars as f64 / per_year * DAYS)),
        mean_bars_in_trade: metrics.mean_bars_in_trade,
        cost_share: (before_costs > 0.0).then(|| metrics.costs / before_costs),
        profit_over_costs,
        difficulty: difficulty(metrics, profit_over_costs),
    }
}

fn difficulty(metrics: &Metrics, profit_over_costs: Option<f64>) -> Difficulty {
    if metrics.net_profit <= 0.0 {
        return Difficulty::Unprofitable;
    }
    let is_short = metrics.mean_bars_in_trade.is_some_and(|bars| bars < 2.0);
    match profit_over_costs {
        Some(ratio) if ratio < 1.0 => Difficulty::Hard,
        Some(ratio) if ratio < 3.0 && is_short => Difficulty::Hard,
        Some(ratio) if ratio < 3.0 => Difficulty::Moderate,
        _ if is_short => Difficulty::Moderate,
        _ => Difficulty::Easy,
    }
}
