//! Lets strategies evolve on a market of pure noise and on one with a planted mean reversion, and trades the best on bars
//! that were kept back: the first loses what it seemed to have, the second keeps it.
//!
//! Run: `cargo run --release -p aio-optimizer --example evolve_strategies`
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::error::Error;
use std::ops::Range;
use std::sync::atomic::AtomicBool;

use backtest::{Account, Commission, Costs, Market, Metrics, Plan, Scratch, Spread, evaluate};
use market::synthetic::{PlantedEdge, SyntheticConfig, generate};
use market::{Bars, PriceSide, Timeframe, aggregate};
use optimizer::{Combine, Control, Evolve, Evolved, Objective, Selection, evolve};
use strategy::{Params, SizeRule};
use strategy_evolution::{Evolution, Settings, Sides, Vocabulary};
use trade_stats::{SharpeSample, deflated_sharpe};

fn main() -> Result<(), Box<dyn Error>> {
    let reversion = PlantedEdge::MeanReversion { amplitude_pips: 8.0, half_life_minutes: 20.0 };
    for (name, edge) in [("no edge planted", None), ("mean reversion planted", Some(reversion))] {
        let config = SyntheticConfig { edge, ..SyntheticConfig::eurusd("2024-01-01".parse()?, 56) };
        let bars = aggregate(generate(&config, 7)?.view(), Timeframe::M5).bars(PriceSide::Mid);
        println!("{name}, {} bars", bars.len());
        report(&bars)?;
    }
    Ok(())
}

fn report(bars: &Bars) -> Result<(), Box<dyn Error>> {
    let costs = Costs { commission: Commission::Percent(0.001), slippage_ticks: 1, spread: Spread::FromBars };
    let account = Account { initial_cash: 10_000.0, tick_size: 0.00001, quantity_step: 1.0, costs };
    let market = Market::with_limit(bars.view(), 512 << 20);
    let kept_back = bars.len() * 6 / 10;
    let windows = [0..kept_back / 2, kept_back / 2..kept_back];

    let words = Vocabulary::standard(Sides::Mirrored, [SizeRule::EquityFraction(1.0)]);
    let mut evolution = Evolution::new(words, Settings::default(), 1)?;
    let selection = Selection { objective: Objective::Sharpe, min_trades: 30 };
    let how = Evolve { selection, combine: Combine::Worst, give_up_below: None, generations: 20 };
    let control = Control { on_progress: &|_| {}, cancel: &AtomicBool::new(false) };
    let found = evolve(&mut evolution, &market, &account, &windows, &how, &control)?;

    println!("  {} strategies tried, {} without enough trades", found.n_evaluated, found.n_failed);
    let Some(best) = found.best.first() else { return Ok(()) };
    let past = on(best, &market, 0..kept_back, &account)?;
    let future = on(best, &market, kept_back..bars.len(), &account)?;
    for (when, metrics) in [("search", &past), ("kept back", &future)] {
        let sharpe = metrics.sharpe.map_or(f64::NAN, |sharpe| sharpe.value);
        println!(
            "  {when:>9}: Sharpe {sharpe:+.4} a bar, {:+.2} %, {} trades",
            100.0 * metrics.total_return,
            metrics.n_trades
        );
    }
    println!("  deflated Sharpe ratio of the search: {:?}", deflated(&past, found.n_evaluated));
    println!("  {}", serde_json::to_string(&best.strategy.long)?);
    Ok(())
}

fn on(
    best: &Evolved,
    market: &Market<'_>,
    window: Range<usize>,
    account: &Account,
) -> Result<Metrics, backtest::Error> {
    let none = Params::new(Vec::new());
    evaluate(&Plan::compile(&best.strategy)?, &none, market, window, account, &mut Scratch::new())
}

/// Probability that the best of so many tries is better than the best of as many without skill.
fn deflated(metrics: &Metrics, n_tried: u64) -> Option<f64> {
    let value = metrics.sharpe?.value;
    let sample = SharpeSample { value, n: metrics.n_bars, skewness: metrics.skewness?, kurtosis: metrics.kurtosis? };
    deflated_sharpe(&sample, 1.0 / (sample.n as f64 - 1.0), n_tried as f64)
}
