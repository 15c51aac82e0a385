use anyhow::{Context, Result};

use crate::args::Format;
use crate::output::print_line;

/// `aio check-hardware`.
pub(crate) fn check(format: Format) -> Result<()> {
    let machine = hwprobe::probe().context("cannot probe this machine")?;
    match format {
        Format::Human => print_line(machine.to_string().trim_end()),
        Format::Json => print_line(&serde_json::to_string(&machine)?),
    }
}
