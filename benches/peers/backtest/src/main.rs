//! Our sweeps of back-tests: nanoseconds of the thread for each bar and parameter set, all metrics and the indicators
//! included, as JSON Lines.
#![expect(clippy::print_stdout, reason = "a program prints its results")]

mod bars;
mod sweeps;
mod threads;

use std::path::PathBuf;

use anyhow::Result;
use backtest::{Account, Commission, Costs, Market, Metrics, Plan, Scratch, Spread, evaluate_many};
use clap::Parser;
use market::Bars;
use rustix::time::{ClockId, clock_gettime};
use serde::Serialize;

use crate::sweeps::Sweep;

/// Measures sweeps and prints a line of JSON for each.
#[derive(Parser)]
struct Args {
    /// Bars of each run.
    #[arg(long, default_value_t = 100_000)]
    bars: usize,
    /// Parameter sets of each sweep; of the second 2,944 at most.
    #[arg(long, default_value_t = 960)]
    sets: usize,
    /// Runs of each sweep, of which the shortest counts.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Measures the wall time of so many threads that share a market and take 64 sets at a time, and the program's largest
    /// memory, instead of one thread's time.
    #[arg(long)]
    threads: Option<usize>,
    /// Indicator columns that the shared market keeps, in MiB.
    #[arg(long, default_value_t = 128)]
    cache: usize,
    /// Where to write the bars for others to read.
    #[arg(long)]
    write_bars: Option<PathBuf>,
}

#[derive(Serialize)]
struct Row<'a> {
    peer: &'static str,
    sweep: &'a str,
    bars: usize,
    sets: usize,
    ns_per_bar: f64,
    /// Of the first set.
    n_trades: usize,
    total_return: f64,
    /// Trades of all sets together.
    n_all_trades: usize,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let bars = bars::walk(args.bars)?;
    if let Some(path) = &args.write_bars {
        bars::write(&bars, path)?;
    }
    let costs = |spread| Costs { commission: Commission::Percent(0.005), slippage_ticks: 0, spread };
    let account =
        |spread| Account { initial_cash: 10_000.0, tick_size: 0.001, quantity_step: 1e-8, costs: costs(spread) };
    let sweeps = [
        (sweeps::averages(args.sets)?, account(Spread::None)),
        (sweeps::bounces(args.sets.min(sweeps::MOST_BOUNCES))?, account(Spread::FromBars)),
    ];
    for (sweep, account) in &sweeps {
        if let Some(threads) = args.threads {
            println!(
                "{}",
                serde_json::to_string(&threads::measure(sweep, &bars, account, threads, args.cache << 20)?)?
            );
            continue;
        }
        let row = measure(sweep, &bars, account, args.runs)?;
        println!("{}", serde_json::to_string(&row)?);
    }
    Ok(())
}

fn measure<'a>(sweep: &'a Sweep, bars: &Bars, account: &Account, runs: usize) -> Result<Row<'a>> {
    let plan = Plan::compile(&sweep.strategy)?;
    let (mut least, mut metrics) = (u64::MAX, Vec::new());
    for _ in 0..runs {
        let begin = thread_ns();
        metrics = all(&plan, sweep, bars, account)?;
        least = least.min(thread_ns() - begin);
    }
    Ok(Row {
        peer: "aio-backtest",
        sweep: sweep.name,
        bars: bars.len(),
        sets: sweep.sets.len(),
        ns_per_bar: least as f64 / (bars.len() * sweep.sets.len()) as f64,
        n_trades: metrics[0].n_trades,
        total_return: metrics[0].total_return,
        n_all_trades: metrics.iter().map(|metrics| metrics.n_trades).sum(),
    })
}

fn all(plan: &Plan, sweep: &Sweep, bars: &Bars, account: &Account) -> Result<Vec<Metrics>> {
    let (market, mut scratch) = (Market::new(bars.view()), Scratch::new());
    let sets: Vec<_> = sweep.sets.iter().collect();
    let results = evaluate_many(plan, &sets, &market, 0..bars.len(), account, &mut scratch);
    results.into_iter().map(|result| Ok(result?)).collect()
}

/// Time for which this thread has had a processor.
fn thread_ns() -> u64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    u64::try_from(time.tv_sec * 1_000_000_000 + time.tv_nsec).expect("time is positive")
}
