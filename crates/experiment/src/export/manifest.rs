use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::plan::{RunPlan, SourcePlan};
use crate::source::InputFile;

/// What it takes to repeat a run: `manifest.json`.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Manifest<'a> {
    pub(crate) run_id: Cow<'a, str>,
    /// Versions of the program's crates.
    pub(crate) versions: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
    /// Every setting, with seeds and strategies.
    pub(crate) plan: Cow<'a, RunPlan>,
    /// The source that was used.
    pub(crate) source: Cow<'a, SourcePlan>,
    /// Why those before it were passed over.
    pub(crate) passed_over: Cow<'a, [String]>,
    /// Every file that was read.
    pub(crate) inputs: Cow<'a, [InputFile]>,
}

/// Versions of the crates whose code decides the numbers. They are released together with this one.
pub(crate) fn versions() -> BTreeMap<Cow<'static, str>, Cow<'static, str>> {
    let versions = [
        ("aio-backtest", backtest::VERSION),
        ("aio-broker", broker::VERSION),
        ("aio-experiment", env!("CARGO_PKG_VERSION")),
        ("aio-indicators", indicators::VERSION),
        ("aio-market", market::VERSION),
        ("aio-optimizer", optimizer::VERSION),
        ("aio-pinegen", pinegen::VERSION),
        ("aio-strategy", strategy::VERSION),
        ("aio-trade-report", trade_report::VERSION),
        ("aio-trade-stats", trade_stats::VERSION),
    ];
    versions.into_iter().map(|(name, version)| (Cow::from(name), Cow::from(version))).collect()
}
