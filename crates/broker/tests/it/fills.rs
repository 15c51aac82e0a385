//! One rule of the broker a test.
use Direction::{Long, Short};
use OrderKind::{Limit, Market, Stop};
use broker::{
    Account, BarPrices, Bracket, Broker, Close, Command, Commission, Costs, Direction, Event, ExitReason, Id, Order,
    OrderKind, Rejection, Spread, Trade, WaitingKind,
};

const NO_BRACKET: Bracket = Bracket { stop_loss_ticks: None, take_profit_ticks: None };

fn account(commission: Commission, slippage_ticks: u32, spread: Spread) -> Account {
    let costs = Costs { commission, slippage_ticks, spread };
    Account { initial_cash: 1_000.0, tick_size: 0.25, quantity_step: 1.0, costs }
}

fn free() -> Account {
    account(Commission::None, 0, Spread::None)
}

fn bar(open: f64, high: f64, low: f64, close: f64) -> BarPrices {
    BarPrices { open, high, low, close, spread: f64::NAN }
}

fn bracket(stop_loss: u32, take_profit: u32) -> Bracket {
    Bracket { stop_loss_ticks: Some(stop_loss), take_profit_ticks: Some(take_profit) }
}

fn entry(direction: Direction, quantity: f64, kind: OrderKind, bracket: Bracket) -> Command {
    named(u32::from(direction == Short), direction, quantity, kind, bracket)
}

fn named(id: u32, direction: Direction, quantity: f64, kind: OrderKind, bracket: Bracket) -> Command {
    let order = Order { kind, ..Order::market(Id(id), direction) };
    Command::Entry(order.quantity(quantity).bracket(bracket))
}

fn close() -> Command {
    Command::Close(Close::all())
}

fn size(broker: &Broker) -> f64 {
    broker.position_size()
}

fn stop_loss(broker: &Broker) -> Option<f64> {
    broker.orders().find(|order| order.kind == WaitingKind::Exit).and_then(|order| order.stop)
}

/// Hands in one order and lets bars go by.
fn after(account: &Account, order: Command, bars: &[BarPrices]) -> (Broker, Vec<Event>) {
    let mut broker = Broker::new(account).unwrap();
    broker.submit(order).unwrap();
    let events = advance(&mut broker, bars);
    (broker, events)
}

fn advance(broker: &mut Broker, bars: &[BarPrices]) -> Vec<Event> {
    let mut events = Vec::new();
    for (index, bar) in bars.iter().enumerate() {
        broker.advance(index, bar, &mut |event| events.push(event));
    }
    events
}

fn entry_price(events: &[Event]) -> Option<f64> {
    events.iter().find_map(|event| match event {
        Event::Opened(open) => Some(open.entry_price()),
        _ => None,
    })
}

fn trades(events: &[Event]) -> Vec<Trade> {
    let closed = |event: &Event| if let Event::Closed(trade) = event { Some(*trade) } else { None };
    events.iter().filter_map(closed).collect()
}

#[test]
fn stops_and_limits_fill_at_their_price_or_at_the_open_beyond_it() {
    let bar = bar(100.0, 104.0, 98.0, 101.0);
    for (direction, kind, expected) in [
        (Long, Market, Some(100.0)),
        (Short, Market, Some(100.0)),
        (Long, Stop(103.0), Some(103.0)),
        (Long, Stop(99.0), Some(100.0)),
        (Long, Stop(100.0), Some(100.0)),
        (Long, Stop(104.25), None),
        (Short, Stop(99.0), Some(99.0)),
        (Short, Stop(101.0), Some(100.0)),
        (Short, Stop(97.75), None),
        (Long, Limit(99.0), Some(99.0)),
        (Long, Limit(103.0), Some(100.0)),
        (Long, Limit(97.75), None),
        (Short, Limit(103.0), Some(103.0)),
        (Short, Limit(99.0), Some(100.0)),
        (Short, Limit(104.25), None),
    ] {
        let (_, events) = after(&free(), entry(direction, 1.0, kind, NO_BRACKET), &[bar]);
        assert_eq!(entry_price(&events), expected, "{direction:?} {kind:?}");
    }
}

#[test]
fn prices_of_orders_are_rounded_to_a_tick_away_from_the_price() {
    let bar = bar(100.0, 104.0, 96.0, 101.0);
    for (direction, kind, expected) in [
        (Long, Stop(103.1), 103.25),
        (Short, Stop(97.1), 97.0),
        (Long, Limit(97.1), 97.0),
        (Short, Limit(103.1), 103.25),
        (Long, Stop(103.000_02), 103.0),
    ] {
        let (_, events) = after(&free(), entry(direction, 1.0, kind, NO_BRACKET), &[bar]);
        assert_eq!(entry_price(&events), Some(expected), "{direction:?} {kind:?}");
    }
}

#[test]
fn half_the_spread_and_the_slippage_are_paid_by_market_and_stop_orders_only() {
    let account = account(Commission::None, 2, Spread::Fixed(1.0));
    let bar = bar(100.0, 104.0, 96.0, 101.0);
    for (direction, kind, price) in [
        (Long, Market, Some(101.0)),
        (Short, Market, Some(99.0)),
        (Long, Stop(103.0), Some(104.0)),
        (Short, Stop(97.0), Some(96.0)),
        (Long, Limit(97.0), Some(97.0)),
        (Short, Limit(103.0), Some(103.0)),
        // The ask never falls to 96.25, as the mid price stops at 96.
        (Long, Limit(96.25), None),
        (Short, Limit(103.75), None),
        // Beyond the limit at the open: the side's better price.
        (Long, Limit(102.0), Some(100.5)),
        (Short, Limit(98.0), Some(99.5)),
    ] {
        let (_, events) = after(&account, entry(direction, 1.0, kind, NO_BRACKET), &[bar]);
        assert_eq!(entry_price(&events), price, "{direction:?} {kind:?}");
    }
}

#[test]
fn spreads_are_those_of_the_bar_that_fills() {
    let account = account(Commission::None, 0, Spread::FromBars);
    let bar = BarPrices { spread: 0.5, ..bar(100.0, 100.0, 100.0, 100.0) };
    let (broker, events) = after(&account, entry(Long, 2.0, Market, NO_BRACKET), &[bar]);
    assert_eq!(entry_price(&events), Some(100.25));
    assert_eq!(broker.equity(100.0), 999.5);
}

#[test]
fn the_path_decides_between_stop_and_target() {
    let order = entry(Long, 1.0, Market, bracket(4, 4));
    let up_first = bar(100.0, 101.5, 98.0, 100.0);
    let (_, events) = after(&free(), order, &[up_first]);
    assert_eq!((trades(&events)[0].exit_price, trades(&events)[0].exit_reason), (101.0, ExitReason::TakeProfit));
    let down_first = bar(100.0, 102.5, 98.0, 100.0);
    let (_, events) = after(&free(), order, &[down_first]);
    assert_eq!((trades(&events)[0].exit_price, trades(&events)[0].exit_reason), (99.0, ExitReason::StopLoss));
}

#[test]
fn an_entry_inside_the_bar_meets_only_the_rest_of_the_path() {
    // Open, low, high, close: the stop lies above the low that has gone by when the entry fills.
    let order = entry(Long, 1.0, Stop(101.0), bracket(8, 40));
    let (broker, events) = after(&free(), order, &[bar(100.0, 102.0, 98.5, 101.5)]);
    assert!(trades(&events).is_empty());
    assert_eq!(stop_loss(&broker), Some(99.0));
    // The same bar closing lower meets it on its last leg.
    let (_, events) = after(&free(), order, &[bar(100.0, 102.0, 98.5, 98.75)]);
    assert_eq!((trades(&events)[0].exit_bar, trades(&events)[0].exit_price), (0, 99.0));
}

#[test]
fn a_gap_beyond_the_bracket_fills_at_the_open() {
    for (direction, open, reason) in [
        (Long, 95.0, ExitReason::StopLoss),
        (Long, 106.0, ExitReason::TakeProfit),
        (Short, 106.0, ExitReason::StopLoss),
        (Short, 95.0, ExitReason::TakeProfit),
    ] {
        let order = entry(direction, 1.0, Market, bracket(8, 8));
        let bars = [bar(100.0, 100.5, 99.5, 100.0), bar(open, open + 0.5, open - 0.5, open)];
        let (_, events) = after(&free(), order, &bars);
        let trade = trades(&events)[0];
        assert_eq!((trade.exit_bar, trade.exit_price, trade.exit_reason), (1, open, reason));
    }
}

#[test]
fn a_stop_inside_the_costs_of_the_entry_fills_at_once() {
    let account = account(Commission::None, 4, Spread::None);
    let order = entry(Long, 1.0, Market, bracket(2, 100));
    let (_, events) = after(&account, order, &[bar(100.0, 103.0, 99.0, 102.0)]);
    let trade = trades(&events)[0];
    assert_eq!((trade.entry_price, trade.exit_price, trade.exit_bar), (101.0, 99.0, 0));
}

#[test]
fn a_reversal_is_one_order_whose_fee_both_trades_share() {
    let account = account(Commission::PerOrder(4.0), 0, Spread::None);
    let mut broker = Broker::new(&account).unwrap();
    let flat = bar(100.0, 100.0, 100.0, 100.0);
    broker.submit(entry(Long, 1.0, Market, NO_BRACKET)).unwrap();
    advance(&mut broker, &[flat]);
    broker.submit(entry(Short, 3.0, Market, NO_BRACKET)).unwrap();
    let events = advance(&mut broker, &[flat]);
    let trade = trades(&events)[0];
    // 4 for the entry, and one quarter of the reversal's 4.
    assert_eq!((trade.profit, trade.costs, trade.exit_reason), (-5.0, 5.0, ExitReason::Reversal));
    assert_eq!(size(&broker), -3.0);
    assert_eq!(broker.balance(), 992.0);
}

#[test]
fn commissions_are_charged_on_both_ways() {
    for (commission, profit) in [
        (Commission::None, 20.0),
        (Commission::Percent(1.0), 20.0 - 10.0 - 10.2),
        (Commission::PerUnit(0.1), 18.0),
        (Commission::PerOrder(3.0), 14.0),
    ] {
        let account = account(commission, 0, Spread::None);
        let order = entry(Long, 10.0, Market, bracket(40, 8));
        let (broker, events) = after(&account, order, &[bar(100.0, 103.0, 100.0, 101.0)]);
        assert!((trades(&events)[0].profit - profit).abs() < 1e-9, "{commission:?}");
        assert!((broker.balance() - 1_000.0 - profit).abs() < 1e-9, "{commission:?}");
    }
}

#[test]
fn a_waiting_entry_keeps_the_quantity_it_was_handed_in_with() {
    // Handed in while flat, it does not reverse the position that has opened meanwhile but takes a part of it.
    let mut broker = Broker::new(&free()).unwrap();
    broker.submit(entry(Short, 2.0, Stop(98.0), NO_BRACKET)).unwrap();
    broker.submit(entry(Long, 3.0, Market, NO_BRACKET)).unwrap();
    let events = advance(&mut broker, &[bar(100.0, 100.0, 97.0, 98.0)]);
    assert_eq!((trades(&events)[0].quantity, trades(&events)[0].profit), (2.0, -4.0));
    assert_eq!(size(&broker), 1.0);
    // Handed in against the rest, it trades the rest on top of its own.
    broker.submit(entry(Short, 2.0, Stop(96.0), NO_BRACKET)).unwrap();
    advance(&mut broker, &[bar(98.0, 98.0, 95.0, 95.0)]);
    assert_eq!(size(&broker), -2.0);
}

#[test]
fn an_entry_along_with_the_position_is_refused_but_one_that_waited_before_fills() {
    let flat = bar(100.0, 100.0, 100.0, 100.0);
    let mut broker = Broker::new(&free()).unwrap();
    broker.submit(named(7, Long, 1.0, Stop(101.0), NO_BRACKET)).unwrap();
    broker.submit(entry(Long, 1.0, Market, NO_BRACKET)).unwrap();
    broker.submit(named(8, Long, 1.0, Market, NO_BRACKET)).unwrap();
    let events = advance(&mut broker, &[flat, bar(100.0, 102.0, 100.0, 102.0)]);
    // Rules 2.2 and 2.3: market orders are counted again when they fill, priced ones are not.
    let reason = Rejection::Pyramiding { direction: Long, n_open: 1, limit: 1 };
    assert!(events.contains(&Event::Dropped { bar: 0, id: Some(Id(8)), reason }), "{events:?}");
    assert_eq!(size(&broker), 2.0);
    let refused = Rejection::Pyramiding { direction: Long, n_open: 2, limit: 1 };
    assert_eq!(broker.submit(entry(Long, 1.0, Market, NO_BRACKET)), Err(refused));
    assert_eq!(broker.orders().count(), 0);
}

#[test]
fn a_close_and_an_entry_at_the_same_open_work_in_their_order() {
    let flat = bar(100.0, 100.0, 100.0, 100.0);
    let mut broker = Broker::new(&free()).unwrap();
    assert_eq!(broker.submit(close()), Err(Rejection::NoPosition));
    broker.submit(entry(Long, 1.0, Market, NO_BRACKET)).unwrap();
    advance(&mut broker, &[flat]);
    broker.submit(close()).unwrap();
    broker.submit(close()).unwrap();
    assert_eq!(broker.orders().count(), 1);
    broker.submit(entry(Long, 2.0, Market, NO_BRACKET)).unwrap();
    let events = advance(&mut broker, &[flat]);
    assert_eq!(trades(&events)[0].exit_reason, ExitReason::Signal);
    assert_eq!(size(&broker), 2.0);
}

#[test]
fn a_market_reversal_at_a_gap_leaves_the_old_bracket_unfilled() {
    let mut broker = Broker::new(&free()).unwrap();
    broker.submit(entry(Long, 1.0, Market, bracket(4, 400))).unwrap();
    advance(&mut broker, &[bar(100.0, 100.5, 99.5, 100.0)]);
    broker.submit(entry(Short, 1.0, Market, bracket(400, 400))).unwrap();
    let events = advance(&mut broker, &[bar(90.0, 91.0, 89.0, 90.0)]);
    assert_eq!(trades(&events).len(), 1);
    assert_eq!((trades(&events)[0].exit_price, trades(&events)[0].exit_reason), (90.0, ExitReason::Reversal));
}

#[test]
fn orders_that_make_no_sense_are_refused() {
    let mut broker = Broker::new(&free()).unwrap();
    let refused = |broker: &mut Broker, order| broker.submit(order).unwrap_err();
    let market = |quantity| entry(Long, quantity, Market, NO_BRACKET);
    assert_eq!(refused(&mut broker, market(0.9)), Rejection::QuantityBelowStep { quantity: 0.9, step: 1.0 });
    assert_eq!(refused(&mut broker, market(0.0)), Rejection::QuantityBelowStep { quantity: 0.0, step: 1.0 });
    for quantity in [-1.0, f64::NAN, f64::INFINITY, 1e17] {
        assert!(matches!(refused(&mut broker, market(quantity)), Rejection::Quantity { .. }), "{quantity}");
    }
    for price in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(refused(&mut broker, entry(Long, 1.0, Stop(price), NO_BRACKET)), Rejection::Price { .. }));
    }
    assert_eq!(refused(&mut broker, entry(Long, 1.0, Market, bracket(0, 1))), Rejection::ZeroDistance);
    assert!(broker.is_idle());
}

#[test]
fn quantities_are_rounded_down_to_the_step() {
    let (broker, _) = after(&free(), entry(Long, 3.99, Market, NO_BRACKET), &[bar(1.0, 1.0, 1.0, 1.0)]);
    assert_eq!(size(&broker), 3.0);
}

#[test]
fn a_bankrupt_account_is_closed_at_the_close_and_trades_no_more() {
    let order = entry(Short, 100.0, Market, NO_BRACKET);
    let bars = [bar(100.0, 100.0, 100.0, 100.0), bar(105.0, 112.0, 105.0, 111.0), bar(90.0, 90.0, 90.0, 90.0)];
    let (mut broker, events) = after(&free(), order, &bars);
    let trade = trades(&events)[0];
    assert_eq!((trade.exit_bar, trade.exit_price, trade.exit_reason), (1, 111.0, ExitReason::Bankrupt));
    assert_eq!((broker.bankrupt_at(), broker.balance()), (Some(1), -100.0));
    assert_eq!(broker.submit(entry(Long, 1.0, Market, NO_BRACKET)), Err(Rejection::Bankrupt { bar: 1 }));
}

#[test]
fn a_liquidation_pays_the_costs_of_a_market_order_and_cancels_orders() {
    let account = account(Commission::PerUnit(0.5), 1, Spread::Fixed(0.5));
    let flat = bar(100.0, 100.0, 100.0, 100.0);
    let (mut broker, _) = after(&account, entry(Long, 2.0, Market, NO_BRACKET), &[flat]);
    broker.submit(entry(Short, 2.0, Stop(50.0), NO_BRACKET)).unwrap();
    let mut events = Vec::new();
    let equity = broker.liquidate(0, &flat, ExitReason::EndOfWindow, &mut |event| events.push(event));
    // Each way: half a spread of 0.25, a tick of 0.25 and a fee of 0.5 on two units.
    assert_eq!((trades(&events)[0].profit, trades(&events)[0].costs, equity), (-4.0, 4.0, 996.0));
    assert!(broker.is_idle());
}

#[test]
fn excursions_count_only_while_the_position_is_open() {
    let order = entry(Long, 1.0, Market, bracket(8, 400));
    let bars = [bar(100.0, 103.0, 99.0, 102.0), bar(102.0, 102.5, 90.0, 110.0)];
    let (_, events) = after(&free(), order, &bars);
    let trade = trades(&events)[0];
    assert_eq!((trade.exit_bar, trade.exit_price), (1, 98.0));
    assert_eq!((trade.max_favourable, trade.max_adverse), (3.0, 2.0));
}

#[test]
fn accounts_are_checked_and_written_as_json() {
    let account = account(Commission::Percent(0.1), 2, Spread::FromBars);
    let text = serde_json::to_string(&account).unwrap();
    assert_eq!(
        text,
        r#"{"initial_cash":1000.0,"tick_size":0.25,"quantity_step":1.0,"costs":{"commission":{"percent":0.1},"slippage_ticks":2,"spread":"from_bars"}}"#
    );
    assert_eq!(serde_json::from_str::<Account>(&text).unwrap(), account);
    assert!(serde_json::from_str::<Account>(&text.replace("tick_size", "tick")).is_err());
    let bad = Account { tick_size: 0.0, ..account };
    assert_eq!(Broker::new(&bad).unwrap_err().to_string(), "account: tick_size is 0, but must lie within 1e-9 to 1e9");
    let costs = Costs { commission: Commission::Percent(-0.1), ..account.costs };
    assert!(Broker::new(&Account { costs, ..account }).is_err());
    let costs = Costs { spread: Spread::Fixed(f64::NAN), ..account.costs };
    assert!(Broker::new(&Account { costs, ..account }).is_err());
}
