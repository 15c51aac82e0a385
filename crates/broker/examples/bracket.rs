//! Feeds a few bars to the broker and prints what happens to an entry with a stop and a target.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use broker::{Account, BarPrices, Bracket, Broker, Command, Commission, Costs, Direction, Event, Ids, Order, Spread};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let costs = Costs { commission: Commission::PerOrder(0.5), slippage_ticks: 1, spread: Spread::Fixed(0.02) };
    let account = Account { initial_cash: 1_000.0, tick_size: 0.01, quantity_step: 1.0, costs };
    let (mut broker, mut ids) = (Broker::new(&account)?, Ids::default());

    // Buy five units if the price breaks out above 100.50.
    let bracket = Bracket { stop_loss_ticks: Some(60), take_profit_ticks: Some(100) };
    let breakout = Order::stop(ids.id("breakout"), Direction::Long, 100.5).quantity(5.0).bracket(bracket);
    broker.submit(Command::Entry(breakout))?;

    let bars = [(100.0, 100.4, 99.8, 100.3), (100.3, 100.9, 100.2, 100.8), (100.8, 101.9, 100.6, 101.7)];
    for (index, (open, high, low, close)) in bars.into_iter().enumerate() {
        let prices = BarPrices { open, high, low, close, spread: f64::NAN };
        let equity = broker.advance(index, &prices, &mut |event| match event {
            Event::Opened(open) => {
                println!("bar {index}: {:?} opened at {:.2}", ids.name(open.id()), open.entry_price());
            }
            Event::Closed(trade) => {
                println!(
                    "bar {index}: {} at {:.2}, profit {:.2}",
                    trade.exit_reason.name(),
                    trade.exit_price,
                    trade.profit
                );
            }
            other => println!("bar {index}: {other:?}"),
        });
        println!("bar {index}: equity {equity:.2}");
    }
    Ok(())
}
