use std::num::NonZeroUsize;
use std::thread;

use anyhow::Result;
use dukascopy::{BySide, Compared, FetchRequest, Mirror, Verdict, VerifyEvent, VerifyOptions, VerifyReport};

use crate::args::{Format, GapArgs, VerifyArgs};
use crate::fetch::fetch_candles;
use crate::outcome::Outcome;
use crate::output::print_line;
use crate::progress::ProgressView;
use crate::request::{downloader, now, request};

/// `dukascopy verify`.
pub(crate) fn run(options: &VerifyArgs) -> Result<Outcome> {
    let request = request(&options.range, &GapArgs { accept_empty: false, strict: false }, now()?)?;
    if options.fetch_candles {
        let view = ProgressView::new();
        let fetched = fetch_candles(&downloader(&options.mirror, &options.sources)?, &request, &view);
        view.finish();
        fetched?;
    }
    let report = verify(&Mirror::open(&options.mirror)?, &request)?;
    print_report(&report, options.format)?;
    Ok(Outcome::of(report.verdict == Verdict::Passed))
}

/// Findings printed for people.
const SHOWN: usize = 20;

/// Checks the days of a request, and logs each finding as it is found.
pub(crate) fn verify(mirror: &Mirror, request: &FetchRequest) -> Result<VerifyReport> {
    let n_threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let options = VerifyOptions { n_threads, ..VerifyOptions::default() };
    let mut on_event = |event: VerifyEvent<'_>| match event {
        VerifyEvent::Finding(finding) => tracing::debug!("{}", serde_json::json!(finding)),
        VerifyEvent::Days { done, total } => tracing::debug!("{done} of {total} days verified"),
    };
    Ok(dukascopy::verify(mirror, &request.symbol, request.range.clone(), &options, &mut on_event)?)
}

pub(crate) fn print_report(report: &VerifyReport, format: Format) -> Result<()> {
    if format == Format::Json {
        return print_line(&serde_json::to_string(report)?);
    }
    let counts = &report.counts;
    print_line(&format!("{} from {} to {}: {} ticks", report.symbol, report.from, report.to, counts.n_ticks))?;
    print_sides("minutes of ticks", counts.minutes)?;
    print_sides("hours of ticks", counts.hours)?;
    print_sides("days of ticks", counts.days)?;
    print_sides("hours of minutes", counts.hours_of_minutes)?;
    print_sides("days of hours", counts.days_of_hours)?;
    // A mirror has either of them as a rule.
    let twice = Compared { only_finer: 0, only_coarser: 0, ..counts.hours_of_day_files };
    print_compared("hour files against day files", twice)?;
    for finding in report.examples.iter().take(SHOWN) {
        print_line(&format!("finding: {}", serde_json::to_string(finding)?))?;
    }
    let n_findings = report.findings.total();
    if n_findings > SHOWN as u64 {
        print_line(&format!("{n_findings} findings in all; -v logs each, --format json lists more"))?;
    }
    print_line(match report.verdict {
        Verdict::Passed => "passed: all that could be compared is equal",
        Verdict::Findings => "findings: see above; repair downloads the files concerned again",
        Verdict::NothingCompared => "nothing was compared: the mirror has no official candles (try --fetch-candles)",
    })
}

fn print_sides(name: &str, sides: BySide<Compared>) -> Result<()> {
    print_compared(&format!("{name}, bid"), sides.bid)?;
    print_compared(&format!("{name}, ask"), sides.ask)
}

fn print_compared(name: &str, compared: Compared) -> Result<()> {
    let Compared { equal, different, only_finer, only_coarser } = compared;
    if equal + different + only_finer + only_coarser == 0 {
        return Ok(());
    }
    let alone = only_finer + only_coarser;
    print_line(&format!("{name:<30} {equal:>8} equal {different:>6} different {alone:>8} without counterpart"))
}
