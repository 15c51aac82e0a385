//! What a program may use of its machine: CPU, memory, disks and GPU.
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
//! Not here: load over time, temperatures, plans of workers and memory, GPUs of other makers than NVIDIA. Limits are
//! read on Linux; elsewhere there are none. No features.
#![forbid(unsafe_code)]

mod cpu;
mod disk;
mod error;
mod gpu;
mod limits;
mod machine;
mod memory;
mod table;

pub use crate::cpu::Cpu;
pub use crate::disk::{Disk, DiskKind};
pub use crate::error::Error;
pub use crate::gpu::{Gpu, Gpus};
pub use crate::limits::{
    Cgroup, CgroupMount, Limits, cpu_list_len, parse_cgroups, parse_cpu_max, parse_cpu_quota, parse_memory_limit,
    parse_mounts,
};
pub use crate::machine::{Machine, Os, probe};
pub use crate::memory::Memory;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
