use anyhow::Result;
use experiment::rebuild;

use crate::args::{Format, ReportOptions};
use crate::run::print_outcome;

/// `aio report`.
pub(crate) fn run(options: &ReportOptions, format: Format) -> Result<()> {
    print_outcome(&rebuild(&options.dir)?, format)
}
