//! What goes beyond TradingView: both sides of the quote, paths, ticks, latency, swap.

use broker::{
    Account, BarInput, BarPrices, Broker, Close, Command, Commission, Costs, Direction, Event, Exit, Id, Inside,
    Latency, Order, Quote, Rejection, Rules, Spread, Swap, Trade,
};
use market::{Tick, Ticks, UnixNanos};

const HOUR: i64 = 3_600 * UnixNanos::PER_SECOND;

fn account() -> Account {
    let costs = Costs { commission: Commission::None, slippage_ticks: 0, spread: Spread::None };
    Account { initial_cash: 1_000.0, tick_size: 0.25, quantity_step: 1.0, costs }
}

fn broker(rules: Rules) -> Broker {
    Broker::with_rules(&account(), &rules).unwrap()
}

fn prices(open: f64, high: f64, low: f64, close: f64) -> BarPrices {
    BarPrices { open, high, low, close, spread: f64::NAN }
}

fn entry(order: Order) -> Command {
    Command::Entry(order.quantity(2.0))
}

fn long() -> Command {
    entry(Order::market(Id(0), Direction::Long))
}

/// Trades and entry prices of one bar.
fn advance(broker: &mut Broker, input: &BarInput<'_>) -> (Vec<f64>, Vec<Trade>, Vec<Event>) {
    let (mut opened, mut closed, mut events) = (Vec::new(), Vec::new(), Vec::new());
    broker.advance_over(input, &mut |event| {
        events.push(event);
        match event {
            Event::Opened(open) => opened.push(open.entry_price()),
            Event::Closed(trade) => closed.push(trade),
            _ => {}
        }
    });
    (opened, closed, events)
}

#[test]
fn buying_looks_at_the_ask_and_selling_at_the_bid() {
    let (bid, ask) = (prices(100.0, 103.0, 98.0, 101.0), prices(100.5, 104.0, 98.25, 101.5));
    let input = BarInput::new(0, prices(100.25, 103.5, 98.0, 101.25)).inside(Inside::Sides { bid, ask });
    let buy = |order: fn(Id, Direction, f64) -> Order, price| order(Id(0), Direction::Long, price);
    let sell = |order: fn(Id, Direction, f64) -> Order, price| order(Id(0), Direction::Short, price);
    for (order, expected) in [
        (Order::market(Id(0), Direction::Long), Some(100.5)),
        (Order::market(Id(0), Direction::Short), Some(100.0)),
        // The ask reaches 104 where the bid stops at 103.
        (buy(Order::stop, 103.5), Some(103.5)),
        (sell(Order::limit, 103.5), None),
        (sell(Order::limit, 103.0), Some(103.0)),
        (buy(Order::limit, 98.0), None),
        (buy(Order::limit, 98.25), Some(98.25)),
        (sell(Order::stop, 98.0), Some(98.0)),
        (sell(Order::stop, 97.75), None),
        // Passed at the open already: each pays its own side.
        (buy(Order::stop, 100.25), Some(100.5)),
        (sell(Order::limit, 99.0), Some(100.0)),
    ] {
        let mut broker = broker(Rules::plain());
        broker.submit(entry(order)).unwrap();
        assert_eq!(advance(&mut broker, &input).0.first().copied(), expected, "{order:?}");
    }
}

#[test]
fn a_stop_of_a_long_position_triggers_on_the_bid() {
    let mut broker = broker(Rules::plain());
    broker.submit(long()).unwrap();
    broker.submit(Command::Exit(Exit { stop: Some(98.0), ..Exit::new(Id(1), Some(Id(0))) })).unwrap();
    // The middle never falls to 98, and the bid does.
    let (bid, ask) = (prices(100.0, 100.0, 98.0, 100.0), prices(101.0, 101.0, 99.0, 101.0));
    let input = BarInput::new(0, prices(100.5, 100.5, 98.5, 100.5)).inside(Inside::Sides { bid, ask });
    let (_, closed, _) = advance(&mut broker, &input);
    assert_eq!((closed[0].entry_price, closed[0].exit_price, closed[0].profit), (101.0, 98.0, -6.0));
    // Half of the spread of 1 each way on two units.
    assert_eq!(closed[0].costs, 2.0);
}

#[test]
fn a_given_path_replaces_the_assumed_one() {
    // Of the bar alone the low would come first; the path says that the high did.
    let bar = prices(100.0, 104.0, 98.0, 100.0);
    let path = [100.0, 104.0, 98.0, 100.0].map(|price| Quote { bid: price, ask: price });
    for (inside, exit_price) in [(Inside::Mid, 99.0), (Inside::Path(&path), 103.0)] {
        let mut broker = broker(Rules::plain());
        broker.submit(long()).unwrap();
        let exit = Exit { stop: Some(99.0), limit: Some(103.0), ..Exit::new(Id(1), Some(Id(0))) };
        broker.submit(Command::Exit(exit)).unwrap();
        let (_, closed, _) = advance(&mut broker, &BarInput::new(0, bar).inside(inside));
        assert_eq!(closed[0].exit_price, exit_price, "{inside:?}");
    }
}

fn ticks(quotes: &[(i64, f64, f64)]) -> Ticks {
    let mut ticks = Ticks::default();
    for &(time, bid, ask) in quotes {
        ticks.push(Tick { time: UnixNanos(time), bid, ask, bid_volume: 1.0, ask_volume: 1.0 }).unwrap();
    }
    ticks
}

#[test]
fn between_two_ticks_nothing_fills() {
    let ticks = ticks(&[(0, 100.0, 100.25), (1, 100.5, 100.75), (2, 102.0, 102.5), (3, 99.0, 99.25)]);
    let input = BarInput::new(0, prices(100.0, 102.0, 99.0, 99.0)).inside(Inside::Ticks(ticks.view()));
    for (order, expected) in [
        // The stop is jumped over: it pays what is asked then.
        (Order::stop(Id(0), Direction::Long, 101.0), 102.5),
        // A limit that is jumped over gets the better price.
        (Order::limit(Id(0), Direction::Short, 101.0), 102.0),
        (Order::limit(Id(0), Direction::Long, 100.0), 99.25),
        (Order::market(Id(0), Direction::Long), 100.25),
    ] {
        let mut broker = broker(Rules::plain());
        broker.submit(entry(order)).unwrap();
        assert_eq!(advance(&mut broker, &input).0, [expected], "{order:?}");
    }
}

#[test]
fn an_order_that_takes_bars_to_arrive_fills_so_much_later() {
    let mut broker = broker(Rules { latency: Latency::Bars(2), ..Rules::plain() });
    broker.advance(0, &prices(100.0, 100.0, 100.0, 100.0), &mut |_| {});
    broker.submit(long()).unwrap();
    for (bar, expected) in [(1, vec![]), (2, vec![]), (3, vec![103.0])] {
        let price = 100.0 + f64::from(u32::try_from(bar).unwrap());
        let input = BarInput::new(bar, prices(price, price, price, price));
        assert_eq!(advance(&mut broker, &input).0, expected, "bar {bar}");
    }
}

#[test]
fn an_order_that_takes_time_to_arrive_fills_at_the_first_quote_after_it() {
    let start = 5 * HOUR;
    let ticks = ticks(&[(start, 100.0, 100.5), (start + 900, 101.0, 101.5), (start + 2_000, 102.0, 102.5)]);
    for (nanos, expected) in [(0, 100.5), (900, 101.5), (901, 102.5)] {
        let mut broker = broker(Rules { latency: Latency::Nanos(nanos), ..Rules::plain() });
        broker.advance(0, &prices(100.0, 100.0, 100.0, 100.0), &mut |_| {});
        broker.submit(long()).unwrap();
        let input = BarInput::new(1, prices(100.0, 102.0, 100.0, 102.0)).open_time(UnixNanos(start));
        let (opened, ..) = advance(&mut broker, &input.inside(Inside::Ticks(ticks.view())));
        assert_eq!(opened, [expected], "{nanos} ns");
    }
}

#[test]
fn an_order_is_judged_when_it_arrives() {
    let flat = prices(100.0, 100.0, 100.0, 100.0);
    let mut broker = broker(Rules { latency: Latency::Bars(1), ..Rules::plain() });
    broker.advance(0, &flat, &mut |_| {});
    broker.submit(Command::Close(Close::all())).unwrap();
    assert!(advance(&mut broker, &BarInput::new(1, flat)).2.is_empty());
    let refused = Event::Refused { bar: 2, id: None, reason: Rejection::NoPosition };
    assert_eq!(advance(&mut broker, &BarInput::new(2, flat)).2, [refused]);
}

#[test]
fn an_order_is_sized_by_what_is_known_when_it_arrives() {
    let flat = |price: f64| prices(price, price, price, price);
    let rules = Rules { default_size: broker::Size::Cash(100.0), ..Rules::plain() };
    let mut broker = broker(Rules { latency: Latency::Bars(1), ..rules });
    broker.advance(0, &flat(10.0), &mut |_| {});
    broker.submit(Command::Entry(Order::market(Id(0), Direction::Long))).unwrap();
    broker.advance(1, &flat(20.0), &mut |_| {});
    broker.advance(2, &prices(25.0, 50.0, 25.0, 50.0), &mut |_| {});
    assert_eq!(broker.position_size(), 5.0);
    // With ticks it is the quote at which it arrives.
    let ticks = ticks(&[(0, 25.0, 25.0), (1_000, 50.0, 50.0)]);
    let mut broker = Broker::with_rules(&account(), &Rules { latency: Latency::Nanos(500), ..rules }).unwrap();
    broker.advance(0, &flat(10.0), &mut |_| {});
    broker.submit(Command::Entry(Order::market(Id(0), Direction::Long))).unwrap();
    let input = BarInput::new(1, prices(25.0, 50.0, 25.0, 100.0)).open_time(UnixNanos(0));
    advance(&mut broker, &input.inside(Inside::Ticks(ticks.view())));
    assert_eq!((broker.position_size(), broker.position_average_price()), (2.0, Some(50.0)));
}

#[test]
fn nights_are_charged_at_their_time_and_three_on_wednesday() {
    let swap = Swap {
        minute_of_day: 21 * 60,
        long_per_unit: -0.5,
        short_per_unit: 0.25,
        nights: [1.0, 1.0, 3.0, 1.0, 1.0, 0.0, 0.0],
    };
    for (direction, per_night) in [(Direction::Long, -0.5), (Direction::Short, 0.25)] {
        let mut broker = broker(Rules { swap: Some(swap), ..Rules::plain() });
        broker.submit(entry(Order::market(Id(0), direction))).unwrap();
        let flat = prices(100.0, 100.0, 100.0, 100.0);
        // 1970-01-06 was a Tuesday: its night counts once, Wednesday's three times, the weekend's not at all.
        let tuesday = 5 * 24 * HOUR;
        let mut charged = Vec::new();
        for (bar, hours) in [(0, 20), (1, 21), (2, 44), (3, 45), (4, 24 * 5 + 12)] {
            let input = BarInput::new(bar, flat).open_time(UnixNanos(tuesday + hours * HOUR));
            let (.., events) = advance(&mut broker, &input);
            charged.extend(events.iter().filter_map(|event| match event {
                Event::Swap { bar, amount, .. } => Some((*bar, *amount)),
                _ => None,
            }));
        }
        // Two units; from Wednesday 21:00 to Sunday noon: Thursday's and Friday's nights, Saturday's not.
        let expected = [(1, 2.0 * per_night), (3, 6.0 * per_night), (4, 4.0 * per_night)];
        assert_eq!(charged, expected);
        assert_eq!(broker.equity(100.0), 1_000.0 + 12.0 * per_night);
        let mut trade = None;
        broker.liquidate(4, &flat, broker::ExitReason::EndOfWindow, &mut |event| {
            if let Event::Closed(closed) = event {
                trade = Some(closed);
            }
        });
        let trade = trade.unwrap();
        assert_eq!((trade.swap, trade.profit, trade.commission), (12.0 * per_night, 12.0 * per_night, 0.0));
    }
}

#[test]
fn money_is_converted_at_the_rate_of_its_bar() {
    // Rule 19: the commission of the entry at 2, profit and commission of the exit at 3.
    let costs = Costs { commission: Commission::Percent(1.0), ..account().costs };
    let rules = Rules { margin_long_percent: 0.0, point_value: 10.0, ..Rules::tradingview() };
    let mut broker = Broker::with_rules(&Account { costs, ..account() }, &rules).unwrap();
    broker.submit(long()).unwrap();
    let flat = prices(100.0, 100.0, 100.0, 100.0);
    advance(&mut broker, &BarInput { rate: 2.0, ..BarInput::new(0, flat) });
    assert_eq!(broker.net_profit(), -(2.0 * 100.0 * 10.0 * 2.0 * 0.01));
    broker.submit(Command::Close(Close::all())).unwrap();
    let input = BarInput { rate: 3.0, ..BarInput::new(1, prices(110.0, 110.0, 110.0, 110.0)) };
    let (_, closed, _) = advance(&mut broker, &input);
    assert_eq!(closed[0].profit, 10.0 * 2.0 * 10.0 * 3.0 - 40.0 - 110.0 * 2.0 * 10.0 * 3.0 * 0.01);
}

#[test]
fn settings_out_of_range_are_errors_that_name_them() {
    let swap = Swap { minute_of_day: 1_440, long_per_unit: 0.0, short_per_unit: 0.0, nights: [1.0; 7] };
    for (rules, field) in [
        (Rules { point_value: 0.0, ..Rules::plain() }, "rules.point_value"),
        (Rules { margin_long_percent: -1.0, ..Rules::plain() }, "rules.margin_long_percent"),
        (Rules { margin_short_percent: f64::NAN, ..Rules::plain() }, "rules.margin_short_percent"),
        (Rules { default_size: broker::Size::Cash(0.0), ..Rules::plain() }, "rules.default_size"),
        (Rules { latency: Latency::Nanos(-1), ..Rules::plain() }, "rules.latency.nanos"),
        (Rules { swap: Some(swap), ..Rules::plain() }, "rules.swap.minute_of_day"),
    ] {
        let error = Broker::with_rules(&account(), &rules).unwrap_err().to_string();
        assert!(error.contains(field), "{error}");
    }
    let text = serde_json::to_string(&Rules::tradingview()).unwrap();
    assert_eq!(serde_json::from_str::<Rules>(&text).unwrap(), Rules::tradingview());
}
