//! Download, verify, repair and convert Dukascopy market data, without a silent hole.
#![forbid(unsafe_code)]

mod args;
mod bars;
mod candles;
mod columns;
mod fetch;
mod gaps;
mod instruments;
mod outcome;
mod output;
mod progress;
mod repair;
mod request;
mod serve;
mod sink;
mod ticks;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    output::start_logging(args.verbose);
    let done = match &args.command {
        Command::Fetch(options) => fetch::run(options),
        Command::Bars(options) => bars::run(options),
        Command::Ticks(options) => ticks::run(options),
        Command::Verify(options) => verify::run(options),
        Command::Repair(options) => repair::run(options),
        Command::Gaps(options) => gaps::run(options),
        Command::Instruments(options) => instruments::run(options),
        Command::ServeMirror(options) => serve::run(options),
    };
    output::finish(done)
}
