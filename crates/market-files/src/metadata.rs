//! What a file says about its rows.

use market::{BarGrid, DayStart, PriceSide, Symbol, Timeframe};

/// The key of the timeframe.
pub(crate) const TIMEFRAME: &str = "timeframe";
/// The key of the start of the day.
pub(crate) const DAY_START: &str = "day_start";
/// The key of the instrument.
pub(crate) const SYMBOL: &str = "symbol";
/// The key of the side whose prices they are.
pub(crate) const SIDE: &str = "side";

/// Keys and texts, as a file says them; what it does not say or what cannot be understood is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Metadata {
    pub(crate) timeframe: Option<Timeframe>,
    pub(crate) day_start: Option<DayStart>,
    pub(crate) symbol: Option<Symbol>,
    pub(crate) side: Option<PriceSide>,
}

impl Metadata {
    pub(crate) fn of_bars(grid: BarGrid, side: Option<PriceSide>, symbol: Option<Symbol>) -> Self {
        Self { timeframe: Some(grid.timeframe()), day_start: Some(grid.day_start()), symbol, side }
    }

    /// Takes what stands under `key`; other keys are of others.
    pub(crate) fn take(&mut self, key: &str, text: &str) {
        match key {
            TIMEFRAME => self.timeframe = text.parse().ok(),
            DAY_START => self.day_start = text.parse().ok(),
            SYMBOL => self.symbol = text.parse().ok(),
            SIDE => self.side = SIDES.into_iter().find(|&side| side_name(side) == text),
            _ => {}
        }
    }

    /// What is known, in a fixed order.
    pub(crate) fn entries(&self) -> Vec<(&'static str, String)> {
        let entries = [
            (TIMEFRAME, self.timeframe.map(|timeframe| timeframe.to_string())),
            (DAY_START, self.day_start.map(|day_start| day_start.to_string())),
            (SYMBOL, self.symbol.as_ref().map(Symbol::to_string)),
            (SIDE, self.side.map(|side| side_name(side).to_owned())),
        ];
        entries.into_iter().filter_map(|(key, text)| text.map(|text| (key, text))).collect()
    }
}

const SIDES: [PriceSide; 3] = [PriceSide::Bid, PriceSide::Ask, PriceSide::Mid];

const fn side_name(side: PriceSide) -> &'static str {
    match side {
        PriceSide::Bid => "bid",
        PriceSide::Ask => "ask",
        PriceSide::Mid => "mid",
    }
}
