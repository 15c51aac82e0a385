//! From ticks to Pine Script in one page: a synthetic market, a strategy, a search over its inputs, the best as a script.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::sync::atomic::AtomicBool;

use backtest::{Account, Commission, Costs, Market, Plan, Spread};
use market::synthetic::{PlantedEdge, SyntheticConfig, generate};
use market::{PriceSide, Timeframe, aggregate};
use optimizer::{Control, Job, Objective, Sampler, Selection, candidates, search};
use strategy::Strategy;

const STRATEGY: &str = include_str!("../crates/strategy/examples/bollinger_reversion.json");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut config = SyntheticConfig::eurusd("2024-01-08".parse()?, 7);
    config.edge = Some(PlantedEdge::MeanReversion { amplitude_pips: 10.0, half_life_minutes: 20.0 });
    let bars = aggregate(generate(&config, 1)?.view(), Timeframe::M1).bars(PriceSide::Mid);

    let plans = [Plan::compile(&Strategy::from_json(STRATEGY)?)?];
    let candidates = candidates(&plans, &Sampler::Random { n: 500, seed: 1 })?;
    let costs = Costs { commission: Commission::Percent(0.0035), slippage_ticks: 1, spread: Spread::FromBars };
    let account = Account { initial_cash: 10_000.0, tick_size: 1e-5, quantity_step: 1.0, costs };
    let market = Market::new(bars.view());
    let job = Job { plans: &plans, candidates: &candidates, market: &market, account: &account };
    let control = Control { on_progress: &|_| {}, cancel: &AtomicBool::new(false) };
    let trials = search(&job, 0..bars.len(), &control)?;

    let selection = Selection { objective: Objective::Sharpe, min_trades: 30 };
    let best = selection.best(&trials).ok_or("no parameter set traded often enough")?;
    let options = pinegen::Options {
        provenance: vec![format!("In-sample return {:.2} % on a synthetic market", 100.0 * best.metrics.total_return)],
        initial_cash: account.initial_cash,
        commission: pinegen::Commission::Percent(0.0035),
        slippage_ticks: 4,
        quantity_step: account.quantity_step,
    };
    print!("{}", pinegen::generate(plans[0].strategy(), &candidates[best.candidate].params, &options)?);
    Ok(())
}
