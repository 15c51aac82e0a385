//! `HistoryStart.bi5`: when the data of instruments begin. Not compressed, all numbers big-endian.

use market::UnixNanos;

use crate::{Error, HistoryStarts};

const PERIODS: [i64; 4] = [0, 60_000, 3_600_000, 86_400_000];
// What the feed writes where it has no data of a period.
const NONE: i64 = i64::MAX;

/// Decodes the `HistoryStart.bi5` of one instrument (`EURUSD/metadata/HistoryStart.bi5`).
///
/// The file is a row of 16-byte records, in any order:
///
/// | byte | type | value |
/// |---|---|---|
/// | 0 | i64 | period in milliseconds: 0 (ticks), 60,000, 3,600,000 or 86,400,000 |
/// | 8 | i64 | start in milliseconds since 1970; the largest integer where there are no data |
///
/// ```
/// let mut bytes = [0; 16]; // ticks (period 0)
/// bytes[8..].copy_from_slice(&1_508_489_056_204_i64.to_be_bytes());
/// let starts = dukascopy::decode_history_start(&bytes)?;
/// assert_eq!(starts.ticks.ok_or("no start")?.to_string(), "2017-10-20T08:44:16.204Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`Error::HistoryStart`] with the offset of a record that is cut off, of another or a repeated period, or of a start
/// outside of the years 1678 to 2261.
pub fn decode_history_start(bytes: &[u8]) -> Result<HistoryStarts, Error> {
    let mut reader = Reader { bytes, offset: 0 };
    let n_records = bytes.len().div_ceil(16);
    reader.starts(n_records)
}

/// Decodes the `HistoryStart.bi5` of all instruments (`metadata/HistoryStart.bi5`) and appends their names and starts.
///
/// For each instrument the file has the length of its name (u16), the name (UTF-8), the number of records
/// (i64) and so many records as in [`decode_history_start`]. `starts` are unchanged if an error is returned.
///
/// # Errors
/// As [`decode_history_start`]; also for a name that is empty or not UTF-8 and for more than 4 records.
pub fn decode_history_starts(bytes: &[u8], starts: &mut Vec<(String, HistoryStarts)>) -> Result<usize, Error> {
    let (mut reader, mut decoded) = (Reader { bytes, offset: 0 }, Vec::new());
    while reader.offset < bytes.len() {
        decoded.push(reader.instrument()?);
    }
    let n_instruments = decoded.len();
    starts.append(&mut decoded);
    Ok(n_instruments)
}

/// Encodes the `HistoryStart.bi5` of one instrument and appends its 64 bytes to `bytes`.
///
/// Starts are rounded down to milliseconds.
pub fn encode_history_start(starts: &HistoryStarts, bytes: &mut Vec<u8>) {
    let of = [starts.ticks, starts.minutes, starts.hours, starts.days];
    for (period, start) in PERIODS.into_iter().zip(of) {
        bytes.extend_from_slice(&period.to_be_bytes());
        bytes.extend_from_slice(&start.map_or(NONE, UnixNanos::as_millis).to_be_bytes());
    }
}

/// Encodes the `HistoryStart.bi5` of all instruments and appends it to `bytes`.
///
/// # Errors
/// [`Error::Unstorable`] for a name that is empty or longer than 65,535 bytes; `bytes` are unchanged then.
pub fn encode_history_starts(starts: &[(String, HistoryStarts)], bytes: &mut Vec<u8>) -> Result<(), Error> {
    let mut encoded = Vec::with_capacity(starts.len() * 84);
    for (row, (name, starts)) in starts.iter().enumerate() {
        let length = u16::try_from(name.len()).ok().filter(|&length| length > 0);
        let expected = "1 to 65535 bytes";
        let length = length.ok_or_else(|| Error::Unstorable { row, field: "name", value: name.clone(), expected })?;
        encoded.extend_from_slice(&length.to_be_bytes());
        encoded.extend_from_slice(name.as_bytes());
        encoded.extend_from_slice(&(PERIODS.len() as u64).to_be_bytes());
        encode_history_start(starts, &mut encoded);
    }
    bytes.append(&mut encoded);
    Ok(())
}

struct Reader<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Reader<'a> {
    fn instrument(&mut self) -> Result<(String, HistoryStarts), Error> {
        let [high, low] = self.array::<2>()?;
        let (length, at) = (usize::from(u16::from_be_bytes([high, low])), self.offset);
        let name = std::str::from_utf8(self.take(length)?).ok().filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| fault(at, "a name in UTF-8"))?;
        let at = self.offset;
        let n_records = usize::try_from(self.number()?).ok().filter(|&n_records| n_records <= PERIODS.len());
        let n_records = n_records.ok_or_else(|| fault(at, "a number of records of 0 to 4"))?;
        Ok((name.to_owned(), self.starts(n_records)?))
    }

    fn starts(&mut self, n_records: usize) -> Result<HistoryStarts, Error> {
        let (mut seen, mut starts) = ([false; 4], [None; 4]);
        for _ in 0..n_records {
            let (at, period) = (self.offset, self.number()?);
            let known = PERIODS.iter().position(|&known| known == period).filter(|&known| !seen[known]);
            let known = known.ok_or_else(|| fault(at, "a period of 0, 60000, 3600000 or 86400000, each once"))?;
            let (at, millis) = (self.offset, self.number()?);
            let start = UnixNanos::from_millis(millis);
            if start.is_none() && millis != NONE {
                return Err(fault(at, "milliseconds since 1970, in the years 1678 to 2261"));
            }
            (seen[known], starts[known]) = (true, start);
        }
        let [ticks, minutes, hours, days] = starts;
        Ok(HistoryStarts { ticks, minutes, hours, days })
    }

    fn number(&mut self) -> Result<i64, Error> {
        Ok(i64::from_be_bytes(self.array()?))
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Error> {
        let taken = self.take(N)?;
        Ok(*taken.first_chunk().expect("so many bytes have been taken"))
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Error> {
        let taken = self.bytes.get(self.offset..).and_then(|rest| rest.get(..length));
        let taken = taken.ok_or_else(|| fault(self.offset, "more bytes"))?;
        self.offset += length;
        Ok(taken)
    }
}

fn fault(offset: usize, expected: &'static str) -> Error {
    Error::HistoryStart { offset, expected }
}
