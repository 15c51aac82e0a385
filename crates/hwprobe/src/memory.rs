use serde::Serialize;
use sysinfo::System;

use crate::{Error, Limits};

/// The main memory of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Memory {
    /// What the system manages.
    pub total_bytes: u64,
    /// What can be had without swapping, caches given back.
    pub available_bytes: u64,
    /// What the control group allows this process and those beside it together; `None` for no limit.
    pub limit_bytes: Option<u64>,
}

impl Memory {
    pub(crate) fn read(system: &System, limits: &Limits) -> Result<Self, Error> {
        match system.total_memory() {
            0 => Err(Error::Missing { what: "memory size" }),
            total_bytes => {
                let available_bytes = system.available_memory();
                Ok(Self { total_bytes, available_bytes, limit_bytes: limits.memory_bytes })
            }
        }
    }

    /// The most that this process can ever have: the lesser of the total and the limit.
    ///
    /// ```
    /// let memory = hwprobe::Memory { total_bytes: 16 << 30, available_bytes: 9 << 30, limit_bytes: Some(4 << 30) };
    /// assert_eq!(memory.ceiling_bytes(), 4 << 30);
    /// ```
    pub fn ceiling_bytes(&self) -> u64 {
        self.limit_bytes.map_or(self.total_bytes, |limit| limit.min(self.total_bytes))
    }
}
