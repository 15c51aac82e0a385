//! How busy a machine is over time, on Linux.

mod cpu;
mod disk;
mod memory;
mod network;
mod sample;

use std::path::Path;
use std::time::Duration;

pub use self::cpu::{CpuTimes, parse_cpu_times};
pub use self::disk::{DiskCounts, parse_disk_counts};
pub use self::memory::{MemoryUse, parse_memory_use};
pub use self::network::{NetworkCounts, parse_network_counts};
pub use self::sample::{CpuLoad, DiskRate, NetworkRate, Sample, Samples};
use crate::Error;
use crate::files::{in_file, read};

/// What the kernel has counted up to a moment. Two of them make a [`Sample`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// When it was taken: the time since any fixed moment, by a clock that never goes back.
    pub at: Duration,
    /// The time of each hardware thread that is running, by number.
    pub cpus: Vec<CpuTimes>,
    /// The main memory.
    pub memory: MemoryUse,
    /// Whole disks, in the kernel's order.
    pub disks: Vec<DiskCounts>,
    /// Network interfaces, in the kernel's order.
    pub networks: Vec<NetworkCounts>,
}

impl Snapshot {
    /// Takes one from the file system at `root`, `/` for the real one; `at` is the caller's time of doing so.
    ///
    /// Reads `proc/stat`, `proc/meminfo`, `proc/diskstats` and `proc/net/dev`. They show the whole machine, in most
    /// containers too; the networks are those that this process sees.
    ///
    /// # Errors
    /// [`Error::Io`] for a file that cannot be read, as on systems other than Linux; [`Error::File`] for one without
    /// its documented form.
    pub fn read(root: &Path, at: Duration) -> Result<Self, Error> {
        Ok(Self {
            at,
            cpus: parsed(root, "proc/stat", parse_cpu_times)?,
            memory: parsed(root, "proc/meminfo", parse_memory_use)?,
            disks: parsed(root, "proc/diskstats", parse_disk_counts)?,
            networks: parsed(root, "proc/net/dev", parse_network_counts)?,
        })
    }
}

fn parsed<T>(root: &Path, name: &str, parse: fn(&str) -> Result<T, Error>) -> Result<T, Error> {
    let path = root.join(name);
    parse(&read(&path)?).map_err(in_file(&path))
}

/// The words of a line as counts, `None` if one is not.
fn counts(words: &[&str]) -> Option<Vec<u64>> {
    words.iter().map(|word| word.parse().ok()).collect()
}
