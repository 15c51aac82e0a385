use std::ops::Range;

use super::outliers::{Sample, outliers};
use super::report::{Collector, FindingKind, IntegrityReport, Severity};
use super::rows::{Repeat, Row, out_of_order, repeats, sort, while_closed};
use crate::bars::check_values;
use crate::ticks::check_tick;
use crate::{Bar, BarGrid, Error, Tick, TradingCalendar, UnixNanos};

/// What counts as wrong.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct ValidationOptions {
    /// When the market is open.
    pub calendar: TradingCalendar,
    /// What the data should cover; `None`: from its first to its last row.
    pub range: Option<Range<UnixNanos>>,
    /// Longest open time without a row that is not a gap, in seconds.
    pub max_gap_seconds: u32,
    /// How many times the scale of its neighbours a price may lie away from their median; above 0.
    pub outlier_threshold: f64,
    /// Longest time for which quotes may repeat the same prices, in seconds; `None`: not looked at.
    pub stale_seconds: Option<u32>,
    /// Examples kept of each kind of finding.
    pub max_examples: usize,
}

impl ValidationOptions {
    /// Gaps of more than 10 minutes, outliers of more than 10 scales, ten examples of each; stale quotes not looked at.
    pub fn new(calendar: TradingCalendar) -> Self {
        Self {
            calendar,
            range: None,
            max_gap_seconds: 600,
            outlier_threshold: 10.0,
            stale_seconds: None,
            max_examples: 10,
        }
    }
}

/// Looks for what is wrong with `ticks` as they came: in any order, with any values.
///
/// Impossible rows are reported and then left out; the rest is looked at in order of time (rows of one time as they
/// came), duplicates once.
///
/// An **outlier** is a price that leaves its neighbours and comes back. The neighbours are the five before and the five
/// after it (at least three on each side, or nothing is said). With c the median of their mids, a mid is an outlier if
/// it lies further from c than `outlier_threshold` times the scale, the largest of 1.4826 times their median absolute
/// deviation from c, their median spread, and 10⁻⁵ c. A jump to a new level is no outlier: half of the neighbours are
/// there already.
///
/// ```
/// use market::{FindingKind, TradingCalendar, ValidationOptions, synthetic, validate_ticks};
///
/// let config = synthetic::SyntheticConfig::eurusd("2024-01-02".parse()?, 1);
/// let mut ticks: Vec<_> = synthetic::generate(&config, 1)?.view().iter().collect();
/// ticks[1000].bid *= 1.01;
/// let report = validate_ticks(&ticks, &ValidationOptions::new(TradingCalendar::forex()));
/// assert_eq!((report.count(FindingKind::Crossed), report.count(FindingKind::Outlier)), (1, 1));
/// assert!(!report.is_clean());
/// # Ok::<(), market::Error>(())
/// ```
///
/// # Panics
/// If the outlier threshold is not above 0.
pub fn validate_ticks(ticks: &[Tick], options: &ValidationOptions) -> IntegrityReport {
    let mut found = Collector::new(options.max_examples, tick_severity);
    let mut rows = Vec::with_capacity(ticks.len());
    for (row, tick) in ticks.iter().enumerate() {
        match check_tick(row, None, tick) {
            Err(Error::Value { value, .. }) => found.add(FindingKind::InvalidValue, row, tick.time, value),
            _ => rows.push(row),
        }
    }
    let rows = ordered(ticks, rows, &mut found);
    for &row in &rows {
        let tick = &ticks[row];
        if tick.bid > tick.ask {
            found.add(FindingKind::Crossed, row, tick.time, tick.bid - tick.ask);
        }
    }
    if let Some(seconds) = options.stale_seconds {
        find_stale(ticks, &rows, i64::from(seconds) * UnixNanos::PER_SECOND, &mut found);
    }
    let samples: Vec<_> = rows.iter().map(|&row| Sample::of_tick(row, &ticks[row])).collect();
    report(ticks.len(), &samples, options, found)
}

/// Looks for what is wrong with `bars` as they came: in any order, with any values.
///
/// As [`validate_ticks`], with these differences. Two bars of one time are an error, for they cannot become
/// [`Bars`](crate::Bars). An outlier is a bar whose high or low lies further from the median of its neighbours' closes
/// than the threshold times the scale, in which the range high − low takes the place of the spread. A bar covers its whole
/// length; it is one while the market was closed if the market was closed in all of it.
///
/// # Panics
/// If the outlier threshold is not above 0.
pub fn validate_bars(bars: &[Bar], grid: impl Into<BarGrid>, options: &ValidationOptions) -> IntegrityReport {
    validate_bars_on(bars, grid.into(), options)
}

// Not generic, so that it is compiled here, where the loops over the bars are one piece.
fn validate_bars_on(bars: &[Bar], grid: BarGrid, options: &ValidationOptions) -> IntegrityReport {
    let mut found = Collector::new(options.max_examples, bar_severity);
    let mut rows = Vec::with_capacity(bars.len());
    for (row, bar) in bars.iter().enumerate() {
        let late = bar.open_time.0.saturating_sub(grid.floor(bar.open_time).0);
        if late > 0 {
            found.add(FindingKind::Misaligned, row, bar.open_time, seconds(late));
        }
        match check_values(row, bar) {
            Err(Error::Value { value, .. }) => found.add(FindingKind::InvalidValue, row, bar.open_time, value),
            _ => rows.push(row),
        }
    }
    let rows = ordered(bars, rows, &mut found);
    let samples: Vec<_> = rows.iter().map(|&row| Sample::of_bar(row, &bars[row], grid)).collect();
    report(bars.len(), &samples, options, found)
}

/// Reports what is wrong with the times of `rows` and returns them in order of time without duplicates.
fn ordered<R: Row>(table: &[R], mut rows: Vec<usize>, found: &mut Collector) -> Vec<usize> {
    let late = out_of_order(table, &rows);
    for &(row, nanos) in &late {
        found.add(FindingKind::OutOfOrder, row, table[row].time(), seconds(nanos));
    }
    if !late.is_empty() {
        sort(table, &mut rows);
    }
    let mut duplicates = Vec::new();
    for (row, repeat) in repeats(table, &rows) {
        match repeat {
            Repeat::Duplicate(first) => {
                found.add(FindingKind::Duplicate, row, table[row].time(), first as f64);
                duplicates.push(row);
            }
            Repeat::SameTime(previous) => {
                let change = table[row].price() - table[previous].price();
                found.add(FindingKind::SameTime, row, table[row].time(), change);
            }
        }
    }
    duplicates.sort_unstable();
    rows.retain(|row| duplicates.binary_search(row).is_err());
    rows
}

fn find_stale(ticks: &[Tick], rows: &[usize], longest: i64, found: &mut Collector) {
    let same = |a: &Tick, b: &Tick| a.bid.to_bits() == b.bid.to_bits() && a.ask.to_bits() == b.ask.to_bits();
    for run in rows.chunk_by(|&a, &b| same(&ticks[a], &ticks[b])) {
        let (first, last) = (ticks[run[0]].time, ticks[run[run.len() - 1]].time);
        let length = last.0.saturating_sub(first.0);
        if length > longest {
            found.add(FindingKind::Stale, run[0], first, seconds(length));
        }
    }
}

fn report(n_rows: usize, samples: &[Sample], options: &ValidationOptions, mut found: Collector) -> IntegrityReport {
    assert!(options.outlier_threshold > 0.0, "the outlier threshold is not above 0");
    outliers(samples, options.outlier_threshold, |sample, distance| {
        found.add(FindingKind::Outlier, sample.row, sample.time, distance);
    });
    while_closed(samples, &options.calendar, |sample| {
        found.add(FindingKind::WhileClosed, sample.row, sample.time, sample.price);
    });
    let (first, last) = (samples.first(), samples.last());
    let ends = first.zip(last).map(|(first, last)| first.time..last.end);
    let (mut open, mut missing) = (0, 0);
    if let Some(range) = options.range.clone().or(ends) {
        missing = find_gaps(samples, &range, options, &mut found);
        open = options.calendar.open_nanos(range);
    }
    IntegrityReport {
        n_rows,
        first_time: first.map(|sample| sample.time),
        last_time: last.map(|sample| sample.time),
        open_seconds: seconds(open),
        missing_seconds: seconds(missing),
        coverage: (open > 0).then(|| 1.0 - missing as f64 / open as f64),
        findings: found.finish(),
    }
}

/// Reports the gaps and returns their open nanoseconds.
fn find_gaps(samples: &[Sample], range: &Range<UnixNanos>, options: &ValidationOptions, found: &mut Collector) -> i64 {
    let longest = i64::from(options.max_gap_seconds) * UnixNanos::PER_SECOND;
    let (mut covered, mut row, mut missing) = (range.start, samples.first().map_or(0, |sample| sample.row), 0);
    let mut look = |from: UnixNanos, to: UnixNanos, row| {
        if to.0.saturating_sub(from.0) > longest {
            let open = options.calendar.open_nanos(from..to);
            if open > longest {
                found.add(FindingKind::Gap, row, from, seconds(open));
                missing += open;
            }
        }
    };
    for sample in samples.iter().take_while(|sample| sample.time < range.end) {
        look(covered, sample.time, row);
        covered = covered.max(sample.end);
        row = sample.row;
    }
    look(covered, range.end, row);
    missing
}

fn tick_severity(kind: FindingKind) -> Severity {
    match kind {
        FindingKind::SameTime | FindingKind::Stale => Severity::Notice,
        FindingKind::InvalidValue | FindingKind::OutOfOrder => Severity::Error,
        _ => Severity::Warning,
    }
}

fn bar_severity(kind: FindingKind) -> Severity {
    match kind {
        FindingKind::Duplicate | FindingKind::SameTime | FindingKind::Misaligned => Severity::Error,
        _ => tick_severity(kind),
    }
}

fn seconds(nanos: i64) -> f64 {
    nanos as f64 / UnixNanos::PER_SECOND as f64
}
