//! Any text as a path of either protocol: no panic, one spelling a path, and none that leads out of a folder.
#![no_main]

use dukascopy::{FileKey, JsonPath, json_path, json_symbol};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|path: &str| {
    if let Ok(key) = path.parse::<FileKey>() {
        assert_eq!(key.to_string(), path);
        assert!(key.start() < key.end());
        assert!(path.split('/').all(|part| !matches!(part, "" | "." | "..")));
        assert!(key.feed_path().split('/').all(|part| !matches!(part, "" | "." | "..")));
        if let Some(path) = json_path(&key, "EUR-USD") {
            let JsonPath::Data { kind, start, .. } = path.parse().expect("a path of its own making") else {
                panic!("{path} asks for data");
            };
            assert_eq!((kind, start), (key.kind(), key.start()));
        }
    }
    if let Ok(parsed) = path.parse::<JsonPath>() {
        assert_eq!(parsed.to_string(), path);
        let (JsonPath::Data { code, .. } | JsonPath::Instrument { code }) = parsed;
        if let Ok(symbol) = json_symbol(&code) {
            assert!(!symbol.as_str().contains('/'));
        }
    }
});
