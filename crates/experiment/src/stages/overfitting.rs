use backtest::{Report, Scratch};
use market::{BarsView, Timeframe};
use optimizer::{Candidate, Job, Trial};
use rayon::prelude::*;
use trade_report::{Overfitting, Unit, format_number};
use trade_stats::{Cscv, Score};

use crate::page::step_returns;
use crate::stages::split::Split;
use crate::{Error, page};

/// Parameter sets that are compared: enough to rank among, few enough to trade once more.
const SETS: usize = 300;
/// Fewer do not make a ranking.
const FEWEST_SETS: usize = 10;
/// Blocks of the splits: 924 halves.
const BLOCKS: usize = 12;

/// The probability of back-test over-fitting of choosing by the Sharpe ratio among the parameter sets that were tried:
/// combinatorially symmetric cross-validation over their hourly returns in the search period.
///
/// Of more than [`SETS`] that count, those at equal distances are taken, whatever their results, so that what is said of
/// them is true of a search of as many.
pub(crate) fn overfitting(
    job: &Job<'_, '_>,
    split: &Split,
    trials: &[Trial],
    min_trades: usize,
) -> Result<Option<Overfitting>, Error> {
    let counting: Vec<usize> =
        trials.iter().filter(|trial| trial.metrics.n_trades >= min_trades).map(|trial| trial.candidate).collect();
    let n = counting.len().min(SETS);
    if n < FEWEST_SETS {
        return Ok(None);
    }
    let taken: Vec<usize> = (0..n).map(|at| counting[at * counting.len() / n]).collect();
    let bars = job.market.bars();
    let series = taken.into_par_iter().map_init(Scratch::default, |scratch, candidate| {
        let Candidate { strategy, params } = &job.candidates[candidate];
        let plan = &job.plans[*strategy];
        backtest::run(plan, params, job.market, split.search.clone(), job.account, scratch)
            .map(|report| hourly(&report, bars, job.account.initial_cash))
            .map_err(Error::failed(format!("trading {} again", plan.strategy().name)))
    });
    // Collected one by one first, so that the error is that of the first set, whatever the threads.
    let series: Vec<Result<Vec<f64>, Error>> = series.collect();
    let series = series.into_iter().collect::<Result<Vec<_>, _>>()?;
    let returns: Vec<&[f64]> = series.iter().map(Vec::as_slice).collect();
    if returns[0].len() < 2 * BLOCKS {
        return Ok(None);
    }
    let settings = Cscv { n_blocks: BLOCKS, score: Score::Sharpe };
    let found = trade_stats::overfitting(&returns, settings).map_err(Error::failed("asking for over-fitting"))?;
    let note = format!(
        "{n} of the {} parameter sets with {min_trades} trades or more, taken at equal distances; {} hourly returns in \
         {BLOCKS} blocks, {} splits; chosen by Sharpe ratio. In {:.0} % of the splits what was chosen lost money in the \
         other half.",
        thousands(counting.len()),
        thousands(returns[0].len()),
        found.logits.len(),
        100.0 * found.probability_of_loss
    );
    Ok(Some(page::overfitting(&found, note)))
}

fn thousands(count: usize) -> String {
    format_number(Some(count as f64), Unit::Count, "")
}

/// Returns by UTC hours with a bar.
fn hourly(report: &Report, bars: BarsView<'_>, initial_cash: f64) -> Vec<f64> {
    let times = &bars.open_time[report.window.clone()];
    let hours = step_returns(|at| times[at].0, &report.equity, initial_cash, Timeframe::H1.nanos());
    hours.into_iter().map(|(_, change)| change).collect()
}
