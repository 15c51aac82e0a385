use std::time::{Duration, Instant};

use hwprobe::{Plan, Recorder, Utilisation};
use serde::{Deserialize, Serialize};

use crate::Stage;
use crate::hardware::Sizes;

/// Time between two samples of the machine's load.
const SAMPLE_INTERVAL: Duration = Duration::from_millis(100);

/// How long the stages of this process take, and what they make of the machine.
#[derive(Debug)]
pub(crate) struct Timing {
    last: Instant,
    /// Or why the machine is not watched.
    recorder: Result<Recorder, String>,
    stages: Vec<StageTiming>,
}

/// What a stage took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StageTiming {
    stage: String,
    /// Absent if an earlier attempt finished it and left no time.
    seconds: Option<f64>,
    /// Whether an earlier attempt finished it; the figures are that attempt's.
    resumed: bool,
    utilisation: Option<Utilisation>,
    /// Why there is no utilisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_recorded: Option<String>,
}

/// `timing.json`, which `timing.html` shows: what differs between equal runs.
#[derive(Debug, Serialize)]
pub(crate) struct TimingSummary<'a> {
    stages: &'a [StageTiming],
    /// Of all stages whose time is known.
    total_seconds: f64,
    /// Threads of the pool.
    threads: usize,
    /// Most memory of indicator columns that parameter sets share.
    indicator_bytes: usize,
    /// What the machine's plan gives each stage.
    plan: &'a Plan,
    /// Back-tests of the search and of all folds.
    n_backtests: usize,
    n_bars: usize,
}

#[expect(clippy::disallowed_methods, reason = "timing.json measures time; no result depends on it")]
fn now() -> Instant {
    Instant::now()
}

impl Timing {
    pub(crate) fn start() -> Self {
        let recorder = Recorder::start(SAMPLE_INTERVAL).map_err(|error| {
            tracing::debug!(%error, "the load of the machine is not recorded");
            error.to_string()
        });
        Self { last: now(), recorder, stages: Vec::new() }
    }

    /// Ends a stage that this attempt computed.
    pub(crate) fn lap(&mut self, stage: Stage) -> &StageTiming {
        let now = now();
        let seconds = now.duration_since(self.last).as_secs_f64();
        tracing::debug!(stage = stage.name(), elapsed_ms = (1000.0 * seconds).round(), "stage done");
        self.last = now;
        let lap = match &self.recorder {
            Ok(recorder) => recorder.lap(stage.name()).map_err(|error| error.to_string()),
            Err(reason) => Err(reason.clone()),
        };
        let (utilisation, not_recorded) = match lap {
            Ok(utilisation) => (Some(utilisation), None),
            Err(reason) => (None, Some(reason)),
        };
        let stage = stage.name().to_owned();
        self.stages.push(StageTiming { stage, seconds: Some(seconds), resumed: false, utilisation, not_recorded });
        &self.stages[self.stages.len() - 1]
    }

    /// Ends a stage that an earlier attempt computed and took `earlier` for, if that is known.
    pub(crate) fn lap_resumed(&mut self, stage: Stage, earlier: Option<StageTiming>) {
        self.lap(stage);
        self.stages.pop();
        let unknown = || StageTiming {
            stage: stage.name().to_owned(),
            seconds: None,
            resumed: true,
            utilisation: None,
            not_recorded: Some("the attempt that computed it was ended before it noted its time".to_owned()),
        };
        self.stages.push(earlier.map_or_else(unknown, |earlier| StageTiming { resumed: true, ..earlier }));
    }

    pub(crate) fn summary<'a>(&'a self, sizes: &'a Sizes, n_backtests: usize, n_bars: usize) -> TimingSummary<'a> {
        TimingSummary {
            stages: &self.stages,
            total_seconds: self.stages.iter().filter_map(|stage| stage.seconds).sum(),
            threads: sizes.threads,
            indicator_bytes: sizes.indicator_bytes,
            plan: &sizes.plan,
            n_backtests,
            n_bars,
        }
    }
}

impl TimingSummary<'_> {
    /// Whether a GPU answered in any stage.
    pub(crate) fn has_gpu(&self) -> bool {
        self.stages.iter().filter_map(|stage| stage.utilisation.as_ref()).any(|lap| !lap.gpus.is_empty())
    }
}
