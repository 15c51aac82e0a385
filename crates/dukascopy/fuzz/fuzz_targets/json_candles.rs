//! Any bytes as a reply of candles, and replies of any numbers: no panic, and what decodes comes back from its
//! encoding.
#![no_main]

use dukascopy::{CandleStep, FileKey, FileKind, Side, decode_json_candles, encode_json_candles};
use fuzz_input::{Numbers, array, day, object, scale, settings};
use libfuzzer_sys::fuzz_target;
use market::UnixNanos;

/// A reply with the numbers of `data` in its arrays.
fn reply(data: &[u8], step: CandleStep, start: UnixNanos) -> Option<String> {
    let mut numbers = Numbers(data);
    let multiplier = numbers.integer()? & 15;
    let [open, high, low, close] = [numbers.decimal()?, numbers.decimal()?, numbers.decimal()?, numbers.decimal()?];
    let (mut times, mut volumes) = (vec![], vec![]);
    let mut prices = [vec![], vec![], vec![], vec![]];
    while let Some(time) = numbers.integer() {
        times.push(time);
        for deltas in &mut prices {
            deltas.push(numbers.integer()?);
        }
        volumes.push(numbers.decimal()?);
    }
    let [opens, highs, lows, closes] = prices.map(|deltas| array(&deltas));
    Some(object(&[
        ("timestamp", start.as_millis().to_string()),
        ("multiplier", format!("1e-{multiplier}")),
        ("open", open),
        ("high", high),
        ("low", low),
        ("close", close),
        ("shift", (step.timeframe().seconds() * 1_000).to_string()),
        ("times", array(&times)),
        ("opens", opens),
        ("highs", highs),
        ("lows", lows),
        ("closes", closes),
        ("volumes", array(&volumes)),
    ]))
}

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = settings(data) else { return };
    let scale = scale(first);
    let step = [CandleStep::Minute, CandleStep::Hour, CandleStep::Day, CandleStep::Minute][usize::from(first >> 6)];
    let symbol = "EURUSD".parse().expect("a symbol");
    let start = FileKey::new(symbol, FileKind::Candles(step, Side::Bid), day()).expect("a time of 2024").start();
    let text = if first & 32 == 0 { None } else { reply(rest, step, start) };
    let bytes = text.as_deref().map_or(rest, str::as_bytes);
    let mut candles = Vec::new();
    let Ok(n_candles) = decode_json_candles(bytes, step, start, scale, &mut candles) else {
        assert!(candles.is_empty());
        return;
    };
    assert_eq!(n_candles, candles.len());
    let (mut encoded, mut again) = (Vec::new(), Vec::new());
    encode_json_candles(&candles, step, start, scale, &mut encoded).expect("what was decoded can be encoded");
    decode_json_candles(&encoded, step, start, scale, &mut again).expect("what was encoded can be decoded");
    assert_eq!(again, candles);
});
