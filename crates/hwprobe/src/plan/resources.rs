use serde::Serialize;

use crate::{Gpus, Machine};

/// What of a machine can be given to the stages of a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resources {
    /// Threads that can be kept busy.
    pub threads: usize,
    /// Main memory.
    pub memory_bytes: u64,
    /// GPUs, in the order in which they are given out.
    pub gpus: Vec<GpuMemory>,
}

/// A GPU as something to be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct GpuMemory {
    /// Its number in the driver, from 0.
    pub index: u32,
    /// Its memory.
    pub memory_bytes: u64,
}

const MIB: u64 = 1 << 20;

impl Resources {
    /// What is left for a program when the system has its reserve:
    ///
    /// - of 8 threads or more, one;
    /// - of main memory an eighth, 256 MiB at least and 8 GiB at most;
    /// - of each GPU's memory a sixteenth, 256 MiB at least and 1 GiB at most, which the driver and a screen take.
    ///
    /// ```
    /// let container = hwprobe::Resources { threads: 2, memory_bytes: 2 << 30, gpus: vec![] };
    /// let budget = container.budget();
    /// assert_eq!((budget.threads, budget.memory_bytes), (2, (2 << 30) - (256 << 20)));
    /// ```
    #[must_use]
    pub fn budget(&self) -> Self {
        let less = |bytes: u64, part: u64, most: u64| bytes.saturating_sub((bytes / part).clamp(256 * MIB, most));
        let gpu = |gpu: &GpuMemory| GpuMemory { memory_bytes: less(gpu.memory_bytes, 16, 1024 * MIB), ..*gpu };
        Self {
            threads: self.threads - usize::from(self.threads >= 8),
            memory_bytes: less(self.memory_bytes, 8, 8192 * MIB),
            gpus: self.gpus.iter().map(gpu).collect(),
        }
    }
}

impl Machine {
    /// What of it can be given out now: the usable threads; the main memory that is available, or what the control
    /// group's limit leaves of it; the free memory of each GPU that answers.
    pub fn resources(&self) -> Resources {
        let gpus = match &self.gpus {
            Gpus::Found { gpus, .. } => gpus.as_slice(),
            Gpus::None { .. } | Gpus::Failed { .. } => &[],
        };
        Resources {
            threads: self.cpu.usable_threads,
            memory_bytes: self.memory.ceiling_bytes().min(self.memory.left_bytes()),
            gpus: gpus.iter().map(|gpu| GpuMemory { index: gpu.index, memory_bytes: gpu.memory_free_bytes }).collect(),
        }
    }
}
