//! Feeds a few bars to the broker and prints what happens to an entry with a stop and a target.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use broker::{
    Account, BarPrices, Bracket, Broker, Commission, Costs, Direction, Entry, Event, Order, OrderKind, Spread,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let costs = Costs { commission: Commission::PerOrder(0.5), slippage_ticks: 1, spread: Spread::Fixed(0.02) };
    let account = Account { initial_cash: 1_000.0, tick_size: 0.01, quantity_step: 1.0, costs };
    let mut broker = Broker::new(&account)?;

    // Buy five units if the price breaks out above 100.50.
    let bracket = Bracket { stop_loss_ticks: Some(60), take_profit_ticks: Some(100) };
    let kind = OrderKind::Stop(100.5);
    broker.submit(Order::Entry(Entry { direction: Direction::Long, quantity: 5.0, kind, bracket }))?;

    let bars = [(100.0, 100.4, 99.8, 100.3), (100.3, 100.9, 100.2, 100.8), (100.8, 101.9, 100.6, 101.7)];
    for (index, (open, high, low, close)) in bars.into_iter().enumerate() {
        let prices = BarPrices { open, high, low, close, spread: f64::NAN };
        let equity = broker.advance(index, &prices, &mut |event| match event {
            Event::Opened(position) => println!("bar {index}: opened at {:.2}", position.entry_price()),
            Event::Closed(trade) => {
                println!(
                    "bar {index}: {} at {:.2}, profit {:.2}",
                    trade.exit_reason.name(),
                    trade.exit_price,
                    trade.profit
                );
            }
            Event::Dropped { reason, .. } => println!("bar {index}: dropped, {reason}"),
            _ => {}
        });
        println!("bar {index}: equity {equity:.2}");
    }
    Ok(())
}
