use std::path::Path;

use serde::Serialize;

use crate::files::read_if_there;
use crate::{Cpu, Disk, Error, Gpus, Limits, Memory, NoGpu, Topology};

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
    /// Name and version, such as `Debian GNU/Linux 12 (bookworm)`, where known.
    pub name: Option<String>,
    /// The kernel's version, where known.
    pub kernel: Option<String>,
    /// The processor architecture that this program was built for, such as `x86_64`.
    pub architecture: &'static str,
}

/// Probes the machine that this process runs on. It takes some milliseconds and changes nothing.
///
/// # Errors
/// Those of [`Machine::read`] on Linux. Elsewhere [`Error::Unsupported`] where the system cannot be asked and
/// [`Error::Missing`] if it tells no processors or no memory. A missing GPU is no error.
pub fn probe() -> Result<Machine, Error> {
    let mut machine = this()?;
    machine.disks = Disk::read_all();
    machine.gpus = Gpus::read();
    Ok(machine)
}

impl Machine {
    /// Reads a machine from files as Linux lays them out below `root`: `/` for this one, a folder with copies of them
    /// for another. Disks and GPUs are not files: [`probe`] has them, here there are none. The instruction sets are
    /// those of the processor that runs this.
    ///
    /// Looks at `proc/stat`, `proc/cpuinfo`, `proc/meminfo`, `etc/os-release`, `proc/sys/kernel/osrelease` and what
    /// [`Limits::read`] and [`Topology::read`] look at.
    ///
    /// # Errors
    /// [`Error::Io`] for a file that cannot be read, [`Error::File`] for one without its documented form.
    pub fn read(root: &Path) -> Result<Self, Error> {
        let limits = Limits::read(root)?;
        Ok(Self {
            os: Os::read(root)?,
            cpu: Cpu::read(root, &limits)?,
            topology: Topology::read(root)?,
            memory: Memory::read(root, &limits)?,
            disks: vec![],
            gpus: Gpus::None { reason: NoGpu::NotAsked },
        })
    }
}

impl Os {
    fn read(root: &Path) -> Result<Self, Error> {
        let release = match read_if_there(&root.join("etc/os-release"))? {
            Some(text) => Some(text),
            None => read_if_there(&root.join("usr/lib/os-release"))?,
        };
        let kernel = read_if_there(&root.join("proc/sys/kernel/osrelease"))?;
        Ok(Self {
            name: release.as_deref().and_then(parse_os_name).map(str::to_owned),
            kernel: kernel.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
            architecture: std::env::consts::ARCH,
        })
    }
}

/// The name of a system in a text of `/etc/os-release`; `None` where it has no such line.
///
/// ```
/// let text = "NAME=\"Debian GNU/Linux\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n";
/// assert_eq!(hwprobe::parse_os_name(text), Some("Debian GNU/Linux 12 (bookworm)"));
/// ```
///
/// Source: `os-release(5)`.
pub fn parse_os_name(text: &str) -> Option<&str> {
    let value = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?.trim();
    let unquoted = ['"', '\''].into_iter().find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
    Some(unquoted.unwrap_or(value)).filter(|name| !name.is_empty())
}

#[cfg(target_os = "linux")]
fn this() -> Result<Machine, Error> {
    use sysinfo::{CpuRefreshKind, RefreshKind, System};

    let mut machine = Machine::read(Path::new("/"))?;
    if machine.cpu.model.is_none() {
        // ARM kernels number makers and models; their names are in a table there.
        let system = System::new_with_specifics(RefreshKind::nothing().with_cpu(CpuRefreshKind::nothing()));
        machine.cpu.model = system.cpus().first().map(|cpu| cpu.brand().trim().to_owned()).filter(|s| !s.is_empty());
    }
    Ok(machine)
}

#[cfg(not(target_os = "linux"))]
fn this() -> Result<Machine, Error> {
    use sysinfo::{CpuRefreshKind, IS_SUPPORTED_SYSTEM, MemoryRefreshKind, RefreshKind, System};

    if !IS_SUPPORTED_SYSTEM {
        return Err(Error::Unsupported { os: std::env::consts::OS });
    }
    let limits = Limits::default();
    let wanted =
        RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram()).with_cpu(CpuRefreshKind::nothing());
    let system = System::new_with_specifics(wanted);
    let first = system.cpus().first().ok_or(Error::Missing { what: "processors" })?;
    let model = Some(first.brand().trim().to_owned()).filter(|brand| !brand.is_empty());
    if system.total_memory() == 0 {
        return Err(Error::Missing { what: "memory size" });
    }
    Ok(Machine {
        os: Os {
            name: System::long_os_version(),
            kernel: System::kernel_version(),
            architecture: std::env::consts::ARCH,
        },
        cpu: Cpu::new(model, System::physical_core_count(), system.cpus().len(), &limits),
        topology: Topology::default(),
        memory: Memory::new(system.total_memory(), system.available_memory(), &limits),
        disks: vec![],
        gpus: Gpus::None { reason: NoGpu::NotAsked },
    })
}

#[cfg(test)]
mod tests {
    use super::parse_os_name;

    #[test]
    fn names_with_and_without_quotes_are_read() {
        assert_eq!(parse_os_name("ID=x\nPRETTY_NAME='Alpine Linux v3.21'\n"), Some("Alpine Linux v3.21"));
        assert_eq!(parse_os_name("PRETTY_NAME=Buildroot"), Some("Buildroot"));
        for text in ["", "NAME=x", "PRETTY_NAME=", "PRETTY_NAME=\"\""] {
            assert_eq!(parse_os_name(text), None, "{text}");
        }
    }
}
