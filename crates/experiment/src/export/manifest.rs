use std::collections::BTreeMap;

use serde::Serialize;

use crate::plan::RunPlan;
use crate::source::InputFile;

/// What it takes to repeat a run: `manifest.json`.
#[derive(Debug, Serialize)]
pub(crate) struct Manifest<'a> {
    pub(crate) run_id: &'a str,
    /// Versions of the program's crates.
    pub(crate) versions: BTreeMap<&'static str, &'static str>,
    /// Every setting, with seeds and strategies.
    pub(crate) plan: &'a RunPlan,
    /// Every file that was read.
    pub(crate) inputs: &'a [InputFile],
}

/// Versions of the crates whose code decides the numbers. They are released together with this one.
pub(crate) fn versions() -> BTreeMap<&'static str, &'static str> {
    BTreeMap::from([
        ("aio-backtest", backtest::VERSION),
        ("aio-broker", broker::VERSION),
        ("aio-experiment", env!("CARGO_PKG_VERSION")),
        ("aio-indicators", indicators::VERSION),
        ("aio-market", market::VERSION),
        ("aio-optimizer", optimizer::VERSION),
        ("aio-pinegen", pinegen::VERSION),
        ("aio-strategy", strategy::VERSION),
        ("aio-trade-stats", trade_stats::VERSION),
    ])
}
