use anyhow::Result;
use dukascopy::{FetchReport, Gap, HourOutcome};

use crate::args::{Format, GapArgs};
use crate::output::print_line;

/// How a command ended that could be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing is missing or wrong.
    Complete,
    /// Something is, and the output says what.
    Incomplete,
}

impl Outcome {
    pub(crate) fn of(is_complete: bool) -> Self {
        if is_complete { Self::Complete } else { Self::Incomplete }
    }
}

/// How a fetch ended: failed hours are always an incomplete result, hours that no source has only if nothing else came or
/// on request.
pub(crate) fn judge(report: &FetchReport, options: &GapArgs) -> Outcome {
    let n_open_missing = report.open_hours_missing();
    let has_nothing = report.hours.data == 0 && n_open_missing > 0;
    Outcome::of(report.is_complete() && !has_nothing && !(options.strict && n_open_missing > 0))
}

/// Logs the gaps that a user must know: failed hours, and hours not there although the market was open.
pub(crate) fn log_gaps(report: &FetchReport) {
    const SHOWN: usize = 10;
    let worth = |gap: &&Gap| gap.outcome == HourOutcome::Failed || gap.is_open == Some(true);
    let gaps: Vec<&Gap> = report.gaps.iter().filter(worth).collect();
    for gap in gaps.iter().take(SHOWN) {
        tracing::warn!("{}", gap_line(gap));
    }
    if gaps.len() > SHOWN {
        tracing::warn!("and {} more gaps", gaps.len() - SHOWN);
    }
    if !report.calendar_known {
        tracing::warn!("no trading calendar is known for {}: empty hours could not be judged", report.symbol);
    }
}

/// Prints a report to standard output.
pub(crate) fn print_report(report: &FetchReport, format: Format) -> Result<()> {
    if format == Format::Json {
        return print_line(&serde_json::to_string(report)?);
    }
    let hours = &report.hours;
    print_line(&format!("{} from {} to {}: {} ticks", report.symbol, report.from, report.to, report.ticks))?;
    print_line(&format!(
        "hours: {} with data, {} closed, {} not there, {} failed",
        hours.data, hours.closed, hours.not_there, hours.failed
    ))?;
    let origins: Vec<_> = report.origins.iter().map(|count| format!("{} from {}", count.hours, count.origin)).collect();
    if !origins.is_empty() {
        print_line(&format!("origin: {}", origins.join(", ")))?;
    }
    print_line(&format!("{} requests, {:.1} MB received", report.requests, report.bytes as f64 / 1e6))
}

/// A gap in words.
pub(crate) fn gap_line(gap: &Gap) -> String {
    let outcome = match gap.outcome {
        HourOutcome::Failed => "failed",
        HourOutcome::NotThere => "not there",
        HourOutcome::Data => "data",
        HourOutcome::Closed => "closed",
    };
    let market = match gap.is_open {
        Some(true) => "market open",
        Some(false) => "market closed",
        None => "no calendar",
    };
    let hours = if gap.hours == 1 { "1 hour".to_owned() } else { format!("{} hours", gap.hours) };
    let origin = if gap.origin.is_empty() { String::new() } else { format!("{}: ", gap.origin) };
    format!("{} to {} ({hours}, {market}) {outcome}: {origin}{}", gap.from, gap.to, gap.reason)
}
