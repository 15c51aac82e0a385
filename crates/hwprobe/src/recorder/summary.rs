use std::time::Duration;

use super::utilisation::{
    BytesMoved, CpuUtilisation, GpuUtilisation, MemoryUtilisation, ProcessUtilisation, Utilisation,
};
use crate::monitor::{disk_bytes, network_bytes, ticks};
use crate::{Error, GpuLoad, Sample, Snapshot};

/// Adds snapshots up to a [`Utilisation`]: what [`Recorder`](super::Recorder) does, for callers with a clock and a
/// thread of their own. Its size does not grow with the number of snapshots.
///
/// ```
/// use std::path::Path;
/// use std::time::Duration;
///
/// use hwprobe::{Snapshot, Summary};
///
/// let mut summary = Summary::new(Snapshot::read(Path::new("/"), Duration::ZERO)?, Duration::ZERO);
/// summary.add(Snapshot::read(Path::new("/"), Duration::from_secs(1))?)?;
/// let utilisation = summary.utilisation("nothing");
/// assert_eq!((utilisation.seconds, utilisation.n_samples), (1.0, 1));
/// # Ok::<(), hwprobe::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Summary {
    shortest: Duration,
    first: Snapshot,
    last: Snapshot,
    n_samples: usize,
    busy_ticks: u64,
    idle_ticks: u64,
    disk: BytesMoved,
    network: BytesMoved,
    max_used_bytes: u64,
    max_process_bytes: u64,
    peaks: Peaks,
    gpus: Vec<GpuSums>,
}

/// The maxima of rates, and whether they are over samples that are long enough.
#[derive(Clone, Copy, Debug, Default)]
struct Peaks {
    is_long: bool,
    cpu_fraction: Option<f64>,
    process_cpus: Option<f64>,
}

impl Summary {
    /// Begins with a snapshot. Pieces shorter than `shortest` count in totals and means but in no maximum of a rate,
    /// which would be that of the kernel's steps, unless all pieces are that short.
    pub fn new(first: Snapshot, shortest: Duration) -> Self {
        let process_bytes = first.process.map_or(0, |process| process.memory_bytes);
        Self {
            shortest,
            last: first.clone(),
            n_samples: 0,
            busy_ticks: 0,
            idle_ticks: 0,
            disk: BytesMoved::default(),
            network: BytesMoved::default(),
            max_used_bytes: first.memory.used_bytes(),
            max_process_bytes: process_bytes,
            peaks: Peaks::default(),
            gpus: vec![],
            first,
        }
    }

    /// Adds what happened since the snapshot before.
    ///
    /// # Errors
    /// [`Error::Order`] if it is not later than that; it is left out then.
    pub fn add(&mut self, snapshot: Snapshot) -> Result<(), Error> {
        let sample = Sample::between(&self.last, &snapshot)?;
        let elapsed = sample.until.saturating_sub(sample.from);
        self.n_samples += 1;
        for (_, ticks) in ticks(&self.last, &snapshot) {
            let (busy, idle) = ticks.unwrap_or_default();
            self.busy_ticks += busy;
            self.idle_ticks += idle;
        }
        self.disk.add(disk_bytes(&self.last, &snapshot).into_iter().filter(|(name, _)| snapshot.counts_disk(name)));
        self.network.add(network_bytes(&self.last, &snapshot).into_iter());
        self.max_used_bytes = self.max_used_bytes.max(sample.memory.used_bytes());
        self.max_process_bytes = self.max_process_bytes.max(snapshot.process.map_or(0, |process| process.memory_bytes));
        self.peaks.add(&sample, elapsed >= self.shortest);
        for load in &sample.gpus {
            let place = self.gpus.partition_point(|gpu| gpu.index < load.index);
            if self.gpus.get(place).is_none_or(|gpu| gpu.index != load.index) {
                self.gpus.insert(place, GpuSums::new(load));
            }
            self.gpus[place].add(load, elapsed.as_secs_f64());
        }
        self.last = snapshot;
        Ok(())
    }

    /// What was added up so far, under the name of what was done.
    pub fn utilisation(&self, name: &str) -> Utilisation {
        let seconds = self.last.at.saturating_sub(self.first.at).as_secs_f64();
        let ticks = self.busy_ticks + self.idle_ticks;
        Utilisation {
            name: name.to_owned(),
            seconds,
            n_samples: self.n_samples,
            cpu: CpuUtilisation {
                threads: self.last.cpus.len(),
                mean_fraction: (ticks > 0).then(|| self.busy_ticks as f64 / ticks as f64),
                max_fraction: self.peaks.cpu_fraction,
            },
            memory: MemoryUtilisation {
                total_bytes: self.last.memory.total_bytes,
                max_used_bytes: self.max_used_bytes,
            },
            process: self.process(seconds),
            disk: self.disk,
            network: self.network,
            gpus: self.gpus.iter().map(GpuSums::utilisation).collect(),
        }
    }

    fn process(&self, seconds: f64) -> Option<ProcessUtilisation> {
        let (first, last) = (self.first.process?, self.last.process?);
        let cpu_seconds = last.cpu_time.saturating_sub(first.cpu_time).as_secs_f64();
        // The kernel keeps the peak since the start of the process: if it rose, it rose in this while.
        let has_new_peak = last.memory_peak_bytes > first.memory_peak_bytes;
        let bytes = |before: Option<u64>, after: Option<u64>| after?.checked_sub(before?);
        let disk = bytes(first.read_bytes, last.read_bytes).zip(bytes(first.written_bytes, last.written_bytes));
        Some(ProcessUtilisation {
            cpu_seconds,
            mean_cpus: (seconds > 0.0).then(|| cpu_seconds / seconds),
            max_cpus: self.peaks.process_cpus,
            max_memory_bytes: if has_new_peak { last.memory_peak_bytes } else { self.max_process_bytes },
            disk: disk.map(|(read_bytes, written_bytes)| BytesMoved { read_bytes, written_bytes }),
        })
    }

    /// Hands out what was added up and begins anew where it ends.
    pub(super) fn begin_next(&mut self) -> Self {
        let next = Self::new(self.last.clone(), self.shortest);
        std::mem::replace(self, next)
    }
}

impl BytesMoved {
    fn add<'a>(&mut self, moved: impl Iterator<Item = (&'a str, [u64; 2])>) {
        for (_, [read, written]) in moved {
            self.read_bytes += read;
            self.written_bytes += written;
        }
    }
}

impl Peaks {
    fn add(&mut self, sample: &Sample, is_long: bool) {
        if is_long && !self.is_long {
            *self = Self { is_long, ..Self::default() };
        }
        if is_long == self.is_long {
            self.cpu_fraction = larger(self.cpu_fraction, sample.busy_fraction);
            self.process_cpus = larger(self.process_cpus, sample.process.map(|process| process.busy_cpus));
        }
    }
}

/// The larger of those that are there.
fn larger(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    [a, b].into_iter().flatten().reduce(f64::max)
}

/// What is added up of a GPU.
#[derive(Clone, Copy, Debug)]
struct GpuSums {
    index: u32,
    memory_total_bytes: u64,
    max_memory_bytes: u64,
    max_temperature_celsius: Option<u32>,
    busy: Mean,
    power: Mean,
}

/// A mean by time, and the largest value.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    sum: f64,
    seconds: f64,
    max: Option<f64>,
}

impl Mean {
    fn add(&mut self, value: Option<f64>, seconds: f64) {
        if let Some(value) = value {
            self.sum += value * seconds;
            self.seconds += seconds;
            self.max = larger(self.max, Some(value));
        }
    }

    fn value(self) -> Option<f64> {
        (self.seconds > 0.0).then(|| self.sum / self.seconds)
    }
}

impl GpuSums {
    fn new(load: &GpuLoad) -> Self {
        Self {
            index: load.index,
            memory_total_bytes: load.memory_total_bytes,
            max_memory_bytes: 0,
            max_temperature_celsius: None,
            busy: Mean::default(),
            power: Mean::default(),
        }
    }

    fn add(&mut self, load: &GpuLoad, seconds: f64) {
        self.max_memory_bytes = self.max_memory_bytes.max(load.memory_used_bytes);
        self.max_temperature_celsius = self.max_temperature_celsius.max(load.temperature_celsius);
        self.busy.add(load.busy_fraction, seconds);
        self.power.add(load.power_watts, seconds);
    }

    fn utilisation(&self) -> GpuUtilisation {
        GpuUtilisation {
            index: self.index,
            mean_fraction: self.busy.value(),
            max_fraction: self.busy.max,
            memory_total_bytes: self.memory_total_bytes,
            max_memory_bytes: self.max_memory_bytes,
            max_temperature_celsius: self.max_temperature_celsius,
            mean_power_watts: self.power.value(),
            max_power_watts: self.power.max,
        }
    }
}
