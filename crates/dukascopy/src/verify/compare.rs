use market::UnixNanos;

use super::finding::{FindingKind, Finer};
use super::official::{Official, OfficialCandle};
use super::report::Compared;
use super::tally::Found;
use super::values::{CandleField, CandleValues};
use crate::{CandleStep, FileKey, Side};

/// How far the feed's volume may be from the sum of the ticks' volumes: it is rounded to two decimals.
pub(super) const TICK_VOLUME_SLACK: f64 = 0.02;

// Two steps of float32, as a part of the volume: the feed stores it so.
const FLOAT32_SLACK: f64 = 1.0 / (1 << 22) as f64;

/// A time for which finer data say what its candle should be.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    pub(super) start: UnixNanos,
    /// What the candle may be, the likeliest first; nothing if the finer data are unknown. In it, nothing stands for a
    /// time without a trade.
    pub(super) candles: Vec<Option<CandleValues>>,
    /// How much the volume may differ.
    pub(super) volume_slack: f64,
}

/// How the comparison of a candle ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Equal,
    Different,
    NotCompared,
}

/// Whose candles are compared, and with what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate<'a> {
    pub(super) finer: Finer,
    pub(super) step: CandleStep,
    pub(super) side: Side,
    pub(super) file: &'a FileKey,
    pub(super) official: Option<&'a Official>,
}

/// Compares the official candles with those `expected`.
pub(super) fn compare(candidate: Candidate<'_>, expected: &[Expected], found: &mut Found) -> (Vec<Outcome>, Compared) {
    let (mut compared, mut missing) = (Compared::default(), Vec::new());
    let outcomes = expected
        .iter()
        .map(|expected| {
            let official = candidate.official.and_then(|official| official.at(expected.start));
            match (official, expected.candles.first()) {
                (Some(_), None) => compared.only_coarser += 1,
                (None, Some(Some(_))) => {
                    compared.only_finer += 1;
                    missing.push(expected.start);
                }
                (None, _) => {}
                (Some(official), Some(&derived)) => {
                    let fields = differences(expected, &official);
                    if fields.is_empty() {
                        compared.equal += 1;
                        return Outcome::Equal;
                    }
                    compared.different += 1;
                    let Candidate { finer, step, side, file, .. } = candidate;
                    let official = official.values;
                    let kind = FindingKind::CandleMismatch { finer, step, side, fields, derived, official };
                    found.add(file, expected.start, kind);
                    return Outcome::Different;
                }
            }
            Outcome::NotCompared
        })
        .collect();
    if let (Some(_), Some(&first)) = (candidate.official, missing.first()) {
        let n_candles = u32::try_from(missing.len()).expect("a day has 1440 minutes");
        found.add_repairable(candidate.file, first, FindingKind::MissingCandles { n_candles });
    }
    (outcomes, compared)
}

/// How the official candle differs from all that it may be; told of the likeliest.
fn differences(expected: &Expected, official: &OfficialCandle) -> Vec<CandleField> {
    let mut all = expected.candles.iter().map(|candle| match candle {
        Some(values) => {
            let slack = expected.volume_slack + official.values.volume * FLOAT32_SLACK;
            values.differences(&official.values, slack)
        }
        None => CandleValues::flat(official.level).differences(&official.values, 0.0),
    });
    let first = all.next().unwrap_or_default();
    if all.any(|fields| fields.is_empty()) { Vec::new() } else { first }
}
