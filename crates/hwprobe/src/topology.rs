//! How the processors hang together: caches and memory nodes, on Linux.

mod cache;
mod node;

use std::path::Path;

use serde::Serialize;

pub use self::cache::{Cache, CacheKind, parse_cache_size};
pub use self::node::{NumaNode, parse_node_memory};
use crate::Error;

/// The caches and memory nodes of a machine. Empty lists where the system does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Topology {
    /// The caches, one entry for all that are alike, by level, kind and size.
    pub caches: Vec<Cache>,
    /// The memory nodes, by index. A machine without NUMA has one.
    pub numa_nodes: Vec<NumaNode>,
}

impl Topology {
    /// Reads the topology from the file system at `root`, `/` for the real one.
    ///
    /// Looks at `sys/devices/system/cpu` and `sys/devices/system/node`. Elsewhere than on Linux there are none.
    ///
    /// # Errors
    /// [`Error::Io`] for a file that cannot be read, [`Error::File`] for one without its documented form. Missing
    /// folders are no error, and a cache whose size is not told is left out.
    ///
    /// Source: Linux Documentation/ABI/testing/sysfs-devices-system-cpu and ABI/stable/sysfs-devices-node.
    pub fn read(root: &Path) -> Result<Self, Error> {
        Ok(Self { caches: cache::read_all(root)?, numa_nodes: node::read_all(root)? })
    }
}
