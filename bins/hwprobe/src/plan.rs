use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use hwprobe::StageNeed;

use crate::args::{Format, PlanOptions};
use crate::output::{note, print, print_json};

/// Data is loaded while a model that would like a GPU comments on it, then a search has the machine for itself.
const EXAMPLE: &str = include_str!("stages.json");

/// `hwprobe plan`.
pub(crate) fn run(options: &PlanOptions, format: Format) -> Result<()> {
    if options.print_stages {
        return print(EXAMPLE);
    }
    let stages = if let Some(path) = &options.stages {
        parse(&read(path)?).with_context(|| format!("{} holds no stages", path.display()))?
    } else {
        note("these are the example stages of --print-stages; --stages FILE plans one's own");
        parse(EXAMPLE).context("the example holds no stages")?
    };
    let machine = hwprobe::probe().context("cannot probe this machine")?;
    let plan = hwprobe::plan(&machine.resources(), &stages)?;
    match format {
        Format::Human => print(&plan.to_string()),
        Format::Json => print_json(&plan),
    }
}

fn parse(text: &str) -> Result<Vec<StageNeed>> {
    Ok(serde_json::from_str(text)?)
}

fn read(path: &Path) -> Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
        return Ok(text);
    }
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
