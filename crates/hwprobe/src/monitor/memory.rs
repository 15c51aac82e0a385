use serde::Serialize;

use crate::Error;

/// The main memory at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct MemoryUse {
    /// What the system manages.
    pub total_bytes: u64,
    /// What can be had without swapping, caches given back.
    pub available_bytes: u64,
}

impl MemoryUse {
    /// What cannot be had: the total less what is available; 0 should the system say that more is available.
    pub fn used_bytes(&self) -> u64 {
        self.total_bytes.saturating_sub(self.available_bytes)
    }
}

/// The main memory in a text of `/proc/meminfo`.
///
/// ```
/// let memory = hwprobe::parse_memory_use("MemTotal: 64 kB\nMemFree: 8 kB\nMemAvailable: 48 kB\n")?;
/// assert_eq!((memory.total_bytes, memory.used_bytes()), (64 << 10, 16 << 10));
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] if a line is missing or of another form. Source: Linux `proc_meminfo(5)`.
pub fn parse_memory_use(text: &str) -> Result<MemoryUse, Error> {
    Ok(MemoryUse {
        total_bytes: bytes(text, "MemTotal:", "the meminfo of a machine with a line MemTotal")?,
        available_bytes: bytes(text, "MemAvailable:", "the meminfo of a machine with a line MemAvailable")?,
    })
}

fn bytes(text: &str, name: &str, expected: &'static str) -> Result<u64, Error> {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    let shown = || line.or_else(|| text.lines().next()).unwrap_or_default().trim().to_owned();
    kib.and_then(|kib| kib.checked_mul(1024)).ok_or_else(|| Error::Text { text: shown(), expected })
}
