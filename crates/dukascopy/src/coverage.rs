use market::UnixNanos;

/// What a source had for an hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HourStatus {
    /// A file with ticks.
    Data,
    /// A file that says "no ticks": zero bytes, no record, or a day file without a tick in this hour.
    Empty,
    /// No file.
    Missing,
}

/// One hour of a [`Coverage`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourCoverage {
    /// Start of the UTC hour.
    pub start: UnixNanos,
    /// What there was.
    pub status: HourStatus,
    /// Ticks of the hour inside of the range that was read.
    pub n_ticks: usize,
}

/// What a source had for each hour of a range: the proof that nothing was left out in silence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Every hour that the range touches, in order, without a gap.
    pub hours: Vec<HourCoverage>,
}

impl Coverage {
    /// How many hours have this status.
    pub fn count(&self, status: HourStatus) -> usize {
        self.hours.iter().filter(|hour| hour.status == status).count()
    }

    /// Ticks of all hours.
    pub fn n_ticks(&self) -> usize {
        self.hours.iter().map(|hour| hour.n_ticks).sum()
    }

    /// The hours without ticks in which the market trades.
    ///
    /// `is_open` says of the start of an hour whether the market trades in it; it comes from a trading calendar, which
    /// the feed's own files are not: an empty file may also be a failed download.
    pub fn holes(&self, mut is_open: impl FnMut(UnixNanos) -> bool) -> Vec<HourCoverage> {
        self.hours.iter().filter(|hour| hour.status != HourStatus::Data && is_open(hour.start)).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_open_hours_without_data() {
        let hour = |i: i64, status| HourCoverage { start: UnixNanos(i), status, n_ticks: usize::from(i == 0) };
        let hours = vec![
            hour(0, HourStatus::Data),
            hour(1, HourStatus::Empty),
            hour(2, HourStatus::Missing),
            hour(3, HourStatus::Missing),
        ];
        let coverage = Coverage { hours };
        let starts: Vec<i64> = coverage.holes(|start| start.0 < 3).iter().map(|hour| hour.start.0).collect();
        assert_eq!(starts, [1, 2]);
        assert_eq!((coverage.count(HourStatus::Missing), coverage.n_ticks()), (2, 1));
    }
}
