//! The broker's tests: one rule a test, golden trades of another emulator, laws for any prices and orders.
#![expect(
    clippy::unwrap_used,
    clippy::float_cmp,
    reason = "a test stops at what it did not expect, and exact prices are exact"
)]

mod engine_laws;
mod fills;
mod golden;
mod laws;
mod manual;
mod pine;
mod random;
mod realism;
mod scripts;
