use std::collections::BTreeMap;
use std::time::Instant;

use market::Bars;
use optimizer::Candidate;
use serde::Serialize;

use crate::Stage;

/// How long the stages of this process took.
#[derive(Debug)]
pub(crate) struct Timing {
    last: Instant,
    seconds: BTreeMap<&'static str, f64>,
}

/// `timing.json`: the one file that differs between equal runs. A stage that was resumed takes almost no time.
#[derive(Debug, Serialize)]
pub(crate) struct TimingSummary<'a> {
    seconds: &'a BTreeMap<&'static str, f64>,
    total_seconds: f64,
    threads: usize,
    /// Back-tests of the search and of all folds.
    n_backtests: usize,
    n_bars: usize,
}

#[expect(clippy::disallowed_methods, reason = "the performance report measures time; no result depends on it")]
fn now() -> Instant {
    Instant::now()
}

impl Timing {
    pub(crate) fn start() -> Self {
        Self { last: now(), seconds: BTreeMap::new() }
    }

    /// Ends a stage.
    pub(crate) fn lap(&mut self, stage: Stage) {
        let now = now();
        let seconds = now.duration_since(self.last).as_secs_f64();
        tracing::debug!(stage = stage.name(), elapsed_ms = (1000.0 * seconds).round(), "stage done");
        self.seconds.insert(stage.name(), seconds);
        self.last = now;
    }

    pub(crate) fn summary(&self, bars: &Bars, candidates: &[Candidate], n_folds: usize) -> TimingSummary<'_> {
        TimingSummary {
            seconds: &self.seconds,
            total_seconds: self.seconds.values().sum(),
            threads: rayon::current_num_threads(),
            n_backtests: candidates.len() * (1 + n_folds),
            n_bars: bars.len(),
        }
    }
}
