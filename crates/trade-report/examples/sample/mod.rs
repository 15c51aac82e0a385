//! A whole report over any bars, or over a seeded random walk: what the example writes, the tests open and the bench
//! measures. Equity, trades, their figures and the Monte-Carlo bands are computed; heat-map, folds, correlation, search and
//! evidence are made up, to show where they stand.

mod parts;

use trade_report::{
    Candles, Correlation, Criterion, Equity, Estimate, Header, Interval, Metric, MonteCarlo, Parameter, Period,
    PeriodKind, QuantileBand, Report, Side, Strategy, TimeRange, Trade, Unit, Version,
};

const MINUTE_MS: i64 = 60_000;
const WEEK_MS: i64 = 7 * 24 * 60 * MINUTE_MS;
/// Monday 2024-01-01 00:00 UTC.
const START_MS: i64 = 1_704_067_200_000;
const CAPITAL: f64 = 10_000.0;
const UNITS: f64 = 20_000.0;

/// Uniform numbers from 0 to 1.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn around_zero(&mut self) -> f64 {
        self.next() + self.next() + self.next() + self.next() - 2.0
    }
}

/// Bars of five minutes, five days a week.
pub(crate) fn candles(n_bars: usize, seed: u64) -> Candles {
    let mut random = Random(seed);
    let mut out = Candles {
        open_time_ms: Vec::new(),
        bar_ms: 5 * MINUTE_MS,
        open: Vec::new(),
        high: Vec::new(),
        low: Vec::new(),
        close: Vec::new(),
        volume: Vec::new(),
        price_decimals: 5,
        note: String::new(),
    };
    let round = |price: f64| (price * 1e5).round() / 1e5;
    let (mut time_ms, mut close) = (START_MS, 1.1);
    for _ in 0..n_bars {
        let open = round(close + 0.000_02 * random.around_zero());
        close = round((open + 0.000_25 * random.around_zero()).max(0.2));
        out.open_time_ms.push(time_ms);
        out.open.push(open);
        out.high.push(round(open.max(close) + 0.000_15 * random.next()));
        out.low.push(round(open.min(close) - 0.000_15 * random.next()));
        out.close.push(close);
        out.volume.push((200.0 + 800.0 * random.next() * random.next()).round());
        time_ms += out.bar_ms;
        if (time_ms - START_MS) % WEEK_MS == 5 * 24 * 60 * MINUTE_MS {
            time_ms += 2 * 24 * 60 * MINUTE_MS;
        }
    }
    out
}

/// Trades of two moving averages on the bars and the equity that they give.
fn trade(bars: &Candles, fast: usize, slow: usize) -> (Vec<Trade>, Equity) {
    let mean = |end: usize, n: usize| bars.close[end - n..end].iter().sum::<f64>() / n as f64;
    let (mut trades, mut cash, mut open): (Vec<Trade>, f64, Option<(usize, Side)>) = (Vec::new(), CAPITAL, None);
    let mut equity = Equity { initial: Some(CAPITAL), ..Equity::new(Vec::new(), Vec::new()) };
    for at in slow..bars.close.len() {
        let wanted = if mean(at, fast) > mean(at, slow) { Side::Long } else { Side::Short };
        let is_last = at + 1 == bars.close.len();
        if let Some((entry, side)) = open
            && (side != wanted || is_last)
        {
            let trade = round_trip(bars, entry, at, side, if is_last { "end of data" } else { "averages crossed" });
            cash += trade.profit;
            trades.push(trade);
            open = None;
        }
        if open.is_none() && !is_last {
            open = Some((at, wanted));
        }
        let marked = open.map_or(0.0, |(entry, side)| gain(side, bars.open[entry], bars.close[at]));
        equity.time_ms.push(bars.open_time_ms[at] + bars.bar_ms);
        equity.equity.push(((cash + marked) * 100.0).round() / 100.0);
    }
    (trades, equity)
}

fn gain(side: Side, from: f64, to: f64) -> f64 {
    UNITS * if side == Side::Long { to - from } else { from - to }
}

fn round_trip(bars: &Candles, entry: usize, exit: usize, side: Side, reason: &str) -> Trade {
    let (entry_price, exit_price) = (bars.open[entry], bars.open[exit]);
    let low = bars.low[entry..exit].iter().copied().fold(entry_price, f64::min);
    let high = bars.high[entry..exit].iter().copied().fold(entry_price, f64::max);
    let (worst, best) = if side == Side::Long { (low, high) } else { (high, low) };
    let cents = |money: f64| (money * 100.0).round() / 100.0;
    Trade {
        entry_time_ms: bars.open_time_ms[entry],
        exit_time_ms: bars.open_time_ms[exit],
        entry_price,
        exit_price,
        side,
        quantity: UNITS,
        profit: cents(gain(side, entry_price, exit_price) - 1.2),
        costs: Some(1.2),
        reason: reason.to_owned(),
        mae: Some(cents(gain(side, entry_price, worst).min(0.0))),
        mfe: Some(cents(gain(side, entry_price, best).max(0.0))),
    }
}

/// A report with every part over these bars.
pub(crate) fn report(bars: Candles, symbol: &str) -> Report {
    let n = bars.close.len();
    let time = |share: usize| bars.open_time_ms[(n * share / 100).min(n - 1)];
    let (from_ms, to_ms) = (time(0), time(100) + bars.bar_ms);
    let mut header = Header::new(&format!("{symbol}: moving averages, searched and tested"), from_ms, to_ms, "USD");
    symbol.clone_into(&mut header.symbol);
    "M5".clone_into(&mut header.timeframe);
    "sample-0007".clone_into(&mut header.run_id);
    "a seeded random walk; it says nothing about a market".clone_into(&mut header.source);
    "1.20 USD a trade: spread 0.6 pips".clone_into(&mut header.costs);
    header.seed = Some(7);
    header.versions = vec![Version { name: "trade-report".to_owned(), version: trade_report::VERSION.to_owned() }];
    let mut report = Report::new(header);
    let period = |kind, label: &str, from_ms, to_ms| Period {
        kind,
        label: label.to_owned(),
        range: TimeRange { from_ms, to_ms },
    };
    report.periods = vec![
        period(PeriodKind::InSample, "in-sample", from_ms, time(50)),
        period(PeriodKind::OutOfSample, "walk-forward", time(50), time(75)),
        period(PeriodKind::Holdout, "holdout", time(75), to_ms),
    ];
    report.metric_columns = vec!["In-sample".to_owned(), "Holdout".to_owned()];
    report.strategies =
        [(12, 48), (20, 80), (36, 150)].into_iter().enumerate().map(|(at, pair)| strategy(&bars, at, pair)).collect();
    report.correlation = Some(Correlation {
        values: [1.0, 0.62, 0.35, 0.62, 1.0, 0.48, 0.35, 0.48, 1.0].map(Some).to_vec(),
        note: "Of the returns of bars, in-sample.".to_owned(),
    });
    report.walk_forward = Some(parts::walk_forward(&time));
    report.candles = Some(bars);
    report.heat_maps = vec![parts::heat_map()];
    parts::opening(&mut report);
    parts::closing(&mut report);
    report
}

fn strategy(bars: &Candles, rank: usize, (fast, slow): (usize, usize)) -> Strategy {
    let (trades, equity) = trade(bars, fast, slow);
    let (half, three_quarters) = (bars.open_time_ms[bars.close.len() / 2], bars.open_time_ms[bars.close.len() * 3 / 4]);
    let profits = |from_ms: i64, to_ms: i64| -> Vec<f64> {
        let within = trades.iter().filter(|trade| (from_ms..to_ms).contains(&trade.entry_time_ms));
        within.map(|trade| trade.profit).collect()
    };
    let parts = [profits(i64::MIN, half), profits(three_quarters, i64::MAX)];
    let figure = |of: fn(&[f64]) -> Option<Estimate>| [of(&parts[0]), of(&parts[1])];
    let parameter = |name: &str, value: usize| Parameter { name: name.to_owned(), value: value.to_string() };
    Strategy {
        parameters: vec![parameter("fast", fast), parameter("slow", slow)],
        allocation: Some([0.4, 0.25, 0.15][rank]),
        score: Some([0.71, 0.64, 0.52][rank]),
        correlation_to_better: (rank > 0).then_some(0.62),
        criteria: vec![Criterion {
            name: "Number of trades".to_owned(),
            weight: 1.0,
            value: Some(trades.len() as f64),
            score: [0.71, 0.64, 0.52][rank],
        }],
        metrics: vec![
            metric("Net profit", "Sum of the profits of trades after costs.", Unit::Money, figure(sum)),
            metric(
                "Mean profit of a trade",
                "Net profit over number of trades; the interval is 1.96 standard errors to either side.",
                Unit::Money,
                figure(mean),
            ),
            metric("Win rate", "Share of trades with a profit after costs.", Unit::Fraction, figure(win_rate)),
        ],
        monte_carlo: vec![monte_carlo(&trades)],
        trades,
        equity: Some(equity),
        ..Strategy::new(&format!("Moving averages {fast} / {slow}"))
    }
}

fn sum(profits: &[f64]) -> Option<Estimate> {
    (!profits.is_empty()).then(|| profits.iter().sum::<f64>().into())
}

fn win_rate(profits: &[f64]) -> Option<Estimate> {
    let wins = profits.iter().filter(|&&profit| profit > 0.0).count();
    (!profits.is_empty()).then(|| (wins as f64 / profits.len() as f64).into())
}

fn mean(profits: &[f64]) -> Option<Estimate> {
    let n = profits.len() as f64;
    let mean = profits.iter().sum::<f64>() / n;
    let variance = profits.iter().map(|profit| (profit - mean) * (profit - mean)).sum::<f64>() / (n - 1.0);
    let margin = 1.96 * (variance / n).sqrt();
    let interval = Interval { low: mean - margin, high: mean + margin, level: 0.95 };
    (profits.len() > 1).then_some(Estimate { value: mean, interval: Some(interval) })
}

fn metric(name: &str, definition: &str, unit: Unit, cells: [Option<Estimate>; 2]) -> Metric {
    let group = if unit == Unit::Money { "Profit" } else { "Trades" };
    Metric {
        name: name.to_owned(),
        definition: definition.to_owned(),
        unit,
        group: group.to_owned(),
        key: true,
        cells: cells.to_vec(),
    }
}

/// Quantiles over 200 orders of the trades.
fn monte_carlo(trades: &[Trade]) -> MonteCarlo {
    let mut random = Random(11);
    let profits: Vec<f64> = trades.iter().map(|trade| trade.profit).collect();
    let path = |profits: &[f64]| {
        let mut equity = CAPITAL;
        profits
            .iter()
            .map(|profit| {
                equity += profit;
                equity
            })
            .collect::<Vec<f64>>()
    };
    let paths: Vec<Vec<f64>> = (0..200)
        .map(|_| path(&profits.iter().map(|_| profits[pick(&mut random, profits.len())]).collect::<Vec<_>>()))
        .collect();
    let band = |quantile: usize| {
        let at = |step: usize| {
            let mut values: Vec<f64> = paths.iter().map(|path| path[step]).collect();
            values.sort_by(f64::total_cmp);
            values[199 * quantile / 100]
        };
        QuantileBand { quantile: quantile as f64 / 100.0, equity: (0..profits.len()).map(at).collect() }
    };
    MonteCarlo {
        method: "200 draws of the trades with replacement, seed 11".to_owned(),
        summary: String::new(),
        step: "trade".to_owned(),
        steps: Vec::new(),
        bands: [5, 25, 50, 75, 95].map(band).to_vec(),
        realised: path(&profits),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a fraction of n is an index")]
fn pick(random: &mut Random, n: usize) -> usize {
    ((random.next() * n as f64) as usize).min(n - 1)
}
