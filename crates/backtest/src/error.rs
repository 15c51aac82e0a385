use std::error::Error as StdError;

use market::UnixNanos;

/// Why a strategy cannot be compiled or run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The strategy itself is not valid.
    #[error("strategy `{name}` cannot be compiled")]
    Strategy {
        /// Name of the strategy.
        name: String,
        /// All its problems, with their paths.
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The parameters do not fit the strategy's inputs.
    #[error("parameters do not fit strategy `{name}`")]
    Params {
        /// Name of the strategy.
        name: String,
        /// Which parameter, and what it may be.
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },
    /// An indicator refuses the parameters it got from the inputs.
    #[error("indicator `{indicator}` cannot be computed")]
    Indicator {
        /// Its name in the catalogue.
        indicator: &'static str,
        /// Which parameter, and what it may be.
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The market's bars do not make up the longer bars of the strategy.
    #[error("bars of {minutes} minutes cannot be made of the market's bars")]
    Longer {
        /// Length of the longer bars in minutes.
        minutes: u16,
        /// Which bars the market has.
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The account's settings are not valid.
    #[error("the account is not valid")]
    Account {
        /// Which setting, and what it may be.
        #[source]
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The window is too short or reaches beyond the bars.
    #[error("window {start}..{end} of {n_bars} bars: it must lie inside the bars and hold at least 2 of them")]
    Window {
        /// First bar.
        start: usize,
        /// One after the last bar.
        end: usize,
        /// Bars of the market.
        n_bars: usize,
    },
    /// A bar of the window has no spread, though the account takes spreads from the bars.
    #[error("bar {bar} at {time} has no spread (use bars with spreads, or a fixed spread)")]
    UnknownSpread {
        /// Position of the bar.
        bar: usize,
        /// Its open time.
        time: UnixNanos,
    },
    /// Prices and quantities are so large that equity is no longer a finite number.
    #[error("equity is no longer a finite number")]
    NotFinite,
}
