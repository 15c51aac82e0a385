//! A script's runtime in small: two entries, partial exits and a trailing stop over a made-up market, under
//! TradingView's rules with margin; everything that happens is printed.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use broker::{
    Account, BarInput, BarPrices, Broker, Command, Commission, Costs, Direction, Exit, ExitSize, Ids, Order, Rules,
    Size, Spread, Trail,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let costs = Costs { commission: Commission::Percent(0.05), slippage_ticks: 1, spread: Spread::None };
    let account = Account { initial_cash: 10_000.0, tick_size: 0.01, quantity_step: 0.01, costs };
    let rules = Rules { pyramiding: 2, default_size: Size::PercentOfEquity(40.0), ..Rules::tradingview() };
    let (mut broker, mut ids) = (Broker::with_rules(&account, &rules)?, Ids::default());
    let (first, second, part, rest) = (ids.id("first"), ids.id("second"), ids.id("part"), ids.id("rest"));

    let bars = [
        (100.0, 100.6, 99.7, 100.4),
        (100.4, 101.2, 100.3, 101.0),
        (101.0, 101.9, 100.9, 101.8),
        (101.8, 103.0, 101.6, 102.9),
        (102.9, 103.1, 101.9, 102.0),
    ];
    for (bar, (open, high, low, close)) in bars.into_iter().enumerate() {
        let prices = BarPrices { open, high, low, close, spread: f64::NAN };
        let mut tell = |event| println!("bar {bar}: {event:?}");
        broker.advance_over(&BarInput::new(bar, prices), &mut tell);
        // The script, at the bar's close.
        if bar == 0 {
            broker.submit(Command::Entry(Order::market(first, Direction::Long)))?;
            broker.submit(Command::Entry(Order::stop(second, Direction::Long, 101.5)))?;
        }
        if broker.position().is_some() {
            let half =
                Exit { size: ExitSize::Percent(50.0), profit_ticks: Some(150.0), ..Exit::new(part, Some(first)) };
            let trail = Some(Trail { price: None, points: Some(100.0), offset_ticks: 60.0 });
            for exit in [half, Exit { trail, loss_ticks: Some(200.0), ..Exit::new(rest, None) }] {
                if let Err(reason) = broker.submit(Command::Exit(exit)) {
                    println!("bar {bar}: {:?} is refused, {reason}", ids.name(exit.id));
                }
            }
        }
        let equity = broker.after_script(&mut tell);
        println!("bar {bar}: position {}, equity {equity:.2}", broker.position_size());
    }
    Ok(())
}
