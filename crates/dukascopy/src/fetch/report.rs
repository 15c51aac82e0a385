use std::collections::BTreeMap;

use market::{Symbol, Ticks, Timeframe, UnixNanos};
use serde::Serialize;

use crate::ScaleCheck;

/// How an hour of a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HourOutcome {
    /// There are ticks.
    Data,
    /// There are none, and the calendar says that the market was closed.
    Closed,
    /// No source has a file: the hour is not over, not published yet, or before the first tick.
    NotThere,
    /// It could not be had: every source failed, or said "empty" while the market was open.
    Failed,
}

/// One hour of a [`FetchedDay`].
#[derive(Clone, Debug, PartialEq)]
pub struct FetchedHour {
    /// Start of the UTC hour.
    pub start: UnixNanos,
    /// How it ended.
    pub outcome: HourOutcome,
    /// Number of its ticks inside of the request's range.
    pub n_ticks: usize,
    /// These ticks; none if they are only written to the cache.
    pub ticks: Ticks,
    /// Where the outcome comes from: `cache` or the name of a source; of a failure, the source that failed last.
    pub origin: String,
    /// Why it is not there or failed; empty otherwise.
    pub reason: String,
    /// Whether the market was open in some of it; `None` where no calendar is known.
    pub is_open: Option<bool>,
}

/// The hours of a UTC day, with their ticks.
#[derive(Clone, Debug, PartialEq)]
pub struct FetchedDay {
    /// Start of the day.
    pub day: UnixNanos,
    /// The hours that the range touches, in order.
    pub hours: Vec<FetchedHour>,
    /// Whether the bid prices are such as the instrument had.
    pub scale_check: ScaleCheck,
}

impl FetchedDay {
    /// Number of the ticks of all hours.
    pub fn n_ticks(&self) -> usize {
        self.hours.iter().map(|hour| hour.n_ticks).sum()
    }
}

/// Hours by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HourCounts {
    /// Hours with ticks.
    pub data: u64,
    /// Hours without, in which the market was closed.
    pub closed: u64,
    /// Hours that no source has.
    pub not_there: u64,
    /// Hours that could not be had.
    pub failed: u64,
}

/// Hours that one origin gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OriginCount {
    /// `cache` or the name of a source.
    pub origin: String,
    /// Hours that ended as data or closed by its answer.
    pub hours: u64,
}

/// Neighbouring hours that are missing for the same reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// Start of the first hour.
    pub from: UnixNanos,
    /// End of the last hour.
    pub to: UnixNanos,
    /// Number of hours.
    pub hours: u64,
    /// [`HourOutcome::Failed`] or [`HourOutcome::NotThere`].
    pub outcome: HourOutcome,
    /// Whether the market was open in some of each; `None` where no calendar is known.
    pub is_open: Option<bool>,
    /// The source that was asked last.
    pub origin: String,
    /// Why.
    pub reason: String,
}

/// What came of a request. Nothing is left out: the four counts add up to all hours that the range touches, and the gaps
/// are all hours that are not there or failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FetchReport {
    /// The instrument.
    pub symbol: Symbol,
    /// Start of the range.
    pub from: UnixNanos,
    /// End of the range, exclusive.
    pub to: UnixNanos,
    /// Hours by outcome.
    pub hours: HourCounts,
    /// Ticks inside of the range.
    pub ticks: u64,
    /// Whether a trading calendar is known; without one an empty hour cannot be judged and counts as closed.
    pub calendar_known: bool,
    /// What makes the price scale suspect, on the first day for which it is; absent: nothing does.
    pub scale_suspect: Option<String>,
    /// Where the hours with an answer come from, sorted by name.
    pub origins: Vec<OriginCount>,
    /// Requests sent, retries included.
    pub requests: u64,
    /// Bytes received.
    pub bytes: u64,
    /// What is missing, in order of time.
    pub gaps: Vec<Gap>,
}

impl FetchReport {
    /// Whether no hour failed.
    pub fn is_complete(&self) -> bool {
        self.hours.failed == 0
    }

    /// Hours in which the market was open and that are missing, failed or not.
    pub fn open_hours_missing(&self) -> u64 {
        self.gaps.iter().filter(|gap| gap.is_open == Some(true)).map(|gap| gap.hours).sum()
    }
}

/// Adds days up to a report; memory grows with the number of gaps only.
#[derive(Debug)]
pub(super) struct Tally {
    pub(super) hours: HourCounts,
    pub(super) n_ticks: u64,
    pub(super) scale_suspect: Option<String>,
    origins: BTreeMap<String, u64>,
    gaps: Vec<Gap>,
}

impl Tally {
    pub(super) fn new() -> Self {
        let (hours, origins, gaps) = (HourCounts::default(), BTreeMap::new(), Vec::new());
        Self { hours, n_ticks: 0, scale_suspect: None, origins, gaps }
    }

    pub(super) fn n_hours(&self) -> u64 {
        self.hours.data + self.hours.closed + self.hours.not_there + self.hours.failed
    }

    pub(super) fn add(&mut self, day: &FetchedDay) {
        for hour in &day.hours {
            self.n_ticks += hour.n_ticks as u64;
            let (count, is_gap) = match hour.outcome {
                HourOutcome::Data => (&mut self.hours.data, false),
                HourOutcome::Closed => (&mut self.hours.closed, false),
                HourOutcome::NotThere => (&mut self.hours.not_there, true),
                HourOutcome::Failed => (&mut self.hours.failed, true),
            };
            *count += 1;
            if is_gap {
                self.add_gap(hour);
            } else if let Some(count) = self.origins.get_mut(&hour.origin) {
                *count += 1;
            } else {
                self.origins.insert(hour.origin.clone(), 1);
            }
        }
    }

    fn add_gap(&mut self, hour: &FetchedHour) {
        let end = UnixNanos(hour.start.0 + Timeframe::H1.nanos());
        if let Some(gap) = self.gaps.last_mut()
            && (gap.to, gap.outcome, gap.is_open) == (hour.start, hour.outcome, hour.is_open)
            && (gap.origin.as_str(), gap.reason.as_str()) == (&hour.origin, &hour.reason)
        {
            gap.to = end;
            gap.hours += 1;
            return;
        }
        self.gaps.push(Gap {
            from: hour.start,
            to: end,
            hours: 1,
            outcome: hour.outcome,
            is_open: hour.is_open,
            origin: hour.origin.clone(),
            reason: hour.reason.clone(),
        });
    }

    pub(super) fn finish(self, request: &super::FetchRequest, requests: u64, bytes: u64) -> FetchReport {
        FetchReport {
            symbol: request.symbol.clone(),
            from: request.range.start,
            to: request.range.end,
            hours: self.hours,
            ticks: self.n_ticks,
            calendar_known: request.calendar.is_some(),
            scale_suspect: self.scale_suspect,
            origins: self.origins.into_iter().map(|(origin, hours)| OriginCount { origin, hours }).collect(),
            requests,
            bytes,
            gaps: self.gaps,
        }
    }
}
