//! The generated Pine scripts of whole strategies, run by PyneCore, make the trades of the back-test in
//! TradingView's arithmetic: from the first bar on, on a grid of prices where the last bit of an average decides.
//!
//! `UPDATE_PINE=1` writes the scripts anew; `golden/pine/generate.py` then writes their trades.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::fs;
use std::path::PathBuf;

use backtest::{Account, Commission, Costs, Direction, ExitReason, Market, Plan, Profile, Scratch, Spread, Trade, run};
use market::{Bar, Bars, Timeframe, UnixNanos};
use sha2::{Digest, Sha256};
use strategy::{Params, Strategy};

/// Parameters with which each strategy trades often on the short history.
const PARAMS: [(&str, &[f64]); 7] = [
    ("Bollinger reversion", &[20.0, 2.0, 3.0]),
    ("RSI reversion", &[9.0, 30.0, 3.0]),
    ("EMA cross", &[5.0, 20.0, 4.0, 8.0]),
    ("MACD trend", &[8.0, 20.0, 7.0, 16.0]),
    ("Stochastic in session", &[14.0, 25.0, 4.0, 5.0]),
    ("ATR breakout", &[30.0, 2.0, 4.0]),
    ("EMA deviation", &[20.0, 2.5, 5.0]),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden/pine")
}

fn stem(strategy: &Strategy) -> String {
    strategy.name.to_lowercase().replace(' ', "_")
}

/// Strategies with what no built-in one has: stops that move, time stops, sizes by volatility and by Kelly's rule,
/// numbers of longer bars.
const OTHERS: [&str; 4] = [
    include_str!("golden/pine/strategies/chandelier.json"),
    include_str!("golden/pine/strategies/follow_the_close.json"),
    include_str!("golden/pine/strategies/break_even.json"),
    include_str!("golden/pine/strategies/two_time_frames.json"),
];

/// The built-in strategies with the parameters above, and the others with their defaults.
fn strategies() -> Vec<(Strategy, Params)> {
    let builtin = experiment::builtin_strategies().into_iter().map(|strategy| {
        let (_, values) = PARAMS.iter().find(|(name, _)| *name == strategy.name).unwrap();
        (strategy, Params::new(values.to_vec()))
    });
    let others = OTHERS.iter().map(|json| Strategy::from_json(json).unwrap());
    builtin.chain(others.map(|strategy| (strategy.clone(), strategy.defaults()))).collect()
}

fn script(strategy: &Strategy, params: &Params) -> String {
    let options = pinegen::Options {
        provenance: vec!["A test of the generator; not for trading.".to_owned()],
        initial_cash: 10_000.0,
        commission: pinegen::Commission::Percent(0.02),
        slippage_ticks: 2,
        quantity_step: 0.01,
    };
    pinegen::generate(strategy, params, &options).unwrap()
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn bars() -> Bars {
    let mut bars = Bars::new(Timeframe::M1);
    for row in rows(include_str!("../crates/backtest/tests/golden/bars.csv")) {
        let number = |column: usize| row[column].parse::<f64>().unwrap();
        bars.push(Bar {
            open_time: UnixNanos::from_millis(row[0].parse().unwrap()).unwrap(),
            open: number(1),
            high: number(2),
            low: number(3),
            close: number(4),
            volume: number(5),
            spread: f64::NAN,
            tick_count: 0,
        })
        .unwrap();
    }
    bars
}

fn backtest_trades(strategy: &Strategy, params: &Params, bars: &Bars) -> Vec<Trade> {
    let costs = Costs { commission: Commission::Percent(0.02), slippage_ticks: 2, spread: Spread::None };
    let account = Account { initial_cash: 10_000.0, tick_size: 0.01, quantity_step: 0.01, costs };
    let plan = Plan::compile_in(strategy, Profile::TradingView).unwrap();
    let market = Market::new(bars.view());
    let report = run(&plan, params, &market, 0..bars.len(), &account, &mut Scratch::default()).unwrap();
    // Pine leaves the last position open.
    report.trades.into_iter().filter(|trade| trade.exit_reason != ExitReason::EndOfWindow).collect()
}

#[test]
fn the_committed_scripts_are_those_of_the_generator() {
    for (strategy, params) in strategies() {
        let path = folder().join(format!("{}.pine", stem(&strategy)));
        let text = script(&strategy, &params);
        if std::env::var_os("UPDATE_PINE").is_some() {
            fs::write(&path, &text).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "{}: see the head of this file", path.display());
    }
}

#[test]
fn generated_scripts_make_the_trades_of_the_backtest() {
    let bars = bars();
    for (strategy, params) in strategies() {
        let golden = fs::read_to_string(folder().join(format!("{}.csv", stem(&strategy)))).unwrap();
        let digest = hex(&Sha256::digest(script(&strategy, &params)));
        assert!(golden.contains(&digest), "{}: the trades are those of another script", strategy.name);
        let expected = rows(&golden);
        let found = backtest_trades(&strategy, &params, &bars);
        assert!(found.len() >= 5, "{} makes only {} trades", strategy.name, found.len());
        for (trade, row) in found.iter().zip(&expected) {
            assert_trade(trade, row, &strategy.name);
        }
        assert_eq!(found.len(), expected.len(), "{}", strategy.name);
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn assert_trade(trade: &Trade, row: &[String], name: &str) {
    let number = |column: usize| row[column].parse::<f64>().unwrap();
    let place = format!("{name}: {trade:?}, PyneCore {row:?}");
    let direction = if row[0] == "long" { Direction::Long } else { Direction::Short };
    assert_eq!(trade.direction, direction, "{place}");
    assert_eq!(trade.entry_bar.to_string(), row[1], "{place}");
    assert_eq!(trade.exit_bar.to_string(), row[3], "{place}");
    assert!((trade.entry_price - number(2)).abs() < 1e-9, "{place}");
    assert!((trade.exit_price - number(4)).abs() < 1e-9, "{place}");
    assert!((trade.quantity - number(5)).abs() < 1e-9, "{place}");
    assert!((trade.profit - number(6)).abs() < 1e-6, "{place}");
}
