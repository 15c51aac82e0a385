//! The page in a real browser, and the crate's answers to good and bad reports.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod browser;
mod checks;
mod files;
mod page;
mod real_bars;
#[path = "../../examples/sample/mod.rs"]
mod sample;
