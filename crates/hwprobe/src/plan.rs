//! Who gets how much of a machine.

mod device;
mod need;
mod resources;
mod share;
mod table;

use serde::Serialize;

pub use self::device::{CpuReason, Device};
pub use self::need::{GpuNeed, Runs, StageNeed};
pub use self::resources::{GpuMemory, Resources};
use self::share::{Wish, share};
use crate::{Error, Shortage};

/// What each stage of a program gets of a machine. Its `Display` is a table for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// What was there to give: the machine less the reserve for the system.
    pub budget: Resources,
    /// What each stage gets, in the order in which they were stated.
    pub stages: Vec<StagePlan>,
}

impl Plan {
    /// What the stage of this name gets; `None` if no stage has it.
    pub fn stage(&self, name: &str) -> Option<&StagePlan> {
        self.stages.iter().find(|stage| stage.name == name)
    }
}

/// What a stage gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StagePlan {
    /// Its name.
    pub name: String,
    /// In whose company it runs.
    pub runs: Runs,
    /// How many threads it may start, between its least and its most.
    pub threads: usize,
    /// The main memory that it may take: its fixed part and that of each of its threads.
    pub memory_bytes: u64,
    /// Where it computes.
    pub device: Device,
}

/// Decides what each of `stages` gets of `machine`. Equal arguments give an equal plan.
///
/// 1. A reserve for the system is set aside, see [`Resources::budget`].
/// 2. A stage that runs [alone](Runs::Alone) can have all of the budget. Those that run [together](Runs::Together)
///    share it: first each gets what it needs at least; then threads and memory are filled up to equal levels, each
///    as if the other were plenty. A stage gets as many threads as both allow, and the memory that goes with them.
///    What a stage cannot use is not passed on where that would take from others on a larger machine.
/// 3. GPUs are given by their order in `machine`, first to stages that [require](GpuNeed::Required) one, then to
///    those that [prefer](GpuNeed::Preferred) one, the least need first. When a GPU has no room for the next stage,
///    the next GPU is filled. A stage that prefers a GPU and gets none computes on the CPU, and its [`Device`] says
///    why.
///
/// On a machine that has as much of everything or more, no stage gets fewer threads, less memory or the CPU instead
/// of a GPU.
///
/// ```
/// use hwprobe::{Device, GpuMemory, GpuNeed, Resources, Runs, StageNeed, plan};
///
/// let gpus = vec![GpuMemory { index: 0, memory_bytes: 32 << 30 }];
/// let machine = Resources { threads: 32, memory_bytes: 192 << 30, gpus };
/// let model = StageNeed {
///     name: "model".to_owned(),
///     min_threads: 1,
///     max_threads: 4,
///     memory_bytes: 8 << 30,
///     memory_per_thread_bytes: 1 << 30,
///     gpu: GpuNeed::Preferred { memory_bytes: 20 << 30 },
///     runs: Runs::Together,
/// };
/// let plan = plan(&machine, &[model])?;
/// assert_eq!(plan.stages[0].threads, 4);
/// assert_eq!(plan.stages[0].memory_bytes, 12 << 30);
/// assert_eq!(plan.stages[0].device, Device::Gpu { index: 0, memory_bytes: 20 << 30 });
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Need`] for a stage whose need makes no sense, [`Error::DoesNotFit`] for the first stage that cannot have
/// what it needs at least, with what is missing.
pub fn plan(machine: &Resources, stages: &[StageNeed]) -> Result<Plan, Error> {
    need::check(stages)?;
    let budget = machine.budget();
    let mut planned: Vec<Option<StagePlan>> = vec![None; stages.len()];
    for group in groups(stages) {
        let needs: Vec<&StageNeed> = group.iter().map(|&place| &stages[place]).collect();
        for (&place, stage) in group.iter().zip(plan_group(&budget, &needs)?) {
            planned[place] = Some(stage);
        }
    }
    Ok(Plan { budget, stages: planned.into_iter().flatten().collect() })
}

/// The places of stages that run at the same time.
fn groups(stages: &[StageNeed]) -> Vec<Vec<usize>> {
    let places = |runs| stages.iter().enumerate().filter(move |(_, stage)| stage.runs == runs).map(|(place, _)| place);
    let mut groups = vec![places(Runs::Together).collect()];
    groups.extend(places(Runs::Alone).map(|place| vec![place]));
    groups
}

fn plan_group(budget: &Resources, needs: &[&StageNeed]) -> Result<Vec<StagePlan>, Error> {
    check_minimums(budget, needs)?;
    let wishes = |of: fn(&StageNeed, usize) -> u64| -> Vec<Wish> {
        let wish = |need: &&StageNeed| Wish { least: of(need, need.min_threads), most: of(need, need.max_threads) };
        needs.iter().map(wish).collect()
    };
    let threads = share(budget.threads as u64, &wishes(|_, threads| threads as u64));
    let memory = share(budget.memory_bytes, &wishes(StageNeed::memory_with));
    let devices = device::assign(&budget.gpus, needs)?;
    let shares = threads.into_iter().zip(memory).zip(devices);
    Ok(needs
        .iter()
        .zip(shares)
        .map(|(need, ((threads, memory), device))| stage(need, threads, memory, device))
        .collect())
}

fn stage(need: &StageNeed, threads: u64, memory_bytes: u64, device: Device) -> StagePlan {
    let by_threads = usize::try_from(threads).unwrap_or(usize::MAX);
    let threads = by_threads.min(need.threads_within(memory_bytes));
    let memory_bytes = need.memory_with(threads);
    StagePlan { name: need.name.clone(), runs: need.runs, threads, memory_bytes, device }
}

/// Takes the least needs from the budget in order, so that the first stage that finds too little is named.
fn check_minimums(budget: &Resources, needs: &[&StageNeed]) -> Result<(), Error> {
    let (mut threads, mut memory_bytes) = (budget.threads, budget.memory_bytes);
    for need in needs {
        let fails = |missing| Error::DoesNotFit { stage: need.name.clone(), missing };
        threads = threads
            .checked_sub(need.min_threads)
            .ok_or_else(|| fails(Shortage::Threads { needed: need.min_threads, left: threads }))?;
        let needed_bytes = need.memory_with(need.min_threads);
        memory_bytes = memory_bytes
            .checked_sub(needed_bytes)
            .ok_or_else(|| fails(Shortage::Memory { needed_bytes, left_bytes: memory_bytes }))?;
    }
    Ok(())
}
