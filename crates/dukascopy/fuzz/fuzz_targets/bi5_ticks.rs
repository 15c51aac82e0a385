//! Any bytes as a tick file, and any records in one: no panic, and what decodes comes back from its encoding.
#![no_main]

use dukascopy::{Ending, TickSpan, decode_ticks, encode_ticks};
use fuzz_input::{compressed, day, scale, settings};
use libfuzzer_sys::fuzz_target;
use market::Ticks;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = settings(data) else { return };
    let (scale, mut ticks) = (scale(first), Ticks::default());
    let span = if first & 8 == 0 { TickSpan::Hour } else { TickSpan::Day };
    let ending = if first & 16 == 0 { Ending::Size } else { Ending::Marker };
    let file = if first & 32 == 0 { rest.to_vec() } else { compressed(rest) };
    let Ok(n_ticks) = decode_ticks(&file, span, day(), scale, &mut ticks) else {
        assert!(ticks.is_empty());
        return;
    };
    assert_eq!(n_ticks, ticks.len());
    let (mut encoded, mut again) = (Vec::new(), Ticks::default());
    encode_ticks(ticks.view(), span, day(), scale, ending, &mut encoded).expect("what was decoded can be encoded");
    decode_ticks(&encoded, span, day(), scale, &mut again).expect("what was encoded can be decoded");
    assert_eq!(again, ticks);
});
