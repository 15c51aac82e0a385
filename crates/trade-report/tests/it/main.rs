//! The page in a real browser, and the crate's answers to good and bad reports.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]
#![expect(clippy::float_cmp, reason = "numbers go to the page and back to the bit")]

mod browser;
mod checks;
mod files;
mod page;
mod real_bars;
#[path = "../../examples/sample/mod.rs"]
mod sample;
