use std::fmt;

use super::{Plan, Runs};
use crate::table::gib;

/// A table for people: one stage a line, after what there was to give.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.stages.iter().map(|stage| stage.name.chars().count());
        let width = names.max().unwrap_or(0).max("Budget".len()) + 2;
        let budget = &self.budget;
        write!(f, "{:<width$}{:>3} threads  {:>10}", "Budget", budget.threads, gib(budget.memory_bytes))?;
        for gpu in &budget.gpus {
            write!(f, "  GPU {}, {}", gpu.index, gib(gpu.memory_bytes))?;
        }
        writeln!(f)?;
        for stage in &self.stages {
            let alone = if stage.runs == Runs::Alone { "  alone" } else { "" };
            let memory = gib(stage.memory_bytes);
            writeln!(f, "{:<width$}{:>3} threads  {memory:>10}  {}{alone}", stage.name, stage.threads, stage.device)?;
        }
        Ok(())
    }
}
