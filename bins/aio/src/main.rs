//! From raw market data to ranked trading strategies, Pine scripts and an honest report.
#![forbid(unsafe_code)]

mod args;
mod config;
mod hardware;
mod ollama;
mod output;
mod progress;
mod report;
mod run;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    output::start_logging(args.verbose);
    let done = match &args.command {
        Command::RunExperiment(options) => run::run(options, args.format),
        Command::Report(options) => report::run(options, args.format),
        Command::CheckHardware => hardware::check(args.format),
        Command::TestOllama(options) => ollama::test(options, args.format),
        Command::Config(command) => config::run(command, args.format),
    };
    output::finish(done)
}
