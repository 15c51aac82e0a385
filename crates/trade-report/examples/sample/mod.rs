//! A whole report over any bars, or over a seeded random walk: what the example writes, the tests open and the bench
//! measures. Equity, trades, their figures and the Monte-Carlo bands are computed; heat-map, folds, correlation, search and
//! evidence are made up, to show where they stand.

use trade_report::{
    Axis, Candles, Commentary, Correlation, Criterion, DataQuality, Equity, Estimate, Fact, Fold, FoldCell, FoldFigure,
    Header, HeatMap, Interval, Metric, MonteCarlo, Overfitting, Parameter, Period, PeriodKind, QualityRow,
    QuantileBand, Report, Search, Severity, Side, StageTime, Strategy, TimeRange, Timing, Tone, Trade, Tried, Unit,
    Verdict, Version, WalkForward, Warning,
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
    let mut equity = Equity { time_ms: Vec::new(), equity: Vec::new() };
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
    report.walk_forward = Some(walk_forward(&time));
    report.candles = Some(bars);
    report.heat_maps = vec![heat_map()];
    opening(&mut report);
    closing(&mut report);
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
        monte_carlo: Some(monte_carlo(&trades)),
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
    Metric { name: name.to_owned(), definition: definition.to_owned(), unit, key: true, cells: cells.to_vec() }
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
        step: "trade".to_owned(),
        bands: [5, 25, 50, 75, 95].map(band).to_vec(),
        realised: path(&profits),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a fraction of n is an index")]
fn pick(random: &mut Random, n: usize) -> usize {
    ((random.next() * n as f64) as usize).min(n - 1)
}

fn heat_map() -> HeatMap {
    let (x, y): (Vec<f64>, Vec<f64>) =
        ((1..=14).map(|i| f64::from(4 * i)).collect(), (1..=10).map(|i| f64::from(20 * i)).collect());
    let mut random = Random(3);
    let cell = |slow: &f64, fast: &f64, noise: f64| {
        (fast < slow).then(|| 0.9 - (fast - 20.0).abs() / 30.0 - (slow - 90.0).abs() / 120.0 + 0.2 * noise)
    };
    let pairs = y.iter().flat_map(|slow| x.iter().map(move |fast| (slow, fast)));
    let values = pairs.map(|(slow, fast)| cell(slow, fast, random.around_zero())).collect();
    let axis = |name: &str, values| Axis { name: name.to_owned(), values };
    HeatMap {
        title: "Fast and slow average".to_owned(),
        metric: "Sharpe ratio p.a., in-sample".to_owned(),
        unit: Unit::Ratio,
        x: axis("fast", x),
        y: axis("slow", y),
        values,
        chosen: Some((4, 3)),
    }
}

fn walk_forward(time: &dyn Fn(usize) -> i64) -> WalkForward {
    let fold = |at: usize| Fold {
        train: TimeRange { from_ms: time(at * 5), to_ms: time(at * 5 + 50) },
        test: TimeRange { from_ms: time(at * 5 + 50), to_ms: time(at * 5 + 55) },
        choice: "Moving averages".to_owned(),
        parameters: vec![Parameter { name: "fast".to_owned(), value: (12 + 2 * at).to_string() }],
        cells: vec![
            FoldCell { in_sample: Some(1.6 - 0.1 * at as f64), out_of_sample: Some([0.4, -0.7, 0.2, -0.1, 0.6][at]) },
            FoldCell { in_sample: Some(0.05), out_of_sample: Some([0.004, -0.009, 0.002, -0.001, 0.007][at]) },
        ],
    };
    let figure = |name: &str, unit| FoldFigure { name: name.to_owned(), unit };
    WalkForward {
        summary: "In each fold the best parameter set is chosen in-sample and traded on the bars that follow."
            .to_owned(),
        figures: vec![figure("Sharpe ratio p.a.", Unit::Ratio), figure("Return", Unit::Fraction)],
        folds: (0..5).map(fold).collect(),
    }
}

fn opening(report: &mut Report) {
    report.verdict = Some(Verdict {
        tone: Tone::Bad,
        headline: "no edge found".to_owned(),
        reasons: vec!["The deflated Sharpe ratio is 0.310; 0.95 is asked.".to_owned()],
        rule: "a deflated Sharpe ratio of 0.95 and a profit in walk-forward and holdout".to_owned(),
    });
    let fact = |value: &str, caption: &str, tone| Fact { value: value.to_owned(), caption: caption.to_owned(), tone };
    report.facts = vec![
        fact("1,240", "parameter sets tried", Tone::Neutral),
        fact("0.310", "deflated Sharpe ratio; 0.95 is asked", Tone::Bad),
        fact("1.20 USD", "cost of a trade", Tone::Neutral),
    ];
    let warning = |severity, text: &str| Warning { severity, text: text.to_owned() };
    report.warnings = vec![
        warning(Severity::Serious, "No edge was found. What follows is the best of many tries; do not trade it."),
        warning(Severity::Caution, "The data are made by a program."),
        warning(Severity::Note, "A back-test knows no outages and no market impact."),
    ];
    report.recommendations = vec!["Test the idea on another market before any more parameters.".to_owned()];
    let evidence = |name: &str, value: f64, definition: &str, unit| Metric {
        name: name.to_owned(),
        definition: definition.to_owned(),
        unit,
        key: false,
        cells: vec![Some(value.into())],
    };
    report.evidence = vec![
        evidence("Deflated Sharpe", 0.31, "Probability that the best is better than luck's best.", Unit::Probability),
        evidence("Track record needed", 48_210.0, "Bars until the ratio can be trusted at 95 %.", Unit::Bars),
    ];
}

fn closing(report: &mut Report) {
    let mut random = Random(5);
    report.overfitting = Some(Overfitting {
        pbo: 0.44,
        logits: (0..252).map(|_| 0.2 + 1.5 * random.around_zero()).collect(),
        note: "252 splits of 10 parts, 1,240 trials.".to_owned(),
    });
    report.search = Some(Search {
        summary: "The best of so many tries is large by luck alone.".to_owned(),
        min_trades: 30,
        metric: "Sharpe p.a.".to_owned(),
        unit: Unit::Ratio,
        rows: vec![Tried {
            name: "Moving averages".to_owned(),
            n_tried: 1_240,
            n_considered: 1_102,
            n_profitable: 318,
            median: Some(-0.41),
            best: Some(1.62),
        }],
    });
    report.commentary = Some(Commentary {
        by: "rules".to_owned(),
        headline: "Hold".to_owned(),
        text: "The price is near the middle of its range.".to_owned(),
        points: vec!["No pattern in the last bars.".to_owned()],
    });
    report.data_quality = Some(DataQuality {
        summary: "All bars are there, none is doubtful.".to_owned(),
        rows: vec![QualityRow {
            name: "weekend".to_owned(),
            count: 12,
            example: "2024-01-06".to_owned(),
            action: "none".to_owned(),
        }],
    });
    report.method = vec!["Signals come from closed bars; orders fill at the next bar's open.".to_owned()];
    let stage = |name: &str, seconds| StageTime { name: name.to_owned(), seconds, note: String::new() };
    report.timing = Some(Timing {
        note: "2 threads.".to_owned(),
        stages: vec![stage("search", 12.4), stage("walk-forward", 75.0), stage("report", 0.3)],
    });
}
