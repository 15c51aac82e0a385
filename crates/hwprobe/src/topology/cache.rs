use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use crate::files::{in_file, numbered, read_if_there};
use crate::{Error, cpu_list_len};

/// Caches that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Cache {
    /// How far from the core, from 1.
    pub level: u32,
    /// What it holds.
    pub kind: CacheKind,
    /// The size of each.
    pub size_bytes: u64,
    /// The hardware threads that share each, of those that are running.
    pub threads: usize,
    /// How many there are in the machine.
    pub count: usize,
}

/// What a cache holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CacheKind {
    /// Data.
    Data,
    /// Instructions.
    Instruction,
    /// Both.
    Unified,
}

/// The bytes of a cache's `size` file, such as `32K`, in units of 2¹⁰ or, with `M`, 2²⁰ bytes.
///
/// ```
/// assert_eq!(hwprobe::parse_cache_size("1024K\n")?, 1 << 20);
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] for another form. Source: Linux Documentation/ABI/testing/sysfs-devices-system-cpu.
pub fn parse_cache_size(text: &str) -> Result<u64, Error> {
    let text = text.trim();
    let (number, unit) = match (text.strip_suffix('K'), text.strip_suffix('M')) {
        (Some(number), _) => (number, 1 << 10),
        (_, Some(number)) => (number, 1 << 20),
        _ => (text, 0),
    };
    let bytes = number.parse::<u64>().ok().and_then(|number| number.checked_mul(unit)).filter(|&bytes| bytes > 0);
    bytes.ok_or_else(|| Error::Text { text: text.to_owned(), expected: "a cache size such as 32K" })
}

fn parse_level(text: &str) -> Result<u32, Error> {
    let malformed = || Error::Text { text: text.trim().to_owned(), expected: "a cache level" };
    text.trim().parse().ok().filter(|&level| level > 0).ok_or_else(malformed)
}

fn parse_kind(text: &str) -> Result<CacheKind, Error> {
    match text.trim() {
        "Data" => Ok(CacheKind::Data),
        "Instruction" => Ok(CacheKind::Instruction),
        "Unified" => Ok(CacheKind::Unified),
        other => Err(Error::Text { text: other.to_owned(), expected: "Data, Instruction or Unified" }),
    }
}

/// Each thread shows its caches, so those that threads share are shown more than once.
pub(super) fn read_all(root: &Path) -> Result<Vec<Cache>, Error> {
    let mut each = BTreeSet::new();
    for (_, cpu) in numbered(&root.join("sys/devices/system/cpu"), "cpu")? {
        for (_, folder) in numbered(&cpu.join("cache"), "index")? {
            each.extend(read(&folder)?);
        }
    }
    let mut caches: Vec<Cache> = each.into_iter().map(|(cache, _)| cache).collect();
    caches.dedup_by(|next, kept| {
        let is_alike = Cache { count: kept.count, ..*next } == *kept;
        kept.count += usize::from(is_alike);
        is_alike
    });
    Ok(caches)
}

/// A cache and the list of the threads that share it, which tells it from those that are alike.
fn read(folder: &Path) -> Result<Option<(Cache, String)>, Error> {
    let text = |name: &str| read_if_there(&folder.join(name));
    let (Some(level), Some(kind), Some(size), Some(shared)) =
        (text("level")?, text("type")?, text("size")?, text("shared_cpu_list")?)
    else {
        return Ok(None);
    };
    let of = |name: &str| in_file(&folder.join(name));
    let cache = Cache {
        level: parse_level(&level).map_err(of("level"))?,
        kind: parse_kind(&kind).map_err(of("type"))?,
        size_bytes: parse_cache_size(&size).map_err(of("size"))?,
        threads: cpu_list_len(&shared).map_err(of("shared_cpu_list"))?,
        count: 1,
    };
    Ok(Some((cache, shared.trim().to_owned())))
}
