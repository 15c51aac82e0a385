use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use crate::files::{in_file, numbered, read, read_if_there};
use crate::{Error, Limits, parse_cpu_times};

/// The processors of a machine.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cpu {
    /// The maker's name for it, where known.
    pub model: Option<String>,
    /// Cores that share no execution units, where known.
    pub physical_cores: Option<usize>,
    /// Hardware threads of the machine that are running, at least 1.
    pub logical_threads: usize,
    /// Threads that this process can keep busy, at least 1: the least of `logical_threads`, `affinity_threads` and
    /// `quota_cpus` rounded down. It is how many workers to start.
    pub usable_threads: usize,
    /// Hardware threads that this process may run on, by its affinity and its cpuset; `None` if the system does not
    /// say.
    pub affinity_threads: Option<usize>,
    /// CPU time that this process may use for each second, in CPUs, such as 2.5; `None` for no quota.
    pub quota_cpus: Option<f64>,
    /// Instruction sets beyond the base that the processor has and this program may use now, by their usual names.
    pub instruction_sets: Vec<&'static str>,
}

impl Cpu {
    /// From the kernel's files; the instruction sets are always those of the processor that runs this.
    pub(crate) fn read(root: &Path, limits: &Limits) -> Result<Self, Error> {
        let stat = root.join("proc/stat");
        let logical_threads = parse_cpu_times(&read(&stat)?).map_err(in_file(&stat))?.len();
        let info = read_if_there(&root.join("proc/cpuinfo"))?;
        let model = info.as_deref().and_then(parse_cpu_model);
        Ok(Self::new(model.map(str::to_owned), physical_cores(root)?, logical_threads, limits))
    }

    pub(crate) fn new(
        model: Option<String>,
        physical_cores: Option<usize>,
        logical_threads: usize,
        limits: &Limits,
    ) -> Self {
        Self {
            model,
            physical_cores,
            logical_threads,
            usable_threads: usable_threads(logical_threads, limits),
            affinity_threads: limits.affinity_threads,
            quota_cpus: limits.quota_cpus,
            instruction_sets: instruction_sets(),
        }
    }
}

/// The maker's name for the first processor in a text of `/proc/cpuinfo`; `None` where it has no such line, as on most
/// ARM machines.
///
/// ```
/// let text = "processor\t: 0\nvendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC\n";
/// assert_eq!(hwprobe::parse_cpu_model(text), Some("AMD EPYC"));
/// ```
///
/// Source: Linux `proc_cpuinfo(5)`.
pub fn parse_cpu_model(text: &str) -> Option<&str> {
    let mut pairs = text.lines().filter_map(|line| line.split_once(':'));
    let name = pairs.find(|(key, _)| key.trim() == "model name")?.1.trim();
    Some(name).filter(|name| !name.is_empty())
}

/// The threads of a core have the same list of siblings. Threads that are not running have none.
fn physical_cores(root: &Path) -> Result<Option<usize>, Error> {
    let mut cores = BTreeSet::new();
    for (_, cpu) in numbered(&root.join("sys/devices/system/cpu"), "cpu")? {
        cores.extend(read_if_there(&cpu.join("topology/thread_siblings_list"))?);
    }
    Ok(Some(cores.len()).filter(|&cores| cores > 0))
}

/// A quota of 2.5 CPUs keeps two threads busy all the time: a third would make all of them wait.
fn usable_threads(logical_threads: usize, limits: &Limits) -> usize {
    let affinity = limits.affinity_threads.unwrap_or(logical_threads);
    let threads = logical_threads.min(affinity);
    let within_quota = |n: &usize| limits.quota_cpus.is_none_or(|quota| *n as f64 <= quota);
    (1..=threads).rev().find(within_quota).unwrap_or(1)
}

/// The names of those that this processor has.
#[cfg(any(target_arch = "x86_64", target_arch = "x86", target_arch = "aarch64"))]
macro_rules! detected {
    ($detect:ident: $($name:tt)+) => {{
        let mut found = vec![];
        $(if std::arch::$detect!($name) { found.push($name); })+
        found
    }};
}

#[cfg(any(target_arch = "x86_64", target_arch = "x86"))]
fn instruction_sets() -> Vec<&'static str> {
    detected!(is_x86_feature_detected:
        "sse3" "ssse3" "sse4.1" "sse4.2" "popcnt" "aes" "pclmulqdq" "sha" "avx" "f16c" "fma" "bmi1" "bmi2" "avx2"
        "avxvnni" "avx512f" "avx512cd" "avx512bw" "avx512dq" "avx512vl" "avx512ifma" "avx512vbmi" "avx512vbmi2"
        "avx512vnni" "avx512bitalg" "avx512vpopcntdq" "avx512bf16" "avx512fp16" "gfni" "vaes" "vpclmulqdq")
}

#[cfg(target_arch = "aarch64")]
fn instruction_sets() -> Vec<&'static str> {
    detected!(is_aarch64_feature_detected: "neon" "aes" "sha2" "fp16" "dotprod" "i8mm" "bf16" "sve" "sve2")
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "x86", target_arch = "aarch64")))]
fn instruction_sets() -> Vec<&'static str> {
    vec![]
}

#[cfg(test)]
mod tests {
    use super::{parse_cpu_model, usable_threads};
    use crate::Limits;

    #[test]
    fn the_least_of_machine_affinity_and_quota_counts() {
        for (logical, affinity, quota, usable) in [
            (8, None, None, 8),
            (8, Some(3), None, 3),
            (8, Some(8), Some(2.5), 2),
            (8, Some(2), Some(2.5), 2),
            (8, None, Some(0.5), 1),
            (8, Some(16), Some(100.0), 8),
            (1, Some(1), Some(1.0), 1),
        ] {
            let limits = Limits { affinity_threads: affinity, quota_cpus: quota, ..Limits::default() };
            assert_eq!(usable_threads(logical, &limits), usable, "{logical} {affinity:?} {quota:?}");
        }
    }

    #[test]
    fn a_processor_without_a_name_has_none() {
        for text in ["", "processor\t: 0\nBogoMIPS\t: 243.75\n", "model name\t: \n", "model name"] {
            assert_eq!(parse_cpu_model(text), None, "{text:?}");
        }
    }
}
