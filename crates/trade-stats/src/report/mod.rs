mod definition;
mod growth;
mod periods;
mod ratio;
mod relative;
mod risk;
mod trades;

pub use definition::{Definition, Unit};
pub use growth::GrowthMetrics;
pub use periods::{CalendarMetrics, PeriodMetrics};
pub use ratio::RatioMetrics;
pub use relative::RelativeMetrics;
pub use risk::RiskMetrics;
pub use trades::TradeMetrics;

use crate::calendar::{YearReturns, monthly_table};
use crate::drawdown::Drawdown;
use crate::episodes::{DrawdownSummary, drawdown_episodes, drawdown_summary};
use crate::error::{Error, check_count, check_finite};
use crate::growth::period_rate;
use crate::returns::{equity_curve, is_rate};
use crate::trade::Trade;

/// What a report is computed from.
#[derive(Clone, Copy, Debug)]
pub struct ReportInput<'a> {
    /// Simple returns of successive periods, at least one.
    pub returns: &'a [f64],
    /// Periods of `returns` in a year; from the bars and the sessions of the market, not a habit.
    pub per_year: f64,
    /// Risk-free rate of a year, a fraction above −1; it is taken off each period as (1 + rate)^(1 / `per_year`) − 1.
    pub risk_free: f64,
    /// [`month_key`](crate::month_key) of each return; `None` leaves the calendar out.
    pub month_keys: Option<&'a [i64]>,
    /// Account value before the first bar and after each bar, where that is finer than the returns; drawdowns, exposure
    /// and turnover are of this curve. `None` compounds the returns instead and leaves exposure and turnover out.
    pub equity: Option<&'a [f64]>,
    /// Closed trades in order of their exit; empty leaves them out.
    pub trades: &'a [Trade],
    /// Returns of a benchmark in the same periods.
    pub benchmark: Option<&'a [f64]>,
}

/// Every number of a back-test at once, each with its definition. [`report`] computes it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Report {
    /// How the account grew.
    pub growth: GrowthMetrics,
    /// What it had to bear.
    pub risk: RiskMetrics,
    /// Return for risk.
    pub ratio: RatioMetrics,
    /// Winning and losing periods.
    pub periods: PeriodMetrics,
    /// Months, quarters and years; `None` without keys, or where a period's return overflows.
    pub calendar: Option<CalendarMetrics>,
    /// Beside the benchmark; `None` without one.
    pub relative: Option<RelativeMetrics>,
    /// The trades; `None` without any.
    pub trades: Option<TradeMetrics>,
    /// Every drawdown in order of time, as indices of the equity curve; index 0 stands before the first period.
    pub drawdowns: Vec<Drawdown>,
    /// Monthly returns, a row a year; empty without keys.
    pub months: Vec<YearReturns>,
}

/// One number of a report.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Metric {
    /// The group it belongs to: `growth`, `risk`, `ratio`, `periods`, `calendar`, `relative` or `trades`.
    pub group: &'static str,
    /// What it is.
    pub definition: &'static Definition,
    /// The number; `None` where it is undefined.
    pub value: Option<f64>,
}

impl Report {
    /// All numbers with their definitions, group after group.
    pub fn metrics(&self) -> Vec<Metric> {
        let mut all = Vec::new();
        let mut add = |group, definitions: &'static [Definition], values: Vec<Option<f64>>| {
            all.extend(definitions.iter().zip(values).map(|(definition, value)| Metric { group, definition, value }));
        };
        add("growth", GrowthMetrics::DEFINITIONS, self.growth.values());
        add("risk", RiskMetrics::DEFINITIONS, self.risk.values());
        add("ratio", RatioMetrics::DEFINITIONS, self.ratio.values());
        add("periods", PeriodMetrics::DEFINITIONS, self.periods.values());
        if let Some(calendar) = &self.calendar {
            add("calendar", CalendarMetrics::DEFINITIONS, calendar.values());
        }
        if let Some(relative) = &self.relative {
            add("relative", RelativeMetrics::DEFINITIONS, relative.values());
        }
        if let Some(trades) = &self.trades {
            add("trades", TradeMetrics::DEFINITIONS, trades.values());
        }
        all
    }
}

/// What several groups need.
struct Prepared {
    /// Returns above the risk-free rate.
    excess: Vec<f64>,
    /// The returns in rising order: quantiles of it are those of the returns, and sorting it again costs next to nothing.
    sorted: Vec<f64>,
    falls: Option<DrawdownSummary>,
}

/// Computes the whole report. O(n log n) in the number of returns.
///
/// # Errors
/// [`Error::TooFew`] without returns; [`Error::Length`] where keys or benchmark differ in length from the returns;
/// [`Error::NotFinite`] for a value of returns, equity or benchmark that is NaN or infinite; [`Error::OutOfRange`] for a
/// `per_year` that is not above 0, a `risk_free` not above −1, an equity that does not start above 0, keys that fall, or
/// a trade whose numbers are not finite or whose entry value is not above 0. A single number that is undefined is `None`
/// in the report.
///
/// ```
/// use trade_stats::{ReportInput, report};
///
/// let input = ReportInput {
///     returns: &[0.01, -0.02, 0.03, 0.0],
///     per_year: 252.0,
///     risk_free: 0.0,
///     month_keys: None,
///     equity: None,
///     trades: &[],
///     benchmark: None,
/// };
/// for metric in report(&input)?.metrics() {
///     println!("{:40} {:?}  {}", metric.definition.name, metric.value, metric.definition.formula);
/// }
/// # Ok::<(), trade_stats::Error>(())
/// ```
pub fn report(input: &ReportInput<'_>) -> Result<Report, Error> {
    let rate = check(input)?;
    let compounded;
    let equity = if let Some(equity) = input.equity {
        equity
    } else {
        let mut curve = vec![0.0; input.returns.len() + 1];
        equity_curve(input.returns, 1.0, &mut curve);
        compounded = curve;
        &compounded
    };
    let excess = input.returns.iter().map(|r| r - rate).collect();
    let mut sorted = input.returns.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let prepared = Prepared { excess, sorted, falls: drawdown_summary(equity) };
    Ok(Report {
        growth: GrowthMetrics::of(input),
        risk: RiskMetrics::of(input, &prepared),
        ratio: RatioMetrics::of(input, &prepared),
        periods: PeriodMetrics::of(input.returns),
        calendar: input.month_keys.and_then(|keys| CalendarMetrics::of(input.returns, keys, input.per_year)),
        relative: input.benchmark.map(|benchmark| RelativeMetrics::of(input, &prepared, benchmark)),
        trades: (!input.trades.is_empty()).then(|| TradeMetrics::of(input)),
        drawdowns: drawdown_episodes(equity).unwrap_or_default(),
        months: input.month_keys.and_then(|keys| monthly_table(input.returns, keys)).unwrap_or_default(),
    })
}

/// Checks the input and gives the risk-free rate of a period.
fn check(input: &ReportInput<'_>) -> Result<f64, Error> {
    let n = input.returns.len();
    check_count("returns", n, 1)?;
    check_finite("returns", 0, input.returns)?;
    let (per_year, risk_free) = (input.per_year, input.risk_free);
    if !is_rate(per_year) {
        return Err(Error::OutOfRange { what: "per_year", value: per_year, allowed: "above 0" });
    }
    let wrong_rate = Error::OutOfRange { what: "risk_free", value: risk_free, allowed: "above -1" };
    let rate = period_rate(risk_free, per_year).ok_or(wrong_rate)?;
    if let Some(keys) = input.month_keys {
        check_length("month_keys", keys.len(), n)?;
        if let Some(i) = keys.windows(2).position(|pair| pair[0] > pair[1]) {
            let allowed = "not below the key before it";
            return Err(Error::OutOfRange { what: "month key", value: keys[i + 1] as f64, allowed });
        }
    }
    if let Some(benchmark) = input.benchmark {
        check_length("benchmark", benchmark.len(), n)?;
        check_finite("benchmark", 0, benchmark)?;
    }
    if let Some(equity) = input.equity {
        check_count("equity values", equity.len(), 2)?;
        check_finite("equity", 0, equity)?;
        if equity[0] <= 0.0 {
            return Err(Error::OutOfRange { what: "first equity", value: equity[0], allowed: "above 0" });
        }
    }
    input.trades.iter().enumerate().try_for_each(|(i, trade)| check_trade(i, trade))?;
    Ok(rate)
}

fn check_length(what: &'static str, found: usize, expected: usize) -> Result<(), Error> {
    if found == expected { Ok(()) } else { Err(Error::Length { what, found, expected }) }
}

fn check_trade(position: usize, trade: &Trade) -> Result<(), Error> {
    let numbers = [trade.entry_value, trade.exit_value, trade.profit, trade.costs];
    check_finite("trade", position, &numbers)?;
    check_finite("trade's excursions", position, &[trade.mae.unwrap_or(0.0), trade.mfe.unwrap_or(0.0)])?;
    if trade.entry_value <= 0.0 {
        return Err(Error::OutOfRange { what: "entry value", value: trade.entry_value, allowed: "above 0" });
    }
    Ok(())
}
