//! Tick files: 20-byte big-endian records of milliseconds, ask, bid, ask volume, bid volume.

use std::ops::Range;

use market::{Ticks, TicksView, UnixNanos};

use crate::lzma::{Effort, compress};
use crate::period::Period;
use crate::scale::MAX_UNITS;
use crate::{Decoder, Ending, Error, PriceScale, TickSpan};

const RECORD_BYTES: usize = 20;
const NANOS_PER_MILLI: i64 = 1_000_000;
// Volumes are in millions of the base: no order is that large.
const MAX_VOLUME: f32 = 1e12;

struct Record {
    millis: u32,
    ask: u32,
    bid: u32,
    ask_volume: f32,
    bid_volume: f32,
}

impl Record {
    #[inline]
    fn parse(bytes: &[u8; RECORD_BYTES]) -> Self {
        let word = |at: usize| [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
        Self {
            millis: u32::from_be_bytes(word(0)),
            ask: u32::from_be_bytes(word(4)),
            bid: u32::from_be_bytes(word(8)),
            ask_volume: f32::from_be_bytes(word(12)),
            bid_volume: f32::from_be_bytes(word(16)),
        }
    }

    fn write(&self, content: &mut Vec<u8>) {
        for word in [self.millis, self.ask, self.bid, self.ask_volume.to_bits(), self.bid_volume.to_bits()] {
            content.extend_from_slice(&word.to_be_bytes());
        }
    }
}

/// Decodes a tick file and appends its ticks; returns how many there were.
///
/// - `bytes`: the file. No bytes at all mean that the market was shut: no ticks.
/// - `start`: the UTC hour or day that the file covers, as `span` says.
/// - `scale`: digits of the prices, from the instrument table.
/// - `ticks`: unchanged if an error is returned.
///
/// After decompression the file is a row of records, all numbers big-endian:
///
/// | byte | type | value |
/// |---|---|---|
/// | 0 | u32 | milliseconds since `start` |
/// | 4 | u32 | ask, in units of the scale |
/// | 8 | u32 | bid, in units of the scale |
/// | 12 | f32 | ask volume, in millions of the base |
/// | 16 | f32 | bid volume, in millions of the base |
///
/// Checked are the compressed stream (header, size, end, nothing after it) and in every record: the time lies in the
/// file's period and does not decrease; prices are 1 to 1,031,798,783 units (larger integers are the bits of
/// float prices); volumes are 0 or ordinary positive numbers. LZMA itself carries no checksum, so a flipped bit may
/// pass as another price.
///
/// # Errors
/// All of [`Error`] down to [`Error::Period`], with the offset in the file or the position of the record.
pub fn decode_ticks(
    bytes: &[u8],
    span: TickSpan,
    start: UnixNanos,
    scale: PriceScale,
    ticks: &mut Ticks,
) -> Result<usize, Error> {
    Decoder::new().decode_ticks(bytes, span, start, scale, ticks)
}

/// Appends the ticks of a decompressed file that covers `period`.
pub(crate) fn append_ticks(
    content: &[u8],
    period: Range<UnixNanos>,
    scale: PriceScale,
    ticks: &mut Ticks,
) -> Result<usize, Error> {
    let (records, rest) = content.as_chunks::<RECORD_BYTES>();
    if !rest.is_empty() {
        return Err(Error::PartialRecord { decoded_bytes: content.len(), record_bytes: RECORD_BYTES });
    }
    check(records, &period, ticks.view().time.last().copied())?;
    ticks.reserve(records.len());
    let mut columns = Columns::new();
    for part in records.chunks(CHUNK) {
        ticks.extend_from_view(columns.fill(part, period.start, scale)).expect("the records have been checked");
    }
    Ok(records.len())
}

// Few enough for their columns to stay in the fastest cache.
const CHUNK: usize = 256;

/// Records as columns, on their way from the content to the ticks.
struct Columns {
    time: [UnixNanos; CHUNK],
    bid: [f64; CHUNK],
    ask: [f64; CHUNK],
    bid_volume: [f64; CHUNK],
    ask_volume: [f64; CHUNK],
}

impl Columns {
    fn new() -> Self {
        let zeros = [0.0; CHUNK];
        Self { time: [UnixNanos(0); CHUNK], bid: zeros, ask: zeros, bid_volume: zeros, ask_volume: zeros }
    }

    /// At most [`CHUNK`] records that have passed [`check`].
    fn fill(&mut self, records: &[[u8; RECORD_BYTES]], start: UnixNanos, scale: PriceScale) -> TicksView<'_> {
        let n_records = records.len();
        let (time, bid, ask) = (&mut self.time[..n_records], &mut self.bid[..n_records], &mut self.ask[..n_records]);
        let (bid_volume, ask_volume) = (&mut self.bid_volume[..n_records], &mut self.ask_volume[..n_records]);
        for (row, record) in records.iter().map(Record::parse).enumerate() {
            time[row] = UnixNanos(start.0 + i64::from(record.millis) * NANOS_PER_MILLI);
            bid[row] = scale.price(record.bid);
            ask[row] = scale.price(record.ask);
            bid_volume[row] = f64::from(record.bid_volume);
            ask_volume[row] = f64::from(record.ask_volume);
        }
        TicksView { time, bid, ask, bid_volume, ask_volume }
    }
}

fn check(records: &[[u8; RECORD_BYTES]], period: &Range<UnixNanos>, last_time: Option<UnixNanos>) -> Result<(), Error> {
    let Range { start, end } = *period;
    let end_millis = (end.0 - start.0) / NANOS_PER_MILLI;
    // A tick between two milliseconds lets the next start with the later of them.
    let mut earliest = last_time.map_or(0, |last| -(start.0.saturating_sub(last.0)).div_euclid(NANOS_PER_MILLI));
    for (index, bytes) in records.iter().enumerate() {
        let record = Record::parse(bytes);
        let millis = i64::from(record.millis);
        let in_order = (earliest..end_millis).contains(&millis);
        let prices = is_price(record.ask) & is_price(record.bid);
        let volumes = is_volume(record.ask_volume) & is_volume(record.bid_volume);
        if !(in_order & prices & volumes) {
            return Err(record_error(index, &record, in_order));
        }
        earliest = millis;
    }
    Ok(())
}

#[inline]
fn is_price(units: u32) -> bool {
    (1..=MAX_UNITS).contains(&units)
}

/// Whether `volume` can be one; bits of integers, read as a volume, are subnormal numbers.
#[inline]
pub(crate) fn is_volume(volume: f32) -> bool {
    volume.to_bits() == 0 || (f32::MIN_POSITIVE..=MAX_VOLUME).contains(&volume)
}

#[cold]
fn record_error(index: usize, record: &Record, in_order: bool) -> Error {
    let price = "an integer price of 1 to 1031798783";
    let (field, value, expected) = if !in_order {
        ("time", f64::from(record.millis), "milliseconds inside of the period, not before the tick before it")
    } else if !is_price(record.ask) {
        ("ask", f64::from(record.ask), price)
    } else if !is_price(record.bid) {
        ("bid", f64::from(record.bid), price)
    } else if is_volume(record.ask_volume) {
        ("bid volume", f64::from(record.bid_volume), "0 or a positive float")
    } else {
        ("ask volume", f64::from(record.ask_volume), "0 or a positive float")
    };
    Error::Record { index, decoded_offset: index * RECORD_BYTES, field, value, expected }
}

/// Encodes `ticks` as a tick file and appends it to `bytes`; no ticks give no bytes.
///
/// Decoding gives equal ticks if their prices are whole steps of `scale`, their times whole milliseconds and their
/// volumes float32 numbers; volumes are rounded to float32.
///
/// # Errors
/// [`Error::Unstorable`] for a time that is not a whole millisecond inside of the period, a price that is not a whole
/// step (see [`PriceScale::units`]) or a volume that float32 cannot hold; [`Error::Period`] for a `start` that is
/// none; [`Error::TooLarge`] beyond [`MAX_DECODED_BYTES`](crate::MAX_DECODED_BYTES). `bytes` are unchanged then.
pub fn encode_ticks(
    ticks: TicksView<'_>,
    span: TickSpan,
    start: UnixNanos,
    scale: PriceScale,
    ending: Ending,
    bytes: &mut Vec<u8>,
) -> Result<(), Error> {
    encode_with(Effort::Small, ticks, span, start, scale, ending, bytes)
}

/// As [`encode_ticks`].
pub(crate) fn encode_with(
    effort: Effort,
    ticks: TicksView<'_>,
    span: TickSpan,
    start: UnixNanos,
    scale: PriceScale,
    ending: Ending,
    bytes: &mut Vec<u8>,
) -> Result<(), Error> {
    let end = Period::from(span).end(start)?;
    if ticks.is_empty() {
        return Ok(());
    }
    let mut content = Vec::with_capacity(ticks.len() * RECORD_BYTES);
    for (row, tick) in ticks.iter().enumerate() {
        let price = |field, price| {
            scale.units(price).ok_or_else(|| unstorable(row, field, &price, "a whole step of the price scale"))
        };
        let record = Record {
            millis: millis_after(row, tick.time, start, end)?,
            ask: price("ask", tick.ask)?,
            bid: price("bid", tick.bid)?,
            ask_volume: stored_volume(row, "ask volume", tick.ask_volume)?,
            bid_volume: stored_volume(row, "bid volume", tick.bid_volume)?,
        };
        record.write(&mut content);
    }
    compress(&content, effort, ending, bytes)
}

fn millis_after(row: usize, time: UnixNanos, start: UnixNanos, end: UnixNanos) -> Result<u32, Error> {
    let inside = time >= start && time < end && time.0 % NANOS_PER_MILLI == 0;
    let millis = inside.then(|| u32::try_from((time.0 - start.0) / NANOS_PER_MILLI).ok()).flatten();
    millis.ok_or_else(|| unstorable(row, "time", &time, "a whole millisecond inside of the file's period"))
}

pub(crate) fn stored_volume(row: usize, field: &'static str, volume: f64) -> Result<f32, Error> {
    #[expect(clippy::cast_possible_truncation, reason = "rounding to float32 is the format's precision")]
    let stored = volume as f32;
    let kept = is_volume(stored) && (stored > 0.0 || volume == 0.0);
    kept.then_some(stored).ok_or_else(|| unstorable(row, field, &volume, "0 or a positive float32 number"))
}

pub(crate) fn unstorable(row: usize, field: &'static str, value: &impl ToString, expected: &'static str) -> Error {
    Error::Unstorable { row, field, value: value.to_string(), expected }
}

#[cfg(test)]
mod tests {
    use market::Tick;

    use super::*;

    const EURUSD: u8 = 5;

    fn start() -> UnixNanos {
        "2019-02-04T13:00:00Z".parse().unwrap()
    }

    fn scale() -> PriceScale {
        PriceScale::new(EURUSD).unwrap()
    }

    fn file_of(records: &[Record]) -> Vec<u8> {
        let (mut content, mut bytes) = (Vec::new(), Vec::new());
        for record in records {
            record.write(&mut content);
        }
        compress(&content, Effort::Small, Ending::Size, &mut bytes).unwrap();
        bytes
    }

    fn good(millis: u32) -> Record {
        Record { millis, ask: 114_515, bid: 114_512, ask_volume: 0.75, bid_volume: 1.5 }
    }

    fn decode(bytes: &[u8], ticks: &mut Ticks) -> Result<usize, Error> {
        decode_ticks(bytes, TickSpan::Hour, start(), scale(), ticks)
    }

    #[test]
    fn no_bytes_are_no_ticks() {
        let mut ticks = Ticks::default();
        assert_eq!(decode(&[], &mut ticks).unwrap(), 0);
        assert!(ticks.is_empty());
    }

    #[test]
    fn ask_stands_before_bid_in_the_record() {
        let mut ticks = Ticks::default();
        decode(&file_of(&[good(250)]), &mut ticks).unwrap();
        let tick = ticks.view().iter().next().unwrap();
        assert_eq!((tick.ask, tick.bid, tick.ask_volume, tick.bid_volume), (1.14515, 1.14512, 0.75, 1.5));
        assert_eq!(tick.time.to_string(), "2019-02-04T13:00:00.25Z");
    }

    #[test]
    fn an_impossible_record_is_named_with_its_place() {
        let bad = [
            (Record { millis: 3_600_000, ..good(0) }, "time"),
            (Record { millis: 4, ..good(0) }, "time"),
            (Record { ask: 0, ..good(9) }, "ask"),
            (Record { bid: 1.1_f32.to_bits(), ..good(9) }, "bid"),
            (Record { ask_volume: f32::NAN, ..good(9) }, "ask volume"),
            (Record { bid_volume: f32::from_bits(114_512), ..good(9) }, "bid volume"),
            (Record { bid_volume: -1.0, ..good(9) }, "bid volume"),
        ];
        for (record, name) in bad {
            let mut ticks = Ticks::default();
            let error = decode(&file_of(&[good(5), record]), &mut ticks).unwrap_err();
            let named = matches!(error, Error::Record { index: 1, decoded_offset: 20, field, .. } if field == name);
            assert!(named, "{name}: {error}");
            assert!(ticks.is_empty());
        }
    }

    #[test]
    fn a_fault_far_into_the_file_leaves_the_ticks_unchanged() {
        let mut records: Vec<Record> = (0..1_000).map(good).collect();
        records[999].bid = 0;
        let mut ticks = Ticks::default();
        let error = decode(&file_of(&records), &mut ticks).unwrap_err();
        assert!(matches!(error, Error::Record { index: 999, decoded_offset: 19_980, field: "bid", .. }), "{error}");
        assert!(ticks.is_empty());
    }

    #[test]
    fn a_file_that_lies_before_the_ticks_so_far_is_refused() {
        let mut ticks = Ticks::default();
        decode(&file_of(&[good(5)]), &mut ticks).unwrap();
        assert!(decode(&file_of(&[good(4)]), &mut ticks).is_err());
        assert_eq!(ticks.len(), 1);
        assert_eq!(decode(&file_of(&[good(5)]), &mut ticks).unwrap(), 1);
    }

    #[test]
    fn a_part_of_a_record_is_an_error() {
        let mut bytes = Vec::new();
        compress(&[0; 21], Effort::Small, Ending::Size, &mut bytes).unwrap();
        let error = decode(&bytes, &mut Ticks::default()).unwrap_err();
        assert!(matches!(error, Error::PartialRecord { decoded_bytes: 21, record_bytes: 20 }));
    }

    #[test]
    fn encoding_refuses_what_the_format_cannot_hold() {
        let tick = |time, bid, bid_volume| Tick { time, bid, ask: 1.14515, bid_volume, ask_volume: 1.0 };
        for (tick, name) in [
            (tick(UnixNanos(start().0 + 1), 1.14512, 1.0), "time"),
            (tick(UnixNanos(start().0 - 1_000_000), 1.14512, 1.0), "time"),
            (tick(UnixNanos(start().0 + 3_600_000_000_000), 1.14512, 1.0), "time"),
            (tick(start(), 1.145_125, 1.0), "bid"),
            (tick(start(), 1.14512, 1e-40), "bid volume"),
            (tick(start(), 1.14512, 1e13), "bid volume"),
        ] {
            let (mut ticks, mut bytes) = (Ticks::default(), Vec::new());
            ticks.push(tick).unwrap();
            let error = encode_ticks(ticks.view(), TickSpan::Hour, start(), scale(), Ending::Size, &mut bytes);
            let error = error.unwrap_err();
            assert!(matches!(error, Error::Unstorable { row: 0, field, .. } if field == name), "{error}");
            assert!(bytes.is_empty());
        }
    }
}
