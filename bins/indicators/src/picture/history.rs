use std::ops::Range;

use market::BarsView;

/// Bars to draw.
#[derive(Clone, Debug)]
pub(crate) struct History {
    /// What they are, for the picture: `EUR/USD, 1 hour`.
    pub(crate) name: String,
    pub(super) open_time_ns: Vec<i64>,
    pub(super) open: Vec<f64>,
    pub(super) high: Vec<f64>,
    pub(super) low: Vec<f64>,
    pub(super) close: Vec<f64>,
    /// Ticks, where the bars have no volumes.
    pub(super) volume: Vec<f64>,
}

impl History {
    pub(crate) fn new(name: &str, bars: BarsView<'_>) -> Self {
        let volume = if bars.volume.iter().any(|&volume| volume > 0.0) {
            bars.volume.to_vec()
        } else {
            bars.tick_count.iter().map(|&count| f64::from(count)).collect()
        };
        Self {
            name: name.to_owned(),
            open_time_ns: bars.open_time.iter().map(|time| time.0).collect(),
            open: bars.open.to_vec(),
            high: bars.high.to_vec(),
            low: bars.low.to_vec(),
            close: bars.close.to_vec(),
            volume,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.close.len()
    }

    pub(super) fn slice(&self, bars: Range<usize>) -> Self {
        let cut = |column: &[f64]| column[bars.clone()].to_vec();
        Self {
            name: self.name.clone(),
            open_time_ns: self.open_time_ns[bars.clone()].to_vec(),
            open: cut(&self.open),
            high: cut(&self.high),
            low: cut(&self.low),
            close: cut(&self.close),
            volume: cut(&self.volume),
        }
    }

    /// The hour of the day (UTC) of each bar.
    pub(super) fn hours(&self) -> impl Iterator<Item = i64> {
        const HOUR_NS: i64 = 3_600_000_000_000;
        self.open_time_ns.iter().map(|time| time.div_euclid(HOUR_NS).rem_euclid(24))
    }

    /// 1 at the first bar of each day (UTC), else 0.
    pub(super) fn new_days(&self) -> Vec<f64> {
        const DAY_NS: i64 = 86_400_000_000_000;
        let day = |bar: usize| self.open_time_ns[bar].div_euclid(DAY_NS);
        (0..self.len()).map(|bar| f64::from(u8::from(bar == 0 || day(bar) != day(bar - 1)))).collect()
    }
}
