use std::collections::BTreeSet;

use anyhow::Result;
use dukascopy::{
    FetchRequest, FileKey, FileRequest, FindingKind, HourOutcome, Mirror, Verdict, VerifyReport, blocking,
};

use crate::args::{Format, RepairArgs};
use crate::fetch::log_files;
use crate::outcome::{Outcome, judge, log_gaps, print_report};
use crate::progress::ProgressView;
use crate::request::{downloader, now, request};
use crate::verify::{print_report as print_verification, verify};

/// `dukascopy repair`: verify, fetch again what is wrong and what is missing, verify again.
pub(crate) fn run(options: &RepairArgs) -> Result<Outcome> {
    let request = request(&options.range, &options.gaps, now()?)?;
    let downloader = downloader(&options.mirror, &options.sources)?;
    let mirror = Mirror::open(&options.mirror)?;
    let before = verify(&mirror, &request)?;
    tracing::info!("{} findings, {} files to fetch again", before.findings.total(), before.files_to_repair.len());
    let view = ProgressView::new();
    let refetched = refetch(&downloader, &mirror, &request, &before, &view);
    let fetched = refetched.and_then(|()| Ok(downloader.fetch(&request, &|event| view.show(event))?));
    view.finish();
    let report = fetched?;
    log_gaps(&report);
    let after = verify(&mirror, &request)?;
    if options.format == Format::Text {
        print_report(&report, options.format)?;
    }
    print_verification(&after, options.format)?;
    let is_complete = judge(&report, &options.gaps) == Outcome::Complete;
    Ok(Outcome::of(is_complete && after.verdict != Verdict::Findings))
}

/// Fetches the files again that verification blames. One that does not decode and that no source has is set aside, so that
/// other files of its hours count.
fn refetch(
    downloader: &blocking::Downloader,
    mirror: &Mirror,
    request: &FetchRequest,
    report: &VerifyReport,
    view: &ProgressView,
) -> Result<()> {
    if report.files_to_repair.is_empty() {
        return Ok(());
    }
    let wanted = FileRequest {
        keys: report.files_to_repair.clone(),
        now: request.now,
        calendar: request.calendar.clone(),
        refetch: true,
    };
    let files = downloader.fetch_files(&wanted, &|event| view.show(event))?;
    log_files(&files);
    let undecodable: BTreeSet<&FileKey> = report
        .examples
        .iter()
        .filter(|finding| matches!(finding.kind, FindingKind::Undecodable { .. }))
        .map(|finding| &finding.file)
        .collect();
    for file in files {
        if file.outcome == HourOutcome::NotThere && undecodable.contains(&file.key) {
            let path = mirror.set_aside(&file.key)?;
            tracing::warn!("{} does not decode and no source has it: moved to {}", file.key, path.display());
        }
    }
    Ok(())
}
