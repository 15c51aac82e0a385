use std::fmt;

use serde::Serialize;

use super::{GpuMemory, GpuNeed, StageNeed};
use crate::table::bytes;
use crate::{Error, Shortage};

/// Where a stage computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Device {
    /// On a GPU.
    Gpu {
        /// The GPU's number in the driver.
        index: u32,
        /// The memory that the stage has there.
        memory_bytes: u64,
    },
    /// On the CPU.
    Cpu {
        /// Why not on a GPU.
        because: CpuReason,
    },
}

/// Why a stage computes on the CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CpuReason {
    /// It has no use for a GPU.
    NotAsked,
    /// There is no GPU.
    NoGpu,
    /// No GPU has the memory that the stage needs.
    GpuTooSmall {
        /// What it needs.
        needed_bytes: u64,
        /// What the largest GPU has, less the reserve for the system.
        largest_bytes: u64,
    },
    /// The GPUs were filled by stages that run at the same time and come before it.
    GpuTaken {
        /// What it needs.
        needed_bytes: u64,
    },
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gpu { index, memory_bytes } => write!(f, "GPU {index}, {}", bytes(*memory_bytes)),
            Self::Cpu { because } => write!(f, "CPU{because}"),
        }
    }
}

/// What follows the word CPU.
impl fmt::Display for CpuReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAsked => Ok(()),
            Self::NoGpu => write!(f, " (there is no GPU)"),
            Self::GpuTooSmall { needed_bytes, largest_bytes } => {
                write!(f, " (needs {} of GPU memory, the largest has {})", bytes(*needed_bytes), bytes(*largest_bytes))
            }
            Self::GpuTaken { needed_bytes } => {
                write!(f, " (needs {} of GPU memory, other stages hold it)", bytes(*needed_bytes))
            }
        }
    }
}

/// The device of each of `needs`, which run at the same time.
///
/// The sequence of stages does not depend on the GPUs, and none is passed over for a later one: so on larger GPUs the
/// stages that found room find it again.
pub(super) fn assign(gpus: &[GpuMemory], needs: &[&StageNeed]) -> Result<Vec<Device>, Error> {
    let mut devices = vec![Device::Cpu { because: CpuReason::NotAsked }; needs.len()];
    let mut sequence: Vec<(bool, u64, usize)> = needs.iter().enumerate().filter_map(wanting).collect();
    sequence.sort_unstable();
    let mut left = gpus.to_vec();
    let mut left = left.iter_mut().peekable();
    for (is_optional, needed_bytes, place) in sequence {
        while left.next_if(|gpu| gpu.memory_bytes < needed_bytes).is_some() {}
        devices[place] = match left.peek_mut() {
            Some(gpu) => {
                gpu.memory_bytes -= needed_bytes;
                Device::Gpu { index: gpu.index, memory_bytes: needed_bytes }
            }
            None if is_optional => Device::Cpu { because: reason(gpus, needed_bytes) },
            None => {
                let largest_bytes = gpus.iter().map(|gpu| gpu.memory_bytes).max();
                let missing = Shortage::Gpu { needed_bytes, largest_bytes };
                return Err(Error::DoesNotFit { stage: needs[place].name.clone(), missing });
            }
        };
    }
    Ok(devices)
}

/// Stages that require a GPU come first, the least need first.
fn wanting((place, need): (usize, &&StageNeed)) -> Option<(bool, u64, usize)> {
    match need.gpu {
        GpuNeed::Never => None,
        GpuNeed::Required { memory_bytes } => Some((false, memory_bytes, place)),
        GpuNeed::Preferred { memory_bytes } => Some((true, memory_bytes, place)),
    }
}

fn reason(gpus: &[GpuMemory], needed_bytes: u64) -> CpuReason {
    match gpus.iter().map(|gpu| gpu.memory_bytes).max() {
        None => CpuReason::NoGpu,
        Some(largest_bytes) if largest_bytes < needed_bytes => CpuReason::GpuTooSmall { needed_bytes, largest_bytes },
        Some(_) => CpuReason::GpuTaken { needed_bytes },
    }
}
