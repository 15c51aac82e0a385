//! Technical indicators of tables of prices: computed, listed and explained.
#![forbid(unsafe_code)]

mod args;
mod call;
mod compared;
mod compute;
mod explain;
mod list;
mod output;
mod page;
mod pages;
mod picture;
mod sink;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match &args.command {
        Command::Compute(options) => compute::run(options),
        Command::List(options) => list::run(options),
        Command::Explain(options) => explain::run(options),
        Command::Pages(options) => pages::run(options),
    };
    output::finish(done)
}
