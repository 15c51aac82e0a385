//! All tests of the crate as one program.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers")]
mod allocations;
mod bad_input;
mod data;
mod double;
mod drift;
mod extra;
mod fast;
mod features;
mod lanes;
mod late;
mod laws;
mod momentum;
mod no_choice;
mod oscillators;
mod overlap;
#[cfg(feature = "rayon")]
mod parallel;
mod patterns;
mod patterns_golden;
mod scales;
mod shapes;
mod streaming;
mod talib;
mod text;
mod tradingview;
mod tradingview_golden;
mod tradingview_logged;
mod ways_in;
mod windows;
