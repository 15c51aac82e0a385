//! Candle files: 24-byte big-endian records of seconds, open, close, low, high, volume.

use std::ops::Range;

use market::{Bar, Bars, UnixNanos};

use crate::lzma::{Effort, compress};
use crate::period::Period;
use crate::scale::MAX_UNITS;
use crate::ticks::{is_volume, stored_volume, unstorable};
use crate::{CandleStep, Decoder, Ending, Error, PriceScale};

const RECORD_BYTES: usize = 24;

/// One candle of one side of the quote, as Dukascopy makes it of its ticks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candle {
    /// Start of the candle.
    pub open_time: UnixNanos,
    /// First price.
    pub open: f64,
    /// Highest price.
    pub high: f64,
    /// Lowest price.
    pub low: f64,
    /// Last price.
    pub close: f64,
    /// Sum of the tick volumes of the side in millions, rounded by the feed to two decimals and then to float32.
    pub volume: f64,
}

struct Record {
    seconds: u32,
    open: u32,
    close: u32,
    low: u32,
    high: u32,
    volume: f32,
}

impl Record {
    fn parse(bytes: &[u8; RECORD_BYTES]) -> Self {
        let word = |at: usize| u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let volume = f32::from_bits(word(20));
        Self { seconds: word(0), open: word(4), close: word(8), low: word(12), high: word(16), volume }
    }

    fn write(&self, content: &mut Vec<u8>) {
        for word in [self.seconds, self.open, self.close, self.low, self.high, self.volume.to_bits()] {
            content.extend_from_slice(&word.to_be_bytes());
        }
    }

    /// The first field that cannot be, its value, and what is expected of it.
    fn fault(&self, earliest: u32, end: i64, step: u32) -> Option<(&'static str, f64, &'static str)> {
        let outside = |price: u32| price < self.low || price > self.high;
        if self.seconds < earliest || i64::from(self.seconds) >= end || !self.seconds.is_multiple_of(step) {
            let expected = "seconds inside of the period, a whole step after the candle before it";
            return Some(("time", f64::from(self.seconds), expected));
        }
        for (field, price) in [("open", self.open), ("close", self.close), ("low", self.low), ("high", self.high)] {
            if !(1..=MAX_UNITS).contains(&price) || outside(price) {
                let expected = "an integer price of 1 to 1031798783, from low to high";
                return Some((field, f64::from(price), expected));
            }
        }
        (!is_volume(self.volume)).then(|| ("volume", f64::from(self.volume), "0 or a positive float"))
    }
}

/// Decodes a candle file and appends its candles; returns how many there were.
///
/// - `bytes`: the file. No bytes at all mean no candles.
/// - `start`: the UTC day, month or year that the file covers: of minutes, hours or days.
/// - `scale`: digits of the prices, from the instrument table.
/// - `candles`: unchanged if an error is returned.
///
/// After decompression the file is a row of records, all numbers big-endian:
///
/// | byte | type | value |
/// |---|---|---|
/// | 0 | u32 | seconds since `start` |
/// | 4, 8, 12, 16 | u32 | open, close, low, high, in units of the scale |
/// | 20 | f32 | volume, in millions of the base |
///
/// Files also hold minutes, hours and days in which the market was shut: flat at the close before, volume 0
/// ([`traded_bars`] leaves them out). Checked is what [`decode_ticks`](crate::decode_ticks) checks, and that open and
/// close lie between low and high.
///
/// # Errors
/// As [`decode_ticks`](crate::decode_ticks).
pub fn decode_candles(
    bytes: &[u8],
    step: CandleStep,
    start: UnixNanos,
    scale: PriceScale,
    candles: &mut Vec<Candle>,
) -> Result<usize, Error> {
    Decoder::new().decode_candles(bytes, step, start, scale, candles)
}

/// Appends the candles of a decompressed file that covers `period`.
pub(crate) fn append_candles(
    content: &[u8],
    step: CandleStep,
    period: Range<UnixNanos>,
    scale: PriceScale,
    candles: &mut Vec<Candle>,
) -> Result<usize, Error> {
    let Range { start, end } = period;
    let (records, rest) = content.as_chunks::<RECORD_BYTES>();
    if !rest.is_empty() {
        return Err(Error::PartialRecord { decoded_bytes: content.len(), record_bytes: RECORD_BYTES });
    }
    let (end_seconds, step_seconds) = ((end.0 - start.0) / UnixNanos::PER_SECOND, step.timeframe().seconds());
    let mut earliest = 0;
    for (index, record) in records.iter().map(Record::parse).enumerate() {
        if let Some((field, value, expected)) = record.fault(earliest, end_seconds, step_seconds) {
            return Err(Error::Record { index, decoded_offset: index * RECORD_BYTES, field, value, expected });
        }
        earliest = record.seconds + step_seconds;
    }
    candles.extend(records.iter().map(Record::parse).map(|record| Candle {
        open_time: UnixNanos(start.0 + i64::from(record.seconds) * UnixNanos::PER_SECOND),
        open: scale.price(record.open),
        high: scale.price(record.high),
        low: scale.price(record.low),
        close: scale.price(record.close),
        volume: f64::from(record.volume),
    }));
    Ok(records.len())
}

/// Encodes `candles` as a candle file and appends it to `bytes`; no candles give no bytes.
///
/// Decoding gives equal candles if their prices are whole steps of `scale` and their volumes float32 numbers; volumes
/// are rounded to float32.
///
/// # Errors
/// [`Error::Unstorable`] for a candle that does not start on a whole step inside of the period, after the one
/// before it, for a price that is not a whole step of `scale` or outside of low to high, and for a volume that float32
/// cannot hold; [`Error::Period`] for a `start` that is none. `bytes` are unchanged then.
pub fn encode_candles(
    candles: &[Candle],
    step: CandleStep,
    start: UnixNanos,
    scale: PriceScale,
    ending: Ending,
    bytes: &mut Vec<u8>,
) -> Result<(), Error> {
    let end = Period::from(step).end(start)?;
    if candles.is_empty() {
        return Ok(());
    }
    let mut content = Vec::with_capacity(candles.len() * RECORD_BYTES);
    let mut earliest = start;
    for (row, candle) in candles.iter().enumerate() {
        if candle.open_time < earliest
            || candle.open_time >= end
            || step.timeframe().floor(candle.open_time) != candle.open_time
        {
            return Err(unstorable(row, "time", &candle.open_time, "a step of the period after the candle before it"));
        }
        earliest = UnixNanos(candle.open_time.0 + step.timeframe().nanos());
        to_record(row, candle, start, scale)?.write(&mut content);
    }
    compress(&content, Effort::Small, ending, bytes)
}

fn to_record(row: usize, candle: &Candle, start: UnixNanos, scale: PriceScale) -> Result<Record, Error> {
    let price = |field, price: f64| {
        let inside = price >= candle.low && price <= candle.high;
        let units = inside.then(|| scale.units(price)).flatten();
        units.ok_or_else(|| unstorable(row, field, &price, "a whole step of the price scale, from low to high"))
    };
    let seconds = (candle.open_time.0 - start.0) / UnixNanos::PER_SECOND;
    Ok(Record {
        seconds: u32::try_from(seconds).expect("a year has less than 2^32 seconds"),
        open: price("open", candle.open)?,
        close: price("close", candle.close)?,
        low: price("low", candle.low)?,
        high: price("high", candle.high)?,
        volume: stored_volume(row, "volume", candle.volume)?,
    })
}

/// The candles in which something was traded, as bars.
///
/// Left out is a candle with volume 0 that is flat at the close of the candle before it: so the feed fills the time
/// when the market is shut. (A first candle has none before it and is left out if it is flat with volume 0.) A candle
/// with price movement is kept even if its volume is 0. The bars carry no spread (NaN) and no tick count (0).
///
/// # Errors
/// What [`Bars::push`] refuses: candles out of order or not aligned to `step`.
pub fn traded_bars(candles: &[Candle], step: CandleStep) -> Result<Bars, market::Error> {
    let mut bars = Bars::new(step.timeframe());
    let mut last_close = None;
    for candle in candles {
        let level = last_close.replace(candle.close).unwrap_or(candle.open);
        if is_fill(candle, level) {
            continue;
        }
        bars.push(Bar {
            open_time: candle.open_time,
            open: candle.open,
            high: candle.high,
            low: candle.low,
            close: candle.close,
            volume: candle.volume,
            spread: f64::NAN,
            tick_count: 0,
        })?;
    }
    Ok(bars)
}

/// Whether `candle` fills a time in which nothing was traded, after a close at `level`.
#[expect(clippy::float_cmp, reason = "the feed repeats the price bit for bit")]
pub(crate) fn is_fill(candle: &Candle, level: f64) -> bool {
    candle.volume == 0.0 && [candle.open, candle.high, candle.low, candle.close].iter().all(|&price| price == level)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day() -> UnixNanos {
        "2019-02-04".parse().unwrap()
    }

    fn scale() -> PriceScale {
        PriceScale::new(5).unwrap()
    }

    fn good(seconds: u32) -> Record {
        Record { seconds, open: 110_000, close: 110_010, low: 109_990, high: 110_020, volume: 12.5 }
    }

    fn decode(records: &[Record]) -> Result<Vec<Candle>, Error> {
        let (mut content, mut bytes, mut candles) = (Vec::new(), Vec::new(), Vec::new());
        for record in records {
            record.write(&mut content);
        }
        compress(&content, Effort::Small, Ending::Size, &mut bytes).unwrap();
        decode_candles(&bytes, CandleStep::Minute, day(), scale(), &mut candles)?;
        Ok(candles)
    }

    #[test]
    fn close_and_low_stand_before_high_in_the_record() {
        let candle = decode(&[good(60)]).unwrap()[0];
        assert_eq!((candle.open, candle.high, candle.low, candle.close), (1.1, 1.1002, 1.0999, 1.1001));
        assert_eq!(candle.open_time.to_string(), "2019-02-04T00:01:00Z");
    }

    #[test]
    fn an_impossible_record_is_named_with_its_place() {
        for (record, name) in [
            (good(60), "time"),
            (good(121), "time"),
            (good(86_400), "time"),
            (Record { open: 0, ..good(120) }, "open"),
            (Record { close: 110_021, ..good(120) }, "close"),
            (Record { low: 0, ..good(120) }, "low"),
            (Record { volume: f32::INFINITY, ..good(120) }, "volume"),
        ] {
            let error = decode(&[good(60), record]).unwrap_err();
            let named = matches!(error, Error::Record { index: 1, decoded_offset: 24, field, .. } if field == name);
            assert!(named, "{name}: {error}");
        }
    }

    #[test]
    fn traded_bars_leave_out_flat_fill_and_nothing_else() {
        let candle = |minute: i64, prices: [f64; 4], volume| {
            let [open, high, low, close] = prices;
            Candle { open_time: UnixNanos(day().0 + minute * 60_000_000_000), open, high, low, close, volume }
        };
        let candles = [
            candle(0, [1.0; 4], 0.0),
            candle(1, [1.0, 1.5, 1.0, 1.25], 3.0),
            candle(2, [1.25; 4], 0.0),
            candle(3, [1.25; 4], 1.0),
            candle(4, [1.5; 4], 0.0),
            candle(5, [1.5; 4], 0.0),
        ];
        let bars = traded_bars(&candles, CandleStep::Minute).unwrap();
        let minutes: Vec<i64> = bars.view().open_time.iter().map(|time| (time.0 - day().0) / 60_000_000_000).collect();
        assert_eq!(minutes, [1, 3, 4]);
    }
}
