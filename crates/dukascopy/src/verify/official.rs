use market::UnixNanos;

use super::values::CandleValues;
use crate::Candle;
use crate::candles::is_fill;

/// The candles of an official file, in order of time.
#[derive(Debug)]
pub(super) struct Official {
    candles: Vec<Candle>,
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct OfficialCandle {
    pub(super) values: CandleValues,
    /// The close before it; of the first in the file, its own open.
    pub(super) level: f64,
    /// Whether it only fills a time in which nothing was traded.
    pub(super) is_fill: bool,
}

impl Official {
    pub(super) fn new(candles: Vec<Candle>) -> Self {
        Self { candles }
    }

    /// The candle that starts at `time`.
    pub(super) fn at(&self, time: UnixNanos) -> Option<OfficialCandle> {
        let index = self.candles.binary_search_by_key(&time, |candle| candle.open_time).ok()?;
        let candle = &self.candles[index];
        let level = index.checked_sub(1).map_or(candle.open, |before| self.candles[before].close);
        Some(OfficialCandle { values: candle.into(), level, is_fill: is_fill(candle, level) })
    }

    /// Whether it holds a candle that starts at `time` or later, so that it is not merely unfinished there.
    pub(super) fn reaches(&self, time: UnixNanos) -> bool {
        self.candles.last().is_some_and(|last| last.open_time >= time)
    }
}
