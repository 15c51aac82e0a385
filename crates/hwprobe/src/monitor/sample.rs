use std::time::Duration;

use serde::{Serialize, Serializer};

use super::disk::is_made_of_disks;
use super::{MemoryUse, Snapshot};
use crate::{Error, GpuFault, GpuLoad};

/// How busy a machine was between two moments.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sample {
    /// The earlier moment, by the caller's clock; in JSON `from_seconds`.
    #[serde(rename = "from_seconds", serialize_with = "seconds")]
    pub from: Duration,
    /// The later moment, by the caller's clock; in JSON `until_seconds`.
    #[serde(rename = "until_seconds", serialize_with = "seconds")]
    pub until: Duration,
    /// The hardware threads that ran at both moments, by number.
    pub cpus: Vec<CpuLoad>,
    /// The part of their time that all these threads together were at work, 0 to 1; `None` as in [`CpuLoad`].
    pub busy_fraction: Option<f64>,
    /// The main memory at the later moment.
    pub memory: MemoryUse,
    /// The disks that were there at both moments.
    pub disks: Vec<DiskRate>,
    /// The network interfaces that were there at both moments.
    pub networks: Vec<NetworkRate>,
    /// This process; `None` where the kernel did not tell of it at both moments.
    pub process: Option<ProcessLoad>,
    /// The GPUs that answered at the later moment, by index.
    pub gpus: Vec<GpuLoad>,
    /// The GPUs that did not.
    pub gpu_faults: Vec<GpuFault>,
}

fn seconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}

/// How busy a hardware thread was.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CpuLoad {
    /// Its number, from 0.
    pub index: u32,
    /// The part of its time that it was at work, 0 to 1. `None` if no tick of the kernel's clock lies between the
    /// moments, or if a count went back, as the kernel's count of waiting may.
    pub busy_fraction: Option<f64>,
}

/// How much went from and to a disk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DiskRate {
    /// Its name, such as `nvme0n1`.
    pub name: String,
    /// Bytes read in a second.
    pub read_bytes_per_second: f64,
    /// Bytes written in a second.
    pub written_bytes_per_second: f64,
}

/// How much came and went through a network interface.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NetworkRate {
    /// Its name, such as `eth0`.
    pub name: String,
    /// Bytes that came in, in a second.
    pub received_bytes_per_second: f64,
    /// Bytes that went out, in a second.
    pub sent_bytes_per_second: f64,
}

/// How busy this process was.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ProcessLoad {
    /// CPU time for each second, in CPUs: 1.5 if one thread always and another half of the time was at work.
    pub busy_cpus: f64,
    /// The main memory that it held at the later moment.
    pub memory_bytes: u64,
    /// Its threads at the later moment.
    pub threads: usize,
    /// Bytes that disks had to read for it in a second; `None` where the kernel does not tell.
    pub read_bytes_per_second: Option<f64>,
    /// Bytes that it gave to be written to disks in a second; `None` where the kernel does not tell.
    pub written_bytes_per_second: Option<f64>,
}

impl Sample {
    /// What happened between two snapshots.
    ///
    /// What is in only one of them is left out, and so is a disk or network interface whose count went back: it is
    /// another one of the same name.
    ///
    /// # Errors
    /// [`Error::Order`] if `after` is not later than `before`.
    pub fn between(before: &Snapshot, after: &Snapshot) -> Result<Self, Error> {
        let seconds = match after.at.checked_sub(before.at) {
            Some(elapsed) if !elapsed.is_zero() => elapsed.as_secs_f64(),
            _ => return Err(Error::Order { before: before.at, after: after.at }),
        };
        let rate = |bytes: u64| bytes as f64 / seconds;
        let ticks = ticks(before, after);
        let all =
            ticks.iter().try_fold((0, 0), |sum, (_, ticks)| ticks.map(|(busy, idle)| (sum.0 + busy, sum.1 + idle)));
        let disks = disk_bytes(before, after).into_iter().map(|(name, [read, written])| DiskRate {
            name: name.to_owned(),
            read_bytes_per_second: rate(read),
            written_bytes_per_second: rate(written),
        });
        let networks = network_bytes(before, after).into_iter().map(|(name, [received, sent])| NetworkRate {
            name: name.to_owned(),
            received_bytes_per_second: rate(received),
            sent_bytes_per_second: rate(sent),
        });
        Ok(Self {
            from: before.at,
            until: after.at,
            cpus: ticks.iter().map(|&(index, ticks)| CpuLoad { index, busy_fraction: fraction(ticks) }).collect(),
            busy_fraction: fraction(all),
            memory: after.memory,
            disks: disks.collect(),
            networks: networks.collect(),
            process: process(before, after, seconds),
            gpus: after.gpus.clone(),
            gpu_faults: after.gpu_faults.clone(),
        })
    }

    /// Bytes read from and written to all disks in a second. Disks that are made of other disks (`dm-0`, `md0`) are
    /// not counted beside those.
    pub fn disk_bytes_per_second(&self) -> (f64, f64) {
        let has_whole = self.disks.iter().any(|disk| !is_made_of_disks(&disk.name));
        let counted = self.disks.iter().filter(|disk| !(has_whole && is_made_of_disks(&disk.name)));
        counted.fold((0.0, 0.0), |(read, written), disk| {
            (read + disk.read_bytes_per_second, written + disk.written_bytes_per_second)
        })
    }

    /// Bytes that came in and went out through all network interfaces in a second. Interfaces that stand on others, as
    /// bridges do, count beside those.
    pub fn network_bytes_per_second(&self) -> (f64, f64) {
        self.networks.iter().fold((0.0, 0.0), |(received, sent), network| {
            (received + network.received_bytes_per_second, sent + network.sent_bytes_per_second)
        })
    }
}

/// What was read from and written to each disk that both know and whose counts did not go back.
pub(crate) fn disk_bytes<'a>(before: &Snapshot, after: &'a Snapshot) -> Vec<(&'a str, [u64; 2])> {
    let bytes = after.disks.iter().filter_map(|disk| {
        let known = before.disks.iter().find(|known| known.name == disk.name)?;
        let read = disk.read_bytes.checked_sub(known.read_bytes)?;
        Some((&*disk.name, [read, disk.written_bytes.checked_sub(known.written_bytes)?]))
    });
    bytes.collect()
}

/// What came and went through each network interface that both know and whose counts did not go back.
pub(crate) fn network_bytes<'a>(before: &Snapshot, after: &'a Snapshot) -> Vec<(&'a str, [u64; 2])> {
    let bytes = after.networks.iter().filter_map(|network| {
        let known = before.networks.iter().find(|known| known.name == network.name)?;
        let received = network.received_bytes.checked_sub(known.received_bytes)?;
        Some((&*network.name, [received, network.sent_bytes.checked_sub(known.sent_bytes)?]))
    });
    bytes.collect()
}

fn process(before: &Snapshot, after: &Snapshot, seconds: f64) -> Option<ProcessLoad> {
    let (before, after) = (before.process?, after.process?);
    let rate = |before: Option<u64>, after: Option<u64>| Some(after?.checked_sub(before?)? as f64 / seconds);
    Some(ProcessLoad {
        busy_cpus: after.cpu_time.checked_sub(before.cpu_time)?.as_secs_f64() / seconds,
        memory_bytes: after.memory_bytes,
        threads: after.threads,
        read_bytes_per_second: rate(before.read_bytes, after.read_bytes),
        written_bytes_per_second: rate(before.written_bytes, after.written_bytes),
    })
}

/// The ticks at work and without work of each thread, `None` if a count went back.
pub(crate) fn ticks(before: &Snapshot, after: &Snapshot) -> Vec<(u32, Option<(u64, u64)>)> {
    let ticks = after.cpus.iter().filter_map(|cpu| {
        let known = before.cpus.iter().find(|known| known.index == cpu.index)?;
        let (busy, idle) = (cpu.busy_ticks.checked_sub(known.busy_ticks), cpu.idle_ticks.checked_sub(known.idle_ticks));
        Some((cpu.index, busy.zip(idle)))
    });
    ticks.collect()
}

fn fraction(ticks: Option<(u64, u64)>) -> Option<f64> {
    let (busy, idle) = ticks?;
    let all = busy as f64 + idle as f64;
    (all > 0.0).then(|| busy as f64 / all)
}

/// Samples between each snapshot and the next. The caller's iterator decides when they are taken, and waits.
///
/// ```no_run
/// use std::time::{Duration, Instant};
///
/// use hwprobe::{Monitor, Samples};
///
/// let (monitor, start) = (Monitor::open(), Instant::now());
/// let snapshots = std::iter::repeat_with(|| {
///     std::thread::sleep(Duration::from_secs(1));
///     monitor.snapshot(start.elapsed())
/// });
/// for sample in Samples::new(snapshots).take(10) {
///     println!("{:?}", sample?.busy_fraction);
/// }
/// # Ok::<(), hwprobe::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Samples<I> {
    snapshots: I,
    before: Option<Snapshot>,
}

impl<I: Iterator<Item = Result<Snapshot, Error>>> Samples<I> {
    /// Samples of these snapshots: one fewer than there are.
    ///
    /// A snapshot that is an error is handed on in place of a sample; the next sample reaches back before it.
    pub fn new(snapshots: I) -> Self {
        Self { snapshots, before: None }
    }
}

impl<I: Iterator<Item = Result<Snapshot, Error>>> Iterator for Samples<I> {
    type Item = Result<Sample, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let after = match self.snapshots.next()? {
                Ok(after) => after,
                Err(error) => return Some(Err(error)),
            };
            if let Some(before) = self.before.replace(after.clone()) {
                return Some(Sample::between(&before, &after));
            }
        }
    }
}
