//! The project's own tasks, called as `cargo xtask TASK`.
//!
//! `cargo xtask test` runs every test of the workspace with private PostgreSQL, Redis and Kafka servers beside it.
#![forbid(unsafe_code)]
#![expect(clippy::print_stderr, reason = "a program tells on standard error what it does")]

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
}

/// 0: all passed. 1: a test failed. 2: the tests could not be run.
fn main() -> ExitCode {
    let outcome = match Task::parse() {
        Task::Test(args) => test::run(&args),
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
