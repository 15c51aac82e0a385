use serde::{Deserialize, Serialize};

use crate::Error;

/// What a stage of a program needs of a machine. In JSON all fields must be there, and no others.
///
/// ```
/// let text = r#"{
///     "name": "model", "min_threads": 1, "max_threads": 4, "memory_bytes": 1073741824, "memory_per_thread_bytes": 0,
///     "gpu": { "use": "preferred", "memory_bytes": 8589934592 }, "runs": "together"
/// }"#;
/// let need: hwprobe::StageNeed = serde_json::from_str(text)?;
/// assert_eq!(need.gpu, hwprobe::GpuNeed::Preferred { memory_bytes: 8 << 30 });
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageNeed {
    /// Its name, unlike those of the other stages.
    pub name: String,
    /// The threads that it needs at least, 1 or more.
    pub min_threads: usize,
    /// The threads that it can make use of, `min_threads` or more. Memory is shared by what all of them would take.
    pub max_threads: usize,
    /// The main memory that it takes whatever the number of its threads, and whatever its device.
    pub memory_bytes: u64,
    /// The main memory that each of its threads adds.
    pub memory_per_thread_bytes: u64,
    /// What it can do with a GPU.
    pub gpu: GpuNeed,
    /// In whose company it runs.
    pub runs: Runs,
}

/// What a stage can do with a GPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "use", rename_all = "snake_case", deny_unknown_fields)]
pub enum GpuNeed {
    /// Nothing.
    Never,
    /// It computes there if it can, else on the CPU.
    Preferred {
        /// The memory that it takes on the GPU.
        memory_bytes: u64,
    },
    /// It computes only there.
    Required {
        /// The memory that it takes on the GPU.
        memory_bytes: u64,
    },
}

/// In whose company a stage runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Runs {
    /// While no other stage does.
    Alone,
    /// At the same time as all others that run together.
    Together,
}

impl StageNeed {
    /// The main memory that it takes with this many threads, in bytes; at most `u64::MAX`, which no machine has.
    pub(super) fn memory_with(&self, threads: usize) -> u64 {
        self.memory_bytes.saturating_add(self.memory_per_thread_bytes.saturating_mul(threads as u64))
    }

    /// The most threads that can do with this much main memory, which must be enough for the least number.
    pub(super) fn threads_within(&self, memory_bytes: u64) -> usize {
        let for_threads = memory_bytes.saturating_sub(self.memory_bytes);
        let threads = for_threads.checked_div(self.memory_per_thread_bytes);
        threads.and_then(|threads| usize::try_from(threads).ok()).map_or(self.max_threads, |n| n.min(self.max_threads))
    }
}

pub(super) fn check(stages: &[StageNeed]) -> Result<(), Error> {
    for (place, need) in stages.iter().enumerate() {
        let fails = |problem| Err(Error::Need { stage: need.name.clone(), problem });
        if need.min_threads == 0 {
            return fails("needs 0 threads and must need 1 at least");
        }
        if need.min_threads > need.max_threads {
            return fails("needs more threads than it can make use of");
        }
        if stages[..place].iter().any(|earlier| earlier.name == need.name) {
            return fails("has the name of an earlier stage");
        }
    }
    Ok(())
}
