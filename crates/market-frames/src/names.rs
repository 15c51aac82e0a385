//! The names of columns.

use market::PriceSide;

pub(crate) const TIME: &str = "time";
pub(crate) const BID: &str = "bid";
pub(crate) const ASK: &str = "ask";
pub(crate) const BID_VOLUME: &str = "bid_volume";
pub(crate) const ASK_VOLUME: &str = "ask_volume";

pub(crate) const OPEN_TIME: &str = "open_time";
pub(crate) const OPEN: &str = "open";
pub(crate) const HIGH: &str = "high";
pub(crate) const LOW: &str = "low";
pub(crate) const CLOSE: &str = "close";
pub(crate) const VOLUME: &str = "volume";
pub(crate) const SPREAD: &str = "spread";
pub(crate) const TICK_COUNT: &str = "tick_count";

/// The columns of one side of quote bars.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SideNames {
    pub(crate) side: PriceSide,
    pub(crate) open: &'static str,
    pub(crate) high: &'static str,
    pub(crate) low: &'static str,
    pub(crate) close: &'static str,
    /// Of the mid, whose volume is a sum, the column that is added last.
    pub(crate) volume: &'static str,
}

pub(crate) const BID_SIDE: SideNames = SideNames {
    side: PriceSide::Bid,
    open: "bid_open",
    high: "bid_high",
    low: "bid_low",
    close: "bid_close",
    volume: BID_VOLUME,
};

pub(crate) const ASK_SIDE: SideNames = SideNames {
    side: PriceSide::Ask,
    open: "ask_open",
    high: "ask_high",
    low: "ask_low",
    close: "ask_close",
    volume: ASK_VOLUME,
};

pub(crate) const MID_SIDE: SideNames = SideNames {
    side: PriceSide::Mid,
    open: "mid_open",
    high: "mid_high",
    low: "mid_low",
    close: "mid_close",
    volume: ASK_VOLUME,
};

impl SideNames {
    /// The column that holds what bars of one side call `column`.
    pub(crate) fn column(&self, column: &'static str) -> &'static str {
        match column {
            OPEN => self.open,
            HIGH => self.high,
            LOW => self.low,
            CLOSE => self.close,
            VOLUME => self.volume,
            other => other,
        }
    }
}
