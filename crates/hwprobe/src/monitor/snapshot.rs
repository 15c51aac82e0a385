use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::disk::is_made_of_disks;
use super::{
    CpuTimes, DiskCounts, MemoryUse, NetworkCounts, ProcessCounts, parse_cpu_times, parse_disk_counts,
    parse_memory_use, parse_network_counts,
};
use crate::files::{in_file, read};
use crate::gpu::{self, Driver, read_loads};
use crate::{Error, GpuFault, GpuLoad};

/// What the kernel has counted up to a moment. Two of them make a [`Sample`](crate::Sample).
#[derive(Clone, Debug, PartialEq)]
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
    /// This process; `None` where its files are not there.
    pub process: Option<ProcessCounts>,
    /// The GPUs that answered, by index.
    pub gpus: Vec<GpuLoad>,
    /// The GPUs that did not.
    pub gpu_faults: Vec<GpuFault>,
}

impl Snapshot {
    /// Takes one from the file system at `root`, `/` for the real one; `at` is the caller's time of doing so. GPUs
    /// are not files: [`Monitor::snapshot`] has them too.
    ///
    /// Reads `proc/stat`, `proc/meminfo`, `proc/diskstats` and `proc/net/dev`. They show the whole machine, in most
    /// containers too; the networks are those that this process sees. `proc/self` shows this process.
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
            process: process(root)?,
            gpus: vec![],
            gpu_faults: vec![],
        })
    }
}

impl Snapshot {
    /// Whether a disk counts in a sum: one that is made of other disks does not beside those.
    pub(crate) fn counts_disk(&self, name: &str) -> bool {
        !is_made_of_disks(name) || self.disks.iter().all(|disk| is_made_of_disks(&disk.name))
    }
}

fn parsed<T>(root: &Path, name: &str, parse: fn(&str) -> Result<T, Error>) -> Result<T, Error> {
    let path = root.join(name);
    parse(&read(&path)?).map_err(in_file(&path))
}

#[cfg(target_os = "linux")]
fn process(root: &Path) -> Result<Option<ProcessCounts>, Error> {
    use std::io::ErrorKind;

    use super::{parse_process_io, parse_process_status, parse_process_ticks};
    use crate::files::read_if_there;

    let path = |name: &str| root.join("proc/self").join(name);
    let (stat, status, io) = (path("stat"), path("status"), path("io"));
    let (Some(stat_text), Some(status_text)) = (read_if_there(&stat)?, read_if_there(&status)?) else {
        return Ok(None);
    };
    // A hardened kernel keeps the counts of bytes from the process itself.
    let io_text = match read_if_there(&io) {
        Err(Error::Io { source, .. }) if source.kind() == ErrorKind::PermissionDenied => None,
        text => text?,
    };
    let number = |key| parse_process_status(&status_text, key).map_err(in_file(&status));
    let bytes = |key| io_text.as_ref().map(|text| parse_process_io(text, key).map_err(in_file(&io))).transpose();
    let ticks = parse_process_ticks(&stat_text).map_err(in_file(&stat))?;
    Ok(Some(ProcessCounts {
        cpu_time: Duration::from_secs_f64(ticks as f64 / rustix::param::clock_ticks_per_second() as f64),
        memory_bytes: number("VmRSS")?,
        memory_peak_bytes: number("VmHWM")?,
        threads: usize::try_from(number("Threads")?).unwrap_or(usize::MAX),
        read_bytes: bytes("read_bytes")?,
        written_bytes: bytes("write_bytes")?,
    }))
}

#[cfg(not(target_os = "linux"))]
fn process(_root: &Path) -> Result<Option<ProcessCounts>, Error> {
    Ok(None)
}

/// Takes snapshots with GPUs in them: it keeps the door to their driver open, which takes long to open.
///
/// ```
/// use std::time::{Duration, Instant};
///
/// let monitor = hwprobe::Monitor::open();
/// let start = Instant::now();
/// let before = monitor.snapshot(start.elapsed())?;
/// let work: u64 = (0..1_000_000).map(|n| n ^ 7).sum();
/// let after = monitor.snapshot(start.elapsed())?;
/// let sample = hwprobe::Sample::between(&before, &after)?;
/// assert!(work > 0 && sample.memory.used_bytes() > 0);
/// # Ok::<(), hwprobe::Error>(())
/// ```
pub struct Monitor {
    root: PathBuf,
    driver: Option<Box<dyn Driver>>,
}

impl Monitor {
    /// Of the machine that this process runs on. Without a GPU or its driver its snapshots show none:
    /// [`probe`](crate::probe) says why.
    pub fn open() -> Self {
        Self { root: PathBuf::from("/"), driver: gpu::open() }
    }

    #[cfg(test)]
    pub(crate) fn with(root: &Path, driver: Box<dyn Driver>) -> Self {
        Self { root: root.to_owned(), driver: Some(driver) }
    }

    /// Takes one; `at` is the caller's time of doing so.
    ///
    /// # Errors
    /// Those of [`Snapshot::read`]. A GPU that does not answer is no error but stands in
    /// [`gpu_faults`](Snapshot::gpu_faults).
    pub fn snapshot(&self, at: Duration) -> Result<Snapshot, Error> {
        let mut snapshot = Snapshot::read(&self.root, at)?;
        if let Some(driver) = &self.driver {
            (snapshot.gpus, snapshot.gpu_faults) = read_loads(&**driver);
        }
        Ok(snapshot)
    }
}

impl fmt::Debug for Monitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Monitor").field("root", &self.root).field("has_gpus", &self.driver.is_some()).finish()
    }
}
