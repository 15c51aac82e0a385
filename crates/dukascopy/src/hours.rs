//! Reading a mirror hour by hour.

use std::ops::Range;

use market::{Symbol, Ticks, TicksView, Timeframe, UnixNanos};

use crate::{
    Coverage, Decoder, Error, FileKey, FileKind, FileState, HourCoverage, HourStatus, Mirror, PriceScale, TickSpan,
};

/// The ticks of a range, and what the mirror had for each of its hours.
#[derive(Clone, Debug)]
pub struct TickHistory {
    /// The ticks with `from ≤ time < to`.
    pub ticks: Ticks,
    /// Every hour that the range touches.
    pub coverage: Coverage,
}

/// One hour as [`Mirror::for_each_hour`] hands it out.
#[derive(Clone, Copy, Debug)]
pub struct Hour<'a> {
    /// Which hour, and what the mirror had for it.
    pub coverage: HourCoverage,
    /// Its ticks inside of the range.
    pub ticks: TicksView<'a>,
}

/// What [`Mirror::for_each_hour`] calls.
pub type OnHour<'a> = dyn FnMut(Result<Hour<'_>, Error>) -> Result<(), Error> + 'a;

/// Reads the hours of one symbol, in any order; one reader a thread.
///
/// An hour comes from its hour file if that has data, else from the day file, which is decoded once and kept while
/// the hours of the same day are asked for.
#[derive(Debug)]
pub struct HourReader<'a> {
    mirror: &'a Mirror,
    symbol: Symbol,
    scale: PriceScale,
    bytes: Vec<u8>,
    decoder: Decoder,
    day: Option<Day>,
}

#[derive(Debug)]
struct Day {
    start: UnixNanos,
    // Nothing where there is no day file.
    ticks: Option<Ticks>,
}

impl HourReader<'_> {
    /// Reads the hour that contains `time`.
    ///
    /// # Errors
    /// [`Error::File`] with the path and, as its source, the offset, for a file that does not decode;
    /// [`Error::Read`] for one that cannot be read; [`Error::Period`] for a time outside of the years 1900 to 2199.
    pub fn read(&mut self, time: UnixNanos) -> Result<(HourCoverage, Ticks), Error> {
        let key = FileKey::new(self.symbol.clone(), FileKind::Ticks(TickSpan::Hour), time)?;
        let start = key.start();
        let state = self.mirror.read_file(&key, &mut self.bytes)?;
        if state == FileState::Data {
            let ticks = self.decode(&key, TickSpan::Hour)?;
            return Ok((HourCoverage { start, status: status_of(&ticks), n_ticks: ticks.len() }, ticks));
        }
        let mut ticks = Ticks::default();
        let status = match self.day(start)? {
            Some(day) => {
                append(within(day.view(), start..key.end()), &mut ticks);
                status_of(&ticks)
            }
            None if state == FileState::Empty => HourStatus::Empty,
            None => HourStatus::Missing,
        };
        Ok((HourCoverage { start, status, n_ticks: ticks.len() }, ticks))
    }

    /// The ticks of the day file of `time`; nothing where there is no day file.
    fn day(&mut self, time: UnixNanos) -> Result<Option<&Ticks>, Error> {
        let key = FileKey::new(self.symbol.clone(), FileKind::Ticks(TickSpan::Day), time)?;
        if self.day.as_ref().is_none_or(|day| day.start != key.start()) {
            let ticks = match self.mirror.read_file(&key, &mut self.bytes)? {
                FileState::Missing => None,
                FileState::Empty => Some(Ticks::default()),
                FileState::Data => Some(self.decode(&key, TickSpan::Day)?),
            };
            self.day = Some(Day { start: key.start(), ticks });
        }
        Ok(self.day.as_ref().and_then(|day| day.ticks.as_ref()))
    }

    fn decode(&mut self, key: &FileKey, span: TickSpan) -> Result<Ticks, Error> {
        let mut ticks = Ticks::default();
        self.decoder
            .decode_ticks(&self.bytes, span, key.start(), self.scale, &mut ticks)
            .map_err(|error| error.in_file(self.mirror.path(key)))?;
        Ok(ticks)
    }
}

impl Mirror {
    /// A reader of single hours of `symbol`.
    ///
    /// # Errors
    /// [`Error::NoSymbol`] if the mirror has no folder of it; [`Error::UnknownInstrument`] if its price scale is
    /// unknown.
    pub fn hours(&self, symbol: &Symbol) -> Result<HourReader<'_>, Error> {
        self.folder(symbol)?;
        self.hours_if_any(symbol)
    }

    /// As [`hours`](Self::hours), also where the mirror has no folder of `symbol` yet.
    pub(crate) fn hours_if_any(&self, symbol: &Symbol) -> Result<HourReader<'_>, Error> {
        let scale = self.scale(symbol)?;
        Ok(HourReader {
            mirror: self,
            symbol: symbol.clone(),
            scale,
            bytes: Vec::new(),
            decoder: Decoder::new(),
            day: None,
        })
    }

    /// Hands out the hours that `range` touches one after another, each with its ticks inside of the range.
    ///
    /// No more than one day of ticks is in memory. `on_hour` gets the error of an hour that cannot be read and decides:
    /// what it returns as an error ends the walk, after `Ok` the next hour follows.
    ///
    /// # Errors
    /// [`Error::EmptyRange`] if `range` ends before or where it starts; those of [`hours`](Self::hours);
    /// [`Error::Period`] for a range outside of the years 1900 to 2199; those that `on_hour` returns.
    pub fn for_each_hour(
        &self,
        symbol: &Symbol,
        range: Range<UnixNanos>,
        on_hour: &mut OnHour<'_>,
    ) -> Result<(), Error> {
        if range.start >= range.end {
            return Err(Error::EmptyRange { from: range.start, to: range.end });
        }
        let mut reader = self.hours(symbol)?;
        let hour_of = |time| Ok(FileKey::new(symbol.clone(), FileKind::Ticks(TickSpan::Hour), time)?.start());
        let (mut hour, last) = (hour_of(range.start)?, hour_of(UnixNanos(range.end.0 - 1))?);
        while hour <= last {
            match reader.read(hour) {
                Err(error) => on_hour(Err(error))?,
                Ok((coverage, ticks)) => {
                    let ticks = within(ticks.view(), range.clone());
                    on_hour(Ok(Hour { coverage: HourCoverage { n_ticks: ticks.len(), ..coverage }, ticks }))?;
                }
            }
            hour = UnixNanos(hour.0 + Timeframe::H1.nanos());
        }
        Ok(())
    }

    /// Reads the ticks of `range` into memory, 40 bytes a tick.
    ///
    /// # Errors
    /// As [`for_each_hour`](Self::for_each_hour); the first file that cannot be read or decoded; [`Error::NoFiles`] if
    /// not one file of the range is there, with the extent of what is.
    pub fn read_ticks(&self, symbol: &Symbol, range: Range<UnixNanos>) -> Result<TickHistory, Error> {
        let (mut ticks, mut coverage) = (Ticks::default(), Coverage::default());
        self.for_each_hour(symbol, range.clone(), &mut |hour| {
            let hour = hour?;
            append(hour.ticks, &mut ticks);
            coverage.hours.push(hour.coverage);
            Ok(())
        })?;
        if coverage.count(HourStatus::Missing) == coverage.hours.len() {
            return Err(self.no_files(symbol, range)?);
        }
        Ok(TickHistory { ticks, coverage })
    }

    fn no_files(&self, symbol: &Symbol, range: Range<UnixNanos>) -> Result<Error, Error> {
        let mut keys = self.files(symbol)?;
        keys.retain(|key| matches!(key.kind(), FileKind::Ticks(_)));
        let held = keys.first().zip(keys.last()).map(|(first, last)| (first.start(), last.end()));
        Ok(Error::NoFiles { symbol: symbol.clone(), from: range.start, to: range.end, held })
    }
}

fn status_of(ticks: &Ticks) -> HourStatus {
    if ticks.is_empty() { HourStatus::Empty } else { HourStatus::Data }
}

pub(crate) fn within(ticks: TicksView<'_>, range: Range<UnixNanos>) -> TicksView<'_> {
    let from = ticks.time.partition_point(|&time| time < range.start);
    let to = ticks.time.partition_point(|&time| time < range.end);
    ticks.slice(from..to)
}

pub(crate) fn append(part: TicksView<'_>, ticks: &mut Ticks) {
    ticks.extend_from_view(part).expect("hours are read in order, and their ticks lie inside of them");
}
