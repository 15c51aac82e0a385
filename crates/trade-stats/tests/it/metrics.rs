//! Every statistic beside quantstats, empyrical, skfolio and scipy; `golden/make_metrics.py` wrote their numbers.

use std::collections::BTreeMap;

use trade_stats::{
    Market, Report, ReportInput, SharpeSample, Shortfall, ValueAtRisk, active_share, adjusted_excess_kurtosis,
    adjusted_skewness, autocorrelation, batting_average, cagr, capture, compound_return, drawdown_episodes,
    equity_curve, expected_shortfall, kurtosis, max_drawdown, median, month_key, monthly_table, pain_index,
    period_rate, period_returns, probabilistic_sharpe, quantile, regression, report, risk_of_ruin, rolling_sharpe,
    rolling_sortino, rolling_volatility, skewness, summed_recovery_factor, value_at_risk,
};

use crate::close::Close;
use crate::golden::rows;

const SERIES: &str = include_str!("../golden/metrics_series.csv");
const EXPECTED: &str = include_str!("../golden/metrics.csv");

/// The rate of each series in the generator.
fn rate(series: &str) -> f64 {
    if series == "rate" { 0.04 } else { 0.0 }
}

pub(crate) struct Series {
    pub(crate) keys: Vec<i64>,
    pub(crate) returns: Vec<f64>,
    pub(crate) benchmark: Vec<f64>,
}

pub(crate) fn series() -> BTreeMap<&'static str, Series> {
    let mut all = BTreeMap::new();
    for row in rows(SERIES) {
        let empty = || Series { keys: Vec::new(), returns: Vec::new(), benchmark: Vec::new() };
        let one = all.entry(row[0]).or_insert_with(empty);
        one.keys.push(row[1].parse().unwrap());
        one.returns.push(row[2].parse().unwrap());
        one.benchmark.push(row[3].parse().unwrap());
    }
    all
}

struct Case<'a> {
    r: &'a [f64],
    b: &'a [f64],
    keys: &'a [i64],
    rate: f64,
    report: Report,
}

impl<'a> Case<'a> {
    fn of(name: &str, series: &'a Series) -> Self {
        let rate = rate(name);
        let input = ReportInput {
            returns: &series.returns,
            per_year: 252.0,
            risk_free: rate,
            month_keys: Some(&series.keys),
            equity: None,
            trades: &[],
            benchmark: Some(&series.benchmark),
        };
        let report = report(&input).unwrap();
        Self { r: &series.returns, b: &series.benchmark, keys: &series.keys, rate, report }
    }

    /// The report's number of that name.
    fn key(&self, key: &str) -> Option<f64> {
        let mut found = self.report.metrics().into_iter().filter(|metric| metric.definition.key == key);
        let metric = found.next().unwrap_or_else(|| panic!("no metric is called {key}"));
        assert!(found.next().is_none(), "two metrics are called {key}");
        metric.value
    }

    fn quantstats(&self, metric: &str) -> Option<f64> {
        let n = self.r.len() as f64;
        let sample_divisor = (n / (n - 1.0)).sqrt();
        let rounded_up = |share: f64| (share * 100.0).ceil() / 100.0;
        match metric {
            "comp" => self.key("total_return"),
            "autocorr_penalty" => self.key("autocorrelation_penalty"),
            "value_at_risk" => self.key("gaussian_value_at_risk_95"),
            "conditional_value_at_risk" => self.key("gaussian_expected_shortfall_95"),
            "cvar_historical" => self.key("quantile_expected_shortfall_95"),
            "skew" => self.key("adjusted_skewness"),
            "kurtosis" => self.key("adjusted_excess_kurtosis"),
            "avg_win" => self.key("mean_win"),
            "avg_loss" => self.key("mean_loss"),
            "avg_return" => self.key("mean_nonzero"),
            "common_sense_ratio" => self.key("common_sense"),
            "kelly_criterion" => self.key("kelly"),
            "consecutive_wins" => self.key("longest_wins"),
            "consecutive_losses" => self.key("longest_losses"),
            "gain_to_pain_ratio" => self.key("gain_to_pain"),
            "max_drawdown" => self.key("max_drawdown").map(|depth| -depth),
            "serenity_index" => {
                let total: f64 = self.r.iter().sum();
                Some(self.key("gaussian_serenity")? * (total - self.rate) / total)
            }
            "ulcer_performance_index" => {
                let total = compound_return(self.r)?;
                Some(self.key("total_return_over_ulcer")? * (total - self.rate) / total)
            }
            "treynor_ratio" => Some((compound_return(self.r)? - self.rate) / regression(self.r, self.b)?.beta),
            "information_ratio" => self.key("period_information_ratio"),
            "alpha" => Some(regression(self.r, self.b)?.annual_alpha(252.0)),
            "mtd" => self.key("month_to_date"),
            "ytd" => self.key("year_to_date"),
            // Conventions that differ from ours, each stated at the function.
            "ulcer_index" => Some(self.key("ulcer_index")? * sample_divisor),
            "recovery_factor" => summed_recovery_factor(self.r).map(f64::abs),
            "exposure" => active_share(self.r).map(rounded_up),
            "rar" => Some(cagr(self.r, 252.0)? / rounded_up(active_share(self.r)?)),
            "risk_of_ruin" => risk_of_ruin(f64::midpoint(1.0, self.key("win_rate")?), n),
            "risk_return_ratio" => Some(trade_stats::sharpe(self.r, 1.0)?.value),
            "probabilistic_sharpe_ratio" => {
                let (skewness, excess) = (adjusted_skewness(self.r)?, adjusted_excess_kurtosis(self.r)?);
                let value = self.key("period_sharpe")?;
                probabilistic_sharpe(&SharpeSample { value, n: self.r.len(), skewness, kurtosis: excess + 3.0 }, 0.0)
            }
            "dd_count" | "dd_mean" | "dd_longest_days" => self.quantstats_drawdown(metric),
            "first_month" => monthly_table(self.r, self.keys)?[0].months[10],
            "eoy" => monthly_table(self.r, self.keys)?.last().map(|year| year.total),
            _ if metric.starts_with("rolling_") => self.rolling(metric),
            _ => match metric.rsplit_once('_') {
                Some((what, "month")) => self.by_period(what, 1),
                Some((what, "quarter")) => self.by_period(what, 3),
                Some((what, "year")) => self.by_period(what, 12),
                _ => self.key(metric),
            },
        }
    }

    fn by_period(&self, what: &str, months: i64) -> Option<f64> {
        let keys: Vec<i64> = self.keys.iter().map(|key| key.div_euclid(months)).collect();
        let values: Vec<f64> = period_returns(self.r, &keys)?.iter().map(|period| period.value).collect();
        match what {
            "best" => values.iter().copied().reduce(f64::max),
            "worst" => values.iter().copied().reduce(f64::min),
            "avg_win" => trade_stats::mean_win(&values),
            "avg_loss" => trade_stats::mean_loss(&values),
            "win_rate" => trade_stats::decided_win_rate(&values),
            "expected" => trade_stats::geometric_mean(&values),
            _ => panic!("no statistic of periods is called {what}"),
        }
    }

    fn quantstats_drawdown(&self, metric: &str) -> Option<f64> {
        let mut equity = vec![0.0; self.r.len() + 1];
        equity_curve(self.r, 1.0, &mut equity);
        let falls = drawdown_episodes(&equity).unwrap();
        // quantstats misses the only drawdown of a curve that never comes back to its start.
        let missed = falls.len() == 1 && falls[0].start == 0 && falls[0].end.is_none();
        match metric {
            "dd_count" => Some(if missed { 0.0 } else { falls.len() as f64 }),
            "dd_mean" => self.key("mean_drawdown").filter(|_| !missed),
            // Days under water: one fewer than from peak to recovery, but not for an open drawdown.
            _ => {
                let days = falls.iter().map(|fall| fall.duration(self.r.len()) - usize::from(fall.end.is_some()));
                days.max().map(|days| days as f64).filter(|_| !missed)
            }
        }
    }

    fn rolling(&self, metric: &str) -> Option<f64> {
        let mut out = vec![0.0; self.r.len()];
        if metric.contains("volatility") {
            rolling_volatility(self.r, 21, 252.0, &mut out);
        } else if metric.contains("sharpe") {
            rolling_sharpe(self.r, 21, 252.0, &mut out);
        } else {
            rolling_sortino(self.r, 21, 252.0, &mut out);
        }
        let defined = out.iter().copied().filter(|value| !value.is_nan());
        if metric.ends_with("last") { out.last().copied().filter(|v| !v.is_nan()) } else { defined.reduce(f64::min) }
    }

    fn empyrical(&self, metric: &str) -> Option<f64> {
        let period = period_rate(self.rate, 252.0).unwrap();
        let above = |values: &[f64]| values.iter().map(|value| value - period).collect::<Vec<f64>>();
        let captured = |market| capture(self.r, self.b, 252.0, market);
        match metric {
            "cum_returns_final" => self.key("total_return"),
            "annual_return" => self.key("cagr"),
            "annual_volatility" => self.key("volatility"),
            "downside_risk" => trade_stats::downside_deviation(self.r, 0.0, 252.0),
            "max_drawdown" => self.key("max_drawdown").map(|depth| -depth),
            "calmar_ratio" => self.key("calmar"),
            "omega_ratio" => trade_stats::omega(self.r, 0.0),
            "stability_of_timeseries" => self.key("stability"),
            "tail_ratio" => self.key("tail_ratio"),
            "value_at_risk" => self.key("value_at_risk_95"),
            "conditional_value_at_risk" => self.key("counted_expected_shortfall_95"),
            "sharpe_ratio" => self.key("sharpe"),
            "sortino_ratio" => self.key("sortino"),
            "alpha" => self.key("compounded_alpha"),
            "beta" => regression(&above(self.r), &above(self.b)).map(|line| line.beta),
            "excess_sharpe" => self.key("period_information_ratio"),
            "capture" => captured(Market::All),
            "up_capture" => captured(Market::Up),
            "down_capture" => captured(Market::Down),
            "batting_average" => self.key("batting_average"),
            "batting_down" => batting_average(self.r, self.b, Market::Down),
            _ => panic!("empyrical has no {metric}"),
        }
    }

    fn others(&self, peer: &str, metric: &str) -> Option<f64> {
        match (peer, metric) {
            ("skfolio", "cvar") => expected_shortfall(self.r, 0.05, Shortfall::Weighted).map(|loss| -loss),
            ("skfolio", "cdar") => self.key("conditional_drawdown_95"),
            ("skfolio", "average_drawdown") => pain_index(self.r),
            ("skfolio", "ulcer_index") => self.key("ulcer_index"),
            ("scipy", "skew") => skewness(self.r),
            ("scipy", "kurtosis") => kurtosis(self.r).map(|raw| raw - 3.0),
            ("scipy", "median") => median(self.r),
            ("scipy", "quantile_10") => quantile(self.r, 0.1),
            ("scipy", "autocorr") => autocorrelation(self.r, 1),
            ("scipy", "cornish_fisher") => value_at_risk(self.r, 0.05, ValueAtRisk::CornishFisher),
            _ => panic!("{peer} has no {metric}"),
        }
    }
}

#[test]
fn statistics_equal_those_of_the_peers() {
    let series = series();
    let cases: BTreeMap<_, _> = series.iter().map(|(name, series)| (*name, Case::of(name, series))).collect();
    let mut n_checked = 0;
    for row in rows(EXPECTED).filter(|row| row[1] != "backtesting") {
        let (case, expected) = (&cases[row[0]], row[3].parse::<f64>().unwrap());
        let found = match row[1] {
            "quantstats" => case.quantstats(row[2]),
            "empyrical" => case.empyrical(row[2]),
            peer => case.others(peer, row[2]),
        };
        let what = row[..3].join(" ");
        // pandas rolls sums forward without renewing them, and greeks are rounded sums of products.
        let tolerance = if row[2].starts_with("rolling_") { 1e-9 } else { 1e-12 };
        match found {
            Some(found) => Close(tolerance).check_relative(found, expected, &what),
            None => assert!(!expected.is_finite(), "{what} is undefined, expected {expected}"),
        }
        n_checked += 1;
    }
    assert_eq!(n_checked, 7 * 112);
}

#[test]
fn the_deepest_of_the_episodes_is_the_maximum_drawdown() {
    for (name, series) in series() {
        let mut equity = vec![0.0; series.returns.len() + 1];
        equity_curve(&series.returns, 1.0, &mut equity);
        let episodes = drawdown_episodes(&equity).unwrap();
        let deepest = episodes.iter().map(|fall| fall.fraction).fold(0.0, f64::max);
        assert_eq!(deepest.to_bits(), max_drawdown(&equity).unwrap().fraction.to_bits(), "{name}");
    }
}

#[test]
fn the_keys_of_the_golden_series_are_months() {
    assert_eq!(series()["real"].keys[0], month_key(2020, 11).unwrap());
}
