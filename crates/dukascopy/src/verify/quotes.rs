use market::{TicksView, UnixNanos};

use super::finding::FindingKind;
use super::report::VerifyOptions;
use super::tally::Found;
use crate::FileKey;

/// Looks at the quotes of the hour that starts at `start`; says whether a repair may put right what it finds.
pub(super) fn check_quotes(
    ticks: TicksView<'_>,
    file: &FileKey,
    start: UnixNanos,
    options: &VerifyOptions,
    found: &mut Found,
) -> bool {
    let n_before = found.findings.len();
    let crossed = rows(ticks, |row| ticks.bid[row] > ticks.ask[row]);
    if let Some((n_ticks, first)) = crossed {
        found.add(file, start, FindingKind::CrossedQuotes { n_ticks, first_time: ticks.time[first] });
    }
    let repeated = |row: usize| row > 0 && ticks.time[row] == ticks.time[row - 1];
    if let Some((n_ticks, first)) = rows(ticks, repeated) {
        let n_identical = rows(ticks, |row| repeated(row) && same_quote(ticks, row - 1, row)).map_or(0, |(n, _)| n);
        found.add(file, start, FindingKind::RepeatedTimes { n_ticks, n_identical, first_time: ticks.time[first] });
    }
    let doubtful = found.findings.len() > n_before;
    let fraction = |row: usize| (ticks.ask[row] - ticks.bid[row]) / ticks.bid[row];
    if let Some((n_ticks, first)) = rows(ticks, |row| fraction(row) > options.max_spread_fraction) {
        let widest_fraction = (first..ticks.len()).map(fraction).fold(0.0, f64::max);
        found.add(file, start, FindingKind::WideSpreads { n_ticks, first_time: ticks.time[first], widest_fraction });
    }
    doubtful
}

/// How many rows are so, and the first of them; nothing if none is.
fn rows(ticks: TicksView<'_>, is_so: impl Fn(usize) -> bool) -> Option<(u64, usize)> {
    let first = (0..ticks.len()).find(|&row| is_so(row))?;
    Some(((first..ticks.len()).filter(|&row| is_so(row)).count() as u64, first))
}

fn same_quote(ticks: TicksView<'_>, a: usize, b: usize) -> bool {
    [ticks.bid, ticks.ask, ticks.bid_volume, ticks.ask_volume]
        .iter()
        .all(|column| column[a].to_bits() == column[b].to_bits())
}
