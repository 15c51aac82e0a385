//! Benches that use several crates together: `cargo bench -p aio-benches`.
#![forbid(unsafe_code)]
