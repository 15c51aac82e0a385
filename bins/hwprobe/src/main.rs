//! What this machine grants, its live load, and a plan of threads, memory and devices.
#![forbid(unsafe_code)]

mod args;
mod output;
mod plan;
mod watch;

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;

use crate::args::{Args, Command, DiskSpeedOptions, Format};
use crate::output::{print, print_json};

fn main() -> ExitCode {
    let args = Args::parse();
    let done = match args.command.unwrap_or(Command::Show) {
        Command::Show => show(args.format),
        Command::Watch(options) => watch::run(&options, args.format),
        Command::Plan(options) => plan::run(&options, args.format),
        Command::DiskSpeed(options) => disk_speed(&options, args.format),
    };
    output::finish(done)
}

fn show(format: Format) -> Result<()> {
    let machine = hwprobe::probe().context("cannot probe this machine")?;
    match format {
        Format::Human => print(&machine.to_string()),
        Format::Json => print_json(&machine),
    }
}

fn disk_speed(options: &DiskSpeedOptions, format: Format) -> Result<()> {
    let speed = hwprobe::measure_disk(&options.dir, options.size)?;
    match format {
        Format::Human => print(&speed.to_string()),
        Format::Json => print_json(&speed),
    }
}
