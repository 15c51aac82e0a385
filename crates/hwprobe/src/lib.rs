//! What a program may use of its machine: CPU, memory, disks and GPU, who gets how much of it, and how busy it is.
//!
//! [`probe`] tells what is there and what of it this process may use: the threads after affinity and cgroup quota,
//! the memory under a cgroup limit. A machine without a GPU is a normal machine: [`Gpus::None`] says why there is none.
//!
//! ```
//! let machine = hwprobe::probe()?;
//! println!("{machine}");
//! assert!(machine.cpu.usable_threads >= 1 && machine.cpu.usable_threads <= machine.cpu.logical_threads);
//! # Ok::<(), hwprobe::Error>(())
//! ```
//!
//! [`plan`] shares the machine's [`Resources`] out among the stages of a program. [`Snapshot`] and [`Sample`] tell how
//! busy it is over time; the clock and the waiting are the caller's.
//!
//! Not here: temperatures, the speed of disks, load of GPUs, GPUs of other makers than NVIDIA. Limits, topology and
//! load are read on Linux only; elsewhere there are no limits and no topology, and a snapshot is an error. No features.
#![forbid(unsafe_code)]

mod cpu;
mod disk;
mod error;
mod files;
mod gpu;
mod limits;
mod machine;
mod memory;
mod monitor;
mod plan;
mod table;
mod topology;

pub use crate::cpu::Cpu;
pub use crate::disk::{Disk, DiskKind};
pub use crate::error::{Error, Shortage};
pub use crate::gpu::{Gpu, Gpus};
pub use crate::limits::{
    Cgroup, CgroupMount, Limits, cpu_list_len, parse_cgroups, parse_cpu_max, parse_cpu_quota, parse_memory_limit,
    parse_mounts,
};
pub use crate::machine::{Machine, Os, probe};
pub use crate::memory::Memory;
pub use crate::monitor::{
    CpuLoad, CpuTimes, DiskCounts, DiskRate, MemoryUse, NetworkCounts, NetworkRate, Sample, Samples, Snapshot,
    parse_cpu_times, parse_disk_counts, parse_memory_use, parse_network_counts,
};
pub use crate::plan::{CpuReason, Device, GpuMemory, GpuNeed, Plan, Resources, Runs, StageNeed, StagePlan, plan};
pub use crate::topology::{Cache, CacheKind, NumaNode, Topology, parse_cache_size, parse_node_memory};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
