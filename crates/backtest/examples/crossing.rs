//! Runs a crossing of two averages over a made-up market, for three pairs of periods, and prints what came of it.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use backtest::{Account, Commission, Costs, Market, Plan, Scratch, Spread, evaluate, run};
use indicators::IndicatorKind;
use market::{Bar, Bars, Timeframe, UnixNanos};
use strategy::{
    Arg, Cond, CrossKind, Distance, IndicatorCall, Input, InputId, InputKind, Num, Params, Price, Risk, Rule, SizeRule,
    Sizing, Strategy,
};

fn average(input: u16) -> Num {
    Num::Indicator(IndicatorCall {
        kind: IndicatorKind::named("ema").expect("the catalogue lists it"),
        args: vec![Arg::Input(InputId(input))],
        source: Some(Price::Close),
        output: "value".into(),
    })
}

fn strategy() -> Strategy {
    let period = |name: &str, default| Input {
        name: name.into(),
        kind: InputKind::Integer { default, min: 2, max: 200, step: 1 },
    };
    let crossing = |kind| Rule { entry: Cond::Cross(kind, average(0), average(1)), exit: None };
    Strategy {
        name: "crossing averages".into(),
        inputs: vec![period("fast", 10), period("slow", 40)],
        constraints: Vec::new(),
        long: Some(crossing(CrossKind::Over)),
        short: Some(crossing(CrossKind::Under)),
        risk: Risk { stop_loss: Some(Distance::Percent(Arg::Const(0.3))), ..Risk::default() },
        sizing: Sizing { rule: SizeRule::RiskFraction(0.005), confidence: None },
    }
}

/// A slow wave with a faster one on it.
fn bars() -> Result<Bars, market::Error> {
    let mut bars = Bars::new(Timeframe::M15);
    let triangle = |at: i64, length: i64| ((at % length) as f64 / length as f64 - 0.5).abs();
    let price = |at: i64| 1.1 + 0.02 * triangle(at, 400) + 0.006 * triangle(at, 37);
    for quarter in 0..4_000_i64 {
        let (open, close) = (price(quarter), price(quarter + 1));
        let (high, low) = (open.max(close) + 2e-4, open.min(close) - 2e-4);
        let open_time = UnixNanos(quarter * Timeframe::M15.nanos());
        bars.push(Bar { open_time, open, high, low, close, volume: 1.0, spread: 1e-5, tick_count: 1 })?;
    }
    Ok(bars)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (bars, plan) = (bars()?, Plan::compile(&strategy())?);
    let costs = Costs { commission: Commission::Percent(0.002), slippage_ticks: 1, spread: Spread::FromBars };
    let account = Account { initial_cash: 10_000.0, tick_size: 1e-5, quantity_step: 1_000.0, costs };
    let (market, mut scratch) = (Market::new(bars.view()), Scratch::new());

    for (fast, slow) in [(5.0, 20.0), (10.0, 40.0), (20.0, 80.0)] {
        let params = Params::new(vec![fast, slow]);
        let metrics = evaluate(&plan, &params, &market, 0..bars.len(), &account, &mut scratch)?;
        let (trades, profit) = (metrics.n_trades, metrics.net_profit);
        println!("{fast:>3} / {slow:>3}: {trades:>4} trades, profit {profit:>9.2}, costs {:>8.2}", metrics.costs);
    }

    let report = run(&plan, &Params::new(vec![10.0, 40.0]), &market, 0..bars.len(), &account, &mut scratch)?;
    for trade in report.trades.iter().take(5) {
        let (side, reason) = (trade.direction.name(), trade.exit_reason.name());
        println!(
            "{} {side:>5} at {:.5}, {reason} at {:.5}: {:>8.2}",
            trade.entry_time, trade.entry_price, trade.exit_price, trade.profit
        );
    }
    Ok(())
}
