use std::fmt;

use super::{GpuUtilisation, Utilisation};
use crate::table::{bytes, percent};

/// One line: how long, CPUs, memory, disks, networks where something moved, GPUs.
impl fmt::Display for Utilisation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:.1} s, CPU {}", self.name, self.seconds, percent(self.cpu.mean_fraction))?;
        write!(f, " (max {})", percent(self.cpu.max_fraction))?;
        match &self.process {
            Some(process) => {
                let cpus = process.mean_cpus.map_or("unknown".to_owned(), |cpus| format!("{cpus:.1}"));
                write!(f, ", this process {cpus} CPUs and up to {}", bytes(process.max_memory_bytes))?;
            }
            None => write!(f, ", memory up to {}", bytes(self.memory.max_used_bytes))?,
        }
        let (disk, network) = (self.disk, self.network);
        write!(f, ", disk {} read and {} written", bytes(disk.read_bytes), bytes(disk.written_bytes))?;
        if network.read_bytes + network.written_bytes > 0 {
            write!(f, ", network {} in and {} out", bytes(network.read_bytes), bytes(network.written_bytes))?;
        }
        self.gpus.iter().try_for_each(|gpu| write!(f, ", {gpu}"))
    }
}

impl fmt::Display for GpuUtilisation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mean, max) = (percent(self.mean_fraction), percent(self.max_fraction));
        write!(f, "GPU {} {mean} (max {max}) and up to {}", self.index, bytes(self.max_memory_bytes))?;
        if let Some(celsius) = self.max_temperature_celsius {
            write!(f, ", {celsius} °C")?;
        }
        if let Some(watts) = self.max_power_watts {
            write!(f, ", {watts:.0} W")?;
        }
        Ok(())
    }
}
