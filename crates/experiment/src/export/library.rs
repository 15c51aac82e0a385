use std::fs;
use std::path::Path;

use backtest::Metrics;
use pattern_library::{BlockingLibrary, Entry, Figures, Outcome, Role, Run};
use serde_json::Value;

use crate::Error;
use crate::export::traded::Traded;
use crate::files::remove_if_there;

/// Writes the run's strategies and results into a new library, complete under its final name or absent.
pub(crate) fn write(path: &Path, run_id: &str, manifest: &Value, top: &[Traded<'_>]) -> Result<(), Error> {
    let part = path.with_extension("sqlite.part");
    // What a killed run left behind; a journal would be played back into the new file.
    for leftover in [part.clone(), path.with_extension("sqlite.part-journal")] {
        remove_if_there(&leftover)?;
    }
    let run = Run {
        id: run_id.to_owned(),
        recorded_at_ns: None,
        manifest: manifest.clone(),
        entries: top.iter().map(entry).collect::<Result<_, _>>()?,
    };
    let doing = || format!("writing the library {}", path.display());
    let mut library = BlockingLibrary::open(&part).map_err(Error::failed(doing()))?;
    library.store_run(&run).map_err(Error::failed(doing()))?;
    library.close().map_err(Error::failed(doing()))?;
    fs::rename(&part, path).map_err(|source| Error::write(path, source))
}

fn entry(traded: &Traded<'_>) -> Result<Entry, Error> {
    Ok(Entry {
        rank: u32::try_from(traded.rank).map_err(Error::failed("numbering the best"))?,
        strategy: traded.strategy.clone(),
        params: traded.params.clone(),
        outcomes: vec![
            outcome(Role::InSample, &traded.in_sample.metrics)?,
            outcome(Role::OutOfSample, &traded.out_of_sample.metrics)?,
        ],
    })
}

fn outcome(role: Role, metrics: &Metrics) -> Result<Outcome, Error> {
    Ok(Outcome {
        role,
        figures: Figures {
            sharpe: metrics.sharpe.map(trade_stats::Sharpe::annual),
            net_profit: metrics.net_profit,
            max_drawdown: metrics.max_drawdown,
            n_trades: metrics.n_trades as u64,
        },
        metrics: serde_json::to_value(metrics).map_err(Error::failed("writing the library"))?,
    })
}
