use std::error::Error as _;

use market::{Symbol, Ticks, Timeframe, UnixNanos};

use super::finding::FindingKind;
use super::official::Official;
use super::report::{BySide, VerifyOptions};
use super::tally::Found;
use crate::{CandleStep, Decoder, Error, FileKey, FileKind, FileState, Mirror, PriceScale, TickSpan};

/// What is checked, and how.
#[derive(Debug)]
pub(super) struct Job<'a> {
    pub(super) mirror: &'a Mirror,
    pub(super) symbol: &'a Symbol,
    pub(super) scale: PriceScale,
    pub(super) options: &'a VerifyOptions,
    /// Whether there is any tick file in the range.
    pub(super) expects_ticks: bool,
}

impl<'a> Job<'a> {
    pub(super) fn key(&self, kind: FileKind, time: UnixNanos) -> FileKey {
        FileKey::new(self.symbol.clone(), kind, time).expect("the range has been checked")
    }

    pub(super) fn reader(&self) -> Reader<'a> {
        Reader { mirror: self.mirror, scale: self.scale, decoder: Decoder::new(), bytes: Vec::new() }
    }

    /// Whether there is a tick file of this day.
    pub(super) fn has_tick_file(&self, day: UnixNanos) -> bool {
        let hours = hours_of(day).map(|hour| self.key(FileKind::Ticks(TickSpan::Hour), hour));
        let mut keys = std::iter::once(self.key(FileKind::Ticks(TickSpan::Day), day)).chain(hours);
        keys.any(|key| self.mirror.path(&key).exists())
    }
}

/// The starts of the 24 hours of `day`.
pub(super) fn hours_of(day: UnixNanos) -> impl Iterator<Item = UnixNanos> {
    (0..24).map(move |hour| UnixNanos(day.0 + hour * Timeframe::H1.nanos()))
}

/// What there is of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileRead {
    Missing,
    /// Decoded; an empty file has no records.
    Decoded,
    Undecodable,
}

/// Reads files one after another; what cannot be read or decoded is found to be so.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    mirror: &'a Mirror,
    scale: PriceScale,
    decoder: Decoder,
    bytes: Vec<u8>,
}

impl Reader<'_> {
    /// Reads a tick file into `ticks`, which are cleared first.
    pub(super) fn ticks(&mut self, key: &FileKey, span: TickSpan, ticks: &mut Ticks, found: &mut Found) -> FileRead {
        ticks.clear();
        self.read(key, found, |decoder, bytes, scale| decoder.decode_ticks(bytes, span, key.start(), scale, ticks))
    }

    /// The candle files of both sides, of the period that contains `time`.
    pub(super) fn both_sides(
        &mut self,
        job: &Job<'_>,
        step: CandleStep,
        time: UnixNanos,
        found: &mut Found,
    ) -> BySide<Option<Official>> {
        BySide::make(|side| {
            let (key, mut candles) = (job.key(FileKind::Candles(step, side), time), Vec::new());
            let file = self.read(&key, found, |decoder, bytes, scale| {
                decoder.decode_candles(bytes, step, key.start(), scale, &mut candles)
            });
            (file == FileRead::Decoded).then(|| Official::new(candles))
        })
    }

    fn read(
        &mut self,
        key: &FileKey,
        found: &mut Found,
        decode: impl FnOnce(&mut Decoder, &[u8], PriceScale) -> Result<usize, Error>,
    ) -> FileRead {
        let state = self.mirror.read_file(key, &mut self.bytes).and_then(|state| {
            decode(&mut self.decoder, &self.bytes, self.scale)?;
            Ok(state)
        });
        let counts = found.counts.files(key.kind());
        match state {
            Ok(FileState::Missing) => {
                counts.missing += 1;
                FileRead::Missing
            }
            Ok(FileState::Empty) => {
                counts.empty += 1;
                FileRead::Decoded
            }
            Ok(FileState::Data) => {
                counts.data += 1;
                FileRead::Decoded
            }
            Err(error) => {
                counts.undecodable += 1;
                found.add_repairable(key, key.start(), FindingKind::Undecodable { error: chain(&error) });
                FileRead::Undecodable
            }
        }
    }
}

/// The messages of an error and its causes.
fn chain(error: &Error) -> String {
    let (mut text, mut cause) = (error.to_string(), error.source());
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
