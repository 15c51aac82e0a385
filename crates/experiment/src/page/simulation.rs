use std::num::NonZeroUsize;

use backtest::Trade;
use market::{BarsView, Timeframe};
use trade_report::{MonteCarlo, QuantileBand, Unit, format_number};
use trade_stats::{Growth, Resampling, Simulation, block_length, monte_carlo};

use crate::Error;
use crate::page::{Performance, equity, step_returns};

/// Paths of each simulation.
const PATHS: usize = 1_000;
/// The bands that are drawn.
const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
/// Steps at which the bands are taken, about.
const BAND_STEPS: usize = 200;
/// Most returns that a block bootstrap resamples; with more of them longer periods are taken.
const MOST_RETURNS: usize = 2_500;
/// The account counts as ruined at this share of the initial cash.
const RUIN: f64 = 0.5;

/// What else could have happened: the trades of all parts in other orders, and the returns of the account resampled in
/// blocks. Left out where there is too little to resample.
///
/// A simulation shows the luck of order and sample. The luck of having been chosen as the best of many is not in it.
///
/// # Errors
/// [`Error::Failed`] if a result is not finite.
pub fn simulations(performance: &Performance<'_>, bars: BarsView<'_>, seed: u64) -> Result<Vec<MonteCarlo>, Error> {
    let shuffled = shuffled(performance, seed)?;
    let resampled = resampled(performance, bars, seed)?;
    Ok([shuffled, resampled].into_iter().flatten().collect())
}

fn shuffled(performance: &Performance<'_>, seed: u64) -> Result<Option<MonteCarlo>, Error> {
    let mut trades: Vec<&Trade> = performance.parts.iter().flat_map(|part| &part.trades).collect();
    trades.sort_by_key(|trade| trade.exit_bar);
    let profits: Vec<f64> = trades.iter().map(|trade| trade.profit).collect();
    if profits.len() < 2 {
        return Ok(None);
    }
    let found = simulate(&profits, Resampling::Shuffle, Growth::Added, performance.initial_cash, seed)?;
    let (observed, falls) = (found.observed.max_drawdown, &found.max_drawdown);
    let summary = format!(
        "The result of all orders is the same; the way to it is not. Largest drawdown, from trade to trade: {} in the median \
         order, {} or more in the worst twentieth; it was {}.",
        percent(falls.quantile(0.5)),
        percent(falls.quantile(0.95)),
        percent(Some(observed))
    );
    let method = format!("{} orders of the {} trades, seed {seed}", thousands(PATHS), thousands(profits.len()));
    Ok(Some(shown(&found, &profits, Growth::Added, performance.initial_cash, method, summary, "trade")))
}

fn resampled(performance: &Performance<'_>, bars: BarsView<'_>, seed: u64) -> Result<Option<MonteCarlo>, Error> {
    let (returns, step) = returns(performance, bars);
    let Some(block) = block_length(&returns) else { return Ok(None) };
    let mean_length = block.stationary.clamp(1.0, returns.len() as f64);
    let resampling = Resampling::StationaryBlocks { mean_length };
    let found = simulate(&returns, resampling, Growth::Compounded, performance.initial_cash, seed)?;
    let middle = found.total_return.interval(0.9);
    let summary = format!(
        "Return: {} to {} in the middle nine tenths of the paths, below zero in {} of them. Largest drawdown: {} or more in \
         the worst twentieth. Half of the cash lost: {} of the paths.",
        percent(middle.map(|middle| middle.low)),
        percent(middle.map(|middle| middle.high)),
        percent(Some(found.total_return.share_up_to(0.0))),
        percent(found.max_drawdown.quantile(0.95)),
        percent(Some(found.probability_of_ruin))
    );
    let method = format!(
        "{} resamples of the {} returns by {step} in blocks of {mean_length:.1} on average (stationary bootstrap), seed {seed}",
        thousands(PATHS),
        thousands(returns.len())
    );
    Ok(Some(shown(&found, &returns, Growth::Compounded, performance.initial_cash, method, summary, step)))
}

/// Returns of the account by the shortest of hours, four hours and days that does not give too many.
fn returns(performance: &Performance<'_>, bars: BarsView<'_>) -> (Vec<f64>, &'static str) {
    let account = equity(performance, bars);
    let by = |length: Timeframe| -> Vec<f64> {
        let length_ms = length.nanos() / 1_000_000;
        let steps = step_returns(|at| account.time_ms[at], &account.equity, performance.initial_cash, length_ms);
        steps.into_iter().map(|(_, change)| change).collect()
    };
    for (length, name) in [(Timeframe::H1, "hour"), (Timeframe::H4, "four hours")] {
        let returns = by(length);
        if returns.len() <= MOST_RETURNS {
            return (returns, name);
        }
    }
    (by(Timeframe::D1), "day")
}

fn simulate(
    values: &[f64],
    resampling: Resampling,
    growth: Growth,
    initial: f64,
    seed: u64,
) -> Result<Simulation, Error> {
    let settings = trade_stats::MonteCarlo {
        resampling,
        growth,
        initial,
        ruin_fraction: RUIN,
        n_resamples: PATHS,
        seed,
        band_quantiles: QUANTILES.to_vec(),
        n_band_steps: BAND_STEPS,
        n_threads: NonZeroUsize::MIN,
    };
    monte_carlo(values, &settings).map_err(Error::failed("simulating what else could have happened"))
}

fn shown(
    found: &Simulation,
    values: &[f64],
    growth: Growth,
    initial: f64,
    method: String,
    summary: String,
    step: &str,
) -> MonteCarlo {
    let mut account = initial;
    let grow = |value: &f64| {
        if account > 0.0 {
            account = if growth == Growth::Added { account + value } else { account * (1.0 + value) };
        }
        account
    };
    let path: Vec<f64> = [initial].into_iter().chain(values.iter().map(grow)).collect();
    let bands = QUANTILES.iter().zip(&found.bands);
    MonteCarlo {
        method,
        summary,
        step: step.to_owned(),
        steps: found.band_steps.iter().map(|&step| step as u64).collect(),
        bands: bands.map(|(&quantile, equity)| QuantileBand { quantile, equity: equity.clone() }).collect(),
        realised: found.band_steps.iter().map(|&step| path[step]).collect(),
    }
}

fn percent(value: Option<f64>) -> String {
    format_number(value, Unit::Fraction, "")
}

fn thousands(count: usize) -> String {
    format_number(Some(count as f64), Unit::Count, "")
}
