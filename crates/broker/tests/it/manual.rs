//! Rules of TradingView's manual, with numbers by hand. The numbers of the rules are those of the crate's page.

use broker::{
    Account, BarInput, BarPrices, Bracket, Broker, Cause, Close, Command, Commission, Costs, Direction, Event, Exit,
    ExitReason, ExitSize, Id, OcaKind, Order, OrderKind, Rejection, RiskLimit, RiskRule, Rules, Size, Spread, Trade,
};

const L: Id = Id(0);
const S: Id = Id(1);
const X: Id = Id(2);
const LONG: Direction = Direction::Long;
const SHORT: Direction = Direction::Short;

fn free() -> Rules {
    Rules { margin_long_percent: 0.0, margin_short_percent: 0.0, ..Rules::tradingview() }
}

fn account() -> Account {
    let costs = Costs { commission: Commission::None, slippage_ticks: 0, spread: Spread::None };
    Account { initial_cash: 1_000.0, tick_size: 0.25, quantity_step: 1.0, costs }
}

fn bar(open: f64, high: f64, low: f64, close: f64) -> BarPrices {
    BarPrices { open, high, low, close, spread: f64::NAN }
}

fn flat(price: f64) -> BarPrices {
    bar(price, price, price, price)
}

/// A broker that counts its bars and keeps what it says.
struct Run {
    broker: Broker,
    bar: usize,
    events: Vec<Event>,
}

impl Run {
    fn new(rules: Rules) -> Self {
        Self::with(account(), rules)
    }

    fn with(account: Account, rules: Rules) -> Self {
        Self { broker: Broker::with_rules(&account, &rules).unwrap(), bar: 0, events: Vec::new() }
    }

    fn ask(&mut self, command: Command) -> &mut Self {
        self.broker.submit(command).unwrap();
        self
    }

    fn entry(&mut self, order: Order) -> &mut Self {
        self.ask(Command::Entry(order))
    }

    fn bar(&mut self, prices: BarPrices) -> &mut Self {
        self.day(prices, 0)
    }

    fn day(&mut self, prices: BarPrices, day: i64) -> &mut Self {
        let events = &mut self.events;
        self.broker.advance_over(&BarInput::new(self.bar, prices).day(day), &mut |event| events.push(event));
        self.bar += 1;
        self
    }

    fn close(&mut self) -> &mut Self {
        let events = &mut self.events;
        self.broker.after_script(&mut |event| events.push(event));
        self
    }

    fn trades(&self) -> Vec<Trade> {
        let closed = |event: &Event| if let Event::Closed(trade) = event { Some(*trade) } else { None };
        self.events.iter().filter_map(closed).collect()
    }

    fn exits(&self) -> Vec<(f64, f64)> {
        self.trades().iter().map(|trade| (trade.exit_price, trade.quantity)).collect()
    }

    fn dropped(&self) -> Option<Rejection> {
        self.events.iter().find_map(|event| match event {
            Event::Dropped { reason, .. } => Some(*reason),
            _ => None,
        })
    }
}

fn long(quantity: f64) -> Order {
    Order::market(L, LONG).quantity(quantity)
}

#[test]
fn rule_1_2_orders_on_the_close_fill_at_that_close_and_priced_ones_that_it_reaches() {
    let mut run = Run::new(Rules { process_orders_on_close: true, ..free() });
    run.bar(bar(100.0, 102.0, 99.0, 101.0));
    run.entry(long(2.0));
    run.ask(Command::Exit(Exit { limit: Some(100.5), ..Exit::new(X, Some(L)) })).close();
    // The target is passed at the close at which the entry fills.
    assert_eq!(run.exits(), [(101.0, 2.0)]);
    run.entry(Order::limit(S, SHORT, 101.25).quantity(1.0)).close();
    assert_eq!(run.broker.position_size(), 0.0);
    run.bar(bar(101.0, 101.5, 101.0, 101.0));
    assert_eq!(run.broker.position_size(), -1.0);
}

#[test]
fn rule_1_2_closing_immediately_fills_at_the_close_of_the_same_bar() {
    let mut run = Run::new(free());
    run.entry(long(2.0)).bar(bar(100.0, 102.0, 99.0, 101.0));
    run.ask(Command::Close(Close { immediately: true, ..Close::all() }));
    assert_eq!(run.broker.position_size(), 2.0);
    run.close();
    assert_eq!((run.exits(), run.trades()[0].exit_bar), (vec![(101.0, 2.0)], 0));
}

#[test]
fn rule_3_5_a_limit_fills_only_when_the_price_has_passed_it_by_so_many_ticks() {
    for (low, filled) in [(98.5, false), (98.25, true)] {
        let mut run = Run::new(Rules { limit_fill_ticks: 3, ..free() });
        run.entry(Order::limit(L, LONG, 99.0).quantity(1.0)).bar(bar(100.0, 101.0, low, 100.0));
        let price = run.broker.position_average_price();
        assert_eq!(price, filled.then_some(99.0), "{low}");
    }
}

#[test]
fn rule_3_6_a_stop_limit_order_waits_for_its_limit_after_its_stop() {
    let order = Order { kind: OrderKind::StopLimit { stop: 102.0, limit: 101.0 }, ..long(1.0) };
    let mut run = Run::new(free());
    run.entry(order).bar(bar(100.0, 103.0, 99.0, 102.5));
    // Open, low, high, close: the stop was met on the way up, the limit waits.
    assert!(run.events.contains(&Event::Triggered { bar: 0, id: L, limit: 101.0 }));
    assert_eq!(run.broker.position_size(), 0.0);
    // Placed again unchanged, it stays triggered.
    run.entry(order).bar(bar(101.5, 101.75, 100.0, 101.5));
    assert_eq!(run.broker.position_average_price(), Some(101.0));
}

#[test]
fn rule_4_1_pyramiding_counts_entries_and_not_orders() {
    let mut run = Run::new(Rules { pyramiding: 2, ..free() });
    run.entry(long(1.0)).bar(flat(100.0)).entry(long(2.0)).bar(flat(100.0));
    let refused = run.broker.submit(Command::Entry(long(4.0)));
    assert_eq!(refused, Err(Rejection::Pyramiding { direction: LONG, n_open: 2, limit: 2 }));
    run.ask(Command::Order(long(8.0))).bar(flat(100.0));
    assert_eq!(run.broker.position_size(), 11.0);
    assert_eq!(run.broker.open_trades().count(), 3);
}

#[test]
fn rule_4_2_an_entry_reverses_and_an_order_nets() {
    let mut run = Run::new(free());
    run.entry(long(5.0)).bar(flat(100.0));
    run.ask(Command::Order(Order::market(S, SHORT).quantity(5.0))).bar(flat(100.0));
    assert_eq!(run.broker.position_size(), 0.0);
    run.entry(long(5.0)).bar(flat(100.0));
    run.entry(Order::market(S, SHORT).quantity(5.0)).bar(flat(100.0));
    assert_eq!(run.broker.position_size(), -5.0);
}

#[test]
fn rule_4_3_an_entry_placed_twice_on_a_bar_does_not_reverse() {
    let mut run = Run::new(free());
    run.entry(long(10.0)).bar(flat(100.0));
    let short = Order::market(S, SHORT).quantity(4.0);
    run.entry(short).entry(short).bar(flat(100.0));
    assert_eq!(run.broker.position_size(), 6.0);
}

#[test]
fn rule_5_exits_reserve_what_they_close() {
    // The manual's example: 19 of 20 at the first call leave 1 for the second.
    let mut run = Run::new(free());
    run.entry(long(20.0));
    let first = Exit { size: ExitSize::Quantity(19.0), limit: Some(105.0), ..Exit::new(X, Some(L)) };
    let second = Exit { id: Id(3), size: ExitSize::Quantity(20.0), stop: Some(98.0), limit: None, ..first };
    run.ask(Command::Exit(first)).ask(Command::Exit(second));
    run.bar(bar(100.0, 101.0, 97.0, 98.0));
    assert_eq!(run.exits(), [(98.0, 1.0)]);
    // The first goes on without the second; a third finds nothing.
    let third = Command::Exit(Exit { id: Id(4), ..second });
    assert_eq!(run.broker.submit(third), Err(Rejection::Reserved { asked: 20.0, left: 0.0, size: 20.0 }));
    run.bar(bar(98.0, 106.0, 98.0, 105.0));
    assert_eq!(run.exits()[1..], [(105.0, 19.0)]);
}

#[test]
fn rule_5_a_partial_exit_closes_once_for_an_entry() {
    let mut run = Run::new(free());
    let exit = Command::Exit(Exit { size: ExitSize::Percent(50.0), limit: Some(101.0), ..Exit::new(X, Some(L)) });
    run.entry(long(4.0)).ask(exit).bar(bar(100.0, 102.0, 100.0, 101.0));
    assert_eq!(run.exits(), [(101.0, 2.0)]);
    assert_eq!(run.broker.submit(exit), Err(Rejection::ExitUsed));
    run.bar(bar(102.0, 102.0, 102.0, 102.0));
    assert_eq!(run.broker.position_size(), 2.0);
}

#[test]
fn rule_5_an_exit_without_a_level_keeps_its_part_and_never_fills() {
    let mut run = Run::new(free());
    run.entry(long(4.0)).bar(flat(100.0));
    let silent = Command::Exit(Exit { size: ExitSize::Quantity(3.0), ..Exit::new(X, Some(L)) });
    assert_eq!(run.broker.submit(silent), Err(Rejection::NoLevel));
    run.ask(Command::Exit(Exit { stop: Some(99.0), ..Exit::new(Id(3), Some(L)) })).bar(bar(100.0, 100.0, 98.0, 98.0));
    assert_eq!(run.exits(), [(99.0, 1.0)]);
}

#[test]
fn rule_5_an_exit_without_entry_serves_later_entries_until_flat() {
    let mut run = Run::new(Rules { pyramiding: 2, ..free() });
    run.entry(long(1.0)).bar(flat(100.0));
    run.ask(Command::Exit(Exit { profit_ticks: Some(8.0), ..Exit::new(X, None) }));
    run.entry(long(2.0)).bar(flat(101.0));
    // Eight ticks of 0.25 from 100 and from 101.
    run.bar(bar(101.0, 104.0, 101.0, 104.0));
    assert_eq!(run.exits(), [(102.0, 1.0), (103.0, 2.0)]);
    run.entry(long(1.0)).bar(flat(100.0)).bar(flat(110.0));
    assert_eq!(run.broker.position_size(), 1.0);
}

#[test]
fn rule_7_a_group_cancels_or_reduces() {
    let order = |id, kind: fn(Id, Direction, f64) -> Order, price, oca| {
        Command::Order(kind(Id(id), SHORT, price).quantity(2.0).oca(Id(9), oca))
    };
    let mut run = Run::new(free());
    run.entry(long(6.0)).bar(flat(100.0));
    run.ask(order(3, Order::limit, 101.0, OcaKind::Cancel)).ask(order(4, Order::stop, 99.0, OcaKind::Cancel));
    // Groups of one name and another kind are other groups.
    run.ask(order(5, Order::stop, 98.0, OcaKind::Reduce));
    run.ask(Command::Order(Order::stop(Id(6), SHORT, 97.0).quantity(3.0).oca(Id(9), OcaKind::Reduce)));
    run.bar(bar(100.0, 101.0, 98.0, 98.0));
    assert_eq!(run.exits(), [(101.0, 2.0), (98.0, 2.0)]);
    assert!(run.events.contains(&Event::Cancelled { bar: 1, id: Some(Id(4)), cause: Cause::Oca }));
    assert!(run.events.contains(&Event::Reduced { bar: 1, id: Id(6), quantity: 1.0 }));
    assert_eq!(run.broker.orders().map(|order| order.quantity).collect::<Vec<_>>(), [1.0]);
}

#[test]
fn rule_8_the_oldest_entry_closes_first_or_the_one_that_is_named() {
    for (rule, expected) in [(broker::CloseEntries::Fifo, [L, S]), (broker::CloseEntries::Any, [S, S])] {
        let mut run = Run::new(Rules { pyramiding: 2, close_entries: rule, ..free() });
        run.entry(long(1.0)).bar(flat(100.0)).entry(Order::market(S, LONG).quantity(2.0)).bar(flat(102.0));
        run.ask(Command::Close(Close::entry(S))).bar(flat(103.0));
        let closed = run.trades();
        let first = closed.iter().map(|trade| trade.entry_id).chain([S]).take(2).collect::<Vec<_>>();
        assert_eq!(first, expected, "{rule:?}");
        // One exit over two entries is two trades, each with its own profit.
        let profit: f64 = closed.iter().map(|trade| trade.profit).sum();
        assert_eq!(profit, if closed.len() == 2 { 3.0 + 1.0 } else { 2.0 });
    }
}

#[test]
fn rule_9_a_part_of_equity_pays_its_commission() {
    let costs = Costs { commission: Commission::Percent(10.0), ..account().costs };
    let rules = Rules { default_size: Size::PercentOfEquity(50.0), ..free() };
    let mut run = Run::with(Account { costs, ..account() }, rules);
    run.bar(flat(10.0)).entry(Order::market(L, LONG)).bar(flat(10.0));
    // 500 / (10 · 1.1) = 45.45…
    assert_eq!(run.broker.position_size(), 45.0);
}

#[test]
fn rule_9_a_priced_order_is_sized_where_it_fills_with_the_money_of_its_placing() {
    let rules = Rules { default_size: Size::Cash(500.0), ..free() };
    let mut run = Run::new(rules);
    run.bar(flat(20.0)).entry(Order::limit(L, LONG, 10.0)).bar(bar(20.0, 20.0, 10.0, 10.0));
    assert_eq!(run.broker.position_size(), 50.0);
}

#[test]
fn rule_10_1_an_entry_that_own_money_cannot_cover_is_not_taken_or_dropped() {
    let mut run = Run::new(Rules::tradingview());
    run.bar(flat(100.0));
    let refused = run.broker.submit(Command::Entry(long(11.0)));
    assert_eq!(refused, Err(Rejection::Margin { needed: 1_100.0, equity: 1_000.0 }));
    run.entry(long(10.0)).bar(flat(101.0));
    assert_eq!(run.dropped(), Some(Rejection::Margin { needed: 1_010.0, equity: 1_000.0 }));
    assert_eq!(run.broker.position_size(), 0.0);
}

#[test]
fn rule_10_2_a_margin_call_closes_four_times_what_is_missing() {
    // 40 units at 100 with a quarter of margin, all of 1,000. At 98 the position is worth 3,920 and needs 980, and
    // equity is 920: 60 are missing, 240 of position, 2 whole units of 98: 8 are closed.
    let rules = Rules { margin_long_percent: 25.0, ..Rules::tradingview() };
    let mut run = Run::new(rules);
    run.bar(flat(100.0)).entry(long(40.0)).bar(bar(100.0, 100.0, 98.0, 99.0));
    let call = Event::MarginCall { bar: 1, price: 98.0, shortfall: 60.0, quantity: 8.0 };
    assert!(run.events.contains(&call), "{:?}", run.events);
    assert_eq!((run.exits(), run.trades()[0].exit_reason), (vec![(98.0, 8.0)], ExitReason::MarginCall));
    // 0.75 · 32 · P = 32 · 100 − 984
    assert_eq!(run.broker.margin_liquidation_price(), Some(92.25));
}

#[test]
fn rule_10_4_without_margin_nothing_is_called() {
    let mut run = Run::new(free());
    run.bar(flat(100.0)).entry(long(400.0)).bar(bar(100.0, 100.0, 90.0, 90.0));
    assert_eq!((run.broker.position_size(), run.broker.equity(90.0)), (400.0, -3_000.0));
    assert_eq!(run.broker.margin_liquidation_price(), None);
}

#[test]
fn rule_11_1_after_so_many_orders_the_day_is_over() {
    let mut run = Run::new(free());
    let rule = RiskRule::MaxIntradayFilledOrders(2);
    run.broker.limit_risk(rule);
    run.entry(long(1.0)).bar(flat(100.0));
    // A reversal is one order.
    run.entry(Order::market(S, SHORT).quantity(1.0)).bar(flat(101.0));
    assert!(run.events.contains(&Event::Halted { bar: 1, rule }));
    assert_eq!(run.broker.position_size(), 0.0);
    assert_eq!(run.broker.submit(Command::Entry(long(1.0))), Err(Rejection::Halted { rule }));
    run.day(flat(100.0), 1).entry(long(1.0)).day(flat(100.0), 1);
    assert_eq!(run.broker.position_size(), 1.0);
}

#[test]
fn rule_11_3_the_loss_of_a_day_is_judged_at_the_extremes() {
    let rule = RiskRule::MaxIntradayLoss(RiskLimit::Percent(1.0));
    let mut run = Run::new(free());
    run.broker.limit_risk(rule);
    run.bar(flat(100.0)).entry(long(5.0)).bar(bar(100.0, 101.0, 98.0, 100.0));
    assert_eq!((run.exits(), run.trades()[0].exit_reason), (vec![(98.0, 5.0)], ExitReason::RiskRule));
    assert_eq!(run.broker.submit(Command::Entry(long(1.0))), Err(Rejection::Halted { rule }));
    run.day(flat(98.0), 1).entry(long(1.0)).day(flat(98.0), 1);
    assert_eq!(run.broker.position_size(), 1.0);
}

#[test]
fn rule_11_4_and_11_5_size_and_side_are_limited() {
    let mut run = Run::new(free());
    run.broker.limit_risk(RiskRule::MaxPositionSize(3.0));
    run.broker.limit_risk(RiskRule::AllowEntryIn(LONG));
    run.entry(long(5.0)).bar(flat(100.0));
    assert_eq!(run.broker.position_size(), 3.0);
    // An entry of the other side closes and opens nothing.
    run.entry(Order::market(S, SHORT).quantity(1.0)).bar(flat(100.0));
    assert_eq!(run.broker.position_size(), 0.0);
    run.entry(Order::market(S, SHORT).quantity(1.0)).bar(flat(100.0));
    assert_eq!(run.dropped(), Some(Rejection::Direction { direction: SHORT }));
}

#[test]
fn what_makes_no_sense_is_refused_with_its_numbers() {
    let mut run = Run::new(free());
    run.entry(long(2.0)).bar(flat(100.0));
    let exit = |set: fn(&mut Exit)| {
        let mut exit = Exit { stop: Some(90.0), ..Exit::new(X, Some(L)) };
        set(&mut exit);
        Command::Exit(exit)
    };
    for (command, expected) in [
        (exit(|exit| exit.stop = Some(0.0)), Rejection::Price { price: 0.0 }),
        (exit(|exit| exit.loss_ticks = Some(-1.0)), Rejection::Distance { ticks: -1.0 }),
        (exit(|exit| exit.size = ExitSize::Percent(101.0)), Rejection::Percent { percent: 101.0 }),
        (exit(|exit| exit.size = ExitSize::Quantity(-2.0)), Rejection::Quantity { quantity: -2.0 }),
        (exit(|exit| exit.from_entry = Some(S)), Rejection::NoEntry { entry: S }),
        (Command::Close(Close::entry(S)), Rejection::NoEntry { entry: S }),
        (Command::Cancel(S), Rejection::Unknown { id: S }),
        (
            Command::Order(Order::market(S, LONG).quantity(0.5)),
            Rejection::QuantityBelowStep { quantity: 0.5, step: 1.0 },
        ),
    ] {
        assert_eq!(run.broker.submit(command), Err(expected), "{command:?}");
    }
    assert_eq!(run.broker.orders().count(), 0);
}

#[test]
fn the_end_of_the_data_and_of_the_money_is_told() {
    let mut run = Run::new(Rules { stop_when_bankrupt: true, ..free() });
    run.bar(flat(100.0)).entry(long(20.0)).bar(flat(100.0));
    run.entry(Order::stop(S, SHORT, 10.0).quantity(1.0)).bar(flat(40.0));
    assert!(run.events.contains(&Event::Cancelled { bar: 2, id: Some(S), cause: Cause::Halt }));
    assert_eq!((run.exits(), run.trades()[0].exit_reason), (vec![(40.0, 20.0)], ExitReason::Bankrupt));
    assert_eq!(run.broker.submit(Command::Entry(long(1.0))), Err(Rejection::Bankrupt { bar: 2 }));
}

#[test]
fn a_bracket_lives_as_long_as_its_entry() {
    let bracket = Bracket { stop_loss_ticks: Some(4), take_profit_ticks: None };
    let mut run = Run::new(Rules { pyramiding: 2, ..free() });
    run.entry(long(1.0).bracket(bracket)).bar(flat(100.0));
    run.entry(Order::market(S, LONG).quantity(2.0).bracket(bracket)).bar(flat(102.0));
    run.ask(Command::CancelAll);
    run.bar(bar(102.0, 102.0, 101.0, 101.5));
    // The stop of the second closes its quantity of the oldest first.
    assert_eq!(run.exits(), [(101.0, 1.0), (101.0, 1.0)]);
    assert_eq!(run.broker.position_size(), 1.0);
}
