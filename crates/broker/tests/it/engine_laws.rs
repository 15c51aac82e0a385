//! What must hold for any commands under any rules.

use broker::{
    Account, Arithmetic, BarInput, BarPrices, Broker, Close, CloseEntries, Command, Commission, Costs, Direction,
    Event, Exit, ExitReason, ExitSize, Id, Inside, OcaKind, Order, OrderKind, Quote, Rules, Size, Spread, Trade, Trail,
};
use market::{Bar, Bars, Timeframe, UnixNanos};
use proptest::prelude::*;

/// A bar and what is asked at its close, in ticks of 1 from the last close.
#[derive(Clone, Debug)]
struct Step {
    gap: i32,
    up: i32,
    down: i32,
    close: i32,
    wishes: Vec<Wish>,
}

#[derive(Clone, Copy, Debug)]
struct Wish {
    kind: u8,
    id: u32,
    buys: bool,
    quantity: u32,
    near: i32,
    far: i32,
    shape: u8,
}

fn wish() -> impl Strategy<Value = Wish> {
    (0..12_u8, 0..3_u32, any::<bool>(), 1..9_u32, 1..8_i32, 1..12_i32, 0..8_u8)
        .prop_map(|(kind, id, buys, quantity, near, far, shape)| Wish { kind, id, buys, quantity, near, far, shape })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let wishes = proptest::collection::vec(wish(), 0..3);
    let step = (-8..=8, 0..10, 0..10, 0..=100, wishes).prop_map(|(gap, up, down, close, wishes)| Step {
        gap,
        up,
        down,
        close,
        wishes,
    });
    proptest::collection::vec(step, 1..60)
}

fn rules() -> impl Strategy<Value = Rules> {
    let margins = prop_oneof![Just(0.0), Just(0.0), Just(10.0), Just(50.0)];
    (any::<bool>(), 1..4_u32, any::<bool>(), any::<bool>(), margins, 0..3_u32).prop_map(
        |(tradingview, pyramiding, any, process_orders_on_close, margin, limit_fill_ticks)| Rules {
            arithmetic: if tradingview { Arithmetic::TradingView } else { Arithmetic::Plain },
            pyramiding,
            close_entries: if any { CloseEntries::Any } else { CloseEntries::Fifo },
            process_orders_on_close,
            default_size: Size::PercentOfEquity(3.0),
            margin_long_percent: margin,
            margin_short_percent: margin,
            limit_fill_ticks,
            stop_when_bankrupt: false,
            ..Rules::tradingview()
        },
    )
}

const INITIAL: f64 = 1e6;

fn account(commission: Commission) -> Account {
    let costs = Costs { commission, slippage_ticks: 1, spread: Spread::None };
    Account { initial_cash: INITIAL, tick_size: 1.0, quantity_step: 1.0, costs }
}

fn bars(steps: &[Step]) -> Vec<BarPrices> {
    let mut last = 1_000;
    let price = f64::from;
    steps
        .iter()
        .map(|step| {
            let open = last + step.gap;
            let (high, low) = (open + step.up, open - step.down);
            last = low + (high - low) * step.close / 100;
            BarPrices { open: price(open), high: price(high), low: price(low), close: price(last), spread: f64::NAN }
        })
        .collect()
}

fn command(wish: Wish, close: f64) -> Command {
    let direction = if wish.buys { Direction::Long } else { Direction::Short };
    let (sign, near, far) = (direction.sign(), f64::from(wish.near), f64::from(wish.far));
    let (id, exit_id) = (Id(wish.id), Id(10 + wish.id));
    let order = |kind| Order { kind, quantity: Some(f64::from(wish.quantity)), ..Order::market(id, direction) };
    let size = match wish.shape {
        0..4 => ExitSize::Rest,
        4 | 5 => ExitSize::Percent(40.0),
        _ => ExitSize::Quantity(f64::from(wish.quantity)),
    };
    match wish.kind {
        0 => Command::Entry(Order::market(id, direction)),
        1 => Command::Entry(order(OrderKind::Market)),
        2 => Command::Entry(order(OrderKind::Stop(close + sign * near))),
        3 => Command::Entry(order(OrderKind::Limit(close - sign * near)).oca(Id(7), OcaKind::Cancel)),
        4 => Command::Entry(order(OrderKind::StopLimit { stop: close + sign * near, limit: close - sign * far })),
        5 => Command::Order(order(OrderKind::Market)),
        6 => Command::Order(order(OrderKind::Stop(close + sign * near)).oca(Id(7), OcaKind::Reduce)),
        7 => Command::Exit(Exit {
            size,
            profit_ticks: Some(far),
            loss_ticks: Some(near),
            ..Exit::new(exit_id, Some(id))
        }),
        8 => {
            let trail = Some(Trail { price: None, points: Some(near), offset_ticks: far - 1.0 });
            Command::Exit(Exit { size, trail, stop: Some(close - 20.0), ..Exit::new(exit_id, None) })
        }
        9 => Command::Close(Close { size, ..Close::entry(id) }),
        10 => Command::Close(Close { immediately: wish.buys, ..Close::all() }),
        _ => Command::Cancel(id),
    }
}

/// One bar and what the script asks after it.
fn step(broker: &mut Broker, bar: usize, input: &BarInput<'_>, wishes: &[Wish], events: &mut Vec<Event>) -> f64 {
    broker.advance_over(input, &mut |event| events.push(event));
    for &wish in wishes {
        let _refused = broker.submit(command(wish, input.prices.close));
    }
    assert_eq!(input.bar, bar);
    broker.after_script(&mut |event| events.push(event))
}

fn run(steps: &[Step], rules: &Rules, commission: Commission) -> (Broker, Vec<Event>, f64) {
    let mut broker = Broker::with_rules(&account(commission), rules).unwrap();
    let (mut events, mut equity) = (Vec::new(), INITIAL);
    for (bar, (prices, wanted)) in bars(steps).into_iter().zip(steps).enumerate() {
        equity = step(&mut broker, bar, &BarInput::new(bar, prices), &wanted.wishes, &mut events);
    }
    (broker, events, equity)
}

fn trades(events: &[Event]) -> impl Iterator<Item = &Trade> {
    events.iter().filter_map(|event| if let Event::Closed(trade) = event { Some(trade) } else { None })
}

proptest! {
    #[test]
    fn money_is_conserved(steps in steps(), rules in rules(), fee in 0..3_u8) {
        let commission = [Commission::None, Commission::Percent(0.1), Commission::PerOrder(2.0)][usize::from(fee)];
        let (broker, events, equity) = run(&steps, &rules, commission);
        let close = bars(&steps).last().unwrap().close;
        let closed: f64 = trades(&events).map(|trade| trade.profit).sum();
        let open: f64 = broker.open_trades().map(|open| open.open_profit(close) - open.commission()).sum();
        prop_assert!((equity - INITIAL - closed - open).abs() < 1e-6, "{equity} {closed} {open}");
        prop_assert_eq!(broker.n_closed(), trades(&events).count());
    }

    #[test]
    fn the_position_is_the_sum_of_the_open_entries(steps in steps(), rules in rules()) {
        let (broker, events, _) = run(&steps, &rules, Commission::None);
        let sum: f64 = broker.open_trades().map(|open| open.direction().sign() * open.quantity()).sum();
        prop_assert_eq!(broker.position_size(), sum);
        let opened: f64 = events.iter().map(|event| match event {
            Event::Opened(open) => open.quantity(),
            _ => 0.0,
        }).sum();
        let closed: f64 = trades(&events).map(|trade| trade.quantity).sum();
        prop_assert_eq!(opened, closed + sum.abs());
    }

    #[test]
    fn fills_lie_inside_their_bar_but_for_slippage(steps in steps(), rules in rules()) {
        let prices = bars(&steps);
        for trade in trades(&run(&steps, &rules, Commission::None).1) {
            for (bar, price) in [(trade.entry_bar, trade.entry_price), (trade.exit_bar, trade.exit_price)] {
                prop_assert!(price >= prices[bar].low - 1.0 && price <= prices[bar].high + 1.0, "{:?}", trade);
            }
            prop_assert!(trade.quantity > 0.0 && trade.max_adverse >= 0.0 && trade.max_favourable >= 0.0);
        }
    }

    #[test]
    fn the_assumed_path_given_explicitly_gives_the_same_trades(steps in steps(), rules in rules()) {
        // Prices of both sides are the same, as there is no spread.
        let assumed = run(&steps, &rules, Commission::Percent(0.1));
        let mut broker = Broker::with_rules(&account(Commission::Percent(0.1)), &rules).unwrap();
        let mut events = Vec::new();
        for (bar, (prices, wanted)) in bars(&steps).into_iter().zip(&steps).enumerate() {
            let path = prices.path().map(|price| Quote { bid: price, ask: price });
            let input = BarInput::new(bar, prices).inside(Inside::Path(&path));
            step(&mut broker, bar, &input, &wanted.wishes, &mut events);
        }
        let (here, there): (Vec<_>, Vec<_>) = (trades(&assumed.1).collect(), trades(&events).collect());
        prop_assert_eq!(here, there);
    }

    #[test]
    fn a_clone_goes_on_as_the_original(steps in steps(), rules in rules(), cut in 0..60_usize) {
        let whole = run(&steps, &rules, Commission::PerOrder(1.0));
        let mut broker = Broker::with_rules(&account(Commission::PerOrder(1.0)), &rules).unwrap();
        let mut events = Vec::new();
        for (bar, (prices, wanted)) in bars(&steps).into_iter().zip(&steps).enumerate() {
            if bar == cut {
                let copy = broker.clone();
                // What the original does from here on is forgotten.
                step(&mut broker, bar, &BarInput::new(bar, prices), &wanted.wishes, &mut Vec::new());
                broker = copy;
            }
            step(&mut broker, bar, &BarInput::new(bar, prices), &wanted.wishes, &mut events);
        }
        prop_assert_eq!(whole.1, events);
    }

    #[test]
    fn holding_several_entries_is_advancing_bar_by_bar(steps in steps(), pyramiding in 1..4_u32) {
        let prices = bars(&steps);
        let mut table = Bars::new(Timeframe::M1);
        for (minute, &BarPrices { open, high, low, close, spread }) in (0_i64..).zip(&prices) {
            let open_time = UnixNanos(minute * Timeframe::M1.nanos());
            table.push(Bar { open_time, open, high, low, close, volume: 0.0, spread, tick_count: 0 }).unwrap();
        }
        let rules = Rules { pyramiding, ..Rules::plain() };
        let follow = |hold: bool| {
            let mut broker = Broker::with_rules(&account(Commission::PerUnit(0.5)), &rules).unwrap();
            let (mut events, mut equity, mut bar) = (Vec::new(), Vec::new(), 0);
            while bar < steps.len() {
                let quiet_to = (bar..steps.len()).find(|&at| !steps[at].wishes.is_empty()).map_or(steps.len(), |at| at + 1);
                let held = if hold { broker.hold(&table.view().slice(bar..quiet_to), &mut equity) } else { 0 };
                bar += held;
                if bar < quiet_to {
                    equity.push(broker.advance(bar, &prices[bar], &mut |event| events.push(event)));
                    bar += 1;
                }
                for &wish in &steps[bar - 1].wishes {
                    let _refused = broker.submit(command(wish, prices[bar - 1].close));
                }
            }
            broker.liquidate(steps.len() - 1, prices.last().unwrap(), ExitReason::EndOfWindow, &mut |e| events.push(e));
            (events, equity)
        };
        prop_assert_eq!(follow(false), follow(true));
    }
}
