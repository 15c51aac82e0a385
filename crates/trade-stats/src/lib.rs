//! Return, risk and over-fitting statistics of trading results over slices.
//!
//! Plain functions over `&[f64]`: returns of one period each, an equity curve, or the profits of trades. They know no
//! instrument and no clock; how many periods a year has, and which month a return belongs to, are arguments. Where the
//! field has several conventions, the function names its own. [`report`] computes everything at once, each number with
//! its [`Definition`].
//!
//! A single number that is undefined (too few values, no variance, no losses, a value that is not finite) is `None`,
//! never a huge or a made-up number; statistics over several series, or with settings, say what is wrong as an
//! [`Error`].
//!
//! ```
//! use trade_stats::{SharpeSample, deflated_sharpe, max_drawdown, sharpe};
//!
//! let returns = [0.012, -0.004, 0.007, 0.001, -0.009, 0.015, 0.003, -0.002];
//! let ratio = sharpe(&returns, 252.0).ok_or("no variance")?;
//! assert!((ratio.value - 0.3535).abs() < 1e-4); // per period
//! assert!((ratio.annual() - 5.612).abs() < 1e-3);
//!
//! // Best of 20 tries whose Sharpe ratios had the variance 0.01: likely luck.
//! let sample = SharpeSample::of(&returns).ok_or("no variance")?;
//! assert!(deflated_sharpe(&sample, 0.01, 20.0).is_some_and(|p| p < 0.95));
//!
//! let fall = max_drawdown(&[100.0, 110.0, 99.0, 120.0]).ok_or("no equity")?;
//! assert_eq!((fall.start, fall.bottom, fall.end), (1, 2, Some(3)));
//! # Ok::<(), &str>(())
//! ```
//!
//! | question | functions |
//! |---|---|
//! | What did it earn, at what risk? | [`report`], [`sharpe`], [`drawdown_episodes`], [`expected_shortfall`], [`regression`] |
//! | How sure is that? | [`sharpe_interval`], [`sharpe_bootstrap`], [`monte_carlo`], [`min_track_record_length`] |
//! | Was the best of many tries luck? | [`deflated_sharpe`] with [`cluster_trials`], [`overfitting`], [`haircut_sharpe`] |
//! | Is anything better than the benchmark, and which? | [`superior_predictive_ability`], [`reality_check`], [`step_down`] |
//! | Would the search find as much in noise? | [`BarPermutation`], [`permutation_p_value`] |
//!
//! Sums run in one fixed order, logarithms and powers come from `libm`, and random numbers from a seed: equal input
//! gives equal bits on every platform and any number of threads.
//!
//! Not here: back-testing, plots. Features: `serde`.
#![forbid(unsafe_code)]

mod bootstrap;
mod calendar;
mod clusters;
mod correlation;
mod cscv;
mod dominance;
mod drawdown;
mod episodes;
mod error;
mod growth;
mod haircut;
mod kmeans;
mod lo;
mod moments;
mod monte_carlo;
mod multiple;
mod normal;
mod overfit;
mod pain;
mod quantile;
mod ratio;
mod reality;
mod relative;
mod report;
mod returns;
mod rolling;
mod serial;
mod shape;
mod sharpe_interval;
mod spa;
mod spectrum;
mod step_down;
mod student;
mod sum;
mod tail;
mod trade;
mod trades;
mod wins;

pub use crate::bootstrap::{Bootstrap, StationaryBootstrap};
pub use crate::calendar::{PeriodReturn, YearReturns, month_key, monthly_table, period_returns, return_since};
pub use crate::clusters::{Clustering, Clusters, cluster_trials, silhouette};
pub use crate::correlation::{correlation, effective_trials, mean_correlation};
pub use crate::cscv::{Cscv, Degradation, Overfitting, Score, overfitting};
pub use crate::dominance::{Dominance, stochastic_dominance};
pub use crate::drawdown::{Drawdown, drawdowns, max_drawdown};
pub use crate::episodes::{DrawdownSummary, drawdown_episodes, drawdown_summary};
pub use crate::error::Error;
pub use crate::growth::{
    active_share, compounded_sharpe, compounded_sortino, compounded_volatility, geometric_mean, period_rate,
    risk_adjusted_return,
};
pub use crate::haircut::{Haircut, haircut_sharpe};
pub use crate::lo::{annualisation_factor, sharpe_standard_error};
pub use crate::moments::{Moments, kurtosis, mean, moments, skewness, std_dev};
pub use crate::monte_carlo::{
    BarPermutation, BlockLength, Distribution, Growth, Interval, MonteCarlo, Ohlc, OhlcMut, Outcome, Resampler,
    Resampling, Simulation, block_length, monte_carlo,
};
pub use crate::multiple::{Adjustment, adjust_p_values, permutation_p_value};
pub use crate::normal::{normal_cdf, normal_quantile};
pub use crate::overfit::{
    SharpeSample, deflated_sharpe, expected_max_sharpe, min_backtest_years, min_track_record_length,
    probabilistic_sharpe,
};
pub use crate::pain::{
    conditional_drawdown, gain_to_pain, pain_index, recovery_factor, serenity_index, summed_recovery_factor,
    total_return_over_ulcer, ulcer_index, ulcer_performance_index,
};
pub use crate::quantile::{median, quantile};
pub use crate::ratio::{Sharpe, calmar, omega, population_sharpe, sharpe, sortino};
pub use crate::reality::{RealityCheck, reality_check};
pub use crate::relative::{
    Market, Regression, batting_average, capture, information_ratio, regression, tracking_error, treynor,
};
pub use crate::report::{
    CalendarMetrics, Definition, GrowthMetrics, Metric, PeriodMetrics, RatioMetrics, RelativeMetrics, Report,
    ReportInput, RiskMetrics, TradeMetrics, Unit, report,
};
pub use crate::returns::{cagr, compound_return, downside_deviation, equity_curve, volatility};
pub use crate::rolling::{rolling_beta, rolling_sharpe, rolling_sortino, rolling_volatility};
pub use crate::serial::{autocorrelation, autocorrelation_penalty, smart_sharpe, smart_sortino};
pub use crate::shape::{adjusted_excess_kurtosis, adjusted_skewness, excess_kurtosis, stability};
pub use crate::sharpe_interval::{SharpeError, non_normal_sharpe_error, sharpe_bootstrap, sharpe_interval};
pub use crate::spa::{Recentring, SuperiorAbility, superior_predictive_ability};
pub use crate::spectrum::{EffectiveTrials, correlation_matrix, effective_trials_of};
pub use crate::step_down::{StepDown, step_down};
pub use crate::tail::{
    Shortfall, ValueAtRisk, expected_shortfall, outlier_loss_ratio, outlier_win_ratio, tail_ratio, value_at_risk,
};
pub use crate::trade::{Excursions, Trade, costs_share, excursions, exposure, system_quality, turnover};
pub use crate::trades::{expectancy, payoff_ratio, profit_factor, win_rate};
pub use crate::wins::{
    Streaks, common_sense_ratio, cpc_index, decided_win_rate, kelly_fraction, mean_loss, mean_nonzero, mean_win,
    profit_ratio, risk_of_ruin, streaks,
};

/// Version of this crate, for records of how results were made.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
