//! Trades of stop and limit orders against PyneCore; `golden/generate.py` tells how they were made.

use broker::{
    Account, BarPrices, Bracket, Broker, Command, Commission, Costs, Direction, Event, ExitReason, Id, Order,
    OrderKind, Rejection, Spread, Trade,
};

const BARS: &str = include_str!("../golden/bars.csv");

struct Expected {
    direction: Direction,
    entry_bar: usize,
    entry_price: f64,
    exit_bar: usize,
    exit_price: f64,
    quantity: f64,
    profit: f64,
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split(',').collect())
}

fn bars() -> Vec<BarPrices> {
    rows(BARS)
        .map(|row| {
            let price = |column: usize| row[column].parse().unwrap();
            BarPrices { open: price(1), high: price(2), low: price(3), close: price(4), spread: f64::NAN }
        })
        .collect()
}

fn expected(text: &str) -> Vec<Expected> {
    rows(text)
        .map(|row| Expected {
            direction: if row[0] == "long" { Direction::Long } else { Direction::Short },
            entry_bar: row[1].parse().unwrap(),
            entry_price: row[2].parse().unwrap(),
            exit_bar: row[3].parse().unwrap(),
            exit_price: row[4].parse().unwrap(),
            quantity: row[5].parse().unwrap(),
            profit: row[6].parse().unwrap(),
        })
        .collect()
}

/// Runs a strategy that may replace its orders at every bar's close; without an answer they stay.
fn run(account: &Account, orders: impl Fn(&Broker, &[BarPrices]) -> Option<Vec<Order>>) -> Vec<Trade> {
    let bars = bars();
    let mut broker = Broker::new(account).unwrap();
    let mut trades = Vec::new();
    for (index, bar) in bars.iter().enumerate() {
        broker.advance(index, bar, &mut |event| {
            if let Event::Closed(trade) = event {
                trades.push(trade);
            }
        });
        let Some(orders) = orders(&broker, &bars[..=index]) else { continue };
        for id in [Id(0), Id(1)] {
            let _nothing_waits = broker.submit(Command::Cancel(id));
        }
        for order in orders {
            if let Err(reason) = broker.submit(Command::Entry(order)) {
                assert!(matches!(reason, Rejection::Pyramiding { .. }), "{reason}");
            }
        }
    }
    trades
}

fn assert_equal(trades: &[Trade], expected: &[Expected]) {
    for (number, (found, wanted)) in trades.iter().zip(expected).enumerate() {
        let place = format!("trade {number}: {found:?}");
        assert_eq!(found.direction, wanted.direction, "{place}");
        assert_eq!((found.entry_bar, found.exit_bar), (wanted.entry_bar, wanted.exit_bar), "{place}");
        assert!((found.entry_price - wanted.entry_price).abs() < 1e-9, "{place}");
        assert!((found.exit_price - wanted.exit_price).abs() < 1e-9, "{place}");
        assert!((found.quantity - wanted.quantity).abs() < 1e-9, "{place}");
        assert!((found.profit - wanted.profit).abs() < 1e-6, "{place}, expected profit {}", wanted.profit);
    }
    assert_eq!(trades.len(), expected.len());
}

fn account(commission: Commission, slippage_ticks: u32) -> Account {
    let costs = Costs { commission, slippage_ticks, spread: Spread::None };
    Account { initial_cash: 100_000.0, tick_size: 0.01, quantity_step: 0.01, costs }
}

fn entry(direction: Direction, quantity: f64, kind: OrderKind, bracket: Bracket) -> Order {
    let id = Id(u32::from(direction == Direction::Short));
    Order { kind, ..Order::market(id, direction) }.quantity(quantity).bracket(bracket)
}

#[test]
fn stop_entries_with_brackets_and_reversals_trade_as_pynecore() {
    let bracket = Bracket { stop_loss_ticks: None, take_profit_ticks: Some(110) };
    let trades = run(&account(Commission::PerOrder(1.5), 2), |_, bars| {
        let channel = &bars[bars.len().checked_sub(6)?..];
        let above = channel.iter().map(|bar| bar.high).fold(f64::MIN, f64::max);
        let below = channel.iter().map(|bar| bar.low).fold(f64::MAX, f64::min);
        Some(vec![
            entry(Direction::Long, 2.0, OrderKind::Stop(above + 0.004), bracket),
            entry(Direction::Short, 2.0, OrderKind::Stop(below - 0.004), bracket),
        ])
    });
    assert!(trades.iter().any(|trade| trade.exit_reason == ExitReason::Reversal));
    assert_equal(&trades, &expected(include_str!("../golden/stop_entries.csv")));
}

#[test]
fn limit_entries_with_brackets_trade_as_pynecore() {
    let bracket = Bracket { stop_loss_ticks: Some(55), take_profit_ticks: Some(40) };
    let trades = run(&account(Commission::PerUnit(0.02), 3), |broker, bars| {
        if broker.position().is_some() {
            return Some(Vec::new());
        }
        let bar = &bars[bars.len() - 1];
        Some(vec![
            entry(Direction::Long, 1.5, OrderKind::Limit(bar.low - 0.253), bracket),
            entry(Direction::Short, 1.5, OrderKind::Limit(bar.high + 0.253), bracket),
        ])
    });
    assert_equal(&trades, &expected(include_str!("../golden/limit_entries.csv")));
}
