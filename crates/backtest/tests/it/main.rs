//! The back-test against calculations by hand, other implementations and a slow twin.
#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "a test stops at what it did not expect, and the numbers are exact"
)]

mod exits;
mod golden;
mod laws;
mod rules;
mod slow;
mod support;
