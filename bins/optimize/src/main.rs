//! Parameter search of trading strategies: sweep, sample, walk forward, rank and report.
#![forbid(unsafe_code)]

mod account;
mod args;
mod bars;
mod choices;
mod folder;
mod interrupt;
mod noise_test;
mod output;
mod progress;
mod rank;
mod record;
mod report;
mod sampler;
mod search;
mod setup;
mod strategies;
mod sweep;
mod table;
mod walk_forward;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    let done = output::on_threads(args.threads, || match &args.command {
        Command::Sweep(options) => sweep::run(options, args.quiet),
        Command::Search(options) => search::run(options, args.quiet),
        Command::WalkForward(options) => walk_forward::run(options, args.quiet),
        Command::NoiseTest(options) => noise_test::run(options, args.quiet),
        Command::Rank(options) => rank::run(options, args.quiet),
        Command::Report(options) => report::run(options, args.quiet),
    });
    output::finish(done)
}
