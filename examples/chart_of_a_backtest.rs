//! Back-tests a strategy with its defaults and draws its last trades into a PNG file (the first argument).
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use backtest::{Account, Commission, Costs, Direction, Market, Plan, Scratch, Spread, run};
use chart_render::{Candles, Chart, Layer, Pane, Size, Theme, Trade, render};
use market::synthetic::{SyntheticConfig, generate};
use market::{PriceSide, Timeframe, aggregate};
use strategy::Strategy;

const STRATEGY: &str = include_str!("../crates/strategy/examples/bollinger_reversion.json");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).unwrap_or_else(|| "backtest.png".into());
    let ticks = generate(&SyntheticConfig::eurusd("2024-01-08".parse()?, 3), 1)?;
    let bars = aggregate(ticks.view(), Timeframe::M5).bars(PriceSide::Mid);
    let plan = Plan::compile(&Strategy::from_json(STRATEGY)?)?;
    let costs = Costs { commission: Commission::None, slippage_ticks: 1, spread: Spread::FromBars };
    let account = Account { initial_cash: 10_000.0, tick_size: 1e-5, quantity_step: 1.0, costs };
    let params = plan.strategy().defaults();
    let report = run(&plan, &params, &Market::new(bars.view()), 0..bars.len(), &account, &mut Scratch::default())?;

    let first = bars.len().saturating_sub(200);
    let shown: Vec<Trade> = report
        .trades
        .iter()
        .filter(|trade| trade.entry_bar >= first)
        .map(|trade| Trade {
            long: trade.direction == Direction::Long,
            entry_bar: trade.entry_bar - first,
            entry_price: trade.entry_price,
            exit_bar: trade.exit_bar - first,
            exit_price: trade.exit_price,
            profit: trade.profit,
        })
        .collect();
    let view = bars.view().slice(first..bars.len());
    let time: Vec<i64> = view.open_time.iter().map(|time| time.0).collect();
    let candles = Candles::new(view.open, view.high, view.low, view.close);
    let pane = Pane::new(vec![Layer::Candles(candles), Layer::Trades(&shown)]);
    let chart = Chart { title: "Bollinger reversion", ..Chart::new(&time, vec![pane]) };
    std::fs::write(&path, render(&chart, &Theme::light(), Size::new(1200, 500))?.to_png()?)?;
    println!("{} trades, {} of them shown in {}", report.trades.len(), shown.len(), path.display());
    Ok(())
}
