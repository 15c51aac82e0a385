use std::collections::BTreeSet;

use market::UnixNanos;

use super::finding::{Finding, FindingKind};
use super::job::Job;
use super::report::{FindingCounts, Verdict, VerifyCounts, VerifyEvent, VerifyReport};
use crate::FileKey;
use crate::period::Period;

/// What a part of the check found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) counts: VerifyCounts,
    pub(super) findings: Vec<Finding>,
    pub(super) repair: BTreeSet<FileKey>,
}

impl Found {
    pub(super) fn add(&mut self, file: &FileKey, start: UnixNanos, kind: FindingKind) {
        self.findings.push(Finding { file: file.clone(), start, kind });
    }

    /// Adds a finding that fetching `file` again may put right.
    pub(super) fn add_repairable(&mut self, file: &FileKey, start: UnixNanos, kind: FindingKind) {
        self.repair.insert(file.clone());
        self.add(file, start, kind);
    }
}

/// Adds parts up to the report.
#[derive(Debug)]
pub(super) struct Tally {
    report: VerifyReport,
    repair: BTreeSet<FileKey>,
    max_examples: u64,
    total_days: u64,
}

impl Tally {
    /// Nothing yet of `days`, which are not empty.
    pub(super) fn new(job: &Job<'_>, days: &[UnixNanos]) -> Self {
        let report = VerifyReport {
            symbol: job.symbol.clone(),
            from: days[0],
            to: Period::Day.after(days[days.len() - 1]),
            verdict: Verdict::NothingCompared,
            counts: VerifyCounts::default(),
            findings: FindingCounts::default(),
            examples: Vec::new(),
            files_to_repair: Vec::new(),
        };
        let max_examples = job.options.max_examples as u64;
        Self { report, repair: BTreeSet::new(), max_examples, total_days: days.len() as u64 }
    }

    pub(super) fn n_days(&self) -> u64 {
        self.report.counts.n_days
    }

    pub(super) fn total_days(&self) -> u64 {
        self.total_days
    }

    pub(super) fn add(&mut self, mut found: Found, on_event: &mut dyn FnMut(VerifyEvent<'_>)) {
        self.report.counts += found.counts;
        self.repair.append(&mut found.repair);
        for finding in found.findings {
            on_event(VerifyEvent::Finding(&finding));
            let count = self.report.findings.of(&finding.kind);
            *count += 1;
            if *count <= self.max_examples {
                self.report.examples.push(finding);
            }
        }
    }

    pub(super) fn finish(mut self) -> VerifyReport {
        self.report.verdict = if self.report.findings.total() > 0 {
            Verdict::Findings
        } else if self.report.counts.n_compared() > 0 {
            Verdict::Passed
        } else {
            Verdict::NothingCompared
        };
        self.report.files_to_repair = self.repair.into_iter().collect();
        self.report
    }
}
