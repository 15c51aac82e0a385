use std::collections::BTreeMap;

use super::outliers::Sample;
use crate::{Bar, Tick, TradingCalendar, UnixNanos};

/// What ticks and bars have in common for the checks.
pub(super) trait Row {
    fn time(&self) -> UnixNanos;
    /// All numbers, bit for bit.
    fn bits(&self) -> [u64; 7];
    /// Mid or close.
    fn price(&self) -> f64;
}

impl Row for Tick {
    fn time(&self) -> UnixNanos {
        self.time
    }

    fn bits(&self) -> [u64; 7] {
        let [bid, ask, bid_volume, ask_volume] =
            [self.bid, self.ask, self.bid_volume, self.ask_volume].map(f64::to_bits);
        [bid, ask, bid_volume, ask_volume, 0, 0, 0]
    }

    fn price(&self) -> f64 {
        (self.bid + self.ask) * 0.5
    }
}

impl Row for Bar {
    fn time(&self) -> UnixNanos {
        self.open_time
    }

    fn bits(&self) -> [u64; 7] {
        let [open, high, low, close] = [self.open, self.high, self.low, self.close].map(f64::to_bits);
        [open, high, low, close, self.volume.to_bits(), self.spread.to_bits(), self.tick_count.into()]
    }

    fn price(&self) -> f64 {
        self.close
    }
}

/// Rows that are older than one before them, and by how many nanoseconds.
pub(super) fn out_of_order<R: Row>(table: &[R], rows: &[usize]) -> Vec<(usize, i64)> {
    let mut late = Vec::new();
    let mut newest = UnixNanos(i64::MIN);
    for &row in rows {
        let time = table[row].time();
        if time < newest {
            late.push((row, newest.0.saturating_sub(time.0)));
        }
        newest = newest.max(time);
    }
    late
}

/// Puts rows in order of time; rows of one time keep theirs.
pub(super) fn sort<R: Row>(table: &[R], rows: &mut [usize]) {
    rows.sort_by_key(|&row| table[row].time());
}

/// A row with the time of an earlier one.
pub(super) enum Repeat {
    /// Equal to this earlier row.
    Duplicate(usize),
    /// Unlike all of them; the row just before it.
    SameTime(usize),
}

/// The repeated times in `rows`, which are in order of time.
pub(super) fn repeats<R: Row>(table: &[R], rows: &[usize]) -> Vec<(usize, Repeat)> {
    let mut found = Vec::new();
    for run in rows.chunk_by(|&a, &b| table[a].time() == table[b].time()).filter(|run| run.len() > 1) {
        let mut seen = BTreeMap::from([(table[run[0]].bits(), run[0])]);
        for pair in run.windows(2) {
            let (previous, row) = (pair[0], pair[1]);
            if let Some(&first) = seen.get(&table[row].bits()) {
                found.push((row, Repeat::Duplicate(first)));
            } else {
                seen.insert(table[row].bits(), row);
                found.push((row, Repeat::SameTime(previous)));
            }
        }
    }
    found
}

/// Calls `found` with each of `samples`, which are in order of time, that lies in closed time as a whole.
pub(super) fn while_closed(samples: &[Sample], calendar: &TradingCalendar, mut found: impl FnMut(&Sample)) {
    let (Some(first), Some(last)) = (samples.first(), samples.last()) else { return };
    // A tick covers nothing, so the range must reach beyond it.
    let range = first.time..UnixNanos(last.end.0.saturating_add(1));
    let mut closed = calendar.intervals(range).filter(|interval| !interval.open).peekable();
    for sample in samples {
        while closed.next_if(|interval| interval.end <= sample.time).is_some() {}
        if closed.peek().is_some_and(|interval| interval.start <= sample.time && sample.end <= interval.end) {
            found(sample);
        }
    }
}
