//! The one place where a run's market data comes over the network.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use dukascopy::{
    Downloader, FetchEvent, FetchReport, FetchRequest, HourOutcome, HttpOptions, Mirror, SourceSpec, blocking,
};
use market::{Symbol, UnixNanos};

use crate::files::{remove_if_there, write_atomically};
use crate::plan::{DataPlan, DownloadPlan};
use crate::{Error, Progress, Stage};

/// What came of a download.
#[derive(Debug, PartialEq)]
pub(crate) enum Filled {
    /// Every hour has an answer in which the market was open.
    Complete,
    /// Some of these hours could not be had.
    Failed {
        /// How many.
        hours: u64,
        /// The file that names them.
        gap_report: PathBuf,
    },
}

/// Brings the cache up to the range: only what it does not have is asked for.
///
/// Fail-over from one source to the next is told to `progress`, each once. Hours that failed are named in a file beside
/// the cache's folders, `SYMBOL.gaps.json`, which a complete download removes; those in which the market was closed do not
/// stop the run.
pub(crate) fn fill_cache(
    plan: &DataPlan,
    download: &DownloadPlan,
    range: Range<UnixNanos>,
    now: UnixNanos,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Filled, Error> {
    let symbol = &plan.instrument.symbol;
    let (cache, Range { start, end }) = (download.cache.display(), &range);
    let sources = spelled(&download.sources);
    doing(progress, format!("downloading {symbol} from {start} to {end} from {sources} into {cache}"));
    let log = Log { progress, told: Mutex::default() };
    let fetched = fetch(symbol, download, range, now, &|event| log.take(event));
    let report = fetched.map_err(Error::failed(format!("downloading {symbol} into {cache}")))?;
    doing(progress, summary(&report));
    if let Some(reason) = &report.scale_suspect {
        log.note(format!("the price scale of {symbol} is suspect: {reason}"));
    }
    let gap_report = download.cache.join(format!("{symbol}.gaps.json"));
    if report.is_complete() {
        remove_if_there(&gap_report)?;
        return Ok(Filled::Complete);
    }
    let text = serde_json::to_vec_pretty(&report).map_err(Error::failed("writing the gap report"))?;
    write_atomically(&gap_report, &text)?;
    let hours = failed_hours(&report);
    if hours > 0 {
        return Ok(Filled::Failed { hours, gap_report });
    }
    let (closed, file) = (report.hours.failed, gap_report.display());
    log.note(format!("{closed} hours failed in which the market is closed by the calendar; they are listed in {file}"));
    Ok(Filled::Complete)
}

/// Hours that failed, without those in which the market was closed by the calendar, where ticks are not expected.
fn failed_hours(report: &FetchReport) -> u64 {
    let failed = report.gaps.iter().filter(|gap| gap.outcome == HourOutcome::Failed && gap.is_open != Some(false));
    failed.map(|gap| gap.hours).sum()
}

/// Sources as a user writes them, such as `day, hour, json`.
pub(crate) fn spelled(sources: &[SourceSpec]) -> String {
    sources.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn fetch(
    symbol: &Symbol,
    download: &DownloadPlan,
    range: Range<UnixNanos>,
    now: UnixNanos,
    on_event: &(dyn Fn(&FetchEvent<'_>) + Sync),
) -> Result<FetchReport, dukascopy::Error> {
    let cache = Mirror::create(&download.cache)?;
    let downloader = Downloader::new(cache, &download.sources, None, &HttpOptions::default())?;
    let request = FetchRequest::new(symbol.clone(), range, now)?;
    blocking::Downloader::new(downloader)?.fetch(&request, on_event)
}

fn doing(progress: &(dyn Fn(Progress) + Sync), text: String) {
    progress(Progress::Doing { stage: Stage::Data, text });
}

fn summary(report: &FetchReport) -> String {
    let hours = &report.hours;
    let origins: Vec<_> =
        report.origins.iter().map(|origin| format!("; {} hours from {}", origin.hours, origin.origin)).collect();
    format!(
        "downloaded {}: {} ticks; {} hours with ticks, {} closed, {} not there, {} failed{}",
        report.symbol,
        report.ticks,
        hours.data,
        hours.closed,
        hours.not_there,
        hours.failed,
        origins.concat()
    )
}

/// Turns what the download says into what the run says.
struct Log<'a> {
    progress: &'a (dyn Fn(Progress) + Sync),
    /// Fail-overs that were told: the same one happens each day.
    told: Mutex<BTreeSet<(String, String)>>,
}

impl Log<'_> {
    fn take(&self, event: &FetchEvent<'_>) {
        match event {
            FetchEvent::Day { done_hours, total_hours, .. } => (self.progress)(Progress::Advanced {
                stage: Stage::Data,
                done: usize::try_from(*done_hours).unwrap_or(usize::MAX),
                total: usize::try_from(*total_hours).unwrap_or(usize::MAX),
            }),
            FetchEvent::FailOver { day, n_hours, from, to, reason } => {
                tracing::debug!(%day, n_hours, from, to, reason, "fail-over");
                let pair = ((*from).to_owned(), (*to).to_owned());
                if self.told.lock().unwrap_or_else(PoisonError::into_inner).insert(pair) {
                    self.note(format!("{from} fails over to {to}: {reason}"));
                }
            }
            FetchEvent::SourceDown { source, reason } => self.note(format!("{source} is not asked any more: {reason}")),
            FetchEvent::Paused { source, pause, status } => {
                self.note(format!("{source} asks for a pause of {:.1} s (HTTP {status})", pause.as_secs_f64()));
            }
            FetchEvent::CacheDamaged { error } => self.note(format!("fetched again: {error}")),
            FetchEvent::Retry { source, key, attempt, reason } => {
                tracing::debug!(source, %key, attempt, reason, "retry");
            }
            _ => {}
        }
    }

    fn note(&self, text: String) {
        (self.progress)(Progress::Note { stage: Stage::Data, text });
    }
}
