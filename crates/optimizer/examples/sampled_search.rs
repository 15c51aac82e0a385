//! A sampler chooses what to try: TPE over one strategy, hopeless parameter sets given up after a part of the bars, and
//! every try counted when luck is judged.
//!
//! Run: `cargo run --release -p aio-optimizer --example sampled_search`
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::error::Error;
use std::sync::atomic::AtomicBool;

use backtest::{Account, Commission, Costs, Market, Plan, Spread};
use market::synthetic::{PlantedEdge, SyntheticConfig, generate};
use market::{PriceSide, Timeframe, aggregate};
use optimizer::{
    Candidate, Control, Fate, Goal, Job, Objective, Selection, StrategySpace, StudyJob, StudyRun, StudySettings,
    WalkForward, study_folds, trade_folds,
};
use param_search::{Percentile, PercentileOptions, Study, StudyOptions, Tpe, TpeOptions};
use strategy::{Params, Strategy};

const RSI_REVERSAL: &str = r#"{
  "name": "RSI reversal",
  "inputs": [
    { "name": "period", "kind": { "integer": { "default": 14, "min": 2, "max": 60, "step": 1 } } },
    { "name": "depth", "kind": { "float": { "default": 30.0, "min": 5.0, "max": 45.0, "step": 0.5 } } }],
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
    let edge = Some(PlantedEdge::MeanReversion { amplitude_pips: 12.0, half_life_minutes: 30.0 });
    let config = SyntheticConfig { edge, ..SyntheticConfig::eurusd("2024-01-01".parse()?, 21) };
    let bars = aggregate(generate(&config, 7)?.view(), Timeframe::M5).bars(PriceSide::Mid);
    let costs = Costs { commission: Commission::Percent(0.001), slippage_ticks: 1, spread: Spread::FromBars };
    let account = Account { initial_cash: 10_000.0, tick_size: 0.00001, quantity_step: 1.0, costs };
    let (plans, market) = ([Plan::compile(&Strategy::from_json(RSI_REVERSAL)?)?], Market::new(bars.view()));

    let space = StrategySpace::of(&plans)?;
    let goal = Goal::Single(Selection { objective: Objective::Sharpe, min_trades: 30 });
    let problem = goal.problem(&space)?;
    let study = || -> Result<Study<Tpe>, param_search::Error> {
        let options = StudyOptions { n_trials: Some(200), skip_repeats: true };
        let tpe = Tpe::new(&problem, 42, TpeOptions::default())?;
        Ok(Study::new(tpe, options).with_pruner(Percentile::new(PercentileOptions::default())?))
    };
    let job = StudyJob { plans: &plans, space: &space, market: &market, account: &account };
    let settings = StudySettings { goal, batch: 16, parts: 3 };
    let control = Control { on_progress: &|_| {}, cancel: &AtomicBool::new(false) };

    let mut whole = study()?;
    let mut run = StudyRun::new(job, 0..bars.len(), &mut whole, settings.clone())?;
    run.propose(&Candidate { strategy: 0, params: Params::new(vec![14.0, 30.0]) })?;
    while run.step(&control)? > 0 {}
    let outcome = run.outcome(&control)?;
    let pruned = outcome.fates.iter().filter(|fate| **fate == Fate::Pruned).count();
    println!("{} tried, {pruned} given up early", outcome.n_tried());
    for trial in outcome.trials.iter().filter(|trial| outcome.best.contains(&trial.candidate)) {
        let params = outcome.candidates[trial.candidate].params.values();
        println!("best in-sample: {params:?}, {:+.2} %", 100.0 * trial.metrics.total_return);
    }

    // What a sampler has learnt from a whole window cannot be tested inside of it: each training is searched anew.
    let folds =
        WalkForward { n_folds: 3, train_fraction: 0.7, embargo_bars: 50, anchored: false }.folds(0..bars.len())?;
    let mut of_fold = |_| study().map_err(|error| optimizer::Error::Study { source: Box::new(error) });
    let tried = study_folds(job, &folds, &settings, &mut of_fold, &control)?;
    let job = Job { plans: &plans, candidates: &tried.candidates, market: &market, account: &account };
    let Goal::Single(selection) = settings.goal else { return Ok(()) };
    let report = trade_folds(&job, &folds, &tried.in_sample, &selection, &control)?;
    println!("out-of-sample: {:+.2} in {} trades", report.net_profit, report.n_trades);
    Ok(())
}
