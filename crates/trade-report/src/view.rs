//! What the template shows beside the report itself: derived figures and the geometry of small charts.

use serde::Serialize;

use crate::calendar::{DAY_MS, date, minute};
use crate::derive::{Fall, MonthlyReturn, daily_returns, deepest_falls, histogram, monthly_returns};
use crate::model::{Equity, Metric, MonteCarlo, Report, Side, Strategy, WalkForward};
use crate::number::{fixed, short};

/// Bins of a histogram, about.
const N_BINS: usize = 30;
/// Falls in the table of drawdowns.
const N_FALLS: usize = 5;
/// Trades written out for readers without JavaScript.
const N_PLAIN_TRADES: usize = 100;
/// Width and height of the box of a drawing; it is stretched to its place.
const BOX: (f64, f64) = (1000.0, 300.0);

#[derive(Debug, Serialize)]
pub(crate) struct View {
    strategies: Vec<StrategyView>,
    folds: Vec<FoldView>,
    logits: Option<Bins>,
    longest_stage_s: f64,
    has_equity: bool,
    has_trades: bool,
    /// Whether some figures are columns of the table of the best.
    has_key: bool,
}

#[derive(Debug, Serialize)]
struct StrategyView {
    max_drawdown: Option<f64>,
    n_trades: usize,
    years: Vec<Year>,
    daily: Option<Bins>,
    profits: Option<Bins>,
    paths: Vec<Paths>,
    falls: Vec<FallView>,
    groups: Vec<Group>,
    plain_trades: Vec<PlainTrade>,
}

/// A fall with its length, which it lacks as long as it is open.
#[derive(Debug, Serialize)]
struct FallView {
    depth: f64,
    from: String,
    bottom: String,
    to: Option<String>,
    days: Option<f64>,
}

/// Figures in a row that belong together, as a range of the strategy's.
#[derive(Debug, Serialize)]
struct Group {
    name: String,
    from: usize,
    to: usize,
}

/// Returns of a year by month, and their product.
#[derive(Debug, Serialize)]
struct Year {
    number: i64,
    months: [Option<f64>; 12],
    total: f64,
}

/// A histogram whose bars have heights in per cent of the largest.
#[derive(Debug, Serialize)]
struct Bins {
    bars: Vec<Bin>,
    low: String,
    high: String,
    most: u64,
    n: usize,
}

#[derive(Debug, Serialize)]
struct Bin {
    height: f64,
    count: u64,
    below_zero: bool,
    label: String,
}

/// Monte-Carlo bands as SVG paths in a box of 1000 by 300.
#[derive(Debug, Serialize)]
struct Paths {
    bands: Vec<(String, String)>,
    median: Option<String>,
    realised: Option<String>,
    low: f64,
    high: f64,
    /// What stands at the left end.
    first: String,
    /// Steps done at the right end.
    last: u64,
}

/// Where a fold's ranges lie, in per cent of the whole, and its first figure.
#[derive(Debug, Serialize)]
struct FoldView {
    train_left: f64,
    train_width: f64,
    test_left: f64,
    test_width: f64,
    in_sample: Option<Length>,
    out_of_sample: Option<Length>,
}

/// A figure as a bar from zero, in per cent of the range of all folds.
#[derive(Debug, Serialize)]
struct Length {
    left: f64,
    width: f64,
}

#[derive(Debug, Serialize)]
struct PlainTrade {
    entry: String,
    exit: String,
    side: &'static str,
    quantity: f64,
    entry_price: f64,
    exit_price: f64,
    profit: f64,
    reason: String,
}

pub(crate) fn view(report: &Report) -> View {
    let stages = report.timing.iter().flat_map(|timing| &timing.stages);
    View {
        strategies: report.strategies.iter().map(strategy).collect(),
        folds: report.walk_forward.as_ref().map(folds).unwrap_or_default(),
        logits: report.overfitting.as_ref().and_then(|overfitting| bins(&overfitting.logits, 1.0, "")),
        longest_stage_s: stages.map(|stage| stage.seconds).fold(f64::MIN_POSITIVE, f64::max),
        has_equity: report.strategies.iter().any(|strategy| strategy.equity.is_some()),
        has_trades: report.strategies.iter().any(|strategy| !strategy.trades.is_empty()),
        has_key: report.strategies.iter().flat_map(|strategy| &strategy.metrics).any(|metric| metric.key),
    }
}

fn strategy(strategy: &Strategy) -> StrategyView {
    let profits: Vec<f64> = strategy.trades.iter().map(|trade| trade.profit).collect();
    let equity = strategy.equity.as_ref();
    StrategyView {
        max_drawdown: equity.and_then(Equity::max_drawdown),
        n_trades: profits.len(),
        years: equity.map(|equity| years(&monthly_returns(equity))).unwrap_or_default(),
        daily: equity.map(daily_returns).filter(|days| days.len() > 2).and_then(|days| bins(&days, 100.0, " %")),
        profits: bins(&profits, 1.0, ""),
        groups: groups(&strategy.metrics),
        paths: strategy.monte_carlo.iter().map(paths).collect(),
        falls: equity.map(|equity| deepest_falls(equity, N_FALLS)).unwrap_or_default().into_iter().map(fall).collect(),
        plain_trades: plain_trades(strategy),
    }
}

fn groups(metrics: &[Metric]) -> Vec<Group> {
    let mut from = 0;
    let group = |metrics: &[Metric]| {
        let to = from + metrics.len();
        let name = metrics.first().map(|metric| metric.group.clone()).unwrap_or_default();
        Group { name, from: std::mem::replace(&mut from, to), to }
    };
    metrics.chunk_by(|one, next| one.group == next.group).map(group).collect()
}

fn fall(fall: Fall) -> FallView {
    FallView {
        depth: fall.depth,
        from: minute(fall.from_ms),
        bottom: minute(fall.bottom_ms),
        to: fall.to_ms.map(minute),
        days: fall.to_ms.map(|to_ms| (to_ms - fall.from_ms) as f64 / DAY_MS as f64),
    }
}

fn years(months: &[MonthlyReturn]) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for &MonthlyReturn { year, month, value } in months {
        if years.last().is_none_or(|last| last.number != year) {
            years.push(Year { number: year, months: [None; 12], total: 0.0 });
        }
        if let (Some(last), Some(value)) = (years.last_mut(), value) {
            last.months[usize::from(month) - 1] = Some(value);
            last.total = (1.0 + last.total) * (1.0 + value) - 1.0;
        }
    }
    years
}

fn bins(values: &[f64], scale: f64, unit: &str) -> Option<Bins> {
    let scaled: Vec<f64> = values.iter().map(|value| value * scale).collect();
    let counted = histogram(&scaled, N_BINS)?;
    let most = counted.counts.iter().copied().max()?.max(1);
    let bar = |(edges, &count): (&[f64], &u64)| Bin {
        height: 100.0 * count as f64 / most as f64,
        count,
        below_zero: edges[0] < 0.0,
        label: format!("{} to {}{unit}: {count}", short(edges[0]), short(edges[1])),
    };
    Some(Bins {
        bars: counted.edges.windows(2).zip(&counted.counts).map(bar).collect(),
        low: format!("{}{unit}", short(counted.edges[0])),
        high: format!("{}{unit}", short(counted.edges[counted.edges.len() - 1])),
        most,
        n: values.len(),
    })
}

fn paths(simulated: &MonteCarlo) -> Paths {
    let all = simulated.bands.iter().flat_map(|band| &band.equity).chain(&simulated.realised);
    let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &v| (low.min(v), high.max(v)));
    let point = |step: usize, value: f64, n: usize| {
        let x = BOX.0 * step as f64 / (n.max(2) - 1) as f64;
        let y = if high > low { BOX.1 * (high - value) / (high - low) } else { BOX.1 / 2.0 };
        format!("{x:.1},{y:.1}")
    };
    let line = |values: &[f64]| {
        // More than a point for each pixel of a wide screen would not be seen.
        let stride = values.len().div_ceil(2_000).max(1);
        let steps = (0..values.len()).filter(|step| step % stride == 0 || step + 1 == values.len());
        steps.map(|step| point(step, values[step], values.len())).collect::<Vec<_>>()
    };
    let pairs = simulated.bands.iter().zip(simulated.bands.iter().rev()).take(simulated.bands.len() / 2);
    let band = |(low, high): (&crate::model::QuantileBand, &crate::model::QuantileBand)| {
        let mut points = line(&low.equity);
        points.extend(line(&high.equity).into_iter().rev());
        let percent = |quantile: f64| short(100.0 * quantile);
        (format!("{} to {} %", percent(low.quantile), percent(high.quantile)), points.join(" "))
    };
    let n = simulated.bands.len();
    Paths {
        bands: pairs.map(band).collect(),
        median: (n % 2 == 1).then(|| line(&simulated.bands[n / 2].equity).join(" ")),
        realised: (!simulated.realised.is_empty()).then(|| line(&simulated.realised).join(" ")),
        low,
        high,
        first: match simulated.steps.first() {
            Some(0) => "start".to_owned(),
            first => format!("{} {}", simulated.step, first.copied().unwrap_or(1)),
        },
        last: simulated.steps.last().copied().unwrap_or(simulated.bands[0].equity.len() as u64),
    }
}

fn folds(walk_forward: &WalkForward) -> Vec<FoldView> {
    let ranges = walk_forward.folds.iter().flat_map(|fold| [fold.train, fold.test]);
    let (from, to) =
        ranges.fold((i64::MAX, i64::MIN), |(from, to), range| (from.min(range.from_ms), to.max(range.to_ms)));
    let percent = |time_ms: i64| 100.0 * (time_ms - from) as f64 / (to - from) as f64;
    let figures = walk_forward.folds.iter().filter_map(|fold| fold.cells.first());
    let values = figures.flat_map(|cell| [cell.in_sample, cell.out_of_sample]).flatten();
    let (low, high) = values.fold((0.0_f64, f64::MIN_POSITIVE), |(low, high), value| (low.min(value), high.max(value)));
    let share = |value: f64| 100.0 * (value / (high - low));
    let length = |value: f64| Length { left: share(value.min(0.0) - low), width: share(value.abs()) };
    let place = |fold: &crate::model::Fold| FoldView {
        train_left: percent(fold.train.from_ms),
        train_width: percent(fold.train.to_ms) - percent(fold.train.from_ms),
        test_left: percent(fold.test.from_ms),
        test_width: percent(fold.test.to_ms) - percent(fold.test.from_ms),
        in_sample: fold.cells.first().and_then(|cell| cell.in_sample).map(length),
        out_of_sample: fold.cells.first().and_then(|cell| cell.out_of_sample).map(length),
    };
    walk_forward.folds.iter().map(place).collect()
}

fn plain_trades(strategy: &Strategy) -> Vec<PlainTrade> {
    let plain = |trade: &crate::model::Trade| PlainTrade {
        entry: minute(trade.entry_time_ms),
        exit: minute(trade.exit_time_ms),
        side: if trade.side == Side::Long { "long" } else { "short" },
        quantity: trade.quantity,
        entry_price: trade.entry_price,
        exit_price: trade.exit_price,
        profit: trade.profit,
        reason: trade.reason.clone(),
    };
    strategy.trades.iter().take(N_PLAIN_TRADES).map(plain).collect()
}

/// `2025-04-01 to 2025-06-30`.
pub(crate) fn days(from_ms: i64, to_ms: i64) -> String {
    format!("{} to {}", date(from_ms), date(to_ms))
}

/// A duration, such as `4.2 s` or `3 min 5 s`.
pub(crate) fn seconds(seconds: f64) -> String {
    let minutes = (seconds / 60.0).floor();
    if minutes < 1.0 {
        return format!("{} s", fixed(seconds, 2));
    }
    format!("{} min {} s", fixed(minutes, 0), fixed((seconds - 60.0 * minutes).floor(), 0))
}
