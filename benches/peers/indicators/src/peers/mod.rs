//! The eight indicators that everybody has, as each library would have its users call them.
//!
//! SMA and EMA of 20 bars, RSI, ATR and ADX of 14, MACD of 12, 26 and 9, Bollinger bands of 20 bars and 2 deviations,
//! stochastic of 14, 3 and 3.
#![expect(clippy::unnecessary_wraps, reason = "other libraries lack some of the eight")]

#[cfg(feature = "peers")]
mod adaq;
#[cfg(feature = "peers")]
mod fast_ta;
#[cfg(feature = "peers")]
mod ferro;
mod floor;
#[cfg(feature = "peers")]
mod kand;
mod ours;
#[cfg(feature = "peers")]
mod quantedge;
#[cfg(feature = "peers")]
mod rust_ti;
#[cfg(feature = "peers")]
mod ta;
mod talib;
#[cfg(feature = "peers")]
mod talib_rs;
#[cfg(feature = "vector-ta")]
mod vector_ta;
#[cfg(feature = "peers")]
mod yata;

use crate::bars::Bars;
use crate::contest::{Buffers, Contestant, Kind, Way};

/// One of the eight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Sma,
    Ema,
    Rsi,
    Macd,
    Bands,
    Stochastic,
    Atr,
    Adx,
}

impl Task {
    pub(crate) const ALL: [Self; 8] =
        [Self::Sma, Self::Ema, Self::Rsi, Self::Macd, Self::Bands, Self::Stochastic, Self::Atr, Self::Adx];

    pub(crate) fn name(self) -> &'static str {
        ["SMA", "EMA", "RSI", "MACD", "BBANDS", "STOCH", "ATR", "ADX"][self as usize]
    }

    pub(crate) fn n_outputs(self) -> usize {
        match self {
            Self::Macd | Self::Bands => 3,
            Self::Stochastic => 2,
            _ => 1,
        }
    }
}

type Program = fn(&Bars, &mut Buffers);

struct Library {
    name: &'static str,
    way: Way,
    program: fn(Task) -> Option<Program>,
}

const fn library(name: &'static str, way: Way, program: fn(Task) -> Option<Program>) -> Library {
    Library { name, way, program }
}

/// Whole histories; TA-Lib, by which the others are checked, is the first.
const BATCH: &[Library] = &[
    library("ta-lib 0.8.3", Way::Into, talib::batch),
    library("reading and writing only", Way::Floor, floor::batch),
    library("ours, Talib", Way::Into, ours::talib),
    library("ours, Fast", Way::Into, ours::fast),
    #[cfg(feature = "peers")]
    library("kand 0.2.2", Way::Into, kand::batch),
    #[cfg(feature = "peers")]
    library("fast-ta 0.2.2", Way::Into, fast_ta::batch),
    #[cfg(feature = "peers")]
    library("talib-rs 0.1.2", Way::Returned, talib_rs::batch),
    #[cfg(feature = "peers")]
    library("ferro_ta_core 1.6.0", Way::Returned, ferro::batch),
    #[cfg(feature = "peers")]
    library("adaq-talib 0.2.1", Way::Returned, adaq::batch),
    #[cfg(feature = "peers")]
    library("rust_ti 2.2.0", Way::Returned, rust_ti::batch),
    #[cfg(feature = "vector-ta")]
    library("vector-ta 0.3.1", Way::Into, vector_ta::batch),
];

/// One bar a call.
const STREAM: &[Library] = &[
    library("ta-lib 0.8.3", Way::Stream, talib::stream),
    library("ours, Talib", Way::Stream, ours::TALIB_STREAM),
    library("ours, Fast", Way::Stream, ours::FAST_STREAM),
    library("ours, Talib, dispatched", Way::Stream, ours::TALIB_DISPATCHED),
    library("ours, Fast, dispatched", Way::Stream, ours::FAST_DISPATCHED),
    #[cfg(feature = "peers")]
    library("ta 0.5.0", Way::Stream, ta::stream),
    #[cfg(feature = "peers")]
    library("yata 0.7.0", Way::Stream, yata::stream),
    #[cfg(feature = "peers")]
    library("kand 0.2.2", Way::Stream, kand::stream),
    #[cfg(feature = "peers")]
    library("quantedge-ta 0.21.1", Way::Stream, quantedge::stream),
    #[cfg(feature = "peers")]
    library("ferro_ta_core 1.6.0", Way::Stream, ferro::stream),
    #[cfg(feature = "vector-ta")]
    library("vector-ta 0.3.1", Way::Stream, vector_ta::stream),
];

/// Who computes `task` over a whole history.
pub(crate) fn batch(task: Task) -> Vec<Contestant> {
    contestants(BATCH, task)
}

/// Who computes `task` bar by bar.
pub(crate) fn stream(task: Task) -> Vec<Contestant> {
    contestants(STREAM, task)
}

fn contestants(libraries: &[Library], task: Task) -> Vec<Contestant> {
    let contestant = |library: &Library| {
        let outputs = vec![Kind::Real; task.n_outputs()];
        Some(Contestant::new(library.name, library.way, outputs, (library.program)(task)?))
    };
    libraries.iter().filter_map(contestant).collect()
}
