//! Files of other LZMA encoders, and files of this one read by another decoder (see `golden/generate.py`).
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use dukascopy::{
    Candle, CandleStep, Ending, Error, PriceScale, TickSpan, decode_candles, decode_ticks, encode_candles, encode_ticks,
};
use market::{Tick, Ticks, UnixNanos};

fn golden(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)).unwrap()
}

fn rows<const N: usize>(name: &str) -> Vec<[f64; N]> {
    let text = String::from_utf8(golden(name)).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines
        .map(|line| line.split(',').map(|cell| cell.parse().unwrap()).collect::<Vec<_>>().try_into().unwrap())
        .collect()
}

fn scale() -> PriceScale {
    PriceScale::new(5).unwrap()
}

fn hour() -> UnixNanos {
    "2019-02-04T13:00:00Z".parse().unwrap()
}

fn day() -> UnixNanos {
    "2019-02-04".parse().unwrap()
}

#[expect(clippy::cast_possible_truncation, reason = "counts of milliseconds and seconds")]
fn after(start: UnixNanos, seconds: f64) -> UnixNanos {
    UnixNanos(start.0 + (seconds * 1e9).round() as i64)
}

fn expected_ticks(name: &str) -> Ticks {
    let mut ticks = Ticks::default();
    for [millis, ask, bid, ask_volume, bid_volume] in rows(name) {
        let time = after(hour(), millis / 1e3);
        ticks.push(Tick { time, bid: bid / 1e5, ask: ask / 1e5, bid_volume, ask_volume }).unwrap();
    }
    ticks
}

fn expected_candles() -> Vec<Candle> {
    let candle = |[seconds, open, close, low, high, volume]: [f64; 6]| Candle {
        open_time: after(day(), seconds),
        open: open / 1e5,
        high: high / 1e5,
        low: low / 1e5,
        close: close / 1e5,
        volume,
    };
    rows("candles.csv").into_iter().map(candle).collect()
}

fn ticks_of(bytes: &[u8]) -> Result<Ticks, Error> {
    let mut ticks = Ticks::default();
    decode_ticks(bytes, TickSpan::Hour, hour(), scale(), &mut ticks).map(|_| ticks)
}

fn candles_of(bytes: &[u8]) -> Result<Vec<Candle>, Error> {
    let mut candles = Vec::new();
    decode_candles(bytes, CandleStep::Minute, day(), scale(), &mut candles).map(|_| candles)
}

#[test]
fn ticks_of_other_encoders_decode_with_and_without_end_marker() {
    let expected = expected_ticks("ticks.csv");
    assert!(expected.len() > 250);
    for name in ["ticks_marker.bi5", "ticks_size.bi5"] {
        assert_eq!(ticks_of(&golden(name)).unwrap(), expected, "{name}");
    }
}

#[test]
fn candles_of_other_encoders_decode_with_and_without_end_marker() {
    let expected = expected_candles();
    assert_eq!(expected.len(), 1_440);
    for name in ["candles_marker.bi5", "candles_size.bi5"] {
        assert_eq!(candles_of(&golden(name)).unwrap(), expected, "{name}");
    }
}

#[test]
fn another_decoder_reads_what_is_encoded_here() {
    let ticks = expected_ticks("ticks.csv");
    for (ending, name) in [(Ending::Size, "encoded_size"), (Ending::Marker, "encoded_marker")] {
        let mut bytes = Vec::new();
        encode_ticks(ticks.view(), TickSpan::Hour, hour(), scale(), ending, &mut bytes).unwrap();
        assert!(bytes == golden(&format!("{name}.bi5")), "other bytes than those that the other decoder has read");
        assert_eq!(expected_ticks(&format!("{name}.csv")), ticks);
    }
}

#[test]
fn a_file_cut_anywhere_is_an_error() {
    for name in ["ticks_marker.bi5", "ticks_size.bi5", "encoded_size.bi5"] {
        let bytes = golden(name);
        for length in 1..bytes.len() {
            let error = ticks_of(&bytes[..length]).expect_err(name);
            let named = match error {
                Error::Header { len_bytes } => length < 13 && len_bytes == length,
                Error::Truncated { offset, .. } => length >= 13 && offset == length,
                _ => false,
            };
            assert!(named, "{name} cut at {length}: {error}");
        }
    }
}

#[test]
fn a_flipped_byte_never_panics_and_never_changes_the_number_of_records_silently() {
    for name in ["ticks_marker.bi5", "ticks_size.bi5"] {
        let (bytes, n_ticks) = (golden(name), ticks_of(&golden(name)).unwrap().len());
        for at in 0..bytes.len() {
            for flip in [0x01, 0x80, 0xff] {
                let mut bytes = bytes.clone();
                bytes[at] ^= flip;
                if let Ok(ticks) = ticks_of(&bytes) {
                    assert_eq!(ticks.len(), n_ticks, "{name} flipped at {at}");
                }
            }
        }
    }
}

#[test]
fn ticks_and_candles_are_not_mistaken_for_each_other() {
    // 1,440 candles have the length of 1,728 ticks, so the size alone does not tell.
    assert!(matches!(ticks_of(&golden("candles_size.bi5")), Err(Error::Record { .. })));
    let ticks = expected_ticks("ticks.csv");
    let mut bytes = Vec::new();
    encode_ticks(ticks.view().slice(0..240), TickSpan::Hour, hour(), scale(), Ending::Size, &mut bytes).unwrap();
    assert!(matches!(candles_of(&bytes), Err(Error::Record { index: 0, .. })));
    assert!(matches!(candles_of(&golden("ticks_size.bi5")), Err(Error::PartialRecord { .. } | Error::Record { .. })));
}

#[test]
fn candles_come_back_from_their_own_encoding() {
    let candles = expected_candles();
    for ending in [Ending::Size, Ending::Marker] {
        let mut bytes = Vec::new();
        encode_candles(&candles, CandleStep::Minute, day(), scale(), ending, &mut bytes).unwrap();
        assert_eq!(candles_of(&bytes).unwrap(), candles);
    }
}
