//! Evolves strategies on a synthetic market with a proposal of its own among the first, and makes the best tunable.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use backtest::{Account, Commission, Costs, Market, Plan, Scratch, Spread, evaluate};
use market::synthetic::{SyntheticConfig, generate};
use market::{PriceSide, Timeframe, aggregate};
use strategy::{Params, SizeRule};
use strategy_evolution::{Evolution, Outcome, Parsimony, Settings, Sides, Span, Vocabulary};

const GENERATIONS: u64 = 8;
const MIN_TRADES: usize = 20;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ticks = generate(&SyntheticConfig::eurusd("2024-01-01".parse()?, 10), 7)?;
    let bars = aggregate(ticks.view(), Timeframe::M5).bars(PriceSide::Mid);
    let (market, kept_back) = (Market::with_limit(bars.view(), 64 << 20), bars.len() * 7 / 10);
    let costs = Costs { commission: Commission::Percent(0.002), slippage_ticks: 1, spread: Spread::FromBars };
    let account = Account { initial_cash: 10_000.0, tick_size: 1e-5, quantity_step: 1.0, costs };
    let (none, mut scratch) = (Params::new(Vec::new()), Scratch::new());

    let words = Vocabulary::standard(Sides::Mirrored, [SizeRule::EquityFraction(1.0)]);
    let settings = Settings { parsimony: Parsimony::Linear { per_node: 1e-4 }, ..Settings::default() };
    let mut evolution = Evolution::new(words, settings, 1)?;
    let proposal = evolution.grammar().random(99); // a person's or a model's idea goes here
    evolution.enqueue(proposal)?;
    while evolution.generation() < GENERATIONS {
        for proposal in evolution.ask(usize::MAX) {
            let plan = Plan::compile(&proposal.strategy)?;
            let metrics = evaluate(&plan, &none, &market, 0..kept_back, &account, &mut scratch)?;
            let sharpe = metrics.sharpe.filter(|_| metrics.n_trades >= MIN_TRADES);
            evolution.tell(proposal.id, sharpe.map_or(Outcome::Failed, |it| Outcome::value(it.annual())))?;
        }
    }

    println!("{} evaluated, {} seen before", evolution.n_evaluated(), evolution.n_duplicates());
    let best = evolution.best().first().ok_or("nothing traded often enough")?;
    let plan = Plan::compile(&best.strategy)?;
    let seen = evaluate(&plan, &none, &market, 0..kept_back, &account, &mut scratch)?;
    let unseen = evaluate(&plan, &none, &market, kept_back..bars.len(), &account, &mut scratch)?;
    println!("searched {:+.2} %, kept back {:+.2} %", 100.0 * seen.total_return, 100.0 * unseen.total_return);
    println!("{}", evolution.grammar().lift(&best.strategy, Span::Near(2)).to_json());
    Ok(())
}
