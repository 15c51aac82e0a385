//! Random commands against PyneCore; `golden/make_random.py` tells how they were made.

use std::collections::BTreeMap;

use broker::{
    Account, BarInput, BarPrices, Broker, Close, CloseEntries, Command, Commission, Costs, Direction, Event, Exit,
    ExitSize, Ids, Oca, OcaKind, Order, OrderKind, Rules, Size, Spread, Trade, Trail,
};

const BARS: &str = include_str!("../golden/pine_bars.csv");
const COMMANDS: &str = include_str!("../golden/random_commands.csv");
const TRADES: &str = include_str!("../golden/random_trades.csv");
const N_BARS: usize = 300;

fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split(',').collect())
}

fn arguments(text: &'static str) -> BTreeMap<&'static str, &'static str> {
    text.split(';').filter_map(|pair| pair.split_once('=')).collect()
}

fn settings(given: &BTreeMap<&str, &str>) -> (Rules, Costs) {
    let mut rules = Rules { margin_long_percent: 0.0, margin_short_percent: 0.0, ..Rules::tradingview() };
    rules.pyramiding = given["pyramiding"].parse().unwrap();
    rules.close_entries = if given["any"] == "1" { CloseEntries::Any } else { CloseEntries::Fifo };
    rules.process_orders_on_close = given["on_close"] == "1";
    if given["percent"] != "0" {
        rules.default_size = Size::PercentOfEquity(given["percent"].parse().unwrap());
    }
    let commission = match given["commission"] {
        "percent" => Commission::Percent(0.03),
        "unit" => Commission::PerUnit(0.01),
        "order" => Commission::PerOrder(0.9),
        _ => Commission::None,
    };
    (rules, Costs { commission, slippage_ticks: given["slippage"].parse().unwrap(), spread: Spread::None })
}

fn command(row: &[&'static str], call: u32, ids: &mut Ids) -> Command {
    let given = arguments(row[6]);
    let value = |key: &str| given.get(key).map(|text| text.parse::<f64>().unwrap());
    let id = ids.id(row[3]);
    let size = match (value("qty"), value("qty_percent")) {
        (Some(quantity), _) => ExitSize::Quantity(quantity),
        (None, Some(percent)) => ExitSize::Percent(percent),
        (None, None) => ExitSize::Rest,
    };
    match row[2] {
        "entry" | "order" => {
            let kind = match (value("stop"), value("limit")) {
                (Some(stop), Some(limit)) => OrderKind::StopLimit { stop, limit },
                (Some(stop), None) => OrderKind::Stop(stop),
                (None, Some(limit)) => OrderKind::Limit(limit),
                (None, None) => OrderKind::Market,
            };
            let kind_of = |name: &str| if name == "cancel" { OcaKind::Cancel } else { OcaKind::Reduce };
            let oca = given.get("oca_type").map(|name| Oca { group: ids.id("g"), kind: kind_of(name) });
            let direction = if row[5] == "long" { Direction::Long } else { Direction::Short };
            let order = Order { kind, oca, quantity: value("qty"), ..Order::market(id, direction) };
            if row[2] == "entry" { Command::Entry(order) } else { Command::Order(order) }
        }
        "exit" => {
            let mut exit = Exit { size, ..Exit::new(id, Some(ids.id(row[4]))) };
            (exit.profit_ticks, exit.loss_ticks) = (value("profit"), value("loss"));
            (exit.limit, exit.stop) = (value("limit"), value("stop"));
            exit.trail = value("trail_points").map(|points| Trail {
                price: None,
                points: Some(points),
                offset_ticks: value("trail_offset").unwrap(),
            });
            Command::Exit(exit)
        }
        "close" => Command::Close(Close { size, call, ..Close::entry(id) }),
        "close_all" => Command::Close(Close { call, ..Close::all() }),
        "cancel" => Command::Cancel(id),
        _ => Command::CancelAll,
    }
}

/// Trades of one seed, and the names in them.
fn run(seed: &str) -> (Vec<Trade>, Ids) {
    let commands: Vec<_> = rows(COMMANDS).filter(|row| row[0] == seed).collect();
    let (rules, costs) = settings(&arguments(commands[0][6]));
    let account = Account { initial_cash: 10_000.0, tick_size: 0.01, quantity_step: 0.01, costs };
    let mut broker = Broker::with_rules(&account, &rules).unwrap();
    let (mut trades, mut ids) = (Vec::new(), Ids::default());
    for (index, row) in rows(BARS).take(N_BARS).enumerate() {
        let price = |column: usize| row[column].parse().unwrap();
        let prices = BarPrices { open: price(0), high: price(1), low: price(2), close: price(3), spread: f64::NAN };
        let mut keep = |event| {
            if let Event::Closed(trade) = event {
                trades.push(trade);
            }
        };
        broker.advance_over(&BarInput::new(index, prices), &mut keep);
        for (call, row) in (0..).zip(&commands).filter(|(_, row)| row[1] == index.to_string()) {
            let _refused = broker.submit(command(row, call, &mut ids));
        }
        broker.after_script(&mut keep);
    }
    (trades, ids)
}

/// Trades of one seed that are not as expected, in words.
fn difference(seed: &str) -> Option<String> {
    let (trades, ids) = run(seed);
    let expected: Vec<_> = rows(TRADES).filter(|row| row[0] == seed).collect();
    for (number, (found, row)) in trades.iter().zip(&expected).enumerate() {
        let value = |column: usize| row[column].parse::<f64>().unwrap();
        let same = found.direction.name() == row[1]
            && ids.name(found.entry_id) == Some(row[2])
            && (found.entry_bar.to_string(), found.exit_bar.to_string()) == (row[3].into(), row[5].into())
            && [(found.entry_price, 4), (found.exit_price, 6), (found.quantity, 7), (found.profit, 8)]
                .iter()
                .all(|&(found, column)| (found - value(column)).abs() <= 1e-9);
        if !same {
            let name = ids.name(found.entry_id);
            return Some(format!("seed {seed}, trade {number}: {name:?} {found:?}, expected {row:?}"));
        }
    }
    let (n_found, n_expected) = (trades.len(), expected.len());
    (n_found != n_expected).then(|| format!("seed {seed}: {n_found} trades, expected {n_expected}"))
}

#[test]
fn random_commands_trade_as_in_pynecore() {
    let seeds: Vec<_> = rows(COMMANDS).filter(|row| row[2] == "rules").map(|row| row[0]).collect();
    let wrong: Vec<_> = seeds.iter().filter_map(|seed| difference(seed)).collect();
    assert!(wrong.is_empty(), "{} of {} seeds:\n{}", wrong.len(), seeds.len(), wrong.join("\n"));
}
