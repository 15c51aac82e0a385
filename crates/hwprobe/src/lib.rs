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
//! [`plan`] shares the machine's [`Resources`] out among the stages of a program. [`Recorder`] watches the machine
//! while they run and gives the [`Utilisation`] of each. [`Monitor`], [`Snapshot`] and [`Sample`] tell how busy it is
//! over time; the clock and the waiting are the caller's. [`measure_disk`] measures a disk on request.
//!
//! Not here: GPUs of other makers than NVIDIA, sensors other than those of GPUs, other processes. Limits, topology and
//! load are read on Linux only; elsewhere there are no limits and no topology, and a snapshot is an error. What is read
//! from GPUs is tested with a stand-in for their driver and untested on a GPU. No features.
#![forbid(unsafe_code)]

mod clock;
mod cpu;
mod disk;
mod disk_speed;
mod error;
mod files;
mod gpu;
mod limits;
mod machine;
mod memory;
mod monitor;
mod plan;
mod recorder;
mod table;
mod topology;

pub use crate::cpu::{Cpu, parse_cpu_model};
pub use crate::disk::{Disk, DiskKind};
pub use crate::disk_speed::{DiskSpeed, measure_disk};
pub use crate::error::{Error, Shortage};
pub use crate::gpu::{Gpu, GpuFault, GpuLoad, Gpus, NoGpu};
pub use crate::limits::{
    Cgroup, CgroupMount, Limits, cpu_list_len, parse_cgroups, parse_cpu_max, parse_cpu_quota, parse_memory_limit,
    parse_memory_stat, parse_mounts,
};
pub use crate::machine::{Machine, Os, parse_os_name, probe};
pub use crate::memory::Memory;
pub use crate::monitor::{
    CpuLoad, CpuTimes, DiskCounts, DiskRate, MemoryUse, Monitor, NetworkCounts, NetworkRate, ProcessCounts,
    ProcessLoad, Sample, Samples, Snapshot, parse_cpu_times, parse_disk_counts, parse_memory_use, parse_network_counts,
    parse_process_io, parse_process_status, parse_process_ticks,
};
pub use crate::plan::{CpuReason, Device, GpuMemory, GpuNeed, Plan, Resources, Runs, StageNeed, StagePlan, plan};
pub use crate::recorder::{
    BytesMoved, CpuUtilisation, GpuUtilisation, MemoryUtilisation, ProcessUtilisation, Recorder, Summary, Utilisation,
};
pub use crate::topology::{Cache, CacheKind, NumaNode, Topology, parse_cache_size, parse_node_memory};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
