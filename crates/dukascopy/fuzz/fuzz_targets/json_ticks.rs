//! Any bytes as a reply of ticks, and replies of any numbers: no panic, and what decodes comes back from its encoding.
#![no_main]

use dukascopy::{decode_json_ticks, encode_json_ticks};
use fuzz_input::{Numbers, array, day, object, scale, settings};
use libfuzzer_sys::fuzz_target;
use market::Ticks;

/// A reply with the numbers of `data` in its arrays.
fn reply(data: &[u8]) -> Option<String> {
    let mut numbers = Numbers(data);
    let (multiplier, ask, bid) = (numbers.integer()? & 15, numbers.decimal()?, numbers.decimal()?);
    let (mut times, mut asks, mut bids, mut ask_volumes, mut bid_volumes) = (vec![], vec![], vec![], vec![], vec![]);
    while let Some(time) = numbers.integer() {
        times.push(time);
        asks.push(numbers.integer()?);
        bids.push(numbers.integer()?);
        ask_volumes.push(numbers.decimal()?);
        bid_volumes.push(numbers.decimal()?);
    }
    Some(object(&[
        ("timestamp", day().as_millis().to_string()),
        ("multiplier", format!("1e-{multiplier}")),
        ("ask", ask),
        ("bid", bid),
        ("times", array(&times)),
        ("asks", array(&asks)),
        ("bids", array(&bids)),
        ("askVolumes", array(&ask_volumes)),
        ("bidVolumes", array(&bid_volumes)),
    ]))
}

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = settings(data) else { return };
    let (scale, mut ticks) = (scale(first), Ticks::default());
    let text = if first & 32 == 0 { None } else { reply(rest) };
    let bytes = text.as_deref().map_or(rest, str::as_bytes);
    let Ok(n_ticks) = decode_json_ticks(bytes, day(), scale, &mut ticks) else {
        assert!(ticks.is_empty());
        return;
    };
    assert_eq!(n_ticks, ticks.len());
    let (mut encoded, mut again) = (Vec::new(), Ticks::default());
    encode_json_ticks(ticks.view(), day(), scale, &mut encoded).expect("what was decoded can be encoded");
    decode_json_ticks(&encoded, day(), scale, &mut again).expect("what was encoded can be decoded");
    assert_eq!(again, ticks);
});
