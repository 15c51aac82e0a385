//! All tests of the crate as one program.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "a skip shows")]

mod close;
mod golden;
mod laws;
mod metric_laws;
mod metrics;
mod monte_carlo;
mod overfitting;
mod peer_backtest;
mod permutation;
mod published;
mod quantstats_rows;
mod report;
mod shared;
mod size;
