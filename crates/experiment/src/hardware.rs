//! What the stages of a run need of a machine, and what it gives them. No result depends on any of it.

mod memory_size;
mod needs;

use hwprobe::{Plan, Resources};

pub use self::memory_size::parse_memory;
use self::needs::indicator_bytes;
pub use self::needs::{Workload, stage_needs};
use crate::run::RunOptions;
use crate::{Error, Stage};

/// Shares the machine out among the stages of a run: see [`stage_needs`].
///
/// ```
/// use experiment::{Workload, plan_hardware};
///
/// let machine = hwprobe::Resources { threads: 16, memory_bytes: 32 << 30, gpus: vec![] };
/// let plan = plan_hardware(&machine, &Workload::default())?;
/// let search = plan.stage("search").ok_or("the search is a stage")?;
/// assert_eq!(search.threads, 15); // one is left to the system
/// assert_eq!(plan.stage("data").ok_or("reading is a stage")?.threads, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Error::Failed`] naming the stage that does not fit, and what is missing.
pub fn plan_hardware(machine: &Resources, workload: &Workload) -> Result<Plan, Error> {
    let needs = stage_needs(workload, &machine.budget());
    hwprobe::plan(machine, &needs)
        .map_err(Error::failed("sharing the machine out among the stages (`memory` states another size to plan with)"))
}

/// The sizes that a run takes from its plan.
#[derive(Clone, Debug)]
pub(crate) struct Sizes {
    pub(crate) plan: Plan,
    /// Threads of the one pool, which stages use in turn.
    pub(crate) threads: usize,
    /// Most memory of indicator columns that parameter sets share.
    pub(crate) indicator_bytes: usize,
}

impl Sizes {
    /// Plans with the machine, or with what the user states in its place. It is not asked where all is stated.
    pub(crate) fn decide(options: &RunOptions, workload: &Workload) -> Result<Self, Error> {
        let machine = match (options.threads, options.memory_bytes) {
            (Some(threads), Some(memory_bytes)) => Resources { threads, memory_bytes, gpus: Vec::new() },
            (threads, memory_bytes) => {
                let probed = probed()?;
                Resources {
                    threads: threads.unwrap_or(probed.threads),
                    memory_bytes: memory_bytes.unwrap_or(probed.memory_bytes),
                    ..probed
                }
            }
        };
        let plan = plan_hardware(&machine, workload)?;
        let search = plan.stage(Stage::Search.name()).expect("the search is one of the stages");
        let indicator_bytes = usize::try_from(indicator_bytes(search, workload)).unwrap_or(usize::MAX);
        // A stated number is the user's decision, also where it is more than the machine has.
        Ok(Self { threads: options.threads.unwrap_or(search.threads), indicator_bytes, plan })
    }
}

fn probed() -> Result<Resources, Error> {
    let doing = "asking the machine what it grants (needless where `threads` and `memory` are stated)";
    hwprobe::probe().map(|machine| machine.resources()).map_err(Error::failed(doing))
}
