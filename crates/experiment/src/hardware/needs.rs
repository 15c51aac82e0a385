use hwprobe::{GpuNeed, Resources, Runs, StageNeed, StagePlan};

use crate::plan::{RunPlan, SourcePlan};
use crate::source::Chosen;
use crate::{Error, Stage};

/// The program itself, the bars, and what is drawn and written: what the smallest run takes.
const BASE_BYTES: u64 = 48 << 20;
/// What a back-test holds: orders, trades and equity of its bars.
const THREAD_BYTES: u64 = 8 << 20;
/// A parameter set with its figures on the search period and in all folds.
const SET_BYTES: u64 = 1 << 10;
/// Least and most memory for indicator columns. Between them it is half of what there is.
const MIN_INDICATOR_BYTES: u64 = 64 << 20;
const MAX_INDICATOR_BYTES: u64 = 64 << 30;
/// A tick takes 40 bytes as it is read, as it is judged and as it is cleaned; compressed it takes about 4.
const BYTES_PER_BI5_BYTE: u64 = 32;
/// A bar takes 64 bytes, three times; in a Parquet file about 16, as text about 60.
const BYTES_PER_PARQUET_BYTE: u64 = 16;
const BYTES_PER_CSV_BYTE: u64 = 4;
/// The sample has 400,000 ticks.
const SAMPLE_BYTES: u64 = 48 << 20;
/// Two weeks of a busy market: 2,000,000 ticks.
const DEFAULT_DATA_BYTES: u64 = 240 << 20;
const DEFAULT_PARAMETER_SETS: u64 = 20_000;

/// How large a run is.
///
/// The default is a search of 20,000 parameter sets on two weeks of ticks of a busy market.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workload {
    /// Memory that the market data take while they are read, in bytes.
    pub data_bytes: u64,
    /// Parameter sets to try.
    pub parameter_sets: u64,
}

impl Default for Workload {
    fn default() -> Self {
        Self { data_bytes: DEFAULT_DATA_BYTES, parameter_sets: DEFAULT_PARAMETER_SETS }
    }
}

impl Workload {
    /// The size of a run, by the files that it will read.
    pub(crate) fn of(plan: &RunPlan, chosen: &Chosen) -> Result<Self, Error> {
        let mut file_bytes = 0;
        for input in &chosen.inputs {
            file_bytes += std::fs::metadata(&input.path).map_err(|source| Error::read(&input.path, source))?.len();
        }
        let data_bytes = match &chosen.source {
            SourcePlan::Sample { .. } => SAMPLE_BYTES,
            SourcePlan::Mirror(_) | SourcePlan::Download(_) => file_bytes.saturating_mul(BYTES_PER_BI5_BYTE),
            SourcePlan::Bars(path) if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("parquet")) => {
                file_bytes.saturating_mul(BYTES_PER_PARQUET_BYTE)
            }
            SourcePlan::Bars(_) => file_bytes.saturating_mul(BYTES_PER_CSV_BYTE),
        };
        Ok(Self { data_bytes, parameter_sets: plan.search.parameter_sets as u64 })
    }
}

/// What each stage of a run needs. Stages run one after the other, so each can have all of `budget`, which is what the
/// machine has less the system's reserve ([`Resources::budget`]).
///
/// | stage | threads | memory |
/// |---|---|---|
/// | data | 1 | 48 MiB, and the workload's `data_bytes` |
/// | walk-forward, search | 1 to all | 48 MiB, 1 KiB a parameter set, 8 MiB a thread, and for indicator columns half of the budget: 64 MiB at least, 64 GiB at most, and less than half where the rest would not fit |
/// | validate, analyse, export | 1 | 48 MiB beside the indicator columns, which stay until the end |
///
/// The indicator columns are a cache: with less of it more is computed again, to the same numbers. No stage computes on a
/// GPU; a model that comments on the chart runs in its own server.
pub fn stage_needs(workload: &Workload, budget: &Resources) -> Vec<StageNeed> {
    Stage::ALL.iter().map(|stage| stage_need(*stage, workload, budget)).collect()
}

fn stage_need(stage: Stage, workload: &Workload, budget: &Resources) -> StageNeed {
    let (max_threads, memory_bytes, memory_per_thread_bytes) = match stage {
        Stage::Data => (1, BASE_BYTES.saturating_add(workload.data_bytes), 0),
        Stage::WalkForward | Stage::Search => {
            let memory_bytes = search_bytes(workload).saturating_add(wanted_indicator_bytes(workload, budget));
            (budget.threads.max(1), memory_bytes, THREAD_BYTES)
        }
        Stage::Validate | Stage::Analyse | Stage::Export => (1, BASE_BYTES, 0),
    };
    StageNeed {
        name: stage.name().to_owned(),
        min_threads: 1,
        max_threads,
        memory_bytes,
        memory_per_thread_bytes,
        gpu: GpuNeed::Never,
        runs: Runs::Alone,
    }
}

/// What the search takes beside its threads and indicator columns.
fn search_bytes(workload: &Workload) -> u64 {
    BASE_BYTES.saturating_add(workload.parameter_sets.saturating_mul(SET_BYTES))
}

fn wanted_indicator_bytes(workload: &Workload, budget: &Resources) -> u64 {
    let others = search_bytes(workload).saturating_add(THREAD_BYTES.saturating_mul(budget.threads as u64));
    let fits = budget.memory_bytes.saturating_sub(others);
    fits.min(budget.memory_bytes / 2).clamp(MIN_INDICATOR_BYTES, MAX_INDICATOR_BYTES)
}

/// What of the memory that the search was given is for indicator columns.
pub(super) fn indicator_bytes(search: &StagePlan, workload: &Workload) -> u64 {
    let others = search_bytes(workload).saturating_add(THREAD_BYTES.saturating_mul(search.threads as u64));
    search.memory_bytes.saturating_sub(others)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: u64 = 1 << 20;
    const GIB: u64 = 1 << 30;

    fn planned(threads: usize, memory_bytes: u64) -> (StagePlan, u64) {
        let machine = Resources { threads, memory_bytes, gpus: Vec::new() };
        let workload = Workload::default();
        let plan = crate::hardware::plan_hardware(&machine, &workload).unwrap();
        let search = plan.stage("search").unwrap().clone();
        let indicators = indicator_bytes(&search, &workload);
        (search, indicators)
    }

    #[test]
    fn the_search_gets_all_threads_and_half_of_the_memory_for_its_columns() {
        for (threads, memory_bytes, expected_threads, expected_indicators) in [
            (2, GIB, 2, 384 * MIB),
            (2, 2 * GIB, 2, 896 * MIB),
            (8, 16 * GIB, 7, 7 * GIB),
            (32, 192 * GIB, 31, 64 * GIB),
        ] {
            let (search, indicators) = planned(threads, memory_bytes);
            assert_eq!(
                (search.threads, indicators),
                (expected_threads, expected_indicators),
                "{threads} {memory_bytes}"
            );
        }
    }

    #[test]
    fn on_a_small_machine_the_columns_give_way_first_and_the_threads_next() {
        let workload = Workload { data_bytes: 0, ..Workload::default() };
        let others = search_bytes(&workload);
        let budget = |memory_bytes| Resources { threads: 4, memory_bytes, gpus: Vec::new() };
        let roomy = others + 4 * THREAD_BYTES + 70 * MIB;
        assert_eq!(wanted_indicator_bytes(&workload, &budget(roomy)), 70 * MIB);
        let tight = others + 2 * THREAD_BYTES + 64 * MIB;
        let machine = Resources { threads: 4, memory_bytes: tight + 256 * MIB, gpus: Vec::new() };
        let plan = crate::hardware::plan_hardware(&machine, &workload).unwrap();
        assert_eq!(plan.stage("search").unwrap().threads, 2);
    }

    #[test]
    fn a_run_that_cannot_fit_is_refused_by_stage() {
        let machine = Resources { threads: 2, memory_bytes: 4 * GIB, gpus: Vec::new() };
        let years = Workload { data_bytes: 20 * GIB, ..Workload::default() };
        let many = Workload { parameter_sets: 100_000_000, ..Workload::default() };
        for (workload, stage) in [(years, "data"), (many, "walk-forward")] {
            let error = crate::hardware::plan_hardware(&machine, &workload).unwrap_err();
            let cause = std::error::Error::source(&error).unwrap().to_string();
            assert!(cause.starts_with(&format!("stage `{stage}` does not fit: too little memory")), "{cause}");
        }
    }
}
