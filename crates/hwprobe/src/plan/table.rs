use std::fmt;

use super::{Plan, Runs};
use crate::table::bytes;

/// A table for people: a line for what there is to give, then one for each stage.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.stages.iter().map(|stage| stage.name.chars().count());
        let width = names.max().unwrap_or(0).max("budget".len());
        let mut line = |name: &str, threads: &str, memory: &str, runs: &str, device: &str| {
            let line = format!("{name:<width$}  {threads:>7}  {memory:>10}  {runs:<8}  {device}");
            writeln!(f, "{}", line.trim_end())
        };
        line("Stage", "Threads", "Memory", "Runs", "Device")?;
        let gpus: Vec<_> =
            self.budget.gpus.iter().map(|gpu| format!("GPU {}, {}", gpu.index, bytes(gpu.memory_bytes))).collect();
        line("budget", &self.budget.threads.to_string(), &bytes(self.budget.memory_bytes), "", &gpus.join("; "))?;
        for stage in &self.stages {
            let runs = match stage.runs {
                Runs::Alone => "alone",
                Runs::Together => "together",
            };
            let (threads, memory) = (stage.threads.to_string(), bytes(stage.memory_bytes));
            line(&stage.name, &threads, &memory, runs, &stage.device.to_string())?;
        }
        Ok(())
    }
}
