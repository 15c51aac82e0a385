//! How busy a machine is over time, on Linux.

mod cpu;
mod disk;
mod memory;
mod network;
mod process;
mod sample;
mod snapshot;

pub use self::cpu::{CpuTimes, parse_cpu_times};
pub use self::disk::{DiskCounts, parse_disk_counts};
pub use self::memory::{MemoryUse, parse_memory_use};
pub use self::network::{NetworkCounts, parse_network_counts};
pub use self::process::{ProcessCounts, parse_process_io, parse_process_status, parse_process_ticks};
pub use self::sample::{CpuLoad, DiskRate, NetworkRate, ProcessLoad, Sample, Samples};
pub(crate) use self::sample::{disk_bytes, network_bytes, ticks};
pub use self::snapshot::{Monitor, Snapshot};

/// The words of a line as counts, `None` if one is not.
fn counts(words: &[&str]) -> Option<Vec<u64>> {
    words.iter().map(|word| word.parse().ok()).collect()
}
