use std::path::Path;

use serde::Serialize;
use sysinfo::{CpuRefreshKind, IS_SUPPORTED_SYSTEM, MemoryRefreshKind, RefreshKind, System};

use crate::{Cpu, Disk, Error, Gpus, Limits, Memory, Topology};

/// A machine, as far as this process may use it. Its `Display` is a table for people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Machine {
    /// The operating system.
    pub os: Os,
    /// The processors.
    pub cpu: Cpu,
    /// How the processors share caches and memory.
    pub topology: Topology,
    /// The main memory.
    pub memory: Memory,
    /// The file systems on local disks, ordered by mount point; of those on one device, the shortest mount point.
    pub disks: Vec<Disk>,
    /// The GPUs, or why there are none.
    pub gpus: Gpus,
}

/// An operating system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Os {
    /// Name and version, such as `Linux (Debian GNU/Linux 12)`, where known.
    pub name: Option<String>,
    /// The kernel's version, where known.
    pub kernel: Option<String>,
    /// The processor architecture that this program was built for, such as `x86_64`.
    pub architecture: &'static str,
}

/// Probes the machine that this process runs on. It takes some milliseconds and changes nothing.
///
/// # Errors
/// [`Error::Unsupported`] where the system cannot be asked, [`Error::Missing`] if it has no memory size, and those of
/// [`Limits::read`] and [`Topology::read`]. A missing GPU is no error.
pub fn probe() -> Result<Machine, Error> {
    if !IS_SUPPORTED_SYSTEM {
        return Err(Error::Unsupported { os: std::env::consts::OS });
    }
    let limits = Limits::read(Path::new("/"))?;
    let wanted =
        RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram()).with_cpu(CpuRefreshKind::nothing());
    let system = System::new_with_specifics(wanted);
    Ok(Machine {
        os: Os {
            name: System::long_os_version(),
            kernel: System::kernel_version(),
            architecture: std::env::consts::ARCH,
        },
        cpu: Cpu::read(&system, &limits)?,
        topology: Topology::read(Path::new("/"))?,
        memory: Memory::read(&system, &limits)?,
        disks: Disk::read_all(),
        gpus: Gpus::read(),
    })
}
