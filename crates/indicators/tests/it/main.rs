//! The indicators against TA-Lib, slow loops, TradingView's exports and laws.

mod catalogue;
mod common;
mod golden;
mod laws;
mod long_history;
mod missing;
#[cfg(feature = "serde")]
mod serde;
mod streaming;
mod tradingview;
mod versus_loops;
mod versus_talib;
