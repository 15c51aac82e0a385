//! A sweep on several threads.
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use backtest::{Account, Market, Plan, Scratch, evaluate_many};
use market::Bars;
use serde::Serialize;
use strategy::Params;

use crate::sweeps::Sweep;

/// Sets that a thread takes at a time.
const CHUNK: usize = 64;

#[derive(Serialize)]
pub(crate) struct Row<'a> {
    sweep: &'a str,
    bars: usize,
    sets: usize,
    threads: usize,
    seconds: f64,
    /// Largest resident memory of the program since it began.
    peak_mib: f64,
    n_all_trades: usize,
}

#[expect(clippy::disallowed_methods, reason = "a program that measures reads the clock")]
pub(crate) fn measure<'a>(
    sweep: &'a Sweep,
    bars: &Bars,
    account: &Account,
    n_threads: usize,
    cache_bytes: usize,
) -> Result<Row<'a>> {
    let plan = Plan::compile(&sweep.strategy)?;
    let begin = Instant::now();
    let market = Market::with_limit(bars.view(), cache_bytes);
    let next = AtomicUsize::new(0);
    let work = || -> Result<usize> {
        let (mut scratch, mut n_trades) = (Scratch::new(), 0);
        loop {
            let start = next.fetch_add(CHUNK, Ordering::Relaxed);
            let Some(rest) = sweep.sets.get(start..).filter(|rest| !rest.is_empty()) else { return Ok(n_trades) };
            let sets: Vec<&Params> = rest.iter().take(CHUNK).collect();
            for metrics in evaluate_many(&plan, &sets, &market, 0..bars.len(), account, &mut scratch) {
                n_trades += metrics?.n_trades;
            }
        }
    };
    let n_all_trades = thread::scope(|scope| {
        let workers: Vec<_> = (0..n_threads).map(|_| scope.spawn(work)).collect();
        let joined = workers.into_iter().map(|worker| worker.join().map_err(|_| anyhow!("a thread panicked"))?);
        joined.sum::<Result<usize>>()
    })?;
    let seconds = begin.elapsed().as_secs_f64();
    let (n_bars, sets) = (bars.len(), sweep.sets.len());
    Ok(Row { sweep: sweep.name, bars: n_bars, sets, threads: n_threads, seconds, peak_mib: peak_mib()?, n_all_trades })
}

/// As Linux tells it.
fn peak_mib() -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status").context("reading /proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).context("/proc/self/status has no VmHWM")?;
    let kib: f64 = line.split_whitespace().nth(1).context("VmHWM has no number")?.parse()?;
    Ok(kib / 1024.0)
}
