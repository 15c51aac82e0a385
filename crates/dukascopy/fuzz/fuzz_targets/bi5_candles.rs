//! Any bytes as a candle file, and any records in one: no panic, and what decodes comes back from its encoding.
#![no_main]

use dukascopy::{CandleStep, Ending, FileKey, FileKind, Side, decode_candles, encode_candles, traded_bars};
use fuzz_input::{compressed, day, scale, settings};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = settings(data) else { return };
    let scale = scale(first);
    let step = [CandleStep::Minute, CandleStep::Hour, CandleStep::Day, CandleStep::Minute][usize::from(first >> 6)];
    let ending = if first & 16 == 0 { Ending::Size } else { Ending::Marker };
    let file = if first & 32 == 0 { rest.to_vec() } else { compressed(rest) };
    let symbol = "EURUSD".parse().expect("a symbol");
    let start = FileKey::new(symbol, FileKind::Candles(step, Side::Bid), day()).expect("a time of 2024").start();
    let mut candles = Vec::new();
    let Ok(n_candles) = decode_candles(&file, step, start, scale, &mut candles) else {
        assert!(candles.is_empty());
        return;
    };
    assert_eq!(n_candles, candles.len());
    traded_bars(&candles, step).expect("decoded candles are in order and aligned");
    let (mut encoded, mut again) = (Vec::new(), Vec::new());
    encode_candles(&candles, step, start, scale, ending, &mut encoded).expect("what was decoded can be encoded");
    decode_candles(&encoded, step, start, scale, &mut again).expect("what was encoded can be decoded");
    assert_eq!(again, candles);
});
