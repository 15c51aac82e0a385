//! The parts of the page beside what else computes the same.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use backtest::{Account, Commission, Costs, Market, Plan, Report, Scratch, Spread};
use experiment::page::{self, Performance};
use market::{Bars, PriceSide, Timeframe, aggregate, resample, synthetic};
use strategy::Params;
use trade_report::{Metric, daily_returns, monthly_returns};

const CASH: f64 = 10_000.0;

fn bars() -> Bars {
    let config = synthetic::SyntheticConfig { ticks_per_hour: 240.0, ..eurusd() };
    aggregate(synthetic::generate(&config, 5).unwrap().view(), Timeframe::M5).bars(PriceSide::Mid)
}

/// From the middle of a week to that of another, over the end of a month.
fn eurusd() -> synthetic::SyntheticConfig {
    synthetic::SyntheticConfig::eurusd("2024-01-24".parse().unwrap(), 16)
}

fn trade(bars: &Bars, windows: &[std::ops::Range<usize>]) -> (Plan, Params, Vec<Report>) {
    let account = Account {
        initial_cash: CASH,
        tick_size: 0.00001,
        quantity_step: 1_000.0,
        costs: Costs { commission: Commission::Percent(0.0035), slippage_ticks: 1, spread: Spread::FromBars },
    };
    let strategies = experiment::builtin_strategies();
    let strategy = strategies.iter().find(|strategy| strategy.name == "Bollinger reversion").unwrap();
    let plan = Plan::compile(strategy).unwrap();
    let params = plan.strategy().defaults();
    let market = Market::new(bars.view());
    let run = |window: &std::ops::Range<usize>| {
        backtest::run(&plan, &params, &market, window.clone(), &account, &mut Scratch::default()).unwrap()
    };
    let reports = windows.iter().map(run).collect();
    (plan, params, reports)
}

fn cell(metrics: &[Metric], name: &str, column: usize) -> Option<f64> {
    let metric = metrics.iter().find(|metric| metric.name == name).unwrap_or_else(|| panic!("no {name}"));
    metric.cells[column].map(|cell| cell.value)
}

fn assert_close(found: Option<f64>, expected: f64) {
    let found = found.unwrap();
    assert!((found - expected).abs() <= 1e-12 * expected.abs().max(1.0), "{found} is not {expected}");
}

#[test]
fn figures_are_those_of_the_equity_and_trades_that_are_shown() {
    let bars = bars();
    let (plan, params, reports) = trade(&bars, std::slice::from_ref(&(100..bars.len())));
    let performance =
        Performance { strategy: plan.strategy(), params: &params, parts: &[&reports[0]], initial_cash: CASH };
    let shown = page::strategy(&performance, bars.view(), 1).unwrap();
    let equity = shown.equity.as_ref().unwrap();
    assert_eq!(equity.equity, reports[0].equity, "one part stands as it is");
    let (days, months) = (daily_returns(equity), monthly_returns(equity));
    let figure = |name: &str| cell(&shown.metrics, name, 0);
    assert!(days.len() > 10 && months.len() == 2);
    assert_close(figure("Days"), days.len() as f64);
    assert_close(figure("Best day"), days.iter().copied().fold(f64::MIN, f64::max));
    assert_close(figure("Worst day"), days.iter().copied().fold(f64::MAX, f64::min));
    assert_close(figure("Last month"), months[1].value.unwrap());
    assert_close(figure("Largest drawdown"), equity.max_drawdown().unwrap());
    let profit: f64 = shown.trades.iter().map(|trade| trade.profit).sum();
    assert!((figure("Net profit").unwrap() - profit).abs() < 1e-6, "{profit}");
    assert_close(figure("Number of trades"), shown.trades.len() as f64);
    let costs: f64 = shown.trades.iter().map(|trade| trade.costs.unwrap()).sum();
    assert!((figure("Costs").unwrap() - costs).abs() < 1e-6, "{costs}");
    let adverse = shown.trades.iter().map(|trade| trade.mae.unwrap() / (trade.entry_price * trade.quantity));
    assert_close(figure("Mean MAE"), -adverse.sum::<f64>() / shown.trades.len() as f64);
}

#[test]
fn parts_follow_each_other_in_proportion() {
    let bars = bars();
    let n = bars.len();
    let (first, second) = (0..n / 2, n / 2 + 30..n);
    let (plan, params, reports) = trade(&bars, &[first.clone(), second.clone()]);
    let parts = [&reports[0], &reports[1]];
    let performance = Performance { strategy: plan.strategy(), params: &params, parts: &parts, initial_cash: CASH };
    let equity = page::equity(&performance, bars.view()).equity;
    let carried = equity[first.end - 1];
    assert_eq!(equity.len(), n);
    assert!(equity[first.end..second.start].iter().all(|value| value.to_bits() == carried.to_bits()));
    let grown = reports[1].equity.last().unwrap() / CASH * carried;
    assert!((equity[n - 1] - grown).abs() < 1e-9, "{} and {grown}", equity[n - 1]);
    let metrics = page::figures(&performance, bars.view()).unwrap();
    for (column, report) in parts.iter().enumerate() {
        assert_close(cell(&metrics, "Return", column), report.metrics.total_return);
    }
    assert!(metrics.iter().all(|metric| metric.cells.len() == 2 && !metric.definition.is_empty()));
}

#[test]
fn every_order_of_the_trades_ends_where_they_did() {
    let bars = bars();
    let (plan, params, reports) = trade(&bars, std::slice::from_ref(&(0..bars.len())));
    let performance =
        Performance { strategy: plan.strategy(), params: &params, parts: &[&reports[0]], initial_cash: CASH };
    let simulate = |seed| page::simulations(&performance, bars.view(), seed).unwrap();
    let [orders, blocks] = &simulate(3)[..] else { panic!("two simulations") };
    let end = orders.realised.last().unwrap();
    assert!(orders.bands.iter().all(|band| (band.equity.last().unwrap() - end).abs() < 1e-6));
    assert!((end - reports[0].equity.last().unwrap()).abs() < 1e-6, "the trades lead to the last equity");
    assert_eq!(orders.steps.last(), Some(&(reports[0].trades.len() as u64)));
    assert!((blocks.realised.last().unwrap() - end).abs() < 1e-6, "so do the returns");
    let wide = |at: usize| blocks.bands[4].equity[at] - blocks.bands[0].equity[at];
    assert!(wide(0).abs() < 1e-12 && wide(blocks.steps.len() - 1) > wide(blocks.steps.len() / 10));
    assert_eq!(simulate(3), simulate(3));
    assert_ne!(simulate(3)[1].bands, simulate(4)[1].bands);
}

#[test]
fn many_bars_become_longer_candles_and_the_page_says_so() {
    let bars = bars();
    let whole = page::candles(bars.view(), 5, bars.len()).unwrap();
    assert_eq!((whole.close.len(), whole.note.as_str()), (bars.len(), ""));
    let thinned = page::candles(bars.view(), 5, bars.len() / 4).unwrap();
    let expected = resample(bars.view(), Timeframe::M30).unwrap();
    assert_eq!((thinned.bar_ms, &thinned.high[..]), (30 * 60_000, expected.view().high));
    let said = format!("M30 candles made of {} M5 bars", bars.len());
    assert!(thinned.note.contains(&said), "{}", thinned.note);
}
