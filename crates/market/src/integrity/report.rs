use std::collections::BTreeMap;
use std::fmt;

use crate::UnixNanos;

/// What is wrong with a table of ticks or bars, and how much of the open market it covers.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct IntegrityReport {
    /// Rows looked at.
    pub n_rows: usize,
    /// Earliest usable time.
    pub first_time: Option<UnixNanos>,
    /// Latest usable time.
    pub last_time: Option<UnixNanos>,
    /// Seconds in the examined range during which the market was open.
    pub open_seconds: f64,
    /// Seconds of them that lie in reported gaps.
    pub missing_seconds: f64,
    /// 1 − missing / open, from 0 to 1; `None` if the market was never open in the range.
    pub coverage: Option<f64>,
    /// One entry for each kind of finding, those that need action most first.
    pub findings: Vec<Finding>,
}

/// All findings of one kind.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Finding {
    /// The kind.
    pub kind: FindingKind,
    /// How bad it is.
    pub severity: Severity,
    /// How many there are.
    pub count: usize,
    /// The first of them, in the order in which they were met.
    pub examples: Vec<Example>,
}

/// Where a finding is.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Example {
    /// Row in the input, from 0.
    pub row: usize,
    /// Time of the row; of a gap, its start.
    pub time: UnixNanos,
    /// A number that [`FindingKind`] explains; `None` where it is not finite.
    pub value: Option<f64>,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum FindingKind {
    /// A price or volume that [`Ticks`](crate::Ticks) or [`Bars`](crate::Bars) refuse. Value: that number.
    InvalidValue,
    /// A row older than a row before it. Value: by how many seconds.
    OutOfOrder,
    /// A bar that does not start where its grid lets bars start. Value: seconds since it should have.
    Misaligned,
    /// A row equal to an earlier one in every field. Value: the earlier row.
    Duplicate,
    /// A row with the time of an earlier one but other numbers. Value: its mid or close minus that of the row before.
    SameTime,
    /// Bid above ask. Value: bid − ask, in price units.
    Crossed,
    /// A price far from its neighbours on both sides; see [`validate_ticks`](crate::validate_ticks). Value: how far
    /// above (negative: below) their median, in price units.
    Outlier,
    /// Nothing for longer than allowed while the market was open. Value: open seconds in it. Row: the last before it.
    Gap,
    /// A row while the market was closed. Value: its mid or close.
    WhileClosed,
    /// Quotes that go on with unchanged prices for longer than allowed. Value: seconds. Row: the first of them.
    Stale,
}

/// How bad a finding is, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Severity {
    /// Genuine data has it; worth knowing.
    Notice,
    /// Results may be wrong because of it.
    Warning,
    /// The rows cannot become [`Ticks`](crate::Ticks) or [`Bars`](crate::Bars) as they are.
    Error,
}

impl IntegrityReport {
    /// Whether nothing worse than a notice was found.
    pub fn is_clean(&self) -> bool {
        self.worst().is_none_or(|severity| severity == Severity::Notice)
    }

    /// The severity of the worst finding.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// How many findings of `kind` there are.
    pub fn count(&self, kind: FindingKind) -> usize {
        self.findings.iter().find(|finding| finding.kind == kind).map_or(0, |finding| finding.count)
    }
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InvalidValue => "impossible price or volume",
            Self::OutOfOrder => "out of order",
            Self::Misaligned => "not aligned to the timeframe",
            Self::Duplicate => "duplicate",
            Self::SameTime => "same time, other values",
            Self::Crossed => "crossed quote",
            Self::Outlier => "outlier",
            Self::Gap => "gap",
            Self::WhileClosed => "while the market was closed",
            Self::Stale => "stale quotes",
        })
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// One line about the whole and one for each kind of finding.
impl fmt::Display for IntegrityReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows", self.n_rows)?;
        if let (Some(first), Some(last)) = (self.first_time, self.last_time) {
            write!(f, ", {first} to {last}")?;
        }
        if let Some(coverage) = self.coverage {
            write!(f, ", {:.2} % of the open market", coverage * 100.0)?;
        }
        for finding in &self.findings {
            write!(f, "\n{}: {}, {} times", finding.severity, finding.kind, finding.count)?;
            if let Some(first) = finding.examples.first() {
                write!(f, ", first at row {} ({})", first.row, first.time)?;
            }
        }
        Ok(())
    }
}

/// Findings while they are being made.
pub(super) struct Collector {
    max_examples: usize,
    severity: fn(FindingKind) -> Severity,
    found: BTreeMap<FindingKind, Finding>,
}

impl Collector {
    pub(super) fn new(max_examples: usize, severity: fn(FindingKind) -> Severity) -> Self {
        Self { max_examples, severity, found: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, kind: FindingKind, row: usize, time: UnixNanos, value: f64) {
        let severity = (self.severity)(kind);
        let finding =
            self.found.entry(kind).or_insert_with(|| Finding { kind, severity, count: 0, examples: Vec::new() });
        finding.count += 1;
        if finding.examples.len() < self.max_examples {
            finding.examples.push(Example { row, time, value: value.is_finite().then_some(value) });
        }
    }

    pub(super) fn finish(self) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self.found.into_values().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        findings
    }
}
