//! What the kernel allows this process: affinity and control groups, on Linux.

mod cgroup;
mod mounts;
mod numbers;

use std::path::Path;
#[cfg(target_os = "linux")]
use std::path::PathBuf;

pub use self::cgroup::{Cgroup, parse_cgroups};
pub use self::mounts::{CgroupMount, parse_mounts};
pub use self::numbers::{cpu_list_len, parse_cpu_max, parse_cpu_quota, parse_memory_limit, parse_memory_stat};
use crate::Error;
#[cfg(target_os = "linux")]
use crate::files::{in_file, read, read_if_there};

/// What this process may use. `None`: no limit is set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits {
    /// Hardware threads that it may run on; `None` only where the system does not say.
    pub affinity_threads: Option<usize>,
    /// CPU time for each second, in CPUs: the least of its control group and those above it.
    pub quota_cpus: Option<f64>,
    /// Memory of its control group: the least of it and those above it.
    pub memory_bytes: Option<u64>,
    /// What is left of such limits now, page cache given back: the least of its control group and those above it. 0
    /// if more is in use than a limit allows, as after it was lowered.
    pub memory_left_bytes: Option<u64>,
}

impl Limits {
    /// Reads the limits of this process from the file system at `root`, `/` for the real one.
    ///
    /// Looks at `proc/self/status`, `proc/self/cgroup`, `proc/self/mountinfo` and the control groups of version 1 and
    /// 2 named there. Elsewhere than on Linux there are no limits.
    ///
    /// # Errors
    /// [`Error::Io`] for a file that cannot be read, [`Error::File`] for one without its documented form. A system
    /// without control groups is no error.
    ///
    /// Source: Linux `proc(5)`, Documentation/admin-guide/cgroup-v1 and cgroup-v2.rst.
    #[cfg(target_os = "linux")]
    pub fn read(root: &Path) -> Result<Self, Error> {
        let status = root.join("proc/self/status");
        let text = read(&status)?;
        let affinity_threads = text
            .lines()
            .find_map(|line| line.strip_prefix("Cpus_allowed_list:"))
            .map(cpu_list_len)
            .transpose()
            .map_err(in_file(&status))?;
        let groups = root.join("proc/self/cgroup");
        let groups = match read_if_there(&groups)? {
            Some(text) => parse_cgroups(&text).map_err(in_file(&groups))?,
            None => vec![],
        };
        let mounts = root.join("proc/self/mountinfo");
        let mounts = match read_if_there(&mounts)? {
            Some(text) => parse_mounts(&text).map_err(in_file(&mounts))?,
            None => vec![],
        };
        let places = Places { root, groups: &groups, mounts: &mounts };
        let (memory_bytes, memory_left_bytes) = places.memory_bytes()?;
        Ok(Self { affinity_threads, quota_cpus: places.quota_cpus()?, memory_bytes, memory_left_bytes })
    }

    /// No limits: only Linux has the files that set them.
    ///
    /// # Errors
    /// None.
    #[cfg(not(target_os = "linux"))]
    pub fn read(_root: &Path) -> Result<Self, Error> {
        Ok(Self::default())
    }
}

/// Where the control groups of a process lie.
#[cfg(target_os = "linux")]
struct Places<'a> {
    root: &'a Path,
    groups: &'a [Cgroup],
    mounts: &'a [CgroupMount],
}

#[cfg(target_os = "linux")]
impl Places<'_> {
    fn quota_cpus(&self) -> Result<Option<f64>, Error> {
        let mut least: Option<f64> = None;
        for (folder, is_v2) in self.folders("cpu") {
            let quota = if is_v2 {
                let path = folder.join("cpu.max");
                read_if_there(&path)?.map(|text| parse_cpu_max(&text).map_err(in_file(&path))).transpose()?.flatten()
            } else {
                let (quota, period) = (folder.join("cpu.cfs_quota_us"), folder.join("cpu.cfs_period_us"));
                match (read_if_there(&quota)?, read_if_there(&period)?) {
                    (Some(text), Some(of)) => parse_cpu_quota(&text, &of).map_err(in_file(&quota))?,
                    _ => None,
                }
            };
            least = [least, quota].into_iter().flatten().reduce(f64::min);
        }
        Ok(least)
    }

    /// The least limit, and the least of what is left of any.
    fn memory_bytes(&self) -> Result<(Option<u64>, Option<u64>), Error> {
        let (mut least, mut least_left): (Option<u64>, Option<u64>) = (None, None);
        for (folder, is_v2) in self.folders("memory") {
            let path = folder.join(if is_v2 { "memory.max" } else { "memory.limit_in_bytes" });
            let limit =
                read_if_there(&path)?.map(|text| parse_memory_limit(&text).map_err(in_file(&path))).transpose()?;
            let Some(limit) = limit.flatten() else { continue };
            least = Some(least.map_or(limit, |least| least.min(limit)));
            if let Some(held) = held_bytes(&folder, is_v2)? {
                let left = limit.saturating_sub(held);
                least_left = Some(least_left.map_or(left, |least| least.min(left)));
            }
        }
        Ok((least, least_left))
    }

    /// The folders of the group that holds `controller`, from the process's own up to the mount point, and whether
    /// they are of version 2.
    fn folders(&self, controller: &str) -> Vec<(PathBuf, bool)> {
        let mut folders = vec![];
        for group in self.groups.iter().filter(|group| group.has(controller)) {
            for mount in self.mounts.iter().filter(|mount| mount.serves(group, controller)) {
                for folder in mount.folders(group) {
                    folders.push((self.root.join(folder.trim_start_matches('/')), group.is_v2()));
                }
            }
        }
        folders
    }
}

/// What a control group holds that the kernel cannot take back at once: all but the page cache that was not used
/// lately. `None` where the kernel does not tell.
#[cfg(target_os = "linux")]
fn held_bytes(folder: &Path, is_v2: bool) -> Result<Option<u64>, Error> {
    let (used, key) =
        if is_v2 { ("memory.current", "inactive_file") } else { ("memory.usage_in_bytes", "total_inactive_file") };
    let (used, stat) = (folder.join(used), folder.join("memory.stat"));
    let (Some(used_text), Some(stat_text)) = (read_if_there(&used)?, read_if_there(&stat)?) else { return Ok(None) };
    let used = parse_memory_limit(&used_text).map_err(in_file(&used))?.unwrap_or(u64::MAX);
    let cache = parse_memory_stat(&stat_text, key).map_err(in_file(&stat))?;
    Ok(Some(used.saturating_sub(cache)))
}
