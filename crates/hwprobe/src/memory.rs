use std::path::Path;

use serde::Serialize;

use crate::files::{in_file, read};
use crate::{Error, Limits, parse_memory_use};

/// The main memory of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Memory {
    /// What the system manages.
    pub total_bytes: u64,
    /// What can be had without swapping, caches given back.
    pub available_bytes: u64,
    /// What the control group allows this process and those beside it together; `None` for no limit.
    pub limit_bytes: Option<u64>,
    /// What of that limit, or of one further up, is left now, page cache given back; `None` for no limit.
    pub limit_left_bytes: Option<u64>,
}

impl Memory {
    pub(crate) fn read(root: &Path, limits: &Limits) -> Result<Self, Error> {
        let path = root.join("proc/meminfo");
        let memory = parse_memory_use(&read(&path)?).map_err(in_file(&path))?;
        Ok(Self::new(memory.total_bytes, memory.available_bytes, limits))
    }

    pub(crate) fn new(total_bytes: u64, available_bytes: u64, limits: &Limits) -> Self {
        let (limit_bytes, limit_left_bytes) = (limits.memory_bytes, limits.memory_left_bytes);
        Self { total_bytes, available_bytes, limit_bytes, limit_left_bytes }
    }

    /// The most that this process can ever have: the lesser of the total and the limit.
    ///
    /// ```
    /// let (total_bytes, available_bytes) = (16 << 30, 9 << 30);
    /// let (limit_bytes, limit_left_bytes) = (Some(4 << 30), Some(3 << 30));
    /// let memory = hwprobe::Memory { total_bytes, available_bytes, limit_bytes, limit_left_bytes };
    /// assert_eq!((memory.ceiling_bytes(), memory.left_bytes()), (4 << 30, 3 << 30));
    /// ```
    pub fn ceiling_bytes(&self) -> u64 {
        self.limit_bytes.map_or(self.total_bytes, |limit| limit.min(self.total_bytes))
    }

    /// What this process can have now beside what it has: the lesser of what is available and what is left of the
    /// limit.
    pub fn left_bytes(&self) -> u64 {
        self.limit_left_bytes.map_or(self.available_bytes, |left| left.min(self.available_bytes))
    }
}
