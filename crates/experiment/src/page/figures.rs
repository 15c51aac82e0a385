use backtest::{Metrics, Report};
use market::BarsView;
use trade_report::{Estimate, Interval, Metric, Unit};
use trade_stats::{
    CalendarMetrics, Definition, GrowthMetrics, PeriodMetrics, RatioMetrics, ReportInput, RiskMetrics, SharpeError,
    SharpeSample, TradeMetrics, sharpe_interval,
};

use crate::Error;
use crate::page::Performance;
use crate::page::daily::daily;

/// Confidence of the intervals.
const CONFIDENCE: f64 = 0.95;
/// Figures of `trade_stats` that the back-test has already, by group and key.
const ALREADY_THERE: [(&str, &str); 8] = [
    ("growth", "total_return"),
    ("risk", "max_drawdown"),
    ("trades", "n_trades"),
    ("trades", "win_rate"),
    ("trades", "profit_factor"),
    ("trades", "expectancy"),
    ("trades", "mean_bars"),
    ("trades", "costs"),
];

/// Every figure of a strategy, with a cell for each part: first those of the back-test, over the returns of bars, by which
/// a search chooses; then those of [`trade_stats::report`] over daily returns (UTC days with a bar), trades and the equity
/// at bar closes. Risk-free rate 0. Each has its definition; what is undefined has an empty cell.
///
/// # Errors
/// [`Error::Failed`] if an equity or trade is not finite.
pub fn figures(performance: &Performance<'_>, bars: BarsView<'_>) -> Result<Vec<Metric>, Error> {
    let columns = performance
        .parts
        .iter()
        .map(|part| Ok([of_search(&part.metrics), of_days(part, bars, performance.initial_cash)?].concat()))
        .collect::<Result<Vec<Vec<Figure>>, Error>>()?;
    let Some(first) = columns.first() else { return Ok(Vec::new()) };
    let metric = |(row, figure): (usize, &Figure)| Metric {
        name: figure.name.clone(),
        definition: figure.definition.clone(),
        unit: figure.unit,
        group: figure.group.to_owned(),
        key: figure.key,
        cells: columns.iter().map(|column| column[row].cell).collect(),
    };
    Ok(first.iter().enumerate().map(metric).collect())
}

/// A figure of one part.
#[derive(Clone, Debug)]
struct Figure {
    group: &'static str,
    name: String,
    definition: String,
    unit: Unit,
    key: bool,
    cell: Option<Estimate>,
}

/// What the search and the ranking looked at.
fn of_search(metrics: &Metrics) -> Vec<Figure> {
    let figure = |name: &str, unit, key, value: Option<f64>, definition: &str| Figure {
        group: "By bars: what search and ranking look at",
        name: name.to_owned(),
        definition: definition.to_owned(),
        unit,
        key,
        cell: value.map(Estimate::from),
    };
    let count = |n: usize| Some(n as f64);
    let mut figures = vec![
        figure("Return", Unit::Fraction, true, Some(metrics.total_return), "Net profit over initial cash."),
        figure("Net profit", Unit::Money, false, Some(metrics.net_profit), "Final equity less initial cash."),
        figure(
            "Sharpe ratio p.a.",
            Unit::Ratio,
            true,
            metrics.sharpe.map(trade_stats::Sharpe::annual),
            "Mean of the returns of bars over their standard deviation, times the root of the bars a year. The interval \
             allows for skew and fat tails (Mertens 2002, Opdyke 2007), not for the search that chose it.",
        ),
        figure(
            "Sortino ratio p.a.",
            Unit::Ratio,
            false,
            metrics.sortino,
            "Mean return of bars over their downside deviation from 0, both of a year.",
        ),
        figure("Calmar ratio", Unit::Ratio, false, metrics.calmar, "Annual growth rate over the largest drawdown."),
        figure(
            "Largest drawdown",
            Unit::Fraction,
            true,
            Some(0.0 - metrics.max_drawdown),
            "Deepest fall of equity from a high, over that high, at bar closes; below 0 here as in the charts.",
        ),
        figure(
            "Profit factor",
            Unit::Ratio,
            true,
            metrics.profit_factor,
            "Sum of profits over sum of losses, by trades.",
        ),
        figure("Win rate", Unit::Fraction, true, metrics.win_rate, "Share of the trades with a profit after costs."),
        figure("Mean profit of a trade", Unit::Money, false, metrics.expectancy, "After costs."),
        figure("Number of trades", Unit::Count, true, count(metrics.n_trades), "Closed trades."),
        figure("Costs", Unit::Money, false, Some(metrics.costs), "Commission, spread and slippage of all trades."),
        figure(
            "Exposure at closes",
            Unit::Fraction,
            false,
            Some(metrics.exposure),
            "Share of the bars at whose close a position is open.",
        ),
        figure(
            "Mean bars in a trade",
            Unit::Bars,
            false,
            metrics.mean_bars_in_trade,
            "Mean of exit bar less entry bar; 0 for a trade within one bar.",
        ),
        figure(
            "Entries dropped",
            Unit::Count,
            false,
            count(metrics.n_dropped),
            "Entries that the strategy asked for and that could not be ordered, such as those below a quantity step.",
        ),
    ];
    if let Some(cell) = &mut figures[2].cell {
        cell.interval = bar_sharpe_interval(metrics);
    }
    figures
}

fn bar_sharpe_interval(metrics: &Metrics) -> Option<Interval> {
    let sharpe = metrics.sharpe?;
    let (skewness, kurtosis) = (metrics.skewness?, metrics.kurtosis?);
    interval(&SharpeSample { value: sharpe.value, n: metrics.n_bars, skewness, kurtosis }, sharpe.per_year)
}

/// The interval of a ratio, annualised.
fn interval(sample: &SharpeSample, per_year: f64) -> Option<Interval> {
    let found = sharpe_interval(sample, CONFIDENCE, SharpeError::NonNormal)?;
    let annual = per_year.sqrt();
    Some(Interval { low: found.low * annual, high: found.high * annual, level: CONFIDENCE })
}

/// What quantstats and backtesting.py report.
fn of_days(part: &Report, bars: BarsView<'_>, initial_cash: f64) -> Result<Vec<Figure>, Error> {
    let days = daily(part, bars, initial_cash);
    let equity: Vec<f64> = [initial_cash].into_iter().chain(part.equity.iter().copied()).collect();
    let trades = trades_of(part);
    let input = ReportInput {
        returns: &days.returns,
        per_year: days.per_year,
        risk_free: 0.0,
        month_keys: Some(&days.months),
        equity: Some(&equity),
        trades: &trades,
        benchmark: None,
    };
    let report = trade_stats::report(&input).map_err(Error::failed("computing the figures of a strategy"))?;
    let of_trades = report.trades.map(|trades| trades.values());
    let of_months = report.calendar.map(|calendar| calendar.values());
    let groups = [
        ("growth", "Growth", GrowthMetrics::DEFINITIONS, Some(report.growth.values())),
        ("risk", "Risk, of daily returns", RiskMetrics::DEFINITIONS, Some(report.risk.values())),
        ("ratio", "Return for risk, of daily returns", RatioMetrics::DEFINITIONS, Some(report.ratio.values())),
        ("periods", "Days", PeriodMetrics::DEFINITIONS, Some(report.periods.values())),
        ("calendar", "Months and years", CalendarMetrics::DEFINITIONS, of_months),
        ("trades", "Trades", TradeMetrics::DEFINITIONS, of_trades),
    ];
    let daily_interval = SharpeSample::of(&days.returns).and_then(|sample| interval(&sample, days.per_year));
    let mut figures = Vec::new();
    for (group, title, definitions, values) in groups {
        let values = values.unwrap_or_else(|| vec![None; definitions.len()]);
        for (definition, value) in definitions.iter().zip(values) {
            if !ALREADY_THERE.contains(&(group, definition.key)) {
                let interval = daily_interval.filter(|_| (group, definition.key) == ("ratio", "sharpe"));
                let cell = value.map(|value| Estimate { value, interval });
                figures.push(figure(group, title, definition, cell));
            }
        }
    }
    Ok(figures)
}

/// The trades as fractions of their entry values; none where a price was not above 0, of which there are no fractions.
fn trades_of(part: &Report) -> Vec<trade_stats::Trade> {
    if part.trades.iter().any(|trade| trade.entry_price <= 0.0) {
        return Vec::new();
    }
    let of = |trade: &backtest::Trade| trade_stats::Trade {
        entry: trade.entry_bar - part.window.start,
        exit: trade.exit_bar - part.window.start,
        entry_value: trade.entry_price * trade.quantity,
        exit_value: trade.exit_price * trade.quantity,
        profit: trade.profit,
        costs: trade.costs,
        mae: Some(trade.max_adverse / trade.entry_price),
        mfe: Some(trade.max_favourable / trade.entry_price),
    };
    part.trades.iter().map(of).collect()
}

fn figure(group: &str, title: &'static str, definition: &Definition, cell: Option<Estimate>) -> Figure {
    let name = match (group, definition.key) {
        ("trades", "exposure") => "Exposure, bars touched".to_owned(),
        _ => by_days(definition.name),
    };
    Figure {
        group: title,
        name,
        definition: format!("{}. {}.", by_days(definition.formula), definition.source),
        unit: unit(group, definition.unit),
        key: false,
        cell,
    }
}

/// The periods of the returns are days here.
fn by_days(text: &str) -> String {
    text.replace("Period", "Day").replace("period", "day")
}

fn unit(group: &str, unit: trade_stats::Unit) -> Unit {
    match unit {
        trade_stats::Unit::Fraction => Unit::Fraction,
        trade_stats::Unit::Probability => Unit::Probability,
        trade_stats::Unit::Count => Unit::Count,
        trade_stats::Unit::Bars => Unit::Bars,
        // Drawdowns are those of the equity at bar closes.
        trade_stats::Unit::Periods if group == "risk" => Unit::Bars,
        // Streaks of days, counted.
        trade_stats::Unit::Periods if group == "periods" => Unit::Count,
        trade_stats::Unit::Periods => Unit::Days,
        trade_stats::Unit::Currency => Unit::Money,
        _ => Unit::Ratio,
    }
}
