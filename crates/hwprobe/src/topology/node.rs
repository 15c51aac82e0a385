use std::path::Path;

use serde::Serialize;

use crate::files::{in_file, numbered, read_if_there};
use crate::{Error, cpu_list_len};

/// A part of the machine whose threads reach its memory faster than that of other nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NumaNode {
    /// Its number, from 0; numbers may be left out.
    pub index: u32,
    /// Its hardware threads; 0 for a node of memory only.
    pub threads: usize,
    /// Its memory.
    pub memory_bytes: u64,
}

/// The memory of a node in bytes, from its `meminfo` file.
///
/// ```
/// assert_eq!(hwprobe::parse_node_memory("Node 0 MemTotal:       16384 kB\nNode 0 MemFree: 8 kB\n")?, 16 << 20);
/// # Ok::<(), hwprobe::Error>(())
/// ```
///
/// # Errors
/// [`Error::Text`] for another form. Source: Linux Documentation/ABI/stable/sysfs-devices-node.
pub fn parse_node_memory(text: &str) -> Result<u64, Error> {
    let kib = text.lines().find_map(|line| match line.split_whitespace().collect::<Vec<_>>()[..] {
        ["Node", _, "MemTotal:", kib, "kB"] => kib.parse::<u64>().ok(),
        _ => None,
    });
    let malformed = || Error::Text {
        text: text.lines().next().unwrap_or_default().to_owned(),
        expected: "the meminfo of a node with a line MemTotal",
    };
    kib.and_then(|kib| kib.checked_mul(1024)).ok_or_else(malformed)
}

pub(super) fn read_all(root: &Path) -> Result<Vec<NumaNode>, Error> {
    let mut nodes = vec![];
    for (index, folder) in numbered(&root.join("sys/devices/system/node"), "node")? {
        let (cpus, memory) = (folder.join("cpulist"), folder.join("meminfo"));
        let (Some(list), Some(text)) = (read_if_there(&cpus)?, read_if_there(&memory)?) else { continue };
        let threads = if list.trim().is_empty() { 0 } else { cpu_list_len(&list).map_err(in_file(&cpus))? };
        nodes.push(NumaNode { index, threads, memory_bytes: parse_node_memory(&text).map_err(in_file(&memory))? });
    }
    Ok(nodes)
}
