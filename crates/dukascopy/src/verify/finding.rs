use std::fmt::Display;

use market::UnixNanos;
use serde::{Serialize, Serializer};

use super::values::{CandleField, CandleValues};
use crate::{CandleStep, FileKey, Side};

/// Something that is wrong in a mirror.
///
/// Serialises as one object: `file` (the path below the mirror), `start`, `kind` in `snake_case` and the fields of the kind.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The file that it was found in; of a mismatch, the file with the longer period.
    #[serde(serialize_with = "as_text")]
    pub file: FileKey,
    /// Start of what it is about: a candle, an hour, or the whole file.
    pub start: UnixNanos,
    /// What is wrong.
    #[serde(flatten)]
    pub kind: FindingKind,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum FindingKind {
    /// The file cannot be read or decoded.
    Undecodable {
        /// Why, from the outermost cause to the innermost.
        error: String,
    },
    /// An official candle is not what finer data make of its time.
    CandleMismatch {
        /// What it was compared with.
        finer: Finer,
        /// Length of the candle.
        #[serde(serialize_with = "step_name")]
        step: CandleStep,
        /// Its side of the quote.
        #[serde(serialize_with = "side_name")]
        side: Side,
        /// What differs.
        fields: Vec<CandleField>,
        /// What the finer data make; `None` if nothing was traded in them, which asks for a flat candle.
        derived: Option<CandleValues>,
        /// The official candle.
        official: CandleValues,
    },
    /// Official candles were traded in an hour without a single tick; `file` says where the ticks should be.
    MissingTicks {
        /// Whether there is a file, which then holds no tick of the hour.
        file_is_there: bool,
        /// How many official minutes (of the side with more) were traded; 1 if only the official hour tells.
        n_traded: u32,
    },
    /// A candle file lacks candles in whose time there are ticks, or official candles of the shorter step.
    MissingCandles {
        /// How many of this day.
        n_candles: u32,
    },
    /// The day file and the hour file of an hour hold different ticks.
    HourDayMismatch {
        /// Ticks in the hour file.
        n_hour_file: u64,
        /// Ticks of the hour in the day file.
        n_day_file: u64,
        /// Time of the first tick that is not the same in both.
        first_time: UnixNanos,
    },
    /// Quotes of an hour with the bid above the ask.
    CrossedQuotes {
        /// How many.
        n_ticks: u64,
        /// Time of the first.
        first_time: UnixNanos,
    },
    /// Quotes of an hour with the time of the quote before.
    RepeatedTimes {
        /// How many.
        n_ticks: u64,
        /// How many of them repeat the whole quote.
        n_identical: u64,
        /// Time of the first.
        first_time: UnixNanos,
    },
    /// Quotes of an hour whose spread is wider than is plausible.
    WideSpreads {
        /// How many.
        n_ticks: u64,
        /// Time of the first.
        first_time: UnixNanos,
        /// The widest spread, as a part of the bid.
        widest_fraction: f64,
    },
}

/// What an official candle is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finer {
    /// Ticks.
    Ticks,
    /// Official candles of the next shorter step: minutes for an hour, hours for a day.
    Candles,
}

pub(super) fn as_text<S: Serializer>(value: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

pub(super) fn as_texts<S: Serializer>(values: &[impl Display], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(ToString::to_string))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn step_name<S: Serializer>(step: &CandleStep, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match step {
        CandleStep::Minute => "minute",
        CandleStep::Hour => "hour",
        CandleStep::Day => "day",
    })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn side_name<S: Serializer>(side: &Side, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match side {
        Side::Bid => "bid",
        Side::Ask => "ask",
    })
}
