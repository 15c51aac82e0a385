//! The whole way from candidates to the verdict, on a market without and on one with an edge.
//!
//! Run: `cargo run --release -p aio-optimizer --example honest_search`
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::error::Error;
use std::sync::atomic::AtomicBool;

use backtest::{Account, Commission, Costs, Market, Plan, Scratch, Spread};
use market::synthetic::{PlantedEdge, SyntheticConfig, generate};
use market::{Bars, PriceSide, Timeframe, aggregate};
use optimizer::{
    Control, FinalistRule, Findings, Job, MarketTest, NullMarket, Objective, RankConfig, Sampler, Selection,
    WalkForward, appraise, candidates, evidence, field, finalists, rank, search, test_search, walk_forward,
};
use strategy::Strategy;
use trade_stats::Bootstrap;

const RSI_REVERSAL: &str = r#"{
  "name": "RSI reversal",
  "inputs": [
    { "name": "period", "kind": { "integer": { "default": 14, "min": 4, "max": 30, "step": 2 } } },
    { "name": "depth", "kind": { "integer": { "default": 30, "min": 10, "max": 40, "step": 2 } } }],
  "long": {
    "entry": { "compare": ["lt",
      { "indicator": { "kind": "rsi", "args": [{ "input": 0 }], "source": "close", "output": "value" } },
      { "input": 1 }] },
    "exit": { "compare": ["gt",
      { "indicator": { "kind": "rsi", "args": [{ "input": 0 }], "source": "close", "output": "value" } },
      { "const": 50.0 }] } },
  "short": null,
  "risk": { "stop_loss": null, "take_profit": null },
  "sizing": { "rule": { "equity_fraction": 1.0 } } }"#;

fn main() -> Result<(), Box<dyn Error>> {
    let reversion = PlantedEdge::MeanReversion { amplitude_pips: 12.0, half_life_minutes: 30.0 };
    for (name, edge) in [("no edge planted", None), ("mean reversion planted", Some(reversion))] {
        let config = SyntheticConfig { edge, ..SyntheticConfig::eurusd("2024-01-01".parse()?, 28) };
        let ticks = generate(&config, 7)?;
        let bars = aggregate(ticks.view(), Timeframe::M5).bars(PriceSide::Mid);
        println!("{name}, {} bars", bars.len());
        report(&bars)?;
    }
    Ok(())
}

fn report(bars: &Bars) -> Result<(), Box<dyn Error>> {
    let costs = Costs { commission: Commission::Percent(0.001), slippage_ticks: 1, spread: Spread::FromBars };
    let account = Account { initial_cash: 10_000.0, tick_size: 0.00001, quantity_step: 1.0, costs };
    let plans = [Plan::compile(&Strategy::from_json(RSI_REVERSAL)?)?];
    let candidates = candidates(&plans, &Sampler::Grid { max_points: 1_000 })?;
    let market = Market::new(bars.view());
    let job = Job { plans: &plans, candidates: &candidates, market: &market, account: &account };
    let control = Control { on_progress: &|_| {}, cancel: &AtomicBool::new(false) };
    let selection = Selection { objective: Objective::Sharpe, min_trades: 30 };

    let kept_back = bars.len() * 8 / 10;
    let folds =
        WalkForward { n_folds: 4, train_fraction: 0.7, embargo_bars: 50, anchored: false }.folds(0..kept_back)?;
    let trials = search(&job, 0..kept_back, &control)?;
    let walk_forward = walk_forward(&job, &folds, &selection, &control)?;
    let rule = FinalistRule { selection, per_strategy: 40 };
    let finalists = finalists(&job, 0..kept_back, &trials, &folds, &rule, &control)?;
    let ranking = rank(&finalists, &RankConfig::default())?;

    let holdout = |candidate: usize| {
        let (params, window) = (&candidates[candidate].params, kept_back..bars.len());
        backtest::evaluate(&plans[0], params, &market, window, &account, &mut Scratch::new())
    };
    for ranked in &ranking.top {
        let after = holdout(ranked.candidate)?;
        let params = candidates[ranked.candidate].params.values();
        println!("  score {:.2}  {params:?}  kept back {:+.2}", ranked.score, after.net_profit);
        for finalist in finalists.iter().filter(|finalist| finalist.candidate == ranked.candidate) {
            let appraisal = appraise(&finalist.metrics, &finalist.returns, trials.len(), Some(&after));
            if let (Some(sharpe), Some(decay)) = (appraisal.sharpe, appraisal.decay) {
                let (before, after, difficulty) = (sharpe.annual, decay.out_of_sample, appraisal.execution.difficulty);
                println!("    Sharpe ratio {before:.1}, kept back {after:.1}; to trade: {difficulty:?}");
            }
        }
    }
    let best = ranking.top.first().map(|ranked| holdout(ranked.candidate)).transpose()?;
    let settings = MarketTest { null: NullMarket::SignFlips, n_markets: 99, stop_after: 10, seed: 1 };
    let market_test = test_search(&job, 0..kept_back, &selection, &settings, usize::MAX, &control)?;
    let field = field(&job, 0..kept_back, 200, &control)?;
    let findings = Findings {
        trials: &trials,
        min_trades: selection.min_trades,
        finalists: &finalists,
        walk_forward: &walk_forward,
        market_test: Some(&market_test),
        field: Some(&field),
        cross_validation: None,
        holdout: best.as_ref(),
    };
    let evidence = evidence(&findings, &Bootstrap { mean_block: 20.0, n_resamples: 1_000, seed: 1 });
    println!("  {} tried, out-of-sample {:+.2}", evidence.n_trials, evidence.out_of_sample_profit);
    println!("  {}", evidence.verdict());
    for caution in evidence.cautions() {
        println!("  beside that: {caution}");
    }
    Ok(())
}
