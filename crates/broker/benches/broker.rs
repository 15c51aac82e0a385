//! What a bar costs: with an open position and its bracket out of reach, one call a bar and all in one call; what a bar
//! costs that opens and closes a position; what a script under TradingView's rules costs, with margin, commissions and a
//! trailing stop that is placed anew at every bar; and what a tick costs.

use std::hint::black_box;

use broker::{
    Account, BarInput, BarPrices, Bracket, Broker, Command, Commission, Costs, Direction, Exit, Id, Inside, Order,
    Rules, Spread, Trail,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use market::{Bar, Bars, Tick, Ticks, Timeframe, UnixNanos};

const N_BARS: usize = 10_000;

fn account() -> Account {
    let costs = Costs { commission: Commission::Percent(0.01), slippage_ticks: 1, spread: Spread::FromBars };
    Account { initial_cash: 1e6, tick_size: 0.01, quantity_step: 1.0, costs }
}

fn long(bracket: Bracket) -> Command {
    Command::Entry(Order::market(Id(0), Direction::Long).quantity(10.0).bracket(bracket))
}

fn prices(index: usize) -> BarPrices {
    let open = 100.0 + (index % 7) as f64 * 0.1;
    BarPrices { open, high: open + 0.5, low: open - 0.4, close: open + 0.1, spread: 0.01 }
}

fn bars() -> Bars {
    let mut bars = Bars::new(Timeframe::M1);
    for (index, minute) in (0..N_BARS).zip(0_i64..) {
        let BarPrices { open, high, low, close, spread } = prices(index);
        let open_time = UnixNanos(minute * Timeframe::M1.nanos());
        bars.push(Bar { open_time, open, high, low, close, volume: 0.0, spread, tick_count: 0 })
            .expect("a made-up bar is valid");
    }
    bars
}

fn benches(c: &mut Criterion) {
    let bars = bars();
    let mut broker = Broker::new(&account()).expect("the account is valid");
    let bracket = |ticks| Bracket { stop_loss_ticks: Some(ticks), take_profit_ticks: Some(ticks) };
    let mut group = c.benchmark_group("broker");
    group.throughput(Throughput::Elements(N_BARS as u64));

    broker.submit(long(bracket(5_000))).expect("the order is valid");
    broker.advance(0, &prices(0), &mut |_| {});
    let mut equity = Vec::with_capacity(N_BARS);
    group.bench_function("hold", |b| {
        b.iter(|| {
            equity.clear();
            black_box(&mut broker).hold(&bars.view(), &mut equity)
        });
    });
    group.bench_function("advance_in_position", |b| {
        b.iter(|| (0..N_BARS).map(|bar| broker.advance(bar, black_box(&prices(bar)), &mut |_| {})).sum::<f64>());
    });

    group.bench_function("advance_with_a_trade", |b| {
        b.iter(|| {
            let mut broker = Broker::new(&account()).expect("the account is valid");
            for bar in 0..N_BARS {
                broker.submit(long(bracket(20))).expect("nothing is open");
                broker.advance(bar, black_box(&prices(bar)), &mut |_| {});
            }
            broker.balance()
        });
    });
    group.bench_function("script", |b| {
        let mut broker = Broker::with_rules(&account(), &Rules::tradingview()).expect("the rules are valid");
        let mut bar = 0;
        b.iter(|| {
            for _ in 0..N_BARS {
                broker.advance_over(&BarInput::new(bar, prices(bar % 1_000)), &mut |_| {});
                ask(&mut broker, bar);
                broker.after_script(&mut |_| {});
                bar += 1;
            }
            broker.balance()
        });
    });
    let ticks = ticks();
    group.bench_function("ticks", |b| {
        let mut broker = Broker::new(&account()).expect("the account is valid");
        let far = Order::stop(Id(0), Direction::Long, 200.0).quantity(1.0);
        broker.submit(Command::Entry(far)).expect("the order is valid");
        let input = BarInput::new(0, prices(0)).inside(Inside::Ticks(ticks.view()));
        b.iter(|| broker.advance_over(black_box(&input), &mut |_| {}));
    });
    group.finish();
}

/// An entry every seventh bar, and an exit with a trailing stop at every bar.
fn ask(broker: &mut Broker, bar: usize) {
    if bar.is_multiple_of(7) {
        // Refused while the one before is open.
        let _refused = broker.submit(long(Bracket::default()));
    }
    let trail = Some(Trail { price: None, points: Some(10.0), offset_ticks: 15.0 });
    let _refused =
        broker.submit(Command::Exit(Exit { trail, loss_ticks: Some(60.0), ..Exit::new(Id(1), Some(Id(0))) }));
}

fn ticks() -> Ticks {
    let mut ticks = Ticks::with_capacity(N_BARS);
    for (time, index) in (0_i64..).zip(0..N_BARS) {
        let bid = prices(index).open;
        let tick = Tick { time: UnixNanos(time), bid, ask: bid + 0.01, bid_volume: 1.0, ask_volume: 1.0 };
        ticks.push(tick).expect("a made-up tick is valid");
    }
    ticks
}

criterion_group!(all, benches);
criterion_main!(all);
