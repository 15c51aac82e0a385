use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use dukascopy::{CandleStep, FetchReport, FetchRequest, FetchedFile, FileRequest, HourOutcome, blocking, candle_keys};
use market_files::AtomicFile;

use crate::args::FetchArgs;
use crate::outcome::{Outcome, judge, log_gaps, print_report};
use crate::progress::ProgressView;
use crate::request::{downloader, now, request};

/// `dukascopy fetch`.
pub(crate) fn run(options: &FetchArgs) -> Result<Outcome> {
    let request = request(&options.range, &options.gaps, now()?)?;
    let downloader = downloader(&options.out, &options.sources)?;
    let view = ProgressView::new();
    let fetched = downloader.fetch(&request, &|event| view.show(event));
    let candles = if options.candles { fetch_candles(&downloader, &request, &view) } else { Ok(Outcome::Complete) };
    view.finish();
    let (report, candles) = (fetched?, candles?);
    let default = options.out.join(format!("{}.gaps.json", request.symbol));
    let gap_report = options.gap_report.as_deref().unwrap_or(&default);
    write_gap_report(gap_report, &report)?;
    log_gaps(&report);
    print_report(&report, options.format)?;
    let outcome = judge(&report, &options.gaps);
    if outcome == Outcome::Incomplete {
        tracing::error!("incomplete; gaps are listed in {}; run it again to fill them", gap_report.display());
    }
    Ok(if candles == Outcome::Incomplete { candles } else { outcome })
}

/// Fetches the official candles of a request; complete if no file failed.
pub(crate) fn fetch_candles(
    downloader: &blocking::Downloader,
    request: &FetchRequest,
    view: &ProgressView,
) -> Result<Outcome> {
    let steps = [CandleStep::Minute, CandleStep::Hour, CandleStep::Day];
    let keys = candle_keys(&request.symbol, request.range.clone(), &steps)?;
    let files = FileRequest { keys, now: request.now, calendar: request.calendar.clone(), refetch: false };
    Ok(log_files(&downloader.fetch_files(&files, &|event| view.show(event))?))
}

/// Logs the files that did not come; complete if none failed.
pub(crate) fn log_files(files: &[FetchedFile]) -> Outcome {
    let mut outcome = Outcome::Complete;
    for file in files {
        let path = file.key.feed_path();
        match file.outcome {
            HourOutcome::Failed => {
                tracing::warn!("{path}: {}: {}", file.origin, file.reason);
                outcome = Outcome::Incomplete;
            }
            HourOutcome::NotThere => tracing::info!("{path}: {}", file.reason),
            HourOutcome::Data | HourOutcome::Closed => {}
        }
    }
    let is_there = |file: &&FetchedFile| matches!(file.outcome, HourOutcome::Data | HourOutcome::Closed);
    tracing::info!("{} of {} files are there", files.iter().filter(is_there).count(), files.len());
    outcome
}

/// Writes the report as one JSON object, also where there is no gap, so that no old one is left.
fn write_gap_report(path: &Path, report: &FetchReport) -> Result<()> {
    let mut file = AtomicFile::create(path)?;
    let json = serde_json::to_string_pretty(report)?;
    writeln!(file, "{json}").with_context(|| format!("cannot write {}", path.display()))?;
    Ok(file.commit()?)
}
