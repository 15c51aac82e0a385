use anyhow::{Context, Result};
use experiment::{Workload, plan_hardware};
use hwprobe::{Machine, Plan};
use serde_json::json;

use crate::args::Format;
use crate::output::print_line;

/// `aio check-hardware`: the machine, and what it gives the stages of a run.
pub(crate) fn check(format: Format) -> Result<()> {
    let machine = hwprobe::probe().context("cannot probe this machine")?;
    let workload = Workload::default();
    let plan = plan_hardware(&machine.resources(), &workload);
    match format {
        Format::Human => print_human(&machine, &workload, plan.as_ref().ok())?,
        Format::Json => print_line(&json!({"machine": machine, "plan": plan.as_ref().ok()}).to_string())?,
    }
    // The machine is shown also where a run does not fit on it.
    plan?;
    Ok(())
}

fn print_human(machine: &Machine, workload: &Workload, plan: Option<&Plan>) -> Result<()> {
    print_line(machine.to_string().trim_end())?;
    let Some(plan) = plan else { return Ok(()) };
    print_line("")?;
    print_line(&format!(
        "Plan of run-experiment for {} parameter sets on {} MiB of ticks; its stages run one after the other",
        workload.parameter_sets,
        workload.data_bytes >> 20
    ))?;
    print_line(plan.to_string().trim_end())
}
