use serde::Serialize;
use sysinfo::System;

use crate::{Error, Limits};

/// The processors of a machine.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cpu {
    /// The maker's name for it, where known.
    pub model: Option<String>,
    /// Cores that share no execution units, where known.
    pub physical_cores: Option<usize>,
    /// Hardware threads of the machine, at least 1.
    pub logical_threads: usize,
    /// Threads that this process can keep busy, at least 1: the least of `logical_threads`, `affinity_threads` and
    /// `quota_cpus` rounded down. It is how many workers to start.
    pub usable_threads: usize,
    /// Hardware threads that this process may run on; `None` if the system does not say.
    pub affinity_threads: Option<usize>,
    /// CPU time that this process may use for each second, in CPUs, such as 2.5; `None` for no quota.
    pub quota_cpus: Option<f64>,
    /// Instruction sets beyond the base that the processor has, by their usual names.
    pub instruction_sets: Vec<&'static str>,
}

impl Cpu {
    pub(crate) fn read(system: &System, limits: &Limits) -> Result<Self, Error> {
        let logical_threads = system.cpus().len();
        let first = system.cpus().first().ok_or(Error::Missing { what: "processors" })?;
        Ok(Self {
            model: Some(first.brand().trim().to_owned()).filter(|brand| !brand.is_empty()),
            physical_cores: System::physical_core_count(),
            logical_threads,
            usable_threads: usable_threads(logical_threads, limits),
            affinity_threads: limits.affinity_threads,
            quota_cpus: limits.quota_cpus,
            instruction_sets: instruction_sets(),
        })
    }
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
        "avxvnni" "avx512f" "avx512cd" "avx512bw" "avx512dq" "avx512vl" "avx512vbmi" "avx512vbmi2" "avx512vnni"
        "avx512bitalg" "avx512vpopcntdq" "avx512bf16" "avx512fp16" "gfni" "vaes" "vpclmulqdq")
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
    use super::usable_threads;
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
}
