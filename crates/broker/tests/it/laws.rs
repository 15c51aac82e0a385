//! What must hold for any prices and orders.
use broker::{
    Account, BarPrices, Bracket, Broker, Close, Command, Commission, Costs, Direction, Event, Id, Order, OrderKind,
    Spread, Trade,
};
use market::{Bar, Bars, Timeframe, UnixNanos};
use proptest::prelude::*;

/// Prices are whole ticks of 1, so that every sum is exact.
#[derive(Clone, Copy, Debug)]
struct Step {
    gap: i32,
    up: i32,
    down: i32,
    close: i32,
    order: Option<Wish>,
}

#[derive(Clone, Copy, Debug)]
struct Wish {
    buys: bool,
    kind: u8,
    distance: i32,
    stop: u32,
    target: u32,
}

fn wish() -> impl Strategy<Value = Wish> {
    (any::<bool>(), 0..4_u8, 1..12, 0..10_u32, 0..10_u32).prop_map(|(buys, kind, distance, stop, target)| Wish {
        buys,
        kind,
        distance,
        stop,
        target,
    })
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (-12..=12, 0..10, 0..10, 0..=100, proptest::option::weighted(0.3, wish())).prop_map(
        |(gap, up, down, close, order)| {
            // As near to the high as to the low, a mirrored bar would take the other path.
            let up = if up == down { up + 1 } else { up };
            Step { gap, up, down, close, order }
        },
    );
    proptest::collection::vec(step, 1..120)
}

const MIDDLE: i32 = 10_000;

fn bars(steps: &[Step], mirrored: bool) -> Vec<BarPrices> {
    let mut last = MIDDLE;
    let of = |ticks: i32| f64::from(if mirrored { 2 * MIDDLE - ticks } else { ticks });
    let mut bars = Vec::new();
    for step in steps {
        let open = last + step.gap;
        let (high, low) = (open + step.up, open - step.down);
        let close = low + (high - low) * step.close / 100;
        let (high_price, low_price) = if mirrored { (of(low), of(high)) } else { (of(high), of(low)) };
        let prices = BarPrices { open: of(open), high: high_price, low: low_price, close: of(close), spread: 2.0 };
        bars.push(prices);
        last = close;
    }
    bars
}

fn order(wish: Wish, close: f64, mirrored: bool) -> Command {
    let direction = if wish.buys == mirrored { Direction::Short } else { Direction::Long };
    let distance = f64::from(wish.distance) * direction.sign();
    let ticks = |count: u32| (count > 0).then_some(count);
    let bracket = Bracket { stop_loss_ticks: ticks(wish.stop), take_profit_ticks: ticks(wish.target) };
    let kind = match wish.kind {
        0 => OrderKind::Market,
        1 => OrderKind::Stop(close + distance),
        2 => OrderKind::Limit(close - distance),
        _ => return Command::Close(Close::all()),
    };
    let order = Order { kind, ..Order::market(Id(u32::from(wish.kind)), direction) };
    Command::Entry(order.quantity(f64::from(wish.distance)).bracket(bracket))
}

fn account(spread: Spread) -> Account {
    let costs = Costs { commission: Commission::PerUnit(0.5), slippage_ticks: 1, spread };
    Account { initial_cash: 1e6, tick_size: 1.0, quantity_step: 1.0, costs }
}

/// Trades and equities of a run; with `hold`, quiet bars go by in one call.
fn run(steps: &[Step], mirrored: bool, spread: Spread, hold: bool) -> (Vec<Trade>, Vec<f64>, Broker) {
    let prices = bars(steps, mirrored);
    let table = table(&prices);
    let mut broker = Broker::new(&account(spread)).unwrap();
    let (mut trades, mut equity) = (Vec::new(), Vec::new());
    let mut index = 0;
    while index < steps.len() {
        let quiet_to = (index..steps.len()).find(|&bar| steps[bar].order.is_some()).map_or(steps.len(), |bar| bar + 1);
        let held = if hold { broker.hold(&table.view().slice(index..quiet_to), &mut equity) } else { 0 };
        index += held;
        if index < quiet_to {
            equity.push(broker.advance(index, &prices[index], &mut |event| {
                if let Event::Closed(trade) = event {
                    trades.push(trade);
                }
            }));
            index += 1;
        }
        if let Some(wish) = steps[index - 1].order {
            let _refused = broker.submit(order(wish, prices[index - 1].close, mirrored));
        }
    }
    (trades, equity, broker)
}

fn table(prices: &[BarPrices]) -> Bars {
    let mut bars = Bars::new(Timeframe::M1);
    for (minute, &BarPrices { open, high, low, close, spread }) in (0_i64..).zip(prices) {
        let open_time = UnixNanos(minute * Timeframe::M1.nanos());
        bars.push(Bar { open_time, open, high, low, close, volume: 0.0, spread, tick_count: 0 }).unwrap();
    }
    bars
}

proptest! {
    #[test]
    fn holding_is_advancing_bar_by_bar(steps in steps()) {
        for spread in [Spread::None, Spread::Fixed(2.0), Spread::FromBars] {
            let (slow, fast) = (run(&steps, false, spread, false), run(&steps, false, spread, true));
            prop_assert_eq!(&slow.0, &fast.0);
            prop_assert_eq!(&slow.1, &fast.1);
        }
    }

    #[test]
    fn long_and_short_are_mirror_images(steps in steps()) {
        let (here, there) = (run(&steps, false, Spread::Fixed(2.0), true), run(&steps, true, Spread::Fixed(2.0), true));
        prop_assert_eq!(here.1, there.1);
        prop_assert_eq!(here.0.len(), there.0.len());
        for (a, b) in here.0.iter().zip(&there.0) {
            prop_assert_eq!(a.direction, b.direction.opposite());
            prop_assert_eq!((a.entry_bar, a.exit_bar, a.exit_reason), (b.entry_bar, b.exit_bar, b.exit_reason));
            prop_assert_eq!((a.profit, a.costs, a.max_adverse), (b.profit, b.costs, b.max_adverse));
        }
    }

    #[test]
    fn the_balance_is_the_cash_and_the_profits(steps in steps()) {
        let (trades, equity, mut broker) = run(&steps, false, Spread::FromBars, true);
        let last = *bars(&steps, false).last().unwrap();
        let mut rest = 0.0;
        broker.liquidate(steps.len() - 1, &last, broker::ExitReason::EndOfWindow, &mut |event| {
            if let Event::Closed(trade) = event {
                rest += trade.profit;
            }
        });
        let profits: f64 = trades.iter().map(|trade| trade.profit).sum();
        prop_assert!((broker.balance() - 1e6 - profits - rest).abs() < 1e-6);
        prop_assert_eq!(equity.len(), steps.len());
    }

    #[test]
    fn fills_lie_inside_the_bar_but_for_their_costs(steps in steps()) {
        let prices = bars(&steps, false);
        // Half a spread of 1 and a tick of 1; the other half for a limit on the far side of the quote.
        for trade in run(&steps, false, Spread::Fixed(2.0), true).0 {
            for (bar, price) in [(trade.entry_bar, trade.entry_price), (trade.exit_bar, trade.exit_price)] {
                prop_assert!(price >= prices[bar].low - 2.0 && price <= prices[bar].high + 2.0, "{:?}", trade);
            }
            prop_assert!(trade.costs >= trade.quantity);
            prop_assert!(trade.exit_bar >= trade.entry_bar && trade.quantity > 0.0);
        }
    }
}
