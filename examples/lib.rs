//! Examples that use several crates together: `cargo run -p aio-examples --example NAME`.
#![forbid(unsafe_code)]
