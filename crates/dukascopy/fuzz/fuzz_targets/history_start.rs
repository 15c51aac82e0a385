//! Any bytes as history starts: no panic, and what decodes comes back from its encoding.
#![no_main]

use dukascopy::{decode_history_start, decode_history_starts, encode_history_start, encode_history_starts};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(starts) = decode_history_start(data) {
        let mut encoded = Vec::new();
        encode_history_start(&starts, &mut encoded);
        assert_eq!(decode_history_start(&encoded).expect("what was encoded can be decoded"), starts);
    }
    let mut named = Vec::new();
    let Ok(n_instruments) = decode_history_starts(data, &mut named) else {
        assert!(named.is_empty());
        return;
    };
    assert_eq!(n_instruments, named.len());
    let (mut encoded, mut again) = (Vec::new(), Vec::new());
    encode_history_starts(&named, &mut encoded).expect("what was decoded can be encoded");
    decode_history_starts(&encoded, &mut again).expect("what was encoded can be decoded");
    assert_eq!(again, named);
});
