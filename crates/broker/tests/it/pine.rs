//! Trades and states of small Pine strategies against PyneCore; `golden/make_pine.py` tells how they were made.

use broker::{Account, BarInput, BarPrices, Broker, Event, Ids, Trade};

use crate::scripts::{Script, body, declared};

const BARS: &str = include_str!("../golden/pine_bars.csv");
const TRADES: &str = include_str!("../golden/pine_trades.csv");
const STATES: &str = include_str!("../golden/pine_states.csv");

struct Outcome {
    trades: Vec<Trade>,
    /// At each bar's close, as the script sees it: in the order of the columns of the golden file.
    states: Vec<[Option<f64>; 12]>,
    ids: Ids,
    events: Vec<Event>,
}

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split(',').collect())
}

fn run(name: &str) -> Outcome {
    let (rules, costs) = declared(name);
    let account = Account { initial_cash: 10_000.0, tick_size: 0.01, quantity_step: 0.01, costs };
    let mut broker = Broker::with_rules(&account, &rules).unwrap();
    let (mut trades, mut states, mut ids) = (Vec::new(), Vec::new(), Ids::default());
    let mut events = Vec::new();
    for (index, row) in rows(BARS).enumerate() {
        let price = |column: usize| row[column].parse().unwrap();
        let prices = BarPrices { open: price(0), high: price(1), low: price(2), close: price(3), spread: f64::NAN };
        let input = BarInput::new(index, prices).day(i64::try_from(index / 96).unwrap());
        let mut keep = |event| {
            events.push(event);
            if let Event::Closed(trade) = event {
                trades.push(trade);
            }
        };
        broker.advance_over(&input, &mut keep);
        states.push(state(&broker, prices.close));
        body(name, &mut Script { broker: &mut broker, ids: &mut ids, bar: index, prices });
        broker.after_script(&mut keep);
    }
    Outcome { trades, states, ids, events }
}

fn state(broker: &Broker, close: f64) -> [Option<f64>; 12] {
    let count = |count: usize| Some(f64::from(u32::try_from(count).unwrap()));
    [
        Some(broker.position_size()),
        broker.position_average_price(),
        Some(broker.equity(close)),
        Some(broker.net_profit()),
        Some(broker.open_profit_at(close)),
        Some(broker.gross_profit()),
        Some(broker.gross_loss()),
        Some(broker.max_drawdown().0),
        Some(broker.max_runup().0),
        count(broker.n_won()),
        count(broker.n_lost()),
        broker.margin_liquidation_price(),
    ]
}

/// Compares every number exactly but for `tolerance` in the profits.
fn assert_trades(name: &str, tolerance: f64) -> Outcome {
    let outcome = run(name);
    let expected: Vec<_> = rows(TRADES).filter(|row| row[0] == name).collect();
    for (number, (found, row)) in outcome.trades.iter().zip(&expected).enumerate() {
        let place = format!("{name}, trade {number}: {found:?}, expected {row:?}");
        let value = |column: usize| row[column].parse::<f64>().unwrap();
        assert_eq!(found.direction.name(), row[1], "{place}");
        assert_eq!(outcome.ids.name(found.entry_id), Some(row[2]), "{place}");
        assert_eq!(
            (found.entry_bar.to_string(), found.exit_bar.to_string()),
            (row[3].into(), row[6].into()),
            "{place}"
        );
        assert_eq!((found.entry_price, found.exit_price), (value(4), value(7)), "{place}");
        if !["Close", "Risk", ""].contains(&row[5]) {
            assert_eq!(found.exit_id.and_then(|id| outcome.ids.name(id)), Some(row[5]), "{place}");
        }
        assert_eq!(found.quantity, value(8), "{place}");
        assert!((found.profit - value(9)).abs() <= tolerance, "{place}");
    }
    assert_eq!(outcome.trades.len(), expected.len(), "{name}");
    outcome
}

fn assert_states(name: &str, outcome: &Outcome) {
    for row in rows(STATES).filter(|row| row[0] == name) {
        let bar: usize = row[1].parse().unwrap();
        for (column, &found) in outcome.states[bar].iter().enumerate() {
            let expected = row[column + 2].parse::<f64>().ok();
            let close = found.zip(expected).is_none_or(|(found, expected)| (found - expected).abs() <= 1e-9);
            assert!(
                close && found.is_some() == expected.is_some(),
                "{name}, bar {bar}, state {column}: {found:?}, {row:?}"
            );
        }
    }
}

macro_rules! trades_as_pynecore {
    ($($name:ident),* $(,)?) => { $(
        #[test]
        fn $name() {
            assert_trades(stringify!($name), 0.0);
        }
    )* };
}

trades_as_pynecore!(
    pyramiding,
    reversals,
    two_entries_at_once,
    stop_limit,
    stop_entries,
    stop_entries_and_stops,
    oca_cancel,
    oca_reduce,
    netting,
    trail_points,
    trail_price,
    trail_late,
    trail_stop_entry,
    exits_compete,
    nearest_level,
    exits_any,
    exit_for_all,
    closes,
    percent_priced,
    cash,
    on_close,
    margin_reject,
    margin_call_long,
    margin_call_entries,
    margin_call_any,
    margin_stops,
    margin_reversals,
    risk_filled_orders,
    risk_drawdown,
    risk_day_loss,
    risk_position,
    risk_direction,
    risk_loss_days,
);

#[test]
fn partial_exits() {
    assert_states("partial_exits", &assert_trades("partial_exits", 0.0));
}

#[test]
fn percent_of_equity() {
    assert_states("percent_of_equity", &assert_trades("percent_of_equity", 0.0));
}

#[test]
fn exits_fifo() {
    assert_states("exits_fifo", &assert_trades("exits_fifo", 0.0));
}

#[test]
fn margin_call_short() {
    let outcome = assert_trades("margin_call_short", 0.0);
    assert!(outcome.events.iter().any(|event| matches!(event, Event::MarginCall { .. })));
    assert_states("margin_call_short", &outcome);
}
