//! The project's own tasks, called as `cargo xtask TASK`.
//!
//! `cargo xtask test` runs every test of the workspace with private PostgreSQL, Redis and Kafka servers beside it;
//! `cargo xtask bench-peers` measures a program beside those that users would compare it with.
#![forbid(unsafe_code)]
#![expect(clippy::print_stderr, reason = "a program tells on standard error what it does")]

mod bench_peers;
mod services;
mod test;

use std::process::ExitCode;

use clap::Parser;

/// The project's own tasks.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Task {
    /// Run all tests, with private PostgreSQL, Redis and Kafka servers for those that need one.
    Test(test::Args),
    /// Measure a program beside its peers, which are installed for it.
    BenchPeers(bench_peers::Args),
}

/// 0: all passed. 1: a test or a comparison failed. 2: it could not be run.
fn main() -> ExitCode {
    let outcome = match Task::parse() {
        Task::Test(args) => test::run(&args),
        Task::BenchPeers(args) => bench_peers::run(&args),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            say(&format!("error: {error:#}"));
            ExitCode::from(2)
        }
    }
}

/// Prints one line about what is being done.
fn say(line: &str) {
    eprintln!("xtask: {line}");
}
