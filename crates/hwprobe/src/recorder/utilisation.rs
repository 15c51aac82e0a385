use serde::{Deserialize, Serialize};

/// What was made of a machine over a while, such as a stage of a program. Its `Display` is one line for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Utilisation {
    /// What was done, in the caller's words.
    pub name: String,
    /// How long it took.
    pub seconds: f64,
    /// The samples that the maxima are over. They see what lasts, and may miss a peak between two of them.
    pub n_samples: usize,
    /// The processors, by all programs of the machine.
    pub cpu: CpuUtilisation,
    /// The main memory, by all programs of the machine.
    pub memory: MemoryUtilisation,
    /// This process alone; `None` where the kernel does not tell.
    pub process: Option<ProcessUtilisation>,
    /// What all programs of the machine read from and wrote to disks. Disks that are made of other disks (`dm-0`,
    /// `md0`) are not counted beside those.
    pub disk: BytesMoved,
    /// What all programs of the machine received (read) and sent (written) through networks, `lo` left out.
    pub network: BytesMoved,
    /// The GPUs that ever answered, by index.
    pub gpus: Vec<GpuUtilisation>,
}

/// How busy the processors were.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CpuUtilisation {
    /// Hardware threads of the machine.
    pub threads: usize,
    /// The part of their time that all of them together were at work, 0 to 1. `None` if no tick of the kernel's clock,
    /// mostly 10 ms, lies in the while.
    pub mean_fraction: Option<f64>,
    /// The largest such part in a sample.
    pub max_fraction: Option<f64>,
}

/// How full the main memory was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemoryUtilisation {
    /// What the system manages.
    pub total_bytes: u64,
    /// The most that was used in a sample: what was not to be had without swapping.
    pub max_used_bytes: u64,
}

/// What this process took.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProcessUtilisation {
    /// CPU time of all its threads.
    pub cpu_seconds: f64,
    /// CPU time for each second, in CPUs; `None` if no time passed.
    pub mean_cpus: Option<f64>,
    /// The largest such number in a sample.
    pub max_cpus: Option<f64>,
    /// The most main memory that it held: exact if it never held as much before, else that of the samples.
    pub max_memory_bytes: u64,
    /// What disks had to read for it and what it gave to be written to them; `None` where the kernel does not tell.
    pub disk: Option<BytesMoved>,
}

/// Bytes that came and went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BytesMoved {
    /// Those that came.
    pub read_bytes: u64,
    /// Those that went.
    pub written_bytes: u64,
}

/// How busy a GPU was, by all programs. Each number is `None` if the GPU never told it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GpuUtilisation {
    /// Its number in the driver, from 0.
    pub index: u32,
    /// The part of the time in which it computed, 0 to 1: the mean of the samples by their length.
    pub mean_fraction: Option<f64>,
    /// The largest such part in a sample.
    pub max_fraction: Option<f64>,
    /// Its memory.
    pub memory_total_bytes: u64,
    /// The most of its memory that programs held in a sample.
    pub max_memory_bytes: u64,
    /// The highest temperature of its chip in a sample, in °C.
    pub max_temperature_celsius: Option<u32>,
    /// What it took in watts: the mean of the samples by their length.
    pub mean_power_watts: Option<f64>,
    /// The most that it took in a sample, in watts.
    pub max_power_watts: Option<f64>,
}
