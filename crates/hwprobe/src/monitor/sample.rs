use std::time::Duration;

use serde::Serialize;

use super::{MemoryUse, Snapshot};
use crate::Error;

/// How busy a machine was between two moments.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sample {
    /// The earlier moment, by the caller's clock.
    pub from: Duration,
    /// The later moment, by the caller's clock.
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
        let rate = |before: u64, after: u64| Some(after.checked_sub(before)? as f64 / seconds);
        let ticks = ticks(before, after);
        let all =
            ticks.iter().try_fold((0, 0), |sum, (_, ticks)| ticks.map(|(busy, idle)| (sum.0 + busy, sum.1 + idle)));
        let disks = after.disks.iter().filter_map(|disk| {
            let known = before.disks.iter().find(|known| known.name == disk.name)?;
            Some(DiskRate {
                name: disk.name.clone(),
                read_bytes_per_second: rate(known.read_bytes, disk.read_bytes)?,
                written_bytes_per_second: rate(known.written_bytes, disk.written_bytes)?,
            })
        });
        let networks = after.networks.iter().filter_map(|network| {
            let known = before.networks.iter().find(|known| known.name == network.name)?;
            Some(NetworkRate {
                name: network.name.clone(),
                received_bytes_per_second: rate(known.received_bytes, network.received_bytes)?,
                sent_bytes_per_second: rate(known.sent_bytes, network.sent_bytes)?,
            })
        });
        Ok(Self {
            from: before.at,
            until: after.at,
            cpus: ticks.iter().map(|&(index, ticks)| CpuLoad { index, busy_fraction: fraction(ticks) }).collect(),
            busy_fraction: fraction(all),
            memory: after.memory,
            disks: disks.collect(),
            networks: networks.collect(),
        })
    }
}

/// The ticks at work and without work of each thread, `None` if a count went back.
fn ticks(before: &Snapshot, after: &Snapshot) -> Vec<(u32, Option<(u64, u64)>)> {
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
/// use std::path::Path;
/// use std::time::{Duration, Instant};
///
/// use hwprobe::{Samples, Snapshot};
///
/// let start = Instant::now();
/// let snapshots = std::iter::repeat_with(|| {
///     std::thread::sleep(Duration::from_secs(1));
///     Snapshot::read(Path::new("/"), start.elapsed())
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
